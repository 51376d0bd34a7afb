import type { Caller } from '../../kit/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { PLACE_COLUMNS, placeCondition, tierOf } from '../../kit/place-scope.ts';
import type { PeopleStore } from './people-store.ts';

export interface PopulationRow {
  readonly code: string;
  readonly residentCount: number;
  readonly registeredCount: number;
  readonly householdCount: number;
}

/**
 * Sums of the communities below divisions, by the divisions' codes (4 to 12 digits, of any tiers), in one statement.
 * Only communities of the caller's jurisdiction count.
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
    `SELECT k.code, coalesce(sum(t.resident_count), 0)::int AS "residentCount",
            coalesce(sum(t.registered_count), 0)::int AS "registeredCount",
            coalesce(sum(t.household_count), 0)::int AS "householdCount"
       FROM unnest($1::text[]) AS k(code)
       LEFT JOIN people.community_population t ON (${matches}) AND ${scope}
      GROUP BY k.code`,
    values,
    trace,
  );
}

/** Counts of grids, read from the rows themselves: a grid has a few hundred households. */
export async function countGridPopulation(
  store: PeopleStore,
  gridCodes: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<PopulationRow[]> {
  const values: unknown[] = [gridCodes];
  const scope = placeCondition({ alias: 't', hasGridCode: true }, caller, values);
  const household = scope.replaceAll('t.', 'h.');
  return store.database.rows<PopulationRow>(
    'population_of_grids',
    `SELECT k.code,
            (SELECT count(*) FROM people.person t WHERE t.grid_code = k.code AND ${scope})::int AS "residentCount",
            (SELECT count(*) FROM people.person t WHERE t.grid_code = k.code AND ${scope}
                AND t.registered_community_code = t.community_code)::int AS "registeredCount",
            (SELECT count(*) FROM people.household h WHERE h.grid_code = k.code AND ${household})::int AS "householdCount"
       FROM unnest($1::text[]) AS k(code)`,
    values,
    trace,
  );
}
