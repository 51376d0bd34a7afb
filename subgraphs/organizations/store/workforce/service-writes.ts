import type { Place } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import type { PostRow } from './post-rows.ts';

export interface LockedPost extends Place {
  readonly id: string;
  readonly kind: PostRow['kind'];
  readonly headcount: number;
  readonly lowestGrade: number;
  readonly highestGrade: number;
  readonly abolishedOn: string | null;
}

/** Locks a post, so that two who would fill its last place wait for each other. */
export async function lockPost(transaction: OrganizationsTransaction, id: string): Promise<LockedPost | null> {
  const rows = await transaction.$queryRaw<LockedPost[]>`
    SELECT id, kind, headcount, lowest_grade AS "lowestGrade", highest_grade AS "highestGrade",
           abolished_on::text AS "abolishedOn", city_code AS "cityCode", county_code AS "countyCode",
           township_code AS "townshipCode", community_code AS "communityCode"
      FROM organizations.post WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

export function countFilled(transaction: OrganizationsTransaction, postId: string): Promise<number> {
  return transaction.serviceRecord.count({ where: { postId, validTo: null } });
}

/** Full-time records of a person that reach into the time from a day on, the earliest first. */
export function findOverlaps(transaction: OrganizationsTransaction, personId: string, from: string) {
  return transaction.serviceRecord.findMany({
    where: {
      personId,
      fullTime: true,
      OR: [{ validTo: null }, { validTo: { gt: new Date(`${from}T00:00:00Z`) } }],
    },
    orderBy: [{ validFrom: 'asc' }, { id: 'asc' }],
    take: 2,
  });
}

/** The live post of a worker, as far as it has one. */
export async function findLivePost(transaction: OrganizationsTransaction, workerId: string) {
  const record = await transaction.serviceRecord.findFirst({
    where: { workerId, fullTime: true, validTo: null, postId: { not: null } },
  });
  return record?.postId == null ? null : transaction.post.findUnique({ where: { id: record.postId } });
}

export interface LockedRecruitment extends Place {
  readonly id: string;
  readonly state: string;
  readonly headcount: number;
  readonly applicants: number;
  readonly hired: number;
}

export async function lockRecruitment(
  transaction: OrganizationsTransaction,
  id: string,
): Promise<LockedRecruitment | null> {
  const rows = await transaction.$queryRaw<LockedRecruitment[]>`
    SELECT id, state, headcount, applicants, hired, city_code AS "cityCode", coalesce(county_code, '') AS "countyCode",
           coalesce(township_code, '') AS "townshipCode",
           coalesce(community_code, township_code, county_code, city_code) AS "communityCode"
      FROM organizations.recruitment WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}
