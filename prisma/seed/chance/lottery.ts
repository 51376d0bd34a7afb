import type { Random } from './random.ts';

/** Draws without putting back: each item at most once. */
export class Lottery<T> {
  private readonly random: Random;
  private readonly items: T[];

  constructor(random: Random, items: readonly T[]) {
    this.random = random;
    this.items = [...items];
  }

  /** The next item, or nothing when all are drawn. */
  draw(): T | undefined {
    const { items } = this;
    if (items.length === 0) return undefined;
    const index = this.random.below(items.length);
    const item = items[index] as T;
    items[index] = items[items.length - 1] as T;
    items.pop();
    return item;
  }
}
