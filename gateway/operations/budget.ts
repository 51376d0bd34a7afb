/** The answer to a client that wants to spend cost points. */
export type BudgetDecision =
  | { readonly granted: true; readonly left: number }
  /** `retryAfterSeconds` is when there will be enough, if nothing else is spent. */
  | { readonly granted: false; readonly left: number; readonly retryAfterSeconds: number };

interface Bucket {
  points: number;
  filledAt: number;
}

const MINUTE = 60_000;

/**
 * Cost points per client and minute, as a bucket that refills steadily: a client may spend a minute's worth at once and
 * then as much as flows in. One process counts for itself.
 */
export class CostBudget {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes the points when they are there; takes nothing otherwise. */
  spend(clientId: string, cost: number, budgetPerMinute: number): BudgetDecision {
    const now = this.#now();
    const bucket = this.#buckets.get(clientId) ?? { points: budgetPerMinute, filledAt: now };
    this.#buckets.set(clientId, bucket);
    // A budget that was cut meanwhile counts at once.
    bucket.points = Math.min(budgetPerMinute, bucket.points + ((now - bucket.filledAt) * budgetPerMinute) / MINUTE);
    bucket.filledAt = now;
    if (cost <= bucket.points) {
      bucket.points -= cost;
      return { granted: true, left: Math.floor(bucket.points) };
    }
    const missing = cost - bucket.points;
    const retryAfterSeconds = budgetPerMinute > 0 ? Math.max(1, Math.ceil((missing * 60) / budgetPerMinute)) : 60;
    return { granted: false, left: Math.floor(bucket.points), retryAfterSeconds };
  }
}
