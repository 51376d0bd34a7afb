import type { PoolClient } from 'pg';
import { publishFirstRelease } from './publish-first-release.ts';

/** Fills what the hub derives from its own rows and then keeps by itself: the population of communities and grids, when members were confirmed. */
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
  await deriveGridPopulation(client);
  await deriveMarks(client);
  await publishFirstRelease(client);
  await client.query(
    `-- derive-member-categories
INSERT INTO party.member_category (member_id, category, valid_from, valid_to, provenance_id)
SELECT id, 'PROBATIONARY', joined_on, CASE WHEN category = 'FULL' THEN (joined_on + interval '1 year')::date END,
       provenance_id FROM party.party_member
UNION ALL
SELECT id, category, (joined_on + interval '1 year')::date, NULL, provenance_id FROM party.party_member
 WHERE category = 'FULL'`,
  );
}

/** What grids and communities keep of their posts and relations, which tests use on rows of their own, too. */
export async function deriveMarks(client: Pick<PoolClient, 'query'>): Promise<void> {
  await client.query(
    `-- derive-marks
UPDATE organizations.grid t SET led = true
 WHERE EXISTS (SELECT FROM organizations.grid_assignment a
                WHERE a.grid_code = t.grid_code AND a.role = 'GRID_CHIEF' AND a.valid_to IS NULL)`,
  );
  await client.query(
    `UPDATE organizations.community t SET engaged_roles = e.roles
  FROM (SELECT subject_key, array_agg(DISTINCT role ORDER BY role) AS roles FROM organizations.engagement
         WHERE subject_type = 'COMMUNITY' AND valid_to IS NULL GROUP BY subject_key) e
 WHERE e.subject_key = t.stat_code`,
  );
}

/** The grids' part, which tests use on rows of their own, too. */
export async function deriveGridPopulation(client: Pick<PoolClient, 'query'>): Promise<void> {
  await client.query(
    `-- derive-grid-population
INSERT INTO people.grid_population
       (city_code, county_code, township_code, community_code, grid_code, resident_count, registered_resident_count,
        household_count)
SELECT left(grid_code, 4), left(grid_code, 6), left(grid_code, 9), left(grid_code, 12), grid_code,
       sum(residents), sum(natives), sum(households)
  FROM (SELECT grid_code, count(*) AS residents,
               count(*) FILTER (WHERE registered_community_code = community_code) AS natives, 0 AS households
          FROM people.person GROUP BY grid_code
        UNION ALL
        SELECT grid_code, 0, 0, count(*) FROM people.household GROUP BY grid_code) counted
 GROUP BY grid_code ORDER BY grid_code`,
  );
}
