import type { PeopleStore } from '../people-store.ts';

/** New records that are compared at once. */
const AT_ONCE = 500;
/** From this score on a person is to look at a pair. */
export const CANDIDATE_SCORE = 70;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Compares records that are new since the last run with the rest of their city, and holds the likely pairs for a person
 * to decide. Nothing is merged by itself: two people of one name and birthday are common in a city.
 *
 * Points: the same name 40, one that sounds the same 25, the same birthday 25, the same telephone 25, the same
 * micro-grid 10. Kinship adds 15: the same relation to the same head, or two households that share another person by
 * name and birthday, as when a family is on record twice. It takes 40 where one household names both with different
 * relations to its head, as it does of twins. More than 100 are 100.
 *
 * No pair comes to 70 points but by the same telephone and the same or a like-sounding name, or by birthday and the same
 * or a like-sounding name: a record is compared with those of the whole city alone, a handful that an index finds, so that
 * the work grows with the records and not with their square. The same name sounds the same.
 *
 * Records go by their ids, which a file's rows are given long before they are merged: none is passed by as long as a
 * batch that began before it is on its way.
 *
 * @returns how many records were compared.
 */
export async function scanCandidates(store: PeopleStore, at: Date): Promise<number> {
  const provenanceId = store.ids.next();
  return store.prisma.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`INSERT INTO people.identity_scan (id, last_id) VALUES (1, ${FIRST}::uuid) ON CONFLICT DO NOTHING`;
      const [state] = await transaction.$queryRaw<{ lastId: string }[]>`
        SELECT last_id AS "lastId" FROM people.identity_scan WHERE id = 1 FOR UPDATE SKIP LOCKED`;
      if (state === undefined) return 0;
      const [batch] = await transaction.$queryRaw<{ count: number; last: string | null }[]>`
        SELECT count(*)::int AS count, max(id::text) AS last
          FROM (SELECT id FROM people.person
                 WHERE id > ${state.lastId}::uuid
                   AND id < coalesce((SELECT id FROM people.import_batch WHERE state = 'RECEIVING' ORDER BY id LIMIT 1),
                                     'ffffffff-ffff-ffff-ffff-ffffffffffff')
                 ORDER BY id LIMIT ${AT_ONCE}) b`;
      if (batch === undefined || batch.last === null) return 0;
      const found = await transaction.$executeRaw`
        WITH fresh AS MATERIALIZED (
               SELECT id, name_pinyin, birth_date, phone_hash FROM people.person
                WHERE id > ${state.lastId}::uuid AND id <= ${batch.last}::uuid ORDER BY id LIMIT ${AT_ONCE}),
             alike AS (
               SELECT f.id AS a, o.id AS b FROM fresh f JOIN people.person o
                   ON o.birth_date = f.birth_date AND o.name_pinyin = f.name_pinyin AND o.id <> f.id
               UNION
               SELECT f.id, o.id FROM fresh f JOIN people.person o
                   ON o.phone_hash = f.phone_hash AND o.id <> f.id AND o.name_pinyin = f.name_pinyin),
             pairs AS (SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b FROM alike),
             kin AS (
               SELECT x.id AS first_id, y.id AS second_id,
                      CASE WHEN x.household_id = y.household_id
                           THEN CASE WHEN x.relation_to_head_code = y.relation_to_head_code THEN 15
                                     WHEN x.relation_to_head_code <> y.relation_to_head_code THEN -40 ELSE 0 END
                           WHEN EXISTS (SELECT FROM people.person u
                                          JOIN people.person v ON v.name = u.name AND v.birth_date = u.birth_date
                                         WHERE u.household_id = x.household_id AND u.id <> x.id
                                           AND v.household_id = y.household_id AND v.id <> y.id) THEN 15
                           ELSE 0 END AS points
                 FROM pairs JOIN people.person x ON x.id = pairs.a JOIN people.person y ON y.id = pairs.b
                WHERE x.sex_code = y.sex_code),
             judged AS (
               SELECT x.id AS first_id, y.id AS second_id, y.city_code, y.county_code, y.township_code,
                      y.community_code, y.grid_code,
                      array_remove(ARRAY[
                        CASE WHEN x.name = y.name THEN 'NAME' WHEN x.name_pinyin = y.name_pinyin THEN 'NAME_SOUND' END,
                        CASE WHEN x.birth_date = y.birth_date THEN 'BIRTH_DATE' END,
                        CASE WHEN x.phone_hash = y.phone_hash THEN 'PHONE' END,
                        CASE WHEN x.micro_grid_code = y.micro_grid_code THEN 'ADDRESS' END,
                        CASE WHEN k.points > 0 THEN 'KINSHIP' END], NULL) AS reasons,
                      least(100, k.points
                        + CASE WHEN x.name = y.name THEN 40 WHEN x.name_pinyin = y.name_pinyin THEN 25 ELSE 0 END
                        + CASE WHEN x.birth_date = y.birth_date THEN 25 ELSE 0 END
                        + CASE WHEN x.phone_hash = y.phone_hash THEN 25 ELSE 0 END
                        + CASE WHEN x.micro_grid_code = y.micro_grid_code THEN 10 ELSE 0 END) AS score
                 FROM kin k JOIN people.person x ON x.id = k.first_id JOIN people.person y ON y.id = k.second_id)
        INSERT INTO people.identity_candidate (id, first_id, second_id, score, reasons, state, found_at, city_code,
               county_code, township_code, community_code, grid_code, provenance_id)
        SELECT gen_random_uuid(), first_id, second_id, score, reasons, 'OPEN', ${at}, city_code, county_code,
               township_code, community_code, grid_code, ${provenanceId}::uuid
          FROM judged WHERE score >= ${CANDIDATE_SCORE}
        ON CONFLICT (first_id, second_id) DO NOTHING`;
      if (found > 0) {
        await transaction.provenance.create({
          data: {
            id: provenanceId,
            kind: 'MUTATION',
            systemCode: 'hub',
            dataset: 'identity_candidate',
            clientId: 'hub',
            department: 'data-authority',
            recordedAt: at,
            rowCount: found,
          },
        });
      }
      await transaction.$executeRaw`UPDATE people.identity_scan SET last_id = ${batch.last}::uuid WHERE id = 1`;
      return batch.count;
    },
    { timeout: 30_000 },
  );
}
