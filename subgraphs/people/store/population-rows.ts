import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { withheldCells } from '../../kit/statistics/suppress-small-counts.ts';
import { PLACE_COLUMNS, placeCondition, tierOf } from '../../kit/store/place-scope.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import type { PeopleStore } from './people-store.ts';
import { smallCountFloorSql } from './seasonal-rows.ts';

export interface PopulationRow {
  readonly code: string;
  /** Each null where it is withheld. */
  readonly residentCount: number | null;
  readonly registeredCount: number | null;
  readonly householdCount: number | null;
}

/**
 * Sums of the communities below divisions, by the divisions' codes (4 to 12 digits, of any tiers), in one statement.
 * Only communities of the caller's jurisdiction count; a division without any is left out.
 */
export async function sumPopulation(
  store: PeopleStore,
  codes: readonly string[],
  today: string,
  caller: Caller,
  trace: OperationTrace,
): Promise<PopulationRow[]> {
  const values: unknown[] = [codes, today];
  const scope = placeCondition({ alias: 't', hasGridCode: false }, caller, values);
  const tiers = [...new Set(codes.map(tierOf))].filter((tier) => tier !== undefined && tier !== 15);
  if (tiers.length === 0) return [];
  const floor = smallCountFloorSql('$2::date');
  const matches = tiers.map((tier) => `t.${PLACE_COLUMNS[tier as 4]} = k.code`).join(' OR ');
  const text = tiers.every((tier) => tier === 12)
    ? statementText`SELECT t.community_code AS code, t.resident_count AS "residentCount", t.registered_count AS "registeredCount",
            t.household_count AS "householdCount", ${floor} AS floor
       FROM people.community_population t WHERE t.community_code = ANY($1::text[]) AND ${scope}`
    : statementText`SELECT k.code, sum(t.resident_count)::int AS "residentCount", sum(t.registered_count)::int AS "registeredCount",
            sum(t.household_count)::int AS "householdCount", ${floor} AS floor
       FROM unnest($1::text[]) AS k(code)
       JOIN people.community_population t ON (${matches}) AND ${scope}
      GROUP BY k.code`;
  const rows = await store.database.rows<GridCountRow>('population_of_divisions', text, values, trace, { key: 'code' });
  // Communities have thousands of people: one that has a handful is new, and its neighbours do not give it away for long.
  const shown = (count: number, floor: number) => (count > 0 && count < floor ? null : count);
  return rows.map(({ code, residentCount, registeredCount, householdCount, floor }) => ({
    code,
    residentCount: shown(residentCount, floor),
    registeredCount: shown(registeredCount, floor),
    householdCount: shown(householdCount, floor),
  }));
}

/**
 * Counts of grids by code; a grid outside the caller's jurisdiction is left out. Each is weighed against all grids of
 * its community, whose sum is published: small ones are withheld, and what would give them away.
 */
export async function findGridPopulation(
  store: PeopleStore,
  gridCodes: readonly string[],
  today: string,
  caller: Caller,
  trace: OperationTrace,
): Promise<PopulationRow[]> {
  const values: unknown[] = [gridCodes.map((code) => code.slice(0, 12)), today];
  const scope = placeCondition({ alias: 't', hasGridCode: true }, caller, values);
  const rows = await store.database.rows<GridCountRow>(
    'population_of_grids',
    statementText`SELECT t.grid_code AS code, t.community_code AS "communityCode", t.resident_count AS "residentCount",
            t.registered_resident_count AS "registeredCount", t.household_count AS "householdCount",
            (${scope}) AS visible, ${smallCountFloorSql('$2::date')} AS floor
       FROM people.grid_population t WHERE t.community_code = ANY($1::text[])`,
    values,
    trace,
  );
  const asked = new Set(gridCodes);
  const columns = ['residentCount', 'registeredCount', 'householdCount'] as const;
  const shown = Object.fromEntries(columns.map((column) => [column, shownCounts(rows, column)]));
  return rows
    .filter(({ code, visible }) => visible && asked.has(code))
    .map(({ code }) => ({
      code,
      residentCount: shown.residentCount?.get(code) ?? null,
      registeredCount: shown.registeredCount?.get(code) ?? null,
      householdCount: shown.householdCount?.get(code) ?? null,
    }));
}

interface GridCountRow {
  readonly code: string;
  readonly communityCode: string;
  readonly residentCount: number;
  readonly registeredCount: number;
  readonly householdCount: number;
  readonly visible: boolean;
  readonly floor: number;
}

/** The grids' counts that are published, by code. */
function shownCounts(
  rows: readonly GridCountRow[],
  column: 'residentCount' | 'registeredCount' | 'householdCount',
): ReadonlyMap<string, number> {
  const lines = [...new Set(rows.map(({ communityCode }) => communityCode))].map((total) => ({
    total,
    parts: rows.filter(({ communityCode }) => communityCode === total).map(({ code }) => code),
  }));
  const totals = lines.map(({ total }) => ({
    key: total,
    count: rows.filter((row) => row.communityCode === total).reduce((sum, row) => sum + row[column], 0),
  }));
  const cells = [...rows.map((row) => ({ key: row.code, count: row[column] })), ...totals];
  const withheld = withheldCells(cells, lines, rows[0]?.floor ?? 0);
  return new Map(rows.filter(({ code }) => !withheld.has(code)).map((row) => [row.code, row[column]]));
}
