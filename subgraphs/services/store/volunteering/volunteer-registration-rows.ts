import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { ServicesStore } from '../services-store.ts';
import type { ServicesTransaction } from '../services-transaction.ts';

/** Sums over the volunteers that are registered in one community. */
export interface CommunityVolunteersRow {
  readonly communityCode: string;
  readonly registered: number;
  readonly active: number;
  readonly minutes: number;
}

/** Every community of a city with registered volunteers, out of the index alone. */
export function sumVolunteers(
  store: ServicesStore,
  cityCode: string,
  activeSince: string,
  trace: OperationTrace,
): Promise<CommunityVolunteersRow[]> {
  return store.database.rows<CommunityVolunteersRow>(
    'volunteers_of_city',
    `SELECT t.community_code AS "communityCode", count(*)::int AS registered,
            (count(*) FILTER (WHERE t.last_active_on >= $2::date))::int AS active,
            sum(t.certified_minutes)::float8 AS minutes
       FROM services.volunteer_registration t WHERE t.city_code = $1 GROUP BY t.community_code ORDER BY 1`,
    [cityCode, activeSince],
    trace,
  );
}

/** Registers a volunteer with the hours that were certified before; false when this person is registered already. */
export async function insertRegistration(
  transaction: ServicesTransaction,
  row: { readonly personId: string; readonly registeredOn: string; readonly provenanceId: string } & Place,
): Promise<boolean> {
  const known = await transaction.volunteerRecord.aggregate({
    where: { personId: row.personId, state: 'CERTIFIED' },
    _sum: { minutes: true },
    _max: { certifiedAt: true },
  });
  const { count } = await transaction.volunteerRegistration.createMany({
    data: [
      {
        ...row,
        registeredOn: new Date(row.registeredOn),
        certifiedMinutes: known._sum.minutes ?? 0,
        lastActiveOn: known._max.certifiedAt,
      },
    ],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Adds certified minutes to a registered volunteer's sum; nothing where the person is not registered. */
export async function addCertifiedMinutes(
  transaction: ServicesTransaction,
  personId: string,
  minutes: number,
  activeOn: string,
): Promise<void> {
  await transaction.volunteerRegistration.updateMany({
    where: { personId },
    data: { certifiedMinutes: { increment: minutes }, lastActiveOn: new Date(activeOn) },
  });
}
