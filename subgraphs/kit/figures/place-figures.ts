import type { OperationTrace } from '../operation-trace.ts';
import type { SqlDatabase } from '../store/sql-database.ts';

/** What is kept of a place. */
export interface PlaceFigures {
  readonly code: string;
  /** Totals by figure; what is not there is zero. */
  readonly totals: ReadonlyMap<string, number>;
  /** Everything written before this instant is counted. */
  readonly countedAt: Date;
}

interface FigureRow {
  readonly code: string;
  readonly figure: string | null;
  readonly total: number | null;
  readonly countedAt: Date;
}

/**
 * Kept figures of places, in the codes' order and in one statement: some dozens of rows for a place, however many people
 * live in it, or one for each of the `figures` that are wanted. Null where nothing has been counted yet, which is no zero.
 */
export async function findPlaceFigures(
  database: SqlDatabase,
  codes: readonly string[],
  trace: OperationTrace,
  figures?: ReadonlySet<string>,
): Promise<(PlaceFigures | null)[]> {
  const { subgraph } = database;
  const rows = await database.rows<FigureRow>(
    'place_figures',
    `SELECT k.code, f.figure, f.total, s.counted_at AS "countedAt" FROM unnest($1::text[]) AS k(code)
       JOIN ${subgraph}.place_figure_state s ON s.id = 1 AND s.declaration <> ''
       LEFT JOIN ${subgraph}.place_figure f ON f.place_code = k.code AND f.total <> 0${figures === undefined ? '' : ' AND f.figure = ANY($2::text[])'}`,
    figures === undefined ? [codes] : [codes, [...figures]],
    trace,
  );
  const found = new Map<string, { code: string; totals: Map<string, number>; countedAt: Date }>();
  for (const { code, figure, total, countedAt } of rows) {
    let place = found.get(code);
    if (place === undefined) {
      place = { code, totals: new Map(), countedAt };
      found.set(code, place);
    }
    if (figure !== null && total !== null) place.totals.set(figure, total);
  }
  return codes.map((code) => found.get(code) ?? null);
}
