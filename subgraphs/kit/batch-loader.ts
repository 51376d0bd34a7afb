import { KeyNumbers } from './key-numbers.ts';

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
  /** Number of its first key among all keys of the loader. */
  readonly from: number;
  readonly keys: string[];
  /** Of those that were asked for one by one, by number. */
  laters: Map<number, Later<Value>> | undefined;
  /** Settles when the batch has; never fails. */
  readonly ended: Promise<void>;
}

/** What stands for a value that is not there. */
const PENDING = Symbol('pending');

class Failure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

function brings({ from, keys }: Batch<unknown>, number: number): boolean {
  return number >= from && number < from + keys.length;
}

/**
 * Gathers what is asked for by key within one turn into one call, and remembers it for one operation, like a DataLoader;
 * for entities and pages below them, of which an operation asks for hundreds.
 */
export class BatchLoader<Value> {
  readonly #read: (keys: readonly string[]) => Promise<readonly Value[]>;
  /** Keys are numbered as they are asked for. */
  readonly #numbers = new KeyNumbers();
  /** By number. */
  readonly #values: (Value | Failure | typeof PENDING)[] = [];
  /** What is under way, and what gathers. */
  readonly #batches: Batch<Value>[] = [];
  #open: Batch<Value> | undefined;

  /** @param read the values of the keys, in their order; a failure is that of each. */
  constructor(read: (keys: readonly string[]) => Promise<readonly Value[]>) {
    this.#read = read;
  }

  /** At once, where it is there already. */
  ask(key: string): Value | Promise<Value> {
    const number = this.#numbers.get(key);
    const value = number === undefined ? PENDING : this.#values[number];
    return value === PENDING || value instanceof Failure ? this.load(key) : (value as Value);
  }

  /** Has it loaded, for somebody who is going to ask. */
  askFor(key: string): void {
    this.#numberOf(key);
  }

  load(key: string): Promise<Value> {
    const number = this.#numberOf(key);
    const value = this.#values[number] as Value | Failure | typeof PENDING;
    if (value !== PENDING) {
      const later = new Later<Value>();
      tell(later, value);
      return later;
    }
    const batch = this.#batchOf(number);
    batch.laters ??= new Map();
    const known = batch.laters.get(number);
    if (known !== undefined) return known;
    const later = new Later<Value>();
    batch.laters.set(number, later);
    return later;
  }

  /** The values of all of the keys, in their order; at once, where all are there. Fails with the first that does. */
  loadAll(keys: readonly string[]): readonly Value[] | Promise<readonly Value[]> {
    const numbers: number[] = [];
    let batch: Batch<Value> | undefined;
    let isMixed = false;
    for (const key of keys) {
      const number = this.#numberOf(key);
      numbers.push(number);
      if (this.#values[number] !== PENDING) continue;
      // Mostly all of them are of the batch that gathers.
      if (batch === undefined) batch = this.#batchOf(number);
      else if (!brings(batch, number)) isMixed = true;
    }
    if (batch === undefined) return this.#pick(numbers);
    if (!isMixed) return batch.ended.then(() => this.#pick(numbers));
    return Promise.all(this.#batches.map(({ ended }) => ended)).then(() => this.#pick(numbers));
  }

  #pick(numbers: readonly number[]): readonly Value[] {
    return numbers.map((number) => {
      const value = this.#values[number];
      if (value instanceof Failure) throw value.error;
      return value as Value;
    });
  }

  /** Asks for what was not asked for before. */
  #numberOf(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#values.length;
    this.#numbers.set(key, number);
    this.#values.push(PENDING);
    this.#open ??= this.#begin(number);
    this.#open.keys.push(key);
    return number;
  }

  /** The batch that brings what is not there yet. */
  #batchOf(number: number): Batch<Value> {
    const found = this.#batches.find((batch) => brings(batch, number));
    if (found === undefined) throw new Error('nothing brings this value');
    return found;
  }

  #begin(from: number): Batch<Value> {
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const batch: Batch<Value> = { from, keys: [], laters: undefined, ended };
    this.#batches.push(batch);
    whenAsked(() => {
      this.#open = undefined;
      void this.#run(batch).then(end);
    });
    return batch;
  }

  async #run(batch: Batch<Value>): Promise<void> {
    const { from, keys } = batch;
    try {
      const values = await this.#read(keys);
      if (values.length !== keys.length) throw new Error(`${values.length} values for ${keys.length} keys`);
      for (let index = 0; index < keys.length; index++) this.#values[from + index] = values[index] as Value;
    } catch (error) {
      this.#values.fill(new Failure(error), from, from + keys.length);
    }
    this.#batches.splice(this.#batches.indexOf(batch), 1);
    if (batch.laters === undefined) return;
    for (const [number, later] of batch.laters) tell(later, this.#values[number] as Value | Failure);
  }
}

function tell<Value>(later: Later<Value>, value: Value | Failure): void {
  if (value instanceof Failure) later.fail(value.error);
  else later.settle(value);
}
