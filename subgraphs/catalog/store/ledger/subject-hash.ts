import { hash } from 'node:crypto';

const BLOCK = 64;
const REMEMBERED = 20_000;

/**
 * Turns subjects (global ids) into keyed hashes: HMAC-SHA-256 over month and id, cut to 16 bytes and written as a UUID.
 * The month is part of it, so that equal subjects of two months do not show as equal; to find a subject, its hash is
 * computed for each month that is searched. Without the key, which is not in the database, the log names nobody.
 */
export class SubjectHasher {
  readonly #inner: Buffer;
  readonly #outer: Buffer;
  /** By subject, of the month that was asked for last: lines come in the order of time. */
  readonly #known = new Map<string, string>();
  #month = '';

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
    if (month !== this.#month) {
      this.#known.clear();
      this.#month = month;
    }
    const known = this.#known.get(subject);
    if (known !== undefined) return known;
    // Two one-shot digests take two thirds of what createHmac takes, and a list of persons needs one for each.
    hash('sha256', Buffer.concat([this.#inner, Buffer.from(`${month}|${subject}`)]), 'buffer').copy(this.#outer, BLOCK);
    const made = uuidText(hash('sha256', this.#outer, 'hex'));
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(subject, made);
    return made;
  }
}

function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
