import type { Place } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import type { CertificateRow } from './worker-file-rows.ts';

export interface LockedCertificate extends Place {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string | null;
  readonly level: CertificateRow['level'];
  readonly passedYear: number;
  readonly revokedOn: string | null;
}

/** Locks a certificate, so that it is revoked once. */
export async function lockCertificate(
  transaction: OrganizationsTransaction,
  id: string,
): Promise<LockedCertificate | null> {
  const rows = await transaction.$queryRaw<LockedCertificate[]>`
    SELECT id, person_id AS "personId", worker_id AS "workerId", level, passed_year AS "passedYear",
           revoked_on::text AS "revokedOn", city_code AS "cityCode", county_code AS "countyCode",
           township_code AS "townshipCode", community_code AS "communityCode"
      FROM organizations.certificate WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

/** Whether a number is taken, or its holder has a valid certificate of the level. */
export async function isCertified(
  transaction: OrganizationsTransaction,
  personId: string,
  level: string,
  certificateNumber: string,
): Promise<boolean> {
  const OR = [{ certificateNumber }, { personId, level, revokedOn: null }];
  return (await transaction.certificate.count({ where: { OR } })) > 0;
}

const LEVELS = ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR'] as const;

/** Shows with every record of a person, as worker, the highest certificate that is valid; none when there is none. */
export async function showHighestCertificate(
  transaction: OrganizationsTransaction,
  personId: string,
  provenanceId: string,
): Promise<number> {
  const valid = await transaction.certificate.findMany({
    where: { personId, revokedOn: null },
    select: { level: true },
  });
  const highest = LEVELS.findLast((level) => valid.some((certificate) => certificate.level === level)) ?? null;
  return transaction.$executeRaw`
    UPDATE organizations.community_worker SET certificate = ${highest}, provenance_id = ${provenanceId}::uuid
     WHERE person_id = ${personId}::uuid AND certificate IS DISTINCT FROM ${highest}`;
}
