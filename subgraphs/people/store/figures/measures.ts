import { HELD, IN_COMMUNITIES, type Measures } from '../../../kit/figures/measures.ts';
import { smallCountFloorSql } from '../seasonal-rows.ts';

const SETTLED = "t.kind IN ('RESIDENT', 'MIGRANT')";
const ofPerson = (condition: string) => `SELECT FROM people.residence t WHERE t.person_id = p.id AND ${condition}`;

/**
 * 常住人口 — where residences say that somebody lived on the day. Who has none but for a season counts while it lasts, and
 * who has none at all (a register brought the person without its history) where the register says, since birth. What was
 * merged into another record is nobody of its own.
 */
const RESIDENTS = `(SELECT count(*) FROM people.residence t
    WHERE ${IN_COMMUNITIES} AND ${SETTLED} AND ${HELD}
      AND NOT EXISTS (SELECT FROM people.merged_person m WHERE m.id = t.person_id))
  + (SELECT count(*) FROM people.person p
      WHERE p.community_code BETWEEN k.code AND rpad(k.code, 12, '9') AND p.birth_date <= k.day
        AND NOT EXISTS (${ofPerson(SETTLED)})
        AND (EXISTS (${ofPerson(`t.kind = 'SEASONAL' AND ${HELD}`)}) OR NOT EXISTS (${ofPerson("t.kind = 'SEASONAL'")})))`;

/** 口径 — what an indicator may be measured against of the rows of people. */
export const peopleMeasures: Measures = {
  RESIDENTS: { sql: `SELECT ${RESIDENTS}`, kept: ['resident'] },
};

/** 小计数下限 — beside them in the same statement: below it a count of people is not told, nor what follows from it. */
export const SMALL_COUNT_FLOOR = 'SMALL_COUNT_FLOOR';
export const floorMeasure: Measures = { [SMALL_COUNT_FLOOR]: { sql: smallCountFloorSql('k.day') } };
