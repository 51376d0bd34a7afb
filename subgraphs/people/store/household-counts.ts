import type { KeptCount } from '../../kit/ingest/dataset.ts';

/** New households in the counts of communities and grids, in the order in which everybody locks them. */
export const householdCounts: readonly KeptCount[] = [
  {
    name: 'community_population',
    sql: `INSERT INTO people.community_population AS kept
            (city_code, county_code, township_code, community_code, resident_count, registered_count, household_count)
          SELECT city_code, county_code, township_code, community_code, 0, 0, sum(rows)
            FROM {new} GROUP BY 1, 2, 3, 4 ORDER BY community_code
          ON CONFLICT (community_code) DO UPDATE SET household_count = kept.household_count + excluded.household_count`,
  },
  {
    name: 'grid_population',
    sql: `INSERT INTO people.grid_population AS kept
            (city_code, county_code, township_code, community_code, grid_code, resident_count,
             registered_resident_count, household_count)
          SELECT city_code, county_code, township_code, community_code, grid_code, 0, 0, sum(rows)
            FROM {new} GROUP BY 1, 2, 3, 4, 5 ORDER BY grid_code
          ON CONFLICT (grid_code) DO UPDATE SET household_count = kept.household_count + excluded.household_count`,
  },
];
