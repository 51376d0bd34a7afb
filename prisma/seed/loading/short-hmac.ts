const BLOCK = 64;
const WORDS = 16;
const ROUNDS = 64;
const DIGEST = 32;
/** A block holds the text, the bit behind it and its length in eight bytes. */
const LONGEST = BLOCK - 9;

const { constants, start } = fractions();
const compress = compileCompress();

/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) of texts of up to 55 ASCII characters under one key of up to 64 bytes. What the
 * key's two blocks leave is kept, so that a text costs two blocks instead of four, and no call into OpenSSL, which takes
 * longer than a block.
 */
export class ShortHmac {
  readonly #inner: Int32Array;
  readonly #outer: Int32Array;
  readonly #words = new Int32Array(WORDS);
  readonly #state = new Int32Array(8);

  constructor(key: Uint8Array) {
    if (key.length > BLOCK) throw new RangeError(`A key of ${key.length} bytes is longer than a block`);
    this.#inner = this.#afterKey(key, 0x36);
    this.#outer = this.#afterKey(key, 0x5c);
  }

  /** Undefined for a text that is longer, or not ASCII. */
  digest(text: string): Buffer | undefined {
    const words = this.#words;
    const size = text.length;
    if (size > LONGEST) return undefined;
    words.fill(0);
    for (let i = 0; i < size; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return undefined;
      words[i >> 2] = (words[i >> 2] as number) | (code << (24 - ((i & 3) << 3)));
    }
    words[size >> 2] = (words[size >> 2] as number) | (0x80 << (24 - ((size & 3) << 3)));
    words[WORDS - 1] = (BLOCK + size) * 8;
    const state = this.#state;
    state.set(this.#inner);
    compress(state, words);

    words.set(state);
    words[8] = 0x80 << 24;
    words.fill(0, 9, WORDS - 1);
    words[WORDS - 1] = (BLOCK + DIGEST) * 8;
    state.set(this.#outer);
    compress(state, words);
    const digest = Buffer.allocUnsafe(DIGEST);
    for (let i = 0; i < 8; i++) {
      const word = state[i] as number;
      digest[i * 4] = word >> 24;
      digest[i * 4 + 1] = word >> 16;
      digest[i * 4 + 2] = word >> 8;
      digest[i * 4 + 3] = word;
    }
    return digest;
  }

  #afterKey(key: Uint8Array, pad: number): Int32Array {
    const words = this.#words;
    for (let i = 0; i < WORDS; i++) {
      let word = 0;
      for (let j = 0; j < 4; j++) word = (word << 8) | ((key[i * 4 + j] ?? 0) ^ pad);
      words[i] = word;
    }
    const state = Int32Array.from(start);
    compress(state, words);
    return state;
  }
}

/**
 * One block of SHA-256 (FIPS 180-4, 6.2.2) as a program without a loop: no value moves from one name to the next, and each
 * word of the schedule stays in a name. 0.2 µs instead of 0.4.
 */
function compileCompress(): (state: Int32Array, words: Int32Array) => void {
  const turned = (name: string, ...bits: number[]) =>
    bits.map((by) => `((${name} >>> ${by}) | (${name} << ${32 - by}))`).join(' ^ ');
  const names = [...'abcdefgh'];
  const lines = names.map((name, i) => `let ${name} = state[${i}];`);
  for (let i = 0; i < WORDS; i++) lines.push(`let w${i} = words[${i}];`);
  for (let round = 0; round < ROUNDS; round++) {
    const at = (back: number) => `w${(round + WORDS - back) % WORDS}`;
    const [a, b, c, d, e, f, g, h] = names as [string, string, string, string, string, string, string, string];
    const word = at(0);
    if (round >= WORDS) {
      const early = `(${turned(at(15), 7, 18)} ^ (${at(15)} >>> 3))`;
      const late = `(${turned(at(2), 17, 19)} ^ (${at(2)} >>> 10))`;
      lines.push(`${word} = (((${word} + ${early}) | 0) + ((${at(7)} + ${late}) | 0)) | 0;`);
    }
    const choice = `(${g} ^ (${e} & (${f} ^ ${g})))`;
    const majority = `((${a} & ${b}) | (${c} & (${a} | ${b})))`;
    lines.push(
      `${h} = (((((${h} + (${turned(e, 6, 11, 25)})) | 0) + ${choice}) | 0) + ((${constants[round]} + ${word}) | 0)) | 0;`,
      `${d} = (${d} + ${h}) | 0;`,
      `${h} = (${h} + (((${turned(a, 2, 13, 22)}) + ${majority}) | 0)) | 0;`,
    );
    names.unshift(names.pop() as string);
  }
  lines.push(...names.map((name, i) => `state[${i}] += ${name};`));
  return new Function('state', 'words', lines.join('\n')) as ReturnType<typeof compileCompress>;
}

/** The first 32 bits of the fractions of cube roots of the first 64 primes, and of square roots of the first eight. */
function fractions(): { constants: Int32Array; start: Int32Array } {
  const primes: number[] = [];
  for (let n = 2; primes.length < ROUNDS; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return {
    constants: Int32Array.from(primes, (prime) => Number(BigInt.asIntN(32, root(BigInt(prime) << 96n, 3n)))),
    start: Int32Array.from(primes.slice(0, 8), (prime) => Number(BigInt.asIntN(32, root(BigInt(prime) << 64n, 2n)))),
  };
}

/** The whole part of a root. */
function root(value: bigint, degree: bigint): bigint {
  let [low, high] = [0n, 1n << 40n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle;
  }
  return low;
}
