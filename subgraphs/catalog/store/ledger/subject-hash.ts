import { KeyedHash } from '../../../kit/store/keyed-hash.ts';

/** Of a month. */
const REMEMBERED = 20_000;

/** A subject of one month, and where it stands in what is being put together of such. */
export interface HashedSubject {
  readonly hash: string;
  /** Marks of the one who puts something together: in which run it was named last, where there, and in which of its lists. */
  run: number;
  position: number;
  list: number;
}

/** Subjects of one month. Whoever holds it gets the same object for the same subject, always. */
export class SubjectsOfMonth {
  readonly #keyed: KeyedHash;
  readonly #month: string;
  readonly #known = new Map<string, HashedSubject>();

  constructor(keyed: KeyedHash, month: string) {
    this.#keyed = keyed;
    this.#month = month;
  }

  get isFull(): boolean {
    return this.#known.size >= REMEMBERED;
  }

  of(subject: string): HashedSubject {
    let hashed = this.#known.get(subject);
    if (hashed === undefined) {
      const hash = String(this.#keyed.of(`${this.#month}|${subject}`).readBigInt64BE());
      hashed = { hash, run: 0, position: 0, list: 0 };
      this.#known.set(subject, hashed);
    }
    return hashed;
  }
}

/**
 * Turns subjects (global ids) into keyed hashes: HMAC-SHA-256 over month and id, cut to 64 bits and written as
 * Postgres writes a bigint: of some hundred million persons and months, one in 10⁹ searches would meet another's.
 * The month is part of it, so that equal subjects of two months do not show as equal; to find a subject, its hash is
 * computed for each month that is searched. Without the key, which is not in the database, the log names nobody.
 */
export class SubjectHasher {
  readonly #keyed: KeyedHash;
  readonly #months = new Map<string, SubjectsOfMonth>();

  constructor(key: Buffer) {
    this.#keyed = new KeyedHash(key);
  }

  /** @param month `YYYY-MM`. */
  in(month: string): SubjectsOfMonth {
    const known = this.#months.get(month);
    if (known !== undefined && !known.isFull) return known;
    const made = new SubjectsOfMonth(this.#keyed, month);
    this.#months.set(month, made);
    return made;
  }

  /** @param month `YYYY-MM`. */
  of(month: string, subject: string): string {
    return this.in(month).of(subject).hash;
  }
}
