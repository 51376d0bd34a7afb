import type { Place } from '../../../kit/store/place-scope.ts';
import type { PeopleTransaction } from '../residence-writes.ts';
import type { CareTagRow } from './care-rows.ts';
import type { ElderAlertRow } from './elder-alert-rows.ts';

type PlacedTag = Pick<CareTagRow, 'id' | 'personId' | 'kind' | 'restricted'> &
  Place & { readonly gridCode: string; readonly validFrom: Date; readonly validTo: Date | null };

/** Locks a tag, so that two changes of it wait for each other. */
export async function lockCareTag(transaction: PeopleTransaction, id: string): Promise<PlacedTag | null> {
  const rows = await transaction.$queryRaw<PlacedTag[]>`
    SELECT id, person_id AS "personId", kind, restricted, valid_from AS "validFrom", valid_to AS "validTo",
           city_code AS "cityCode", county_code AS "countyCode", township_code AS "townshipCode",
           community_code AS "communityCode", grid_code AS "gridCode"
      FROM people.care_tag WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

type PlacedAlert = Pick<ElderAlertRow, 'id' | 'personId' | 'kind' | 'state'> & Place & { readonly gridCode: string };

/** Locks an alert. */
export async function lockElderAlert(transaction: PeopleTransaction, id: string): Promise<PlacedAlert | null> {
  const rows = await transaction.$queryRaw<PlacedAlert[]>`
    SELECT id, person_id AS "personId", kind, state, city_code AS "cityCode", county_code AS "countyCode",
           township_code AS "townshipCode", community_code AS "communityCode", grid_code AS "gridCode"
      FROM people.elder_alert WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

/** The date of birth of a person whose row is locked. */
export async function birthDateOf(transaction: PeopleTransaction, personId: string): Promise<string> {
  const row = await transaction.person.findUniqueOrThrow({ where: { id: personId }, select: { birthDate: true } });
  return row.birthDate.toISOString().slice(0, 10);
}

/** Care goes where the person goes: live tags and open alerts move with the place that he lives at. */
export async function moveCare(
  transaction: PeopleTransaction,
  personId: string,
  place: Place & { readonly gridCode: string },
): Promise<void> {
  const { cityCode, countyCode, townshipCode, communityCode, gridCode } = place;
  const data = { cityCode, countyCode, townshipCode, communityCode, gridCode };
  await transaction.careTag.updateMany({ where: { personId, validTo: null }, data });
  await transaction.elderAlert.updateMany({ where: { personId, closedAt: null }, data });
}

export type PeopleRuleCode = 'ELDER_AGE_YEARS' | 'CHILD_AGE_YEARS' | 'SMALL_COUNT_FLOOR' | 'RELEASE_INTERVAL_DAYS';

/** A rule's number on a day. Throws when there is none: rules come with the migrations. */
export async function ruleOn(transaction: PeopleTransaction, code: PeopleRuleCode, day: string): Promise<number> {
  const row = await transaction.peopleRule.findFirstOrThrow({
    where: { code, effectiveFrom: { lte: new Date(`${day}T00:00:00Z`) } },
    orderBy: { effectiveFrom: 'desc' },
  });
  return row.value;
}
