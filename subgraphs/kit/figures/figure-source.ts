/**
 * 计数口径 — what is counted of one table of a subgraph, for every place. All texts are SQL over the table's alias `t`
 * and may name the instant `:now` and the day in China `:today` to which the figures are right.
 */
export interface FigureSource {
  /** Table with its alias, joins included: `services.incident t`. */
  readonly from: string;
  /** Which rows count at all; what an index serves stands here, and not in the figures. */
  readonly where?: string;
  /** Code of the very place that a row lies in; `t.grid_code` where the table has one. */
  readonly place?: string;
  /** Code of the row's community, by which a part is counted anew; `t.community_code` by default. */
  readonly community?: string;
  /** For rows that lie in no community: the code of the division above it that they lie in. */
  readonly above?: string;
  /** A text by which the rows of a place are told apart, too: `designated` becomes `designated.<text>` for each one. */
  readonly by?: string;
  /** The figures: name → aggregate over the rows of one place. */
  readonly figures: Readonly<Record<string, string>>;
  /**
   * Which rows count for more or less than before merely because time has passed between `:since` and `:now`
   * (`:sinceDay` and `:today`); their communities are counted anew without any event.
   */
  readonly turning?: FigureTurning;
}

export interface FigureTurning {
  readonly by: 'INSTANT' | 'DAY';
  readonly rows: string;
}

/** Code of a row's place in a table whose rows may lie anywhere from city to grid. */
export const ABOVE_COMMUNITY = 'coalesce(t.township_code, t.county_code, t.city_code)';

/** Rows that hold from a day until before another. */
export function liveOn(from: string, to: string): string {
  return `(${from} <= :today AND (${to} IS NULL OR ${to} > :today))`;
}

/** Rows that have begun or ceased to hold since the figures were last counted. */
export function turnsOn(from: string, to: string): FigureTurning {
  return {
    by: 'DAY',
    rows: `(${from} > :sinceDay AND ${from} <= :today) OR (${to} > :sinceDay AND ${to} <= :today)`,
  };
}
