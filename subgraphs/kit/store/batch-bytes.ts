import { toWire } from './read-statement.ts';

/** Kinds of messages, as Postgres' protocol numbers them. */
const PARSE = 0x50; // P
const BIND = 0x42; // B
/** What comes behind the values of every Bind: all columns of the result as text. */
const RESULT_AS_TEXT = Buffer.from([0, 1, 0, 0]);
/** Of the portal without a name. */
const DESCRIBE_PORTAL = Buffer.from([0x44, 0, 0, 0, 6, 0x50, 0]);
/** All rows of it. */
const EXECUTE_PORTAL = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0]);
const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);

/** The bytes of a character at most, in UTF-8. */
const BYTES_PER_CHARACTER = 3;
const FIRST_BYTES = 16 * 1024;

/** Which parameters of a statement are lists of uuids, by what its text says of them. */
export function uuidLists(text: string): ReadonlySet<number> {
  return new Set([...text.matchAll(/\$(\d+)::uuid\[\]/g)].map(([, number]) => Number(number) - 1));
}

/**
 * Writes the messages of one batch into one piece: one write to the socket instead of one part of it per message. Lists
 * of uuids go as their bytes, half as long, and neither side makes a text of them or takes one apart.
 */
export class BatchBytes {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;

  parse(name: string, text: string): void {
    const start = this.#begin(PARSE, (name.length + text.length) * BYTES_PER_CHARACTER);
    this.#terminated(name);
    this.#terminated(text);
    this.#int16(0);
    this.#end(start);
  }

  /**
   * Writes nothing where it throws.
   *
   * @param lists which of the values are lists of uuids, see `uuidLists`.
   */
  bind(name: string, values: readonly unknown[], lists: ReadonlySet<number>): void {
    const start = this.#begin(BIND, name.length * BYTES_PER_CHARACTER + values.length * 2);
    try {
      this.#int8(0); // the portal without a name
      this.#terminated(name);
      this.#int16(values.length);
      const formats = this.#length;
      this.#length += values.length * 2;
      this.#int16(values.length);
      for (let index = 0; index < values.length; index++) {
        const isBinary = this.#value(values[index], lists.has(index));
        this.#bytes[formats + index * 2] = 0;
        this.#bytes[formats + index * 2 + 1] = isBinary ? 1 : 0;
      }
    } catch (error) {
      this.#length = start;
      throw error;
    }
    this.#add(RESULT_AS_TEXT);
    this.#end(start);
  }

  describe(): void {
    this.#add(DESCRIBE_PORTAL);
  }

  execute(): void {
    this.#add(EXECUTE_PORTAL);
  }

  /** Ends the batch. Its bytes, which are whoever takes them's. */
  sync(): Buffer {
    this.#add(SYNC);
    const bytes = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return bytes;
  }

  /** Whether it was written as bytes and not as text. */
  #value(value: unknown, isUuidList: boolean): boolean {
    if (isUuidList && Array.isArray(value) && this.#uuids(value)) return true;
    const wire = typeof value === 'string' ? value : (toWire(value) as string | Buffer | null | undefined);
    if (wire === null || wire === undefined) {
      this.#reserve(4);
      this.#bytes.writeInt32BE(-1, this.#length);
      this.#length += 4;
      return false;
    }
    if (typeof wire === 'string') {
      this.#reserve(4 + wire.length * BYTES_PER_CHARACTER);
      const at = this.#length + 4;
      const written = this.#text(wire, at);
      this.#bytes.writeInt32BE(written, this.#length);
      this.#length = at + written;
      return false;
    }
    this.#reserve(4 + wire.length);
    this.#bytes.writeInt32BE(wire.length, this.#length);
    this.#length += 4;
    this.#add(wire);
    return true;
  }

  /** False, and nothing is written, where one is no uuid as Postgres itself writes them. */
  #uuids(values: readonly unknown[]): boolean {
    for (const value of values) if (typeof value !== 'string' || value.length !== UUID_CHARACTERS) return false;
    const count = values.length;
    this.#reserve(24 + count * (4 + UUID_BYTES + UUID_CHARACTERS));
    const bytes = this.#bytes;
    let at = this.#length + 4;
    for (const word of [1, 0, UUID, count, 1]) at = bytes.writeInt32BE(word, at); // dimensions, nulls, type, items, first place
    // All texts as bytes, behind where the uuids' own are going to be: a byte is read faster than a character of a text.
    const texts = at + count * (4 + UUID_BYTES);
    if (bytes.write(values.join(''), texts, 'utf8') !== count * UUID_CHARACTERS) return false;
    for (let from = texts; at < texts; from += UUID_CHARACTERS) {
      at = bytes.writeInt32BE(UUID_BYTES, at);
      if (!packUuid(bytes, from, at)) return false;
      at += UUID_BYTES;
    }
    bytes.writeInt32BE(at - this.#length - 4, this.#length);
    this.#length = at;
    return true;
  }

  /** @returns where the message begins. */
  #begin(kind: number, expected: number): number {
    // Its head, the names' ends, the counts of the values and what comes behind them.
    this.#reserve(expected + 32);
    const start = this.#length;
    this.#bytes[start] = kind;
    this.#length = start + 5;
    return start;
  }

  #end(start: number): void {
    this.#bytes.writeInt32BE(this.#length - start - 1, start + 1);
  }

  #terminated(text: string): void {
    this.#length += this.#text(text, this.#length);
    this.#int8(0);
  }

  /** @returns how many bytes it was. */
  #text(text: string, at: number): number {
    const bytes = this.#bytes;
    const { length } = text;
    // A call out of JavaScript costs more than a few dozen characters.
    if (length > 48) return bytes.write(text, at, 'utf8');
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) return bytes.write(text, at, 'utf8');
      bytes[at + index] = code;
    }
    return length;
  }

  #int8(value: number): void {
    this.#bytes[this.#length++] = value;
  }

  #int16(value: number): void {
    this.#length = this.#bytes.writeUInt16BE(value, this.#length);
  }

  #add(bytes: Buffer): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(count: number): void {
    const wanted = this.#length + count;
    if (wanted <= this.#bytes.length) return;
    const more = Buffer.allocUnsafeSlow(Math.max(wanted, this.#bytes.length * 2));
    this.#bytes.copy(more, 0, 0, this.#length);
    this.#bytes = more;
  }
}

/** Postgres' number of the type. */
const UUID = 2950;
const UUID_BYTES = 16;
/** Of its text. */
const UUID_CHARACTERS = 36;
const DASH = 0x2d;
/** Where the bytes of a uuid stand in its text: two digits each, with dashes between groups. */
const PLACES = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);
/** The value of a hexadecimal digit, by its byte; of others something that has bits above. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? 0xf0 : digit;
});

/** Writes the bytes `at` of the uuid whose text begins at `from`. False, and something was written, where it is not one. */
function packUuid(bytes: Buffer, from: number, at: number): boolean {
  if (bytes[from + 8] !== DASH || bytes[from + 13] !== DASH) return false;
  if (bytes[from + 18] !== DASH || bytes[from + 23] !== DASH) return false;
  let seen = 0;
  for (let index = 0; index < UUID_BYTES; index++) {
    const place = from + (PLACES[index] as number);
    const high = DIGITS[bytes[place] as number] as number;
    const low = DIGITS[bytes[place + 1] as number] as number;
    seen |= high | low;
    bytes[at + index] = (high << 4) | low;
  }
  return seen < 16;
}
