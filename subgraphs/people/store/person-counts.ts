import type { KeptCount } from '../../kit/ingest/dataset.ts';

/**
 * New persons in the counts of communities and grids (`CommunityPopulation`, `GridPopulation`): communities before grids
 * and each in code order, as everybody else who moves somebody goes.
 */
export const personCounts: readonly KeptCount[] = [
  {
    name: 'community_population',
    sql: `INSERT INTO people.community_population AS kept
            (city_code, county_code, township_code, community_code, resident_count, registered_count, household_count)
          SELECT left(code, 4), left(code, 6), left(code, 9), code, sum(lives), sum(registered), 0
            FROM (SELECT community_code AS code, sum(rows) AS lives, 0 AS registered FROM {new} GROUP BY 1
                  UNION ALL
                  SELECT registered_community_code, 0, sum(rows) FROM {new}
                   WHERE registered_community_code IS NOT NULL GROUP BY 1) AS both_sides
           GROUP BY code ORDER BY code
          ON CONFLICT (community_code) DO UPDATE
            SET resident_count = kept.resident_count + excluded.resident_count,
                registered_count = kept.registered_count + excluded.registered_count`,
  },
  {
    name: 'grid_population',
    sql: `INSERT INTO people.grid_population AS kept
            (city_code, county_code, township_code, community_code, grid_code, resident_count,
             registered_resident_count, household_count)
          SELECT city_code, county_code, township_code, community_code, grid_code, sum(rows),
                 coalesce(sum(rows) FILTER (WHERE registered_community_code = community_code), 0), 0
            FROM {new} GROUP BY 1, 2, 3, 4, 5 ORDER BY grid_code
          ON CONFLICT (grid_code) DO UPDATE
            SET resident_count = kept.resident_count + excluded.resident_count,
                registered_resident_count = kept.registered_resident_count + excluded.registered_resident_count`,
  },
];
