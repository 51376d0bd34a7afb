import type { OperationTrace } from '../../kit/operation-trace.ts';
import { findFigureRelease } from '../store/figures/figure-release.ts';
import type { PeopleStore } from '../store/people-store.ts';
import { withheldFigures } from './withheld-figures.ts';

/** Counts of the people of a place, as far as they may be published. */
export interface PublishedPopulation {
  readonly code: string;
  /** Null where it is withheld; zero is published. */
  count(figure: string): number | null;
  readonly countedAt: Date;
}

/** Digits of the place directly above a place of so many digits. */
const ABOVE: Readonly<Record<number, number>> = { 15: 12, 12: 9, 9: 6, 6: 4 };

/**
 * Kept counts of places, in the codes' order. A place is weighed together with its siblings and the place above them,
 * whichever of them was asked for: a small count is withheld, and what would give it away. Null where nothing has been
 * counted yet.
 */
export async function publishedPopulations(
  store: PeopleStore,
  codes: readonly string[],
  today: string,
  trace: OperationTrace,
): Promise<(PublishedPopulation | null)[]> {
  // A city is the head of its own release.
  const headOf = (code: string) => code.slice(0, ABOVE[code.length] ?? code.length);
  const heads = [...new Set(codes.map(headOf))];
  const release = await findFigureRelease(store, heads, today, trace);
  if (release === undefined) return codes.map(() => null);
  const { countedAt, floor, places } = release;
  const withheld = new Map(heads.map((head) => [head, withheldFigures(places, head, floor)]));
  return codes.map((code) => ({
    code,
    countedAt,
    count: (figure) =>
      withheld.get(headOf(code))?.has(`${code}|${figure}`) ? null : (places.get(code)?.get(figure) ?? 0),
  }));
}
