import { createHash } from 'node:crypto';
import type { FigureSource, FigureTurning } from './figure-source.ts';

/** A subgraph's statements over its own tables; parameters as `FigureCounter` gives them. */
export interface FigureStatements {
  /** Tells one set of sources from another. */
  readonly declaration: string;
  /** Counts everything: ($1 now, $2 today); returns the places whose figures have changed. */
  readonly countAll: string;
  /** Counts some communities and some divisions above communities: ($1 now, $2 today, $3 communities, $4 divisions). */
  readonly countPart: string;
  /** Places whose figures change from one instant to the next: ($1 now, $2 today, $3 since, $4 since day). */
  readonly turningByInstant: string | undefined;
  /** Those whose figures change from one day to the next, which no index need serve: it is asked once a day. */
  readonly turningByDay: string | undefined;
}

const TIERS = 'ARRAY[4, 6, 9, 12, 15]';
const PARENT_DIGITS = 'CASE length(place) WHEN 15 THEN 12 WHEN 12 THEN 9 WHEN 9 THEN 6 WHEN 6 THEN 4 ELSE 0 END';

/**
 * Counts rows per place and moves the difference to what is kept up to every place above. A statement that finds
 * nothing new writes nothing, and the same one twice counts once: what is kept is compared with what is there.
 */
export function figureStatements(subgraph: string, sources: readonly FigureSource[]): FigureStatements {
  const kept = `${subgraph}.place_figure`;
  const every = sources.map((source) => counted(source, () => [source.where ?? 'true'])).join('\n  UNION ALL\n  ');
  const part = sources.map((source) => counted(source, partsOf)).join('\n  UNION ALL\n  ');
  const turning = (by: 'INSTANT' | 'DAY') => {
    const turns = sources.flatMap((source) =>
      source.turning?.by === by ? [turningPlaces(source, source.turning)] : [],
    );
    const clock = 'WITH clock AS (SELECT $1::timestamptz, $2::date, $3::timestamptz, $4::date)';
    return turns.length === 0 ? undefined : named(`${clock} ${turns.join(' UNION ')}`);
  };
  const storedPart = `SELECT f.place_code AS place, f.figure, f.own FROM unnest($3::text[]) AS k(code)
      JOIN ${kept} f ON f.place_code BETWEEN k.code AND rpad(k.code, 15, '9') WHERE f.own <> 0
    UNION ALL
    SELECT f.place_code, f.figure, f.own FROM ${kept} f WHERE f.place_code = ANY($4::text[]) AND f.own <> 0`;
  return {
    declaration: createHash('sha256').update(JSON.stringify(sources)).digest('hex').slice(0, 16),
    countAll: difference(kept, every, `SELECT place_code AS place, figure, own FROM ${kept} WHERE own <> 0`),
    countPart: difference(kept, part, storedPart),
    turningByInstant: turning('INSTANT'),
    turningByDay: turning('DAY'),
  };
}

function difference(kept: string, fresh: string, stored: string): string {
  return named(`WITH clock AS (SELECT $1::timestamptz, $2::date), fresh AS (
  ${fresh}
), summed AS (SELECT place, figure, sum(value)::int AS own FROM fresh GROUP BY place, figure),
stored AS (${stored}),
changed AS (
  SELECT place, figure, coalesce(summed.own, 0) - coalesce(stored.own, 0) AS by
    FROM summed FULL JOIN stored USING (place, figure) WHERE summed.own IS DISTINCT FROM stored.own
), spread AS (
  SELECT left(place, digits) AS place, figure, sum(by)::int AS by,
         coalesce(sum(by) FILTER (WHERE length(place) = digits), 0)::int AS own_by
    FROM changed CROSS JOIN unnest(${TIERS}) AS tier(digits) WHERE digits <= length(place) GROUP BY 1, 2
)
INSERT INTO ${kept} AS kept (place_code, figure, parent_code, own, total)
SELECT place, figure, left(place, ${PARENT_DIGITS}), own_by, by FROM spread WHERE by <> 0 OR own_by <> 0 ORDER BY place, figure
ON CONFLICT (place_code, figure) DO UPDATE SET own = kept.own + excluded.own, total = kept.total + excluded.total
RETURNING place_code AS "placeCode"`);
}

/** One row per place and figure of a source; the condition once for each index that finds its rows. */
function counted(source: FigureSource, conditionsOf: (source: FigureSource) => readonly string[]): string {
  const names = Object.keys(source.figures);
  const sums = Object.values(source.figures).map((sum, index) => `${sum} AS f${index}`);
  const kept = source.by === undefined ? [] : [`${source.by} AS part`];
  const suffix = source.by === undefined ? '' : " || '.' || n.part";
  const pairs = names.map((name, index) => `('${name}'${suffix}, n.f${index})`);
  return conditionsOf(source)
    .map(
      (condition) => `SELECT n.place, v.figure, v.value FROM (
    SELECT ${[`${placeOf(source)} AS place`, ...kept, ...sums].join(', ')}
      FROM ${source.from} WHERE ${condition} GROUP BY 1${source.by === undefined ? '' : ', 2'}
  ) n CROSS JOIN LATERAL (VALUES ${pairs.join(', ')}) AS v(figure, value) WHERE v.value <> 0`,
    )
    .join('\n  UNION ALL\n  ');
}

function partsOf(source: FigureSource): readonly string[] {
  const { where = 'true', above } = source;
  const community = communityOf(source);
  return [
    `${community} = ANY($3::text[]) AND (${where})`,
    ...(above === undefined ? [] : [`${community} IS NULL AND ${above} = ANY($4::text[]) AND (${where})`]),
  ];
}

/** Communities, or divisions above them, of rows that turn. What has ceased to count may not stand in `where` any more. */
function turningPlaces(source: FigureSource, { by, rows }: FigureTurning): string {
  const { above, from, where = 'true' } = source;
  const community = communityOf(source);
  const code = above === undefined ? community : `coalesce(${community}, ${above})`;
  return `SELECT ${code} AS "placeCode" FROM ${from} WHERE ${by === 'DAY' ? '' : `(${where}) AND `}(${rows})`;
}

function placeOf(source: FigureSource): string {
  const place = source.place ?? communityOf(source);
  return source.above === undefined ? place : `coalesce(${place}, ${source.above})`;
}

function communityOf({ community = 't.community_code' }: FigureSource): string {
  return community;
}

function named(sql: string): string {
  return sql
    .replaceAll(':sinceDay', '$4::date')
    .replaceAll(':since', '$3::timestamptz')
    .replaceAll(':now', '$1::timestamptz')
    .replaceAll(':today', '$2::date');
}
