/** Numbers by key. Most of what an operation numbers is one thing, which takes no map. */
export class KeyNumbers {
  #key: string | undefined;
  #number = 0;
  #all: Map<string, number> | undefined;

  get(key: string): number | undefined {
    if (this.#all !== undefined) return this.#all.get(key);
    return key === this.#key ? this.#number : undefined;
  }

  /** @param key that has no number yet. */
  set(key: string, number: number): void {
    if (this.#key === undefined) {
      this.#key = key;
      this.#number = number;
      return;
    }
    this.#all ??= new Map([[this.#key, this.#number]]);
    this.#all.set(key, number);
  }
}
