import { createCipheriv, createDecipheriv } from 'node:crypto';
import { splitGlobalId } from './global-id.ts';
import { isUuid } from './ids.ts';
import { keyedHash } from './store/sealing.ts';

/**
 * 凭码可查的进度 — public views of single things, which whoever holds the code may read and follow wherever they lie. Each
 * names the type whose changes are its own.
 */
const PROGRESS = {
  CaseProgress: { entityType: 'Incident', key: 'yiyun/case-code' },
  ReportProgress: { entityType: 'FormalismReport', key: 'yiyun/report-receipt' },
  RequestProgress: { entityType: 'ServiceRequest', key: 'yiyun/request-receipt' },
} as const;
export type ProgressType = keyof typeof PROGRESS;

/** Crockford's base 32, as in the incident's number. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;
const ALGORITHM = 'aes-256-ecb';

/**
 * 案件码、回执码 — the codes under which everybody may follow one thing: its id under a block cipher with a key of the
 * hub's own for each kind, in 26 characters. They need no column, tell nothing (not even the day), and cannot be
 * guessed: of 2¹²⁸ codes only those of real things open to one.
 */
export class FollowCodes {
  readonly #keys: ReadonlyMap<string, Buffer>;

  constructor(lookupKey: Buffer) {
    this.#keys = new Map(Object.entries(PROGRESS).map(([type, { key }]) => [type, keyedHash(lookupKey, key)]));
  }

  codeOf(type: ProgressType, id: string): string {
    const cipher = createCipheriv(ALGORITHM, this.#keyOf(type), null).setAutoPadding(false);
    const block = Buffer.concat([cipher.update(Buffer.from(id.replaceAll('-', ''), 'hex')), cipher.final()]);
    let rest = BigInt(`0x${block.toString('hex')}`);
    let code = '';
    for (let i = 0; i < LENGTH; i++) {
      code = DIGITS.charAt(Number(rest % 32n)) + code;
      rest /= 32n;
    }
    return code;
  }

  /** The id behind a code; undefined for anything that is no code. O is read as 0, I and L as 1. */
  findId(type: ProgressType, code: string): string | undefined {
    const plain = code.trim().toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1').replaceAll('-', '');
    if (plain.length !== LENGTH) return undefined;
    let value = 0n;
    for (const character of plain) {
      const digit = DIGITS.indexOf(character);
      if (digit < 0) return undefined;
      value = value * 32n + BigInt(digit);
    }
    if (value >= 1n << 128n) return undefined;
    const decipher = createDecipheriv(ALGORITHM, this.#keyOf(type), null).setAutoPadding(false);
    const hex = Buffer.concat([
      decipher.update(Buffer.from(value.toString(16).padStart(32, '0'), 'hex')),
      decipher.final(),
    ]).toString('hex');
    const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    return isUuid(id) ? id : undefined;
  }

  /** Global id of the thing whose progress a global id (`CaseProgress:<code>`) is; undefined for any other id. */
  findFollowed(progressId: string): string | undefined {
    const { typeName = '', key = '' } = splitGlobalId(progressId) ?? {};
    if (!isProgressType(typeName)) return undefined;
    const id = this.findId(typeName, key);
    return id === undefined ? undefined : `${PROGRESS[typeName].entityType}:${id}`;
  }

  #keyOf(type: ProgressType): Buffer {
    return this.#keys.get(type) as Buffer; // one for each type
  }
}

function isProgressType(name: string): name is ProgressType {
  return Object.hasOwn(PROGRESS, name);
}
