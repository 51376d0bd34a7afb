import { createCipheriv, randomFillSync } from 'node:crypto';
import { KeyedHash } from '../../../subgraphs/kit/store/keyed-hash.ts';
import { seal } from '../../../subgraphs/kit/store/sealing.ts';
import type { Sealer } from './copy-columns.ts';

const BLOCK = 16;
const NONCE = 12;
/** Blocks of key stream drawn for each text: one that hides its tag, and two for a text of up to 32 bytes. */
const BLOCKS = 3;
const LONGEST = (BLOCKS - 1) * BLOCK;
/** Texts whose key stream is drawn at once. */
const DRAWN = 1024;

/**
 * Seals and hashes as `seal` and `keyedHash` do, for millions of short texts under one key: a cipher object for each costs
 * ten times the encryption. AES runs over the counters of a thousand texts at once; what GCM multiplies for a tag (NIST SP
 * 800-38D, 6.4) is looked up byte by byte, since the key stays.
 * For synthetic rows only: the time of a look-up depends on what is sealed.
 */
export class BulkSealer implements Sealer {
  readonly #fieldKey: Buffer;
  readonly #cipher;
  readonly #counters = Buffer.alloc(DRAWN * BLOCKS * BLOCK);
  readonly #nonces = Buffer.alloc(DRAWN * NONCE);
  #stream: Buffer = Buffer.alloc(0);
  #next = DRAWN;
  /** By power of the hash key from the square on: what each value of each byte of a block adds to the tag, 4 words each. */
  readonly #products: readonly Int32Array[];
  /** What a text of so many bytes adds to its tag by its length, 4 words. */
  readonly #lengths: readonly Int32Array[];
  readonly #lookup: KeyedHash;

  constructor(fieldKey: Buffer, lookupKey: Buffer) {
    this.#fieldKey = fieldKey;
    this.#cipher = createCipheriv('aes-256-ecb', fieldKey, null).setAutoPadding(false);
    const first = createCipheriv('aes-256-ecb', fieldKey, null).setAutoPadding(false);
    const key = words(first.update(Buffer.alloc(BLOCK)));
    const square = multiply(key, key);
    this.#products = [square, multiply(square, key)].map(productsWith);
    this.#lengths = Array.from({ length: LONGEST + 1 }, (_, bytes) => multiply(Int32Array.of(0, 0, 0, bytes * 8), key));
    for (let i = 0; i < DRAWN * BLOCKS; i++) this.#counters[i * BLOCK + BLOCK - 1] = 1 + (i % BLOCKS);
    this.#lookup = new KeyedHash(lookupKey);
  }

  seal(plain: string): Buffer {
    const size = plain.length;
    if (size > LONGEST || size === 0 || !isAscii(plain)) return seal(this.#fieldKey, plain);
    if (this.#next === DRAWN) this.#draw();
    const text = this.#next++;
    const sealed = Buffer.allocUnsafe(NONCE + size + BLOCK);
    for (let i = 0; i < NONCE; i++) sealed[i] = this.#nonces[text * NONCE + i] as number;
    const stream = this.#stream;
    const mask = text * BLOCKS * BLOCK;
    const blocks = size > BLOCK ? 2 : 1;
    const length = this.#lengths[size] as Int32Array;
    let [a, b, c, d] = [length[0] as number, length[1] as number, length[2] as number, length[3] as number];
    for (let i = 0; i < size; i++) {
      const byte = plain.charCodeAt(i) ^ (stream[mask + BLOCK + i] as number);
      sealed[NONCE + i] = byte;
      const products = this.#products[blocks - 1 - (i >> 4)] as Int32Array;
      const at = (((i & 15) << 8) | byte) << 2;
      a ^= products[at] as number;
      b ^= products[at + 1] as number;
      c ^= products[at + 2] as number;
      d ^= products[at + 3] as number;
    }
    const tag = NONCE + size;
    sealed.writeInt32BE(a ^ stream.readInt32BE(mask), tag);
    sealed.writeInt32BE(b ^ stream.readInt32BE(mask + 4), tag + 4);
    sealed.writeInt32BE(c ^ stream.readInt32BE(mask + 8), tag + 8);
    sealed.writeInt32BE(d ^ stream.readInt32BE(mask + 12), tag + 12);
    return sealed;
  }

  keyedHash(plain: string): Buffer {
    return this.#lookup.of(plain);
  }

  #draw(): void {
    randomFillSync(this.#nonces);
    for (let i = 0; i < DRAWN * BLOCKS; i++) {
      const nonce = Math.floor(i / BLOCKS) * NONCE;
      this.#nonces.copy(this.#counters, i * BLOCK, nonce, nonce + NONCE);
    }
    this.#stream = this.#cipher.update(this.#counters);
    this.#next = 0;
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function words(block: Buffer): Int32Array {
  return Int32Array.of(block.readInt32BE(0), block.readInt32BE(4), block.readInt32BE(8), block.readInt32BE(12));
}

/** Half a block, in GCM's order of bits: a shift to the right, and what falls out comes back as the polynomial. */
function halve(value: Int32Array): void {
  const [a, b, c, d] = value as unknown as [number, number, number, number];
  value[3] = (d >>> 1) | (c << 31);
  value[2] = (c >>> 1) | (b << 31);
  value[1] = (b >>> 1) | (a << 31);
  value[0] = (a >>> 1) ^ ((d & 1) === 1 ? 0xe1000000 : 0);
}

/** The product of two blocks in GF(2^128). */
function multiply(one: Int32Array, other: Int32Array): Int32Array {
  const product = new Int32Array(4);
  const shifted = Int32Array.from(other);
  for (let bit = 0; bit < 128; bit++) {
    if ((((one[bit >> 5] as number) >>> (31 - (bit & 31))) & 1) === 1) {
      for (let i = 0; i < 4; i++) product[i] = (product[i] as number) ^ (shifted[i] as number);
    }
    halve(shifted);
  }
  return product;
}

/** A factor's product with each value of each byte of a block. */
function productsWith(factor: Int32Array): Int32Array {
  const products = new Int32Array(BLOCK * 256 * 4);
  const shifted = Int32Array.from(factor);
  for (let byte = 0; byte < BLOCK; byte++) {
    const base = byte * 256;
    for (let bit = 128; bit >= 1; bit >>= 1) {
      products.set(shifted, (base + bit) * 4);
      halve(shifted);
    }
    for (let value = 1; value < 256; value++) {
      const lowest = value & -value;
      if (lowest === value) continue;
      for (let i = 0; i < 4; i++) {
        products[(base + value) * 4 + i] =
          (products[(base + (value ^ lowest)) * 4 + i] as number) ^ (products[(base + lowest) * 4 + i] as number);
      }
    }
  }
  return products;
}
