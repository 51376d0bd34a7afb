import type { GraphQLError } from 'graphql';

export type Key = string | number;

/** What a subgraph reported, or did not deliver, as seen from one object of the plan's data. */
export interface Fault {
  readonly error: GraphQLError;
  /** The object that was being fetched. */
  readonly anchor: object;
  /** Where the error lies below the anchor, in keys of the plan; empty when the whole fetch is at fault. */
  readonly path: readonly Key[];
  /** Places of the answer where it was reported, as text. */
  readonly reportedAt: Set<string>;
}

interface Place {
  /** Faults at one key of the object or list, with what lies below. */
  readonly byKey: Map<Key, { readonly fault: Fault; readonly rest: readonly Key[] }[]>;
  /** Faults that leave every one of these keys without a value. */
  readonly missing: { readonly fault: Fault; readonly keys: ReadonlySet<string> }[];
  /** Where the object lies in the answer; undefined until it is projected. */
  path: readonly Key[] | undefined;
}

/**
 * Remembers for one request which objects and lists of the plan's data lack something because of an error. Where they
 * lie in the answer is known only when it is projected, and may be several places: equal entities are fetched once.
 */
export class Faults {
  readonly #places = new Map<object, Place>();
  readonly #faults: Fault[] = [];

  /**
   * @param path below `anchor`; empty when the fetch as a whole failed.
   * @param lost keys of the anchor that have no value because of it.
   */
  add(anchor: object, error: GraphQLError, path: readonly Key[], lost: ReadonlySet<string> | undefined): void {
    const fault: Fault = { error, anchor, path, reportedAt: new Set() };
    this.#faults.push(fault);
    this.#place(anchor);
    if (path.length > 0) this.#pin(anchor, path, fault);
    if (lost !== undefined) this.#place(anchor).missing.push({ fault, keys: lost });
  }

  /** A later fetch could not be made for `object` because of what is missing there already. */
  inherit(object: object, keys: ReadonlySet<string>): void {
    const inherited = new Set<Fault>();
    for (const source of [object, ...Object.values(object)]) {
      const place = typeof source === 'object' && source !== null ? this.#places.get(source) : undefined;
      for (const { fault } of place?.missing ?? []) inherited.add(fault);
    }
    for (const fault of inherited) this.#place(object).missing.push({ fault, keys });
  }

  /** Faults that explain why `container[key]` has no value, each with its path below the container. */
  explain(container: object, key: Key, value: unknown): { readonly fault: Fault; readonly path: readonly Key[] }[] {
    const place = this.#places.get(container);
    if (place === undefined) return [];
    const pinned = place.byKey.get(key);
    if (pinned !== undefined) return pinned.map(({ fault, rest }) => ({ fault, path: [key, ...rest] }));
    if (value !== undefined) return [];
    return place.missing
      .filter(({ keys }) => keys.has(String(key)))
      .map(({ fault }) => {
        const isOwn = fault.anchor === container && fault.path.length > 0;
        return { fault, path: isOwn ? fault.path : [key] };
      });
  }

  /** Faults that left something of the object without a value. */
  missingOf(object: object): readonly Fault[] {
    return [...new Set((this.#places.get(object)?.missing ?? []).map(({ fault }) => fault))];
  }

  /** Notes where an object came to lie in the answer. */
  enter(object: object, path: () => readonly Key[]): void {
    const place = this.#places.get(object);
    if (place !== undefined) place.path ??= path();
  }

  /** What nobody has asked after although its object is part of the answer, with the object's path. */
  unreported(): { readonly fault: Fault; readonly path: readonly Key[] }[] {
    return this.#faults.flatMap((fault) => {
      const path = this.#places.get(fault.anchor)?.path;
      return fault.reportedAt.size > 0 || path === undefined ? [] : [{ fault, path }];
    });
  }

  /** Follows the error's path to where the data ends. */
  #pin(anchor: object, path: readonly Key[], fault: Fault): void {
    let container: object = anchor;
    for (const [index, key] of path.entries()) {
      const value: unknown = (container as Record<Key, unknown>)[key];
      if (typeof value !== 'object' || value === null || index === path.length - 1) {
        const { byKey } = this.#place(container);
        const pin = { fault, rest: path.slice(index + 1) };
        const pinned = byKey.get(key);
        if (pinned === undefined) byKey.set(key, [pin]);
        else if (!pinned.some((other) => other.fault.error === fault.error)) pinned.push(pin);
        return;
      }
      container = value;
    }
  }

  #place(object: object): Place {
    const known = this.#places.get(object);
    if (known !== undefined) return known;
    const place: Place = { byKey: new Map(), missing: [], path: undefined };
    this.#places.set(object, place);
    return place;
  }
}
