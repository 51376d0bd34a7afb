import type { OrganizationsTransaction } from '../organizations-transaction.ts';

export function findCertificate(transaction: OrganizationsTransaction, personId: string, certificateNumber: string) {
  return transaction.certificate.findFirst({ where: { personId, certificateNumber } });
}

/** The registration that has not ended; the unique index allows one at most. */
export function findLiveRegistration(transaction: OrganizationsTransaction, personId: string) {
  return transaction.socialWorkerRegistration.findFirst({ where: { personId, endedOn: null } });
}

/** Hours of continuing education inside a registration's period; the same sum as the graph shows. */
export async function sumHoursOfPeriod(transaction: OrganizationsTransaction, registrationId: string): Promise<number> {
  const rows = await transaction.$queryRaw<{ hours: number }[]>`
    SELECT coalesce(sum(a.hours), 0)::int AS hours
      FROM organizations.social_worker_registration r
      JOIN organizations.training_attendance a ON a.person_id = r.person_id
           AND a.attended_on >= r.registered_on AND a.attended_on < r.expires_on
      JOIN organizations.training_course c ON c.id = a.course_id AND c.kind = 'CONTINUING'
     WHERE r.id = ${registrationId}::uuid`;
  return rows[0]?.hours ?? 0;
}
