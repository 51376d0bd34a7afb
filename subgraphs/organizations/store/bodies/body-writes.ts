import type { Place } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import { placeOfOrganization } from './engagement-writes.ts';
import type { OrganizationRow } from './organization-rows.ts';

export interface LockedBody extends Place {
  readonly id: string;
  readonly kind: OrganizationRow['kind'];
  readonly name: string;
  readonly phone: string | null;
  readonly addressText: string | null;
  readonly estateId: string | null;
  readonly rating: number | null;
  readonly establishedOn: string | null;
}

/** Locks a live body, so that what changes of it is decided by one transaction at a time. */
export async function lockBody(transaction: OrganizationsTransaction, id: string): Promise<LockedBody | null> {
  const rows = await transaction.$queryRaw<LockedBody[]>`
    SELECT id, kind, name, phone, address_text AS "addressText", estate_id AS "estateId", rating,
           established_on::text AS "establishedOn", city_code AS "cityCode", county_code AS "countyCode",
           township_code AS "townshipCode", community_code AS "communityCode"
      FROM organizations.organization WHERE id = ${id}::uuid AND dissolved_on IS NULL FOR UPDATE`;
  const [row] = rows;
  return row === undefined ? null : { ...row, ...placeOfOrganization(row) };
}

/** Whether an estate has an owners' committee already; the unique index allows one at most. */
export async function isEstateTaken(
  transaction: OrganizationsTransaction,
  kind: OrganizationRow['kind'],
  estateId: string | undefined,
): Promise<boolean> {
  if (kind !== 'OWNERS_COMMITTEE' || estateId === undefined) return false;
  return (await transaction.organization.count({ where: { kind, estateId, dissolvedOn: null } })) > 0;
}

export interface LiveRelation {
  readonly id: string;
  readonly subjectType: string;
  readonly subjectKey: string;
  readonly validFrom: Date;
}

/** Live relations that a body holds or that are about it. */
export async function findRelationsOf(
  transaction: OrganizationsTransaction,
  type: 'ORGANIZATION' | 'WORKER',
  key: string,
): Promise<LiveRelation[]> {
  const select = { id: true, subjectType: true, subjectKey: true, validFrom: true };
  const held = await transaction.engagement.findMany({
    where: { holderType: type, holderKey: key, validTo: null },
    select,
  });
  const about = await transaction.engagement.findMany({
    where: { subjectType: type, subjectKey: key, validTo: null },
    select,
  });
  return [...held, ...about];
}

/** What funds of a body still hold, in yuan. */
export async function sumBalances(transaction: OrganizationsTransaction, organizationId: string): Promise<number> {
  const sum = await transaction.fund.aggregate({ where: { organizationId }, _sum: { balanceYuan: true } });
  return sum._sum.balanceYuan ?? 0;
}

/** The last day on which an item of a body was changed. */
export async function lastChangeOf(
  transaction: OrganizationsTransaction,
  organizationId: string,
  items: readonly string[],
): Promise<Date | null> {
  const last = await transaction.organizationChange.findFirst({
    where: { organizationId, item: { in: [...items] } },
    orderBy: { changedOn: 'desc' },
  });
  return last?.changedOn ?? null;
}
