import { type CalendarDay, dayOf, dayText } from '../chance/calendar-day.ts';

/** Postgres counts days and microseconds from 2000-01-01. */
const EPOCH_DAY = dayOf(2000, 1, 1);
const WORD = 0x1_0000_0000;
const ABSENT = -1;

const NIBBLES = new Uint8Array(128);
for (const [value, digit] of [...'0123456789abcdef'].entries()) NIBBLES[digit.charCodeAt(0)] = value;

/** Columns as they were written last: mostly, the next row has the same values there. */
export class KeptColumns {
  bytes: Uint8Array = new Uint8Array(0);
}

/**
 * Writes values as COPY's binary format has them (PostgreSQL manual, COPY, "Binary Format": a length of four bytes, then
 * what the type's receive function takes), byte by byte into a buffer. What does not fit falls off its end: whoever
 * writes looks at `at` behind each row.
 */
export class BinaryRow {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;

  /** A row begins. */
  columns(count: number): void {
    this.bytes[this.at++] = count >> 8;
    this.bytes[this.at++] = count;
  }

  /** Keeps what was written from a place on. False where it fell off the end. */
  keep(columns: KeptColumns, from: number): boolean {
    if (this.at > this.bytes.length) return false;
    const length = this.at - from;
    if (columns.bytes.length !== length) columns.bytes = new Uint8Array(length);
    const { bytes } = columns;
    for (let i = 0; i < length; i++) bytes[i] = this.bytes[from + i] as number;
    return true;
  }

  /** Writes kept columns once more. */
  again(columns: KeptColumns): void {
    this.copy(columns.bytes);
  }

  text(value: string | null): void {
    if (value === null) {
      this.word(ABSENT);
      return;
    }
    const { bytes } = this;
    const start = this.at + 4;
    let at = start;
    for (let i = 0; i < value.length; i++) {
      let code = value.charCodeAt(i);
      if (code < 0x80) {
        bytes[at++] = code;
        continue;
      }
      if (code < 0x800) {
        bytes[at++] = 0xc0 | (code >> 6);
      } else {
        if ((code & 0xf800) === 0xd800) {
          code = value.codePointAt(i) as number;
          if (code < 0x1_0000) throw new RangeError('Half a surrogate pair is no text');
          i++;
          bytes[at++] = 0xf0 | (code >> 18);
          bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
        } else {
          bytes[at++] = 0xe0 | (code >> 12);
        }
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      }
      bytes[at++] = 0x80 | (code & 0x3f);
    }
    this.word(at - start);
    this.at = at;
  }

  /** 36 characters in lower case. */
  uuid(value: string | null): void {
    if (value === null) {
      this.word(ABSENT);
      return;
    }
    if (value.length !== 36) throw new RangeError(`${value} is no UUID`);
    this.word(16);
    const { bytes, at } = this;
    bytes[at] = byteAt(value, 0);
    bytes[at + 1] = byteAt(value, 2);
    bytes[at + 2] = byteAt(value, 4);
    bytes[at + 3] = byteAt(value, 6);
    bytes[at + 4] = byteAt(value, 9);
    bytes[at + 5] = byteAt(value, 11);
    bytes[at + 6] = byteAt(value, 14);
    bytes[at + 7] = byteAt(value, 16);
    bytes[at + 8] = byteAt(value, 19);
    bytes[at + 9] = byteAt(value, 21);
    bytes[at + 10] = byteAt(value, 24);
    bytes[at + 11] = byteAt(value, 26);
    bytes[at + 12] = byteAt(value, 28);
    bytes[at + 13] = byteAt(value, 30);
    bytes[at + 14] = byteAt(value, 32);
    bytes[at + 15] = byteAt(value, 34);
    this.at = at + 16;
  }

  /** `YYYY-MM-DD`. */
  date(value: string | null): void {
    if (value === null) {
      this.word(ABSENT);
      return;
    }
    const day = dayOfText(value) - EPOCH_DAY;
    this.word(4);
    this.word(day);
  }

  /** ISO 8601 in UTC, whole in milliseconds. */
  instant(value: string | null): void {
    if (value === null) {
      this.word(ABSENT);
      return;
    }
    if (value.length !== 24 || value.charCodeAt(23) !== 90) throw new RangeError(`${value} is no instant`);
    const minutes = numberAt(value, 11, 2) * 60 + numberAt(value, 14, 2);
    const milliseconds = (minutes * 60 + numberAt(value, 17, 2)) * 1000 + numberAt(value, 20, 3);
    const microseconds = ((dayOfText(value.slice(0, 10)) - EPOCH_DAY) * 86_400_000 + milliseconds) * 1000;
    this.word(8);
    this.word(Math.floor(microseconds / WORD));
    this.word(microseconds);
  }

  integer(value: number | null): void {
    if (value === null) {
      this.word(ABSENT);
      return;
    }
    this.word(4);
    this.word(value);
  }

  boolean(value: boolean | null): void {
    if (value === null) {
      this.word(ABSENT);
      return;
    }
    this.word(1);
    this.bytes[this.at++] = value ? 1 : 0;
  }

  /** Not negative, below 10,000, with four decimals at most: digits to the base of 10,000, and how many decimals are shown. */
  numeric(value: number | null): void {
    if (value === null) {
      this.word(ABSENT);
      return;
    }
    const text = String(value);
    const point = text.indexOf('.');
    const decimals = point === -1 ? 0 : text.length - point - 1;
    if (!(value >= 0 && value < 10_000) || !/^[\d.]+$/.test(text) || decimals > 4) {
      throw new RangeError(`${value} is no quantity`);
    }
    const whole = Math.trunc(value);
    const parts = decimals === 0 ? 0 : Number(text.slice(point + 1).padEnd(4, '0'));
    const digits = [...(whole > 0 ? [whole] : []), ...(parts > 0 ? [parts] : [])];
    const weight = whole > 0 || parts === 0 ? 0 : -1;
    this.word(8 + 2 * digits.length);
    for (const number of [digits.length, weight, 0, decimals, ...digits]) this.columns(number);
  }

  binary(value: Uint8Array | null): void {
    if (value === null) {
      this.word(ABSENT);
      return;
    }
    this.word(value.length);
    this.copy(value);
  }

  private copy(value: Uint8Array): void {
    const { bytes, at } = this;
    const { length } = value;
    for (let i = 0; i < length; i++) bytes[at + i] = value[i] as number;
    this.at = at + length;
  }

  private word(value: number): void {
    const { bytes, at } = this;
    bytes[at] = value >> 24;
    bytes[at + 1] = value >> 16;
    bytes[at + 2] = value >> 8;
    bytes[at + 3] = value;
    this.at = at + 4;
  }
}

/** The day of `YYYY-MM-DD`; a map of texts, or `Date.parse`, takes longer. */
function dayOfText(value: string): CalendarDay {
  if (value.length !== 10) throw new RangeError(`${value} is no date`);
  const day = dayOf(numberAt(value, 0, 4), numberAt(value, 5, 2), numberAt(value, 8, 2));
  if (dayText(day) !== value) throw new RangeError(`${value} is no date`);
  return day;
}

/** The number that so many decimal digits write. */
function numberAt(value: string, index: number, digits: number): number {
  let number = 0;
  for (let i = index; i < index + digits; i++) {
    const digit = value.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) throw new RangeError(`${value} is no date or instant`);
    number = number * 10 + digit;
  }
  return number;
}

/** Of two hexadecimal digits. */
function byteAt(value: string, index: number): number {
  return ((NIBBLES[value.charCodeAt(index)] as number) << 4) | (NIBBLES[value.charCodeAt(index + 1)] as number);
}
