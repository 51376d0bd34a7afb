import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { PLACE_COLUMNS, placeCondition, tierOf } from '../../kit/store/place-scope.ts';
import type { PeopleStore } from './people-store.ts';

export interface PopulationRow {
  readonly code: string;
  readonly residentCount: number;
  readonly registeredCount: number;
  readonly householdCount: number;
}

/**
 * Sums of the communities below divisions, by the divisions' codes (4 to 12 digits, of any tiers), in one statement.
 * Only communities of the caller's jurisdiction count; a division without any is left out.
 */
export async function sumPopulation(
  store: PeopleStore,
  codes: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<PopulationRow[]> {
  const values: unknown[] = [codes];
  const scope = placeCondition({ alias: 't', hasGridCode: false }, caller, values);
  const tiers = [...new Set(codes.map(tierOf))].filter((tier) => tier !== undefined && tier !== 15);
  if (tiers.length === 0) return [];
  const matches = tiers.map((tier) => `t.${PLACE_COLUMNS[tier as 4]} = k.code`).join(' OR ');
  return store.database.rows<PopulationRow>(
    'population_of_divisions',
    `SELECT k.code, sum(t.resident_count)::int AS "residentCount", sum(t.registered_count)::int AS "registeredCount",
            sum(t.household_count)::int AS "householdCount"
       FROM unnest($1::text[]) AS k(code)
       JOIN people.community_population t ON (${matches}) AND ${scope}
      GROUP BY k.code`,
    values,
    trace,
  );
}

/** Counts of grids by code. A grid outside the caller's jurisdiction is left out. */
export async function findGridPopulation(
  store: PeopleStore,
  gridCodes: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<PopulationRow[]> {
  const values: unknown[] = [gridCodes];
  const scope = placeCondition({ alias: 't', hasGridCode: true }, caller, values);
  return store.database.rows<PopulationRow>(
    'population_of_grids',
    `SELECT t.grid_code AS code, t.resident_count AS "residentCount",
            t.registered_resident_count AS "registeredCount", t.household_count AS "householdCount"
       FROM people.grid_population t WHERE t.grid_code = ANY($1::text[]) AND ${scope}`,
    values,
    trace,
  );
}
