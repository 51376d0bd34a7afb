import { REFERENCE_MILLISECONDS } from '../reference-instant.ts';
import type { Random } from './random.ts';

const HEX4 = Array.from({ length: 65_536 }, (_, word) => word.toString(16).padStart(4, '0'));
const TIME = REFERENCE_MILLISECONDS.toString(16).padStart(12, '0');
const TIME_PREFIX = `${TIME.slice(0, 8)}-${TIME.slice(8)}-`;
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
    const group3 = HEX4[0x7000 | (high >>> 8)];
    const group4 = HEX4[0x8000 | ((high & 0xff) << 6) | (low >>> 6)];
    const group5 = HEX4[((low & 0x3f) << 10) | (second >>> 22)];
    return `${TIME_PREFIX}${group3}-${group4}-${group5}${HEX4[first >>> 16]}${HEX4[first & 0xffff]}`;
  }
}
