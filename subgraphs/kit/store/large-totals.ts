/** Long enough that a busy list is hardly counted, short enough that nobody waits for a smaller number. */
const REMEMBERED_MILLISECONDS = 10_000;
/** Lists that are remembered at once. */
const MOST_LISTS = 1_000;

/**
 * Lists, each with its filter and the area of its caller, that had far more rows than a total tells when they were last
 * counted: their total is at its cap still. To find that out again reads ten thousand entries of an index.
 */
export class LargeTotals {
  readonly #milliseconds: () => number;
  readonly #until = new Map<string, number>();

  /** @param milliseconds a steady clock */
  constructor(milliseconds: () => number = () => performance.now()) {
    this.#milliseconds = milliseconds;
  }

  has(list: string): boolean {
    const until = this.#until.get(list);
    return until !== undefined && this.#milliseconds() < until;
  }

  note(list: string): void {
    this.#until.delete(list); // so that the oldest comes first
    this.#until.set(list, this.#milliseconds() + REMEMBERED_MILLISECONDS);
    if (this.#until.size > MOST_LISTS) this.#until.delete(this.#until.keys().next().value as string); // there is one
  }
}
