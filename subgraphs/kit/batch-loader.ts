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
  readonly laters: Later<Value>[];
  /** Settles when the batch has; never fails. */
  readonly ended: Promise<void>;
}

/**
 * Gathers what is asked for by key within one turn into one call, and remembers it for one operation, like a DataLoader;
 * for entities and pages below them, of which an operation asks for hundreds.
 */
export class BatchLoader<Value> {
  readonly #read: (keys: readonly string[]) => Promise<readonly Value[]>;
  readonly #known = new Map<string, Later<Value>>();
  #batch: Batch<Value> | undefined;

  /** @param read the values of the keys, in their order; a failure is that of each. */
  constructor(read: (keys: readonly string[]) => Promise<readonly Value[]>) {
    this.#read = read;
  }

  load(key: string): Promise<Value> {
    return this.#later(key);
  }

  /** The values of all of the keys, in their order, as one promise. Fails with the first that does. */
  async loadAll(keys: readonly string[]): Promise<Value[]> {
    const laters = keys.map((key) => this.#later(key));
    await this.#batch?.ended;
    // What was asked for before is on its way in another batch.
    if (laters.some(({ isSettled }) => !isSettled)) await Promise.allSettled(laters);
    return laters.map(({ value, hasFailed, error }) => {
      if (hasFailed) throw error;
      return value as Value;
    });
  }

  #later(key: string): Later<Value> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const later = new Later<Value>();
    this.#known.set(key, later);
    this.#batch ??= this.#open();
    this.#batch.keys.push(key);
    this.#batch.laters.push(later);
    return later;
  }

  #open(): Batch<Value> {
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const batch: Batch<Value> = { keys: [], laters: [], ended };
    whenAsked(() => {
      this.#batch = undefined;
      void this.#run(batch).then(end);
    });
    return batch;
  }

  async #run({ keys, laters }: Batch<Value>): Promise<void> {
    let values: readonly Value[];
    try {
      values = await this.#read(keys);
      if (values.length !== keys.length) throw new Error(`${values.length} values for ${keys.length} keys`);
    } catch (error) {
      for (const later of laters) later.fail(error);
      return;
    }
    for (const [index, later] of laters.entries()) later.settle(values[index] as Value);
  }
}
