import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { statCodeOf } from '../../../kit/store/division-filter.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';

export const placeLevels = ['PREFECTURE', 'COUNTY', 'TOWNSHIP', 'VILLAGE', 'GRID'] as const;
export type PlaceLevel = (typeof placeLevels)[number];

/** A place of any level, by its own code: 4, 6, 9 or 12 digits of a division, 15 of a grid. */
export interface PlaceRow {
  readonly code: string;
  readonly name: string;
  readonly level: PlaceLevel;
  /** 12 digits; null for a province, which is above every city. */
  readonly parentStatCode: string | null;
}

/** A city has no more districts, a district no more townships, a township no more communities than this. */
const MOST_CHILDREN = 500;
const DIVISION = 't.code, t.name, t.level, t.parent_stat_code AS "parentStatCode"';
const GRID = `t.grid_code AS code, t.name, 'GRID' AS level, t.community_code AS "parentStatCode"`;

/** Places by their codes; a province, a pseudo tier or a code that is none finds nothing. */
export async function findPlaces(
  store: OrganizationsStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<(PlaceRow | null)[]> {
  const rows = await store.database.rows<PlaceRow>(
    'places',
    statementText`SELECT ${DIVISION} FROM organizations.division t
      WHERE t.stat_code = ANY($1::text[]) AND NOT t.pseudo AND t.level <> 'PROVINCE'
     UNION ALL SELECT ${GRID} FROM organizations.grid t WHERE t.grid_code = ANY($2::text[])`,
    [codes.filter((code) => code.length <= 12).map(statCodeOf), codes.filter((code) => code.length === 15)],
    trace,
  );
  return inKeyOrder(codes, rows, ({ code }) => code);
}

/** Places that stand directly below places, by code. */
export async function findPlacesBelow(
  store: OrganizationsStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<PlaceRow[][]> {
  const rows = await store.database.rows<PlaceRow & { readonly ownerCode: string }>(
    'places_below',
    `SELECT b.*, k.code AS "ownerCode" FROM unnest($1::text[]) AS k(code) CROSS JOIN LATERAL (
       SELECT ${DIVISION} FROM organizations.division t
        WHERE t.parent_stat_code = rpad(k.code, 12, '0') AND NOT t.pseudo AND t.valid_to IS NULL
        ORDER BY t.stat_code LIMIT ${MOST_CHILDREN}) b
     UNION ALL
     SELECT g.*, k.code FROM unnest($1::text[]) AS k(code) CROSS JOIN LATERAL (
       SELECT ${GRID} FROM organizations.grid t
        WHERE t.community_code = k.code AND t.valid_to IS NULL ORDER BY t.grid_code LIMIT ${MOST_CHILDREN}) g`,
    [codes],
    trace,
  );
  return groupByKey(codes, rows, ({ ownerCode }) => ownerCode);
}
