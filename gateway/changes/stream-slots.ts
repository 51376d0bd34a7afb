/** How many connections may last at a time; beyond it a hub would serve nobody well. */
export interface StreamLimits {
  readonly total: number;
  readonly perClient: number;
}

export const STREAM_LIMITS: StreamLimits = { total: 5_000, perClient: 500 };

/** Counts the connections that last, by client. */
export class StreamSlots {
  readonly #limits: StreamLimits;
  readonly #taken = new Map<string, number>();
  #total = 0;

  constructor(limits: StreamLimits = STREAM_LIMITS) {
    this.#limits = limits;
  }

  get taken(): number {
    return this.#total;
  }

  /** Takes a place, or none when there is none; the returned function gives it back, once. */
  take(clientId: string): (() => void) | undefined {
    const ofClient = this.#taken.get(clientId) ?? 0;
    if (this.#total >= this.#limits.total || ofClient >= this.#limits.perClient) return undefined;
    this.#total++;
    this.#taken.set(clientId, ofClient + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#total--;
      const left = (this.#taken.get(clientId) ?? 1) - 1;
      if (left === 0) this.#taken.delete(clientId);
      else this.#taken.set(clientId, left);
    };
  }
}
