import { setTimeout as delay } from 'node:timers/promises';
import type { FigureCounter } from '../../subgraphs/kit/figures/figure-counter.ts';

export interface FiguresOptions {
  readonly counters: readonly FigureCounter[];
  /** Told of each failure; the next round tries again. */
  readonly onTrouble: (subgraph: string, error: unknown) => void;
  readonly intervalMilliseconds?: number;
}

/** A wall need not move more often, and what happens in between is counted, and told, once. */
const INTERVAL_MILLISECONDS = 1_000;

/**
 * Keeps the figures of places fresh while the hub runs. Every process of a hub does, and one at a time counts: the
 * others find the work taken.
 */
export function startFigures(options: FiguresOptions): { readonly counted: Promise<void>; close(): Promise<void> } {
  const { counters, intervalMilliseconds = INTERVAL_MILLISECONDS, onTrouble } = options;
  const stop = new AbortController();
  const round = async () => {
    for (const counter of counters) {
      if (stop.signal.aborted) return;
      try {
        for (let more = true; more && !stop.signal.aborted; ) ({ more } = await counter.count());
      } catch (error) {
        if (!stop.signal.aborted) onTrouble(counter.subgraph, error);
      }
    }
  };
  const counted = round();
  const running = (async () => {
    await counted;
    while (!stop.signal.aborted) {
      await delay(intervalMilliseconds, undefined, { signal: stop.signal, ref: false }).catch(() => {});
      await round();
    }
  })();
  return {
    counted,
    async close() {
      stop.abort();
      await running;
    },
  };
}
