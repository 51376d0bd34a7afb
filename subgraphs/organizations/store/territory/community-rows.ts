import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { ColumnSet } from '../../../kit/store/column-set.ts';
import { tierOrRangeFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import { onRecord } from './division-rows.ts';

export interface CommunityRow {
  readonly statCode: string;
  readonly name: string;
  readonly kind: 'RESIDENTIAL_COMMUNITY' | 'ADMINISTRATIVE_VILLAGE' | 'FARM_COMMUNITY';
  readonly origin: 'ORIGINAL' | 'CONVERTED_VILLAGE';
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

const COLUMNS = new ColumnSet(
  't.stat_code AS "statCode", t.name, t.kind, t.origin, t.valid_from::text AS "validFrom", t.valid_to::text AS "validTo", t.provenance_id AS "provenanceId"',
  ['statCode'],
);

export async function findCommunities(
  store: OrganizationsStore,
  statCodes: readonly string[],
  trace: OperationTrace,
  wanted?: ReadonlySet<string>,
): Promise<(CommunityRow | null)[]> {
  const rows = await store.database.rows<CommunityRow>(
    'community_by_stat_code',
    statementText`SELECT ${COLUMNS.select(wanted)} FROM organizations.community t WHERE t.stat_code = ANY($1::text[])`,
    [statCodes],
    trace,
    { key: 'statCode' },
  );
  return inKeyOrder(statCodes, rows, (row) => row.statCode);
}

/** Codes of the live communities below divisions, whose codes are given without trailing zeros; out of the key's index. */
export async function findCommunityCodes(
  store: OrganizationsStore,
  divisionCodes: readonly string[],
  trace: OperationTrace,
): Promise<string[][]> {
  const rows = await store.database.rows<{ key: string; codes: string[] }>(
    'community_codes_of_divisions',
    `SELECT k.key, coalesce(array_agg(t.stat_code ORDER BY t.stat_code) FILTER (WHERE t.stat_code IS NOT NULL), '{}') AS codes
       FROM unnest($1::text[]) AS k(key)
       LEFT JOIN organizations.community t
         ON t.stat_code BETWEEN k.key AND rpad(k.key, 12, '9') AND t.valid_to IS NULL
      GROUP BY k.key`,
    [divisionCodes],
    trace,
  );
  const found = new Map(rows.map(({ key, codes }) => [key, codes]));
  return divisionCodes.map((code) => found.get(code) ?? []);
}

const inTierOrRange = tierOrRangeFilter('t', 'stat_code', 12);

/** Communities that have people, by code. */
export const communityList: ListDeclaration<CommunityRow> = {
  name: 'organizations.communities',
  from: 'organizations.community t',
  columns: COLUMNS,
  type: 'Community',
  sorts: {
    STAT_CODE: {
      columns: [{ expression: 't.stat_code', property: 'statCode', cast: 'text' }],
      direction: 'ASC',
      filters: ['divisionCode', 'kind', 'asOf'],
    },
  },
  filters: {
    divisionCode: inTierOrRange,
    kind: (value, values) => `t.kind = $${values.push(value)}`,
    asOf: onRecord,
  },
};

/** The same by name. */
export const communityNameList: ListDeclaration<CommunityRow> = {
  ...communityList,
  name: 'organizations.communities_by_name',
  sorts: {
    NAME: {
      columns: [
        { expression: 't.name', property: 'name', cast: 'text' },
        { expression: 't.stat_code', property: 'statCode', cast: 'text' },
      ],
      direction: 'ASC',
      filters: ['divisionCode', 'kind', 'asOf'],
    },
  },
};

/**
 * The same below divisions of any tiers: a community's code begins with the code of every division above it, so the
 * owner's key is met by a range of codes, and `k.key` itself is the owner's column.
 */
export const divisionCommunityList: ListDeclaration<CommunityRow> = {
  ...communityList,
  name: 'organizations.division_communities',
  always: `t.stat_code BETWEEN k.key AND rpad(k.key, 12, '9')`,
};
