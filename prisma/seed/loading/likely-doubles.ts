import type { PoolClient } from 'pg';
import { Random } from '../chance/random.ts';
import { RowIds } from '../chance/row-ids.ts';
import { LIKELY_DOUBLES, PROVENANCE_ID_BLOCK, provenanceIds } from '../provenance.ts';
import { REFERENCE_INSTANT } from '../reference-instant.ts';

/** Ids behind that of the release. */
const CANDIDATE_IDS_START = 1 << 13;

/** A list of all who are named somewhere would be walked through for each of a thousand. */
const NAMED_NOWHERE = [
  'organizations.community_worker',
  'organizations.grid_assignment',
  'organizations.election_candidate',
  'party.party_member',
]
  .map((table) => `NOT EXISTS (SELECT FROM ${table} n WHERE n.person_id = p.id)`)
  .join(' AND ');

/**
 * 疑似同一人 — a few records that may be of one person already on record, as the hub's search would hold them: with the
 * name, telephone and micro-grid of a neighbour, and another number. They are people of the first community who live by
 * themselves and hold no post, so that nothing else names them.
 */
export async function recordLikelyDoubles(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ known: string; again: string }>(
    `-- record-likely-doubles
WITH place AS (SELECT min(stat_code) AS code FROM organizations.community),
     single AS (SELECT household_id FROM people.person, place WHERE community_code = place.code
                 GROUP BY household_id HAVING count(*) = 1),
     alone AS MATERIALIZED (
       SELECT p.id, p.sex_code, p.micro_grid_code FROM place JOIN people.person p ON p.community_code = place.code
          JOIN single s USING (household_id)
        WHERE p.phone_hash IS NOT NULL AND ${NAMED_NOWHERE}),
     pairs AS (
       SELECT DISTINCT ON (a.micro_grid_code) a.id AS known, b.id AS again
         FROM alone a JOIN alone b ON b.micro_grid_code = a.micro_grid_code AND b.sex_code = a.sex_code AND b.id > a.id
        ORDER BY a.micro_grid_code, a.id, b.id LIMIT ${LIKELY_DOUBLES})
UPDATE people.person t SET name = k.name, name_pinyin = k.name_pinyin, name_initials = k.name_initials,
       phone_sealed = k.phone_sealed, phone_hash = k.phone_hash
  FROM pairs JOIN people.person k ON k.id = pairs.known WHERE t.id = pairs.again
RETURNING pairs.known, pairs.again`,
  );
  const pairs = rows.sort((a, b) => (a.known < b.known ? -1 : 1));
  const ids = new RowIds(new Random('yiyun-1/identity-candidates'), PROVENANCE_ID_BLOCK, CANDIDATE_IDS_START);
  await client.query(
    `-- insert-identity-candidates
INSERT INTO people.identity_candidate (id, first_id, second_id, score, reasons, state, found_at, city_code, county_code,
       township_code, community_code, grid_code, provenance_id)
SELECT c.id, c.known, c.again, 75, '{NAME,PHONE,ADDRESS}', 'OPEN', $4, p.city_code, p.county_code, p.township_code,
       p.community_code, p.grid_code, $5
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS c(id, known, again) JOIN people.person p ON p.id = c.again`,
    [
      pairs.map(() => ids.next()),
      pairs.map(({ known }) => known),
      pairs.map(({ again }) => again),
      REFERENCE_INSTANT,
      provenanceIds['people.identity_candidate'],
    ],
  );
  return pairs.length;
}
