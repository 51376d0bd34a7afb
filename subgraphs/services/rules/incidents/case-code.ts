import { createCipheriv, createDecipheriv } from 'node:crypto';
import { isUuid } from '../../../kit/ids.ts';

/** Crockford's base 32, as in the incident's number. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;
const ALGORITHM = 'aes-256-ecb';

/**
 * 案件码 — the code under which everybody may follow one case: the incident's id under a block cipher with a key of the
 * hub's own, in 26 characters. It needs no column, tells nothing (not even the day), and cannot be guessed: of 2¹²⁸
 * codes only those of real incidents open to one.
 */
export function caseCode(key: Buffer, incidentId: string): string {
  const cipher = createCipheriv(ALGORITHM, key, null).setAutoPadding(false);
  const block = Buffer.concat([cipher.update(Buffer.from(incidentId.replaceAll('-', ''), 'hex')), cipher.final()]);
  let rest = BigInt(`0x${block.toString('hex')}`);
  let code = '';
  for (let i = 0; i < LENGTH; i++) {
    code = DIGITS.charAt(Number(rest % 32n)) + code;
    rest /= 32n;
  }
  return code;
}

/** The incident's id behind a code; undefined for anything that is no code. O is read as 0, I and L as 1. */
export function findIncidentId(key: Buffer, code: string): string | undefined {
  const plain = code.trim().toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1').replaceAll('-', '');
  if (plain.length !== LENGTH) return undefined;
  let value = 0n;
  for (const character of plain) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return undefined;
    value = value * 32n + BigInt(digit);
  }
  if (value >= 1n << 128n) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, null).setAutoPadding(false);
  const hex = Buffer.concat([
    decipher.update(Buffer.from(value.toString(16).padStart(32, '0'), 'hex')),
    decipher.final(),
  ]).toString('hex');
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return isUuid(id) ? id : undefined;
}
