import { REFERENCE_MILLISECONDS } from '../reference-instant.ts';
import type { Random } from './random.ts';

const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const TIME = REFERENCE_MILLISECONDS.toString(16).padStart(12, '0');
/** Codes of the characters of the last id, whose time is that of all. */
const codes = Array.from(`${TIME.slice(0, 8)}-${TIME.slice(8)}-7000-8000-000000000000`, (character) =>
  character.charCodeAt(0),
);
const IDS_PER_BLOCK = 1 << 19;
const BLOCKS = 1 << 13;

/**
 * Makes UUIDs of version 7 whose time is the reference instant. The bits after it are a counter (13 bits of block,
 * one per community, and 19 of position) and then 42 random ones: ids of one community lie together and ascend, so
 * that a bulk load appends to the primary keys' indexes instead of scattering over them.
 */
export class RowIds {
  private readonly random: Random;
  private readonly block: number;
  private position: number;

  /** `start`: position of the first id, for a second set inside a block that does not shift the first. */
  constructor(random: Random, block: number, start = 0) {
    if (block >= BLOCKS) throw new RangeError(`Block ${block} of ids; at most ${BLOCKS} are served`);
    this.random = random;
    this.block = block;
    this.position = start;
  }

  next(): string {
    if (this.position >= IDS_PER_BLOCK) throw new RangeError(`More than ${IDS_PER_BLOCK} ids in block ${this.block}`);
    const high = (this.block << 7) | (this.position >>> 12);
    const low = this.position & 0xfff;
    this.position++;
    const first = this.random.uint32();
    const second = this.random.uint32();
    // `high` has 20 bits: 12 fill rand_a, 8 begin rand_b behind the two variant bits.
    writeWord(14, 0x7000 | (high >>> 8));
    writeWord(19, 0x8000 | ((high & 0xff) << 6) | (low >>> 6));
    writeWord(24, ((low & 0x3f) << 10) | (second >>> 22));
    writeWord(28, first >>> 16);
    writeWord(32, first & 0xffff);
    // In one piece: an id joined of pieces takes three times as long until somebody has read it, and seven objects more.
    return String.fromCharCode(...codes);
  }
}

function writeWord(at: number, word: number): void {
  codes[at] = DIGITS[word >>> 12] as number;
  codes[at + 1] = DIGITS[(word >>> 8) & 0xf] as number;
  codes[at + 2] = DIGITS[(word >>> 4) & 0xf] as number;
  codes[at + 3] = DIGITS[word & 0xf] as number;
}
