import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { withheldFigures } from '../../rules/withheld-figures.ts';
import type { PeopleStore } from '../people-store.ts';
import { smallCountFloorSql } from '../seasonal-rows.ts';

/** Counts of the people of a place, as far as they may be published. */
export interface PopulationFigures {
  readonly code: string;
  /** Null where it is withheld; zero is published. */
  count(figure: string): number | null;
  readonly countedAt: Date;
}

interface FigureRow {
  readonly placeCode: string | null;
  readonly parentCode: string | null;
  readonly figure: string | null;
  readonly total: number | null;
  readonly countedAt: Date;
  readonly floor: number;
}

/** Digits of the places above a place of so many digits. */
const ABOVE: Readonly<Record<number, number>> = { 15: 12, 12: 9, 9: 6, 6: 4 };

export function parentOf(code: string): string {
  return code.slice(0, ABOVE[code.length] ?? 0);
}

/**
 * Kept counts of places, in the codes' order and in one statement. A place is weighed together with its siblings and
 * the place above them, whichever of them was asked for: a small count is withheld, and what would give it away.
 * Null where nothing has been counted yet.
 */
export async function findPopulationFigures(
  store: PeopleStore,
  codes: readonly string[],
  today: string,
  trace: OperationTrace,
): Promise<(PopulationFigures | null)[]> {
  const parents = [...new Set(codes.map(parentOf))].filter((code) => code !== '');
  const rows = await store.database.rows<FigureRow>(
    'population_figures',
    `SELECT f.place_code AS "placeCode", f.parent_code AS "parentCode", f.figure, f.total, s.counted_at AS "countedAt",
            ${smallCountFloorSql('$3::date')} AS floor
       FROM people.place_figure_state s
       LEFT JOIN (SELECT a.place_code, a.parent_code, a.figure, a.total FROM people.place_figure a
                   WHERE a.place_code = ANY($1::text[])
                  UNION ALL
                  SELECT b.place_code, b.parent_code, b.figure, b.total FROM people.place_figure b
                   WHERE b.parent_code = ANY($2::text[])) f ON f.total <> 0
      WHERE s.id = 1 AND s.declaration <> ''`,
    [[...new Set([...codes.filter((code) => parentOf(code) === ''), ...parents])], parents, today],
    trace,
  );
  const [first] = rows;
  if (first === undefined) return codes.map(() => null);
  const places = new Map<string, Map<string, number>>();
  for (const { placeCode, figure, total } of rows) {
    if (placeCode === null || figure === null || total === null) continue;
    const figures = places.get(placeCode) ?? new Map<string, number>();
    places.set(placeCode, figures.set(figure, total));
  }
  const withheld = new Map<string, ReadonlySet<string>>();
  return codes.map((code) => {
    const parent = parentOf(code);
    const hidden = withheld.get(parent || code) ?? withheldFigures(places, parent === '' ? code : parent, first.floor);
    withheld.set(parent || code, hidden);
    const figures = places.get(code);
    return {
      code,
      countedAt: first.countedAt,
      count: (figure) => (hidden.has(`${code}|${figure}`) ? null : (figures?.get(figure) ?? 0)),
    };
  });
}
