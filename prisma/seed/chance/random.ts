/**
 * A small seeded generator (sfc32): the same seed text gives the same numbers on every machine. Only integer
 * arithmetic and IEEE multiplication are used, because Math.log and Math.cos may differ between platforms.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: string) {
    [this.a, this.b, this.c] = seedWords(seed);
    for (let i = 0; i < 15; i++) this.uint32();
  }

  /** An integer in 0 .. 2^32 - 1. */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** A number in [0, 1). */
  fraction(): number {
    return this.uint32() / 4_294_967_296;
  }

  /** An integer in 0 .. limit - 1. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** An integer in low .. high, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of the items, each as likely as the others. Throws on an empty list. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('Nothing to pick from');
    return items[this.below(items.length)] as T;
  }

  /** A bell-shaped number (sum of four uniforms), never further than 3.5 deviations from the mean. */
  bell(mean: number, deviation: number): number {
    const sum = this.fraction() + this.fraction() + this.fraction() + this.fraction() - 2;
    return mean + sum * deviation * 1.732;
  }

  /** Rounds up or down so that the expected value is the number itself. */
  round(value: number): number {
    const floor = Math.floor(value);
    return floor + (this.fraction() < value - floor ? 1 : 0);
  }
}

/** Draws from weighted entries; the table is built once. */
export function weighted<T>(entries: readonly (readonly [T, number])[]): (random: Random) => T {
  const values = entries.map(([value]) => value);
  const limits: number[] = [];
  let total = 0;
  for (const [, weight] of entries) {
    total += weight;
    limits.push(total);
  }
  return (random) => {
    const point = random.fraction() * total;
    let low = 0;
    let high = limits.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point < (limits[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return values[low] as T;
  };
}

function seedWords(seed: string): [number, number, number] {
  let a = 1_779_033_703;
  let b = 3_144_134_277;
  let c = 1_013_904_242;
  for (let i = 0; i < seed.length; i++) {
    const code = seed.charCodeAt(i);
    a = Math.imul(a ^ code, 597_399_067);
    b = Math.imul(b ^ code, 2_869_860_233);
    c = Math.imul(c ^ code, 951_274_213);
    a = (b ^ (a >>> 18)) | 0;
    b = (c ^ (b >>> 22)) | 0;
    c = (a ^ (c >>> 17)) | 0;
  }
  return [a, b, c];
}
