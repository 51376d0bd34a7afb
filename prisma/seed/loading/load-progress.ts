import type { CityProfile } from '../profile/city-profile.ts';
import type { CommunityPlan } from '../territory/community-plan.ts';

/** How far a load has come; `expectedRows` is an estimate until the last call, which gives the exact number twice. */
export interface LoadProgress {
  readonly rows: number;
  readonly expectedRows: number;
  readonly table: string;
}

// Divisions, service items and upper party committees of any city.
const ROWS_OF_THE_WHOLE = 14_900;
// Measured on the generator: person, residences, dwelling, household; posts, members and micro-grids per person.
const ROWS_PER_HOUSEHOLD_ITSELF = 2.1;
const ROWS_PER_PERSON = 2.94;
const ROWS_PER_INCIDENT = 9.63;

/** About how many rows the communities will have. */
export function estimateRows(profile: CityProfile, plans: readonly CommunityPlan[]): number {
  const households = plans.reduce((sum, plan) => sum + plan.households, 0);
  const people = households * profile.peoplePerHousehold;
  const incidents = (people * profile.totals.incidentsPerYear) / profile.totals.population;
  return Math.round(
    ROWS_OF_THE_WHOLE +
      households * ROWS_PER_HOUSEHOLD_ITSELF +
      people * ROWS_PER_PERSON +
      incidents * ROWS_PER_INCIDENT,
  );
}

/** Passes progress on, at most once in 100 ms. `milliseconds` is a steady clock. */
export function throttledProgress(
  onProgress: ((progress: LoadProgress) => void) | undefined,
  milliseconds: () => number,
): (progress: LoadProgress, last?: boolean) => void {
  let due = Number.NEGATIVE_INFINITY;
  return (progress, last = false) => {
    if (onProgress === undefined || (!last && milliseconds() < due)) return;
    due = milliseconds() + 100;
    onProgress(progress);
  };
}
