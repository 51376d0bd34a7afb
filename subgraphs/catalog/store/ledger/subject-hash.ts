import { hash } from 'node:crypto';

const BLOCK = 64;
/** Of a month. */
const REMEMBERED = 20_000;

/**
 * Turns subjects (global ids) into keyed hashes: HMAC-SHA-256 over month and id, cut to 64 bits and written as
 * Postgres writes a bigint: of some hundred million persons and months, one in 10⁹ searches would meet another's.
 * The month is part of it, so that equal subjects of two months do not show as equal; to find a subject, its hash is
 * computed for each month that is searched. Without the key, which is not in the database, the log names nobody.
 */
export class SubjectHasher {
  readonly #inner: Buffer;
  readonly #outer: Buffer;
  readonly #known = new Map<string, Map<string, string>>();

  constructor(key: Buffer) {
    this.#inner = Buffer.alloc(BLOCK, 0x36);
    this.#outer = Buffer.alloc(BLOCK + 32, 0x5c);
    for (const [index, byte] of key.entries()) {
      this.#inner[index] = byte ^ 0x36;
      this.#outer[index] = byte ^ 0x5c;
    }
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
      hashed = this.#hash(`${month}|${subject}`);
      if (known.size >= REMEMBERED) known.clear();
      known.set(subject, hashed);
    }
    return hashed;
  }

  #hash(message: string): string {
    // Two one-shot digests take two thirds of what createHmac takes, and a list of persons needs one for each.
    hash('sha256', Buffer.concat([this.#inner, Buffer.from(message)]), 'buffer').copy(this.#outer, BLOCK);
    return String(hash('sha256', this.#outer, 'buffer').readBigInt64BE());
  }
}
