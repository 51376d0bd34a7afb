import type { PoolClient } from 'pg';

/** Fills what the hub derives from its own rows and then keeps by itself: the population of each community. */
export async function deriveRows(client: PoolClient): Promise<void> {
  await client.query(
    `-- derive-community-population
INSERT INTO people.community_population
       (city_code, county_code, township_code, community_code, resident_count, registered_count, household_count)
SELECT left(community_code, 4), left(community_code, 6), left(community_code, 9), community_code,
       sum(residents), sum(registered), sum(households)
  FROM (SELECT community_code, count(*) AS residents, 0 AS registered, 0 AS households
          FROM people.person GROUP BY community_code
        UNION ALL
        SELECT registered_community_code, 0, count(*), 0 FROM people.person
         WHERE registered_community_code IN (SELECT stat_code FROM organizations.community)
         GROUP BY registered_community_code
        UNION ALL
        SELECT community_code, 0, 0, count(*) FROM people.household GROUP BY community_code) counted
 GROUP BY community_code ORDER BY community_code`,
  );
}
