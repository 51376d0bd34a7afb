import { isPromise } from '../../subgraphs/kit/batch-loader.ts';

export type Values = readonly unknown[];
export type Later<Value> = Value | Promise<Value>;

/** What a field's resolver gave for the objects of a level, as the answer has it. */
export type Complete<Run> = (raw: Values, run: Run) => Later<Values>;

/** Something that an answer without errors does not have; or that this program does not know. */
export const NOT_PLAIN = Symbol('not plain');

export function refuse(): never {
  throw NOT_PLAIN;
}

/** What is made of each item; when one throws, nobody waits any more for what the others promise. */
export function gather<Item>(items: readonly Item[], make: (item: Item) => unknown): Values {
  const made: unknown[] = [];
  try {
    for (const item of items) made.push(make(item));
  } catch (error) {
    leave(made);
    throw error;
  }
  return made;
}

/** Goes on when all values are there: at once, or when the promises among them are kept. */
export function whenAll<Next>(values: Values, next: (values: Values) => Later<Next>): Later<Next> {
  const first = values.findIndex(isPromise);
  if (first < 0) return next(values);
  for (let index = first + 1; index < values.length; index++) {
    if (isPromise(values[index])) return Promise.all(values).then(next);
  }
  return (values[first] as Promise<unknown>).then((value) =>
    next(values.length === 1 ? [value] : [...values.slice(0, first), value, ...values.slice(first + 1)]),
  );
}

/** Goes on with a value now, or when it is there. */
export function after<Value, Next>(value: Later<Value>, next: (value: Value) => Later<Next>): Later<Next> {
  return isPromise(value) ? (value as Promise<Value>).then(next) : next(value);
}

/** Nobody waits for these any more; one that fails would end the process. */
function leave(values: Values): void {
  for (const value of values) if (isPromise(value)) value.then(undefined, () => {});
}

/** Values of those places that are not empty, each in its own. */
export function inPlaces(places: Values, values: Values): Values {
  let next = 0;
  return places.map((place) => (place == null ? null : values[next++]));
}

/** Makes the objects of those values that are some, and puts them where these were. */
export function completeObjects(
  raw: Values,
  isNullable: boolean,
  make: (rows: Values) => Later<Values>,
): Later<Values> {
  let isSparse = false;
  for (const value of raw) {
    if (value == null) {
      if (!isNullable) refuse();
      isSparse = true;
    } else if (typeof value !== 'object' || value instanceof Error) refuse();
  }
  if (!isSparse) return raw.length === 0 ? raw : make(raw);
  const rows = raw.filter((value) => value != null);
  if (rows.length === 0) return raw.map(() => null);
  return after(make(rows), (made) => inPlaces(raw, made));
}

/** Completes the items of all lists of a level together. */
export function completeLists<Run>(isNullable: boolean, complete: Complete<Run>): Complete<Run> {
  return (raw, run) => {
    if (!raw.every((list) => Array.isArray(list) || (list == null && isNullable))) {
      for (const list of raw) if (Array.isArray(list)) leave(list);
      refuse();
    }
    const lists = raw as readonly (Values | null | undefined)[];
    const [only] = lists;
    if (lists.length === 1 && only != null) {
      return after(
        whenAll(only, (values) => complete(values, run)),
        (made) => [made],
      );
    }
    const items = lists.flatMap((list) => list ?? []);
    return after(
      whenAll(items, (values) => complete(values, run)),
      (made) => {
        let next = 0;
        return lists.map((list) => {
          if (list == null) return null;
          const from = next;
          next += list.length;
          return made.slice(from, next);
        });
      },
    );
  };
}
