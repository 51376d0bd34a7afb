import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { PeopleStore } from '../people-store.ts';
import { smallCountFloorSql } from '../seasonal-rows.ts';

export interface LocalSeatsRow {
  /** Seats of those who live in the community that they were elected in. */
  readonly local: number;
  /** 小计数下限 — as of `today`, whatever day is counted. */
  readonly floor: number;
}

/** Seats, `person@community`, and the day of which they are asked, as one key. */
export function seatsKey(seats: readonly string[], day: string): string {
  return [day, ...seats].join(' ');
}

/** Lives there on the day: by his residences, or where the register says who came without any. */
const LIVES_THERE = `(EXISTS (SELECT FROM people.residence r WHERE r.person_id = coalesce(g.merged_into, s.person)
      AND r.community_code = s.community AND r.kind IN ('RESIDENT', 'MIGRANT')
      AND r.valid_from <= s.day AND (r.valid_to IS NULL OR r.valid_to > s.day))
    OR EXISTS (SELECT FROM people.person p WHERE p.id = coalesce(g.merged_into, s.person) AND p.community_code = s.community
      AND NOT EXISTS (SELECT FROM people.residence r WHERE r.person_id = p.id AND r.kind IN ('RESIDENT', 'MIGRANT'))))`;

/** How many of the seats of each key are held on its day by somebody who lives in that community; null where there are none. */
export async function countLocalSeats(
  store: PeopleStore,
  keys: readonly string[],
  today: string,
  trace: OperationTrace,
): Promise<(LocalSeatsRow | null)[]> {
  const asked = keys.flatMap((key, index) => {
    const [day = '', ...seats] = key.split(' ');
    return seats.map((seat) => [index, day, ...seat.split('@')] as const);
  });
  const rows = await store.database.rows<LocalSeatsRow & { readonly index: number }>(
    'local_seats',
    `SELECT s.index, count(*) FILTER (WHERE ${LIVES_THERE})::int AS local, ${smallCountFloorSql('$5::date')} AS floor
       FROM unnest($1::int[], $2::date[], $3::uuid[], $4::text[]) AS s(index, day, person, community)
       LEFT JOIN people.merged_person g ON g.id = s.person GROUP BY s.index`,
    [...[0, 1, 2, 3].map((part) => asked.map((one) => one[part])), today],
    trace,
  );
  const found = new Map(rows.map((row) => [row.index, row]));
  return keys.map((_key, index) => found.get(index) ?? null);
}
