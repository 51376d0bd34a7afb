import type { OperationTrace } from '../../kit/operation-trace.ts';
import type { PeopleStore } from './people-store.ts';

/** 规则 — the floor below which counts of persons are withheld, in force on a day (`$n`). */
export function smallCountFloorSql(day: string): string {
  return `(SELECT r.value FROM people.people_rule r WHERE r.code = 'SMALL_COUNT_FLOOR' AND r.effective_from <= ${day}
            ORDER BY r.effective_from DESC LIMIT 1)`;
}

export interface SeasonalCountRow {
  readonly communityCode: string;
  readonly count: number;
  readonly floor: number;
}

/**
 * Seasonal residents of a city by community: people with a seasonal residence on some day of the month. Every community
 * that has people is a row, so that the sums above them are whole.
 */
export function countSeasonalResidents(
  store: PeopleStore,
  cityCode: string,
  monthStart: string,
  nextMonthStart: string,
  trace: OperationTrace,
): Promise<SeasonalCountRow[]> {
  return store.database.rows<SeasonalCountRow>(
    'seasonal_residents',
    `SELECT c.community_code AS "communityCode", coalesce(s.count, 0)::int AS count,
            ${smallCountFloorSql('$2::date')} AS floor
       FROM people.community_population c
       LEFT JOIN (SELECT t.community_code, count(DISTINCT t.person_id) AS count FROM people.residence t
                   WHERE t.city_code = $1 AND t.kind = 'SEASONAL' AND t.valid_from < $3::date
                     AND (t.valid_to IS NULL OR t.valid_to > $2::date)
                   GROUP BY t.community_code) s USING (community_code)
      WHERE c.city_code = $1 ORDER BY c.community_code`,
    [cityCode, monthStart, nextMonthStart],
    trace,
  );
}
