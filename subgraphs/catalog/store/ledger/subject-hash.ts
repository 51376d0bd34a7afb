import { KeyedHash } from '../../../kit/store/keyed-hash.ts';

/** Of a month. */
const REMEMBERED = 20_000;

/**
 * Turns subjects (global ids) into keyed hashes: HMAC-SHA-256 over month and id, cut to 64 bits and written as
 * Postgres writes a bigint: of some hundred million persons and months, one in 10⁹ searches would meet another's.
 * The month is part of it, so that equal subjects of two months do not show as equal; to find a subject, its hash is
 * computed for each month that is searched. Without the key, which is not in the database, the log names nobody.
 */
export class SubjectHasher {
  readonly #keyed: KeyedHash;
  readonly #known = new Map<string, Map<string, string>>();

  constructor(key: Buffer) {
    this.#keyed = new KeyedHash(key);
  }

  /** @param month `YYYY-MM`. */
  of(month: string, subject: string): string {
    let known = this.#known.get(month);
    if (known === undefined) {
      known = new Map();
      this.#known.set(month, known);
    }
    let hashed = known.get(subject);
    if (hashed === undefined) {
      hashed = String(this.#keyed.of(`${month}|${subject}`).readBigInt64BE());
      if (known.size >= REMEMBERED) known.clear();
      known.set(subject, hashed);
    }
    return hashed;
  }
}
