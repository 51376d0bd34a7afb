import type { RunPreparedDocument } from '../../transport/subgraph-transport.ts';
import type { FetchDocument } from './fetch-document.ts';

/** A fetch as all operations of one graph that make it share it. */
export interface SharedFetch {
  readonly fetch: FetchDocument;
  readonly execute: RunPreparedDocument;
}

/**
 * One of each fetch, by subgraph and text. Operations that differ in their aliases, or in other parts, often ask a
 * subgraph the same, and what a subgraph compiles of a document is most of what an operation takes. A fetch lives as
 * long as somebody keeps what is handed out here.
 */
export class SharedFetches {
  readonly #known = new Map<string, WeakRef<SharedFetch>>();
  readonly #registry = new FinalizationRegistry<string>((key) => {
    // Another of the same text may have been made in between.
    if (this.#known.get(key)?.deref() === undefined) this.#known.delete(key);
  });

  /** Number of fetches that are kept by somebody, and such as have not been collected yet. */
  get size(): number {
    return this.#known.size;
  }

  find(subgraph: string, text: string, make: () => SharedFetch): SharedFetch {
    const key = `${subgraph}\n${text}`;
    const known = this.#known.get(key)?.deref();
    if (known !== undefined) return known;
    const made = make();
    this.#known.set(key, new WeakRef(made));
    this.#registry.register(made, key);
    return made;
  }
}
