import DataLoader from 'dataloader';
import { BatchLoader } from './batch-loader.ts';
import type { WorkingCalendar } from './calendar/working-calendar.ts';
import type { Caller } from './caller/caller.ts';
import type { Clock } from './clock.ts';
import type { OperationTrace } from './operation-trace.ts';
import type { WantedColumns } from './store/column-set.ts';

/** What every resolver of a subgraph gets: who asks, what time it is, the subgraph's store, and this operation's loaders. */
export interface SubgraphContext<Store = unknown> {
  readonly caller: Caller;
  readonly clock: Clock;
  /** 工作日历: on which every deadline of this operation is counted. */
  readonly calendar: WorkingCalendar;
  readonly trace: OperationTrace;
  readonly store: Store;
  readonly loaders: LoaderRegistry;
  /** What the operation reads of the rows of each type; undefined: of all of them everything. */
  readonly wanted?: WantedColumns | undefined;
}

/** A page of a list below entities, and the loader that reads it for all of them. */
export interface RecentList {
  readonly name: string;
  readonly column: string;
  readonly first: number;
  readonly after: string | null | undefined;
  readonly page: number | null | undefined;
  readonly sort: string;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly total: boolean;
  readonly loader: BatchLoader<unknown>;
}

/** Loaders live as long as one operation, so that no caller ever gets another caller's row. */
export class LoaderRegistry {
  #loaders: Map<string, DataLoader<string, unknown>> | undefined;
  readonly #batches = new Map<string, BatchLoader<unknown>>();
  /** The list that was last asked for below an entity: the next is mostly the same one, below another entity. */
  recentList: RecentList | undefined;

  /** The operation's loader called `name`, made on first use from a batch function that keeps the keys' order. */
  get<Value>(
    name: string,
    batch: (keys: readonly string[]) => Promise<readonly (Value | Error)[]>,
  ): DataLoader<string, Value> {
    const known = this.#loaders?.get(name);
    // A name stands for one value type: it is made of the type's or list's own name by the only two callers.
    if (known !== undefined) return known as DataLoader<string, Value>;
    const loader = new DataLoader<string, Value>(batch);
    this.#loaders ??= new Map();
    this.#loaders.set(name, loader as DataLoader<string, unknown>);
    return loader;
  }

  /** The same, for entities and pages below them: what an operation asks for by the hundred. A failure is that of each key. */
  batch<Value>(name: string, read: (keys: readonly string[]) => Promise<readonly Value[]>): BatchLoader<Value> {
    const known = this.#batches.get(name);
    if (known !== undefined) return known as BatchLoader<Value>; // as above
    const loader = new BatchLoader<Value>(read);
    this.#batches.set(name, loader as BatchLoader<unknown>);
    return loader;
  }

  /** Forgets what was read; after a write, since the next mutation of the same operation must not see the old rows. */
  clear(): void {
    this.#loaders = undefined;
    this.#batches.clear();
    this.recentList = undefined;
  }
}

/** Orders rows by the keys that were asked for; a key without a row gives null. */
export function inKeyOrder<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  if (keys.length === 1) return [rows.findLast((row) => keyOf(row) === keys[0]) ?? null];
  const byKey = new Map<string, Row>();
  for (const row of rows) byKey.set(keyOf(row), row);
  return keys.map((key) => byKey.get(key) ?? null);
}

/** Gathers rows below the keys that were asked for, keeping the rows' order; a key without rows gives an empty list. */
export function groupByKey<Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const byKey = new Map<string, Row[]>();
  for (const key of keys) byKey.set(key, []);
  for (const row of rows) byKey.get(keyOf(row))?.push(row);
  return keys.map((key) => byKey.get(key) ?? []);
}
