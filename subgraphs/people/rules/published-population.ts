import type { OperationTrace } from '../../kit/operation-trace.ts';
import { headOf, withheldFigures } from '../../kit/statistics/withheld-figures.ts';
import { findFigureRelease } from '../store/figures/figure-release.ts';
import type { PeopleStore } from '../store/people-store.ts';

/** Counts of the people of a place, as far as they may be published. */
export interface PublishedPopulation {
  readonly code: string;
  /** Null where it is withheld; zero is published. */
  count(figure: string): number | null;
  readonly countedAt: Date;
}

/**
 * Kept counts of places, in the codes' order. A place is weighed together with its siblings and the place above them,
 * and that one with its own, up to the city, whichever of them was asked for: a small count is withheld, and what would
 * give it away. Null where nothing has been counted yet.
 */
export async function publishedPopulations(
  store: PeopleStore,
  codes: readonly string[],
  today: string,
  trace: OperationTrace,
): Promise<(PublishedPopulation | null)[]> {
  const heads = new Set<string>();
  for (let head of codes.map(headOf)) {
    while (!heads.has(head)) {
      heads.add(head);
      head = headOf(head);
    }
  }
  const release = await findFigureRelease(store, [...heads], today, trace);
  if (release === undefined) return codes.map(() => null);
  const { countedAt, floor, places } = release;
  const withheldUnder = withheldFigures(places, floor);
  return codes.map((code) => ({
    code,
    countedAt,
    count: (figure) =>
      withheldUnder(headOf(code)).has(`${code}|${figure}`) ? null : (places.get(code)?.get(figure) ?? 0),
  }));
}
