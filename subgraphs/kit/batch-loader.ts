/** Runs after everything that this turn's answers lead to has been asked for, so that it is all in one batch. */
const asked = Promise.resolve();
const whenAsked = (run: () => void) => void asked.then(() => process.nextTick(run));

type Told<Value> = (value: Value) => unknown;
type Failed = (error: unknown) => unknown;

/**
 * A value that comes with others of its batch. It is a promise to whoever awaits or chains it, but it tells those who wait
 * at once when the batch is there, in the order in which they asked, where a native promise takes a turn of its own for
 * each: fifty residents wait for fifty households. Executors that look only for `then` spare most of what that costs.
 */
class Later<Value> implements Promise<Value> {
  readonly [Symbol.toStringTag] = 'Promise';
  /** The rows of its batch are there, or it has failed. */
  isSettled = false;
  value: Value | undefined;
  error: unknown;
  hasFailed = false;
  #first: (() => void) | undefined;
  #others: (() => void)[] | undefined;

  settle(value: Value): void {
    this.value = value;
    this.#tell();
  }

  fail(error: unknown): void {
    this.error = error;
    this.hasFailed = true;
    this.#tell();
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise
  then<Next = Value, Recovered = never>(
    told?: ((value: Value) => Next | PromiseLike<Next>) | null,
    failed?: ((error: unknown) => Recovered | PromiseLike<Recovered>) | null,
  ): Promise<Next | Recovered> {
    const next = new Later<Next | Recovered>();
    const run = () => next.#follow(this, told ?? undefined, failed ?? undefined);
    // Whoever asks for what is there is told later all the same, as of any promise.
    if (this.isSettled) queueMicrotask(run);
    else if (this.#first === undefined) this.#first = run;
    else if (this.#others === undefined) this.#others = [run];
    else this.#others.push(run);
    return next;
  }

  catch<Recovered = never>(
    failed?: ((error: unknown) => Recovered | PromiseLike<Recovered>) | null,
  ): Promise<Value | Recovered> {
    return this.then(undefined, failed);
  }

  finally(ended?: (() => void) | null): Promise<Value> {
    return Promise.resolve<Value>(this).finally(ended);
  }

  #tell(): void {
    this.isSettled = true;
    const [first, others] = [this.#first, this.#others];
    this.#first = undefined;
    this.#others = undefined;
    first?.();
    if (others !== undefined) for (const other of others) other();
  }

  #follow<Before>(before: Later<Before>, told: Told<Before> | undefined, failed: Failed | undefined): void {
    const handle = before.hasFailed ? failed : told;
    if (handle === undefined) {
      if (before.hasFailed) this.fail(before.error);
      // Without a handler what comes after is what was before.
      else this.settle(before.value as unknown as Value);
      return;
    }
    let result: unknown;
    try {
      result = before.hasFailed ? (handle as Failed)(before.error) : (handle as Told<Before>)(before.value as Before);
    } catch (error) {
      this.fail(error);
      return;
    }
    if (isPromise(result)) {
      result.then(
        (value) => this.settle(value as Value),
        (error: unknown) => this.fail(error),
      );
    } else this.settle(result as Value);
  }
}

/** Native or not. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

interface Batch<Value> {
  readonly keys: string[];
  /** Of those that were asked for one by one. */
  laters: Map<string, Later<Value>> | undefined;
  /** Settles when the batch has; never fails. */
  readonly ended: Promise<void>;
}

/**
 * Gathers what is asked for by key within one turn into one call, and remembers it for one operation, like a DataLoader;
 * for entities and pages below them, of which an operation asks for hundreds.
 */
export class BatchLoader<Value> {
  readonly #read: (keys: readonly string[]) => Promise<readonly Value[]>;
  readonly #values = new Map<string, Value>();
  /** By key, of what is not there yet. */
  readonly #underWay = new Map<string, Batch<Value>>();
  #failures: Map<string, unknown> | undefined;
  #batch: Batch<Value> | undefined;

  /** @param read the values of the keys, in their order; a failure is that of each. */
  constructor(read: (keys: readonly string[]) => Promise<readonly Value[]>) {
    this.#read = read;
  }

  /** At once, where it is there already. */
  ask(key: string): Value | Promise<Value> {
    const value = this.#values.get(key);
    return value !== undefined || this.#values.has(key) ? (value as Value) : this.load(key);
  }

  /** Has it loaded, for somebody who is going to ask. */
  askFor(key: string): void {
    if (!this.#isThere(key)) this.#batchOf(key);
  }

  load(key: string): Promise<Value> {
    if (this.#isThere(key)) {
      const later = new Later<Value>();
      if (this.#failures?.has(key)) later.fail(this.#failures.get(key));
      else later.settle(this.#values.get(key) as Value);
      return later;
    }
    const batch = this.#batchOf(key);
    batch.laters ??= new Map();
    const known = batch.laters.get(key);
    if (known !== undefined) return known;
    const later = new Later<Value>();
    batch.laters.set(key, later);
    return later;
  }

  /** The values of all of the keys, in their order; at once, where all are there. Fails with the first that does. */
  loadAll(keys: readonly string[]): Value[] | Promise<Value[]> {
    let last: Batch<Value> | undefined;
    let others: Batch<Value>[] | undefined;
    for (const key of keys) {
      if (this.#isThere(key)) continue;
      const batch = this.#batchOf(key);
      if (batch === last) continue;
      if (last !== undefined) {
        others ??= [];
        others.push(last);
      }
      last = batch;
    }
    if (last === undefined && this.#failures === undefined) return keys.map((key) => this.#values.get(key) as Value);
    return this.#allAfter(keys, last, others);
  }

  async #allAfter(
    keys: readonly string[],
    last: Batch<Value> | undefined,
    others: readonly Batch<Value>[] | undefined,
  ): Promise<Value[]> {
    await last?.ended;
    // What was asked for before is on its way in another batch.
    if (others !== undefined) await Promise.all(others.map(({ ended }) => ended));
    return keys.map((key) => {
      if (this.#failures?.has(key)) throw this.#failures.get(key);
      return this.#values.get(key) as Value;
    });
  }

  #isThere(key: string): boolean {
    return this.#values.has(key) || this.#failures?.has(key) === true;
  }

  /** The batch that brings what is not there: the one that is under way with it, or the next. */
  #batchOf(key: string): Batch<Value> {
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    this.#batch ??= this.#open();
    this.#batch.keys.push(key);
    this.#underWay.set(key, this.#batch);
    return this.#batch;
  }

  #open(): Batch<Value> {
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const batch: Batch<Value> = { keys: [], laters: undefined, ended };
    whenAsked(() => {
      this.#batch = undefined;
      void this.#run(batch).then(end);
    });
    return batch;
  }

  async #run(batch: Batch<Value>): Promise<void> {
    const { keys } = batch;
    try {
      const values = await this.#read(keys);
      if (values.length !== keys.length) throw new Error(`${values.length} values for ${keys.length} keys`);
      for (const [index, key] of keys.entries()) this.#values.set(key, values[index] as Value);
    } catch (error) {
      this.#failures ??= new Map();
      for (const key of keys) this.#failures.set(key, error);
    }
    for (const key of keys) this.#underWay.delete(key);
    if (batch.laters === undefined) return;
    for (const [key, later] of batch.laters) {
      if (this.#failures?.has(key)) later.fail(this.#failures.get(key));
      else later.settle(this.#values.get(key) as Value);
    }
  }
}
