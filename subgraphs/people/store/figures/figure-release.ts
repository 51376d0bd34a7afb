import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import type { PeopleStore } from '../people-store.ts';
import { smallCountFloorSql } from '../seasonal-rows.ts';

/** Kept counts of places together with those that they must be weighed against before they are published. */
export interface FigureRelease {
  /** Counts by place and figure; what is not there is zero. */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly floor: number;
  readonly countedAt: Date;
}

interface FigureRow {
  readonly placeCode: string | null;
  /** Totals by figure, as JSON: one row of a place is read in a third of the time of thirty. */
  readonly totals: string | null;
  readonly countedAt: Date;
  readonly floor: number;
}

/** Counts of some places and of all directly below them, in one statement; undefined where nothing was counted yet. */
export async function findFigureRelease(
  store: PeopleStore,
  heads: readonly string[],
  today: string,
  trace: OperationTrace,
): Promise<FigureRelease | undefined> {
  const rows = await store.database.rows<FigureRow>(
    'population_figures',
    statementText`SELECT f.place_code AS "placeCode", f.totals, s.counted_at AS "countedAt",
            ${smallCountFloorSql('$2::date')} AS floor
       FROM people.place_figure_state s
       LEFT JOIN (SELECT q.place_code, json_object_agg(q.figure, q.total)::text AS totals
                    FROM (SELECT a.place_code, a.figure, a.total FROM people.place_figure a
                           WHERE a.place_code = ANY($1::text[]) AND a.total <> 0
                          UNION ALL
                          SELECT b.place_code, b.figure, b.total FROM people.place_figure b
                           WHERE b.parent_code = ANY($1::text[]) AND b.total <> 0) q
                   GROUP BY q.place_code) f ON true
      WHERE s.id = 1 AND s.declaration <> ''`,
    [heads, today],
    trace,
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const places = new Map<string, ReadonlyMap<string, number>>();
  for (const { placeCode, totals } of rows) {
    if (placeCode === null || totals === null) continue;
    places.set(placeCode, new Map(Object.entries(JSON.parse(totals) as Record<string, number>)));
  }
  return { places, floor: first.floor, countedAt: first.countedAt };
}
