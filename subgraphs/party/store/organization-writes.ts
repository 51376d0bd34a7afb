import type { PartyTransaction } from './membership-writes.ts';
import type { PartyOrganizationKind } from './organization-rows.ts';

export interface LockedOrganization {
  readonly id: string;
  readonly kind: PartyOrganizationKind;
  readonly hostKind: string | null;
  readonly establishedOn: string;
  readonly termEndsOn: string | null;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
  readonly gridCode: string | null;
}

/** Locks an organization, so that two that are set up below it, or two elections, wait for each other. */
export async function lockOrganization(transaction: PartyTransaction, id: string): Promise<LockedOrganization | null> {
  const rows = await transaction.$queryRaw<LockedOrganization[]>`
    SELECT id, kind, host_kind AS "hostKind", established_on::text AS "establishedOn",
           term_ends_on::text AS "termEndsOn", city_code AS "cityCode", county_code AS "countyCode",
           township_code AS "townshipCode", community_code AS "communityCode", grid_code AS "gridCode"
      FROM party.party_organization WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

export async function hasChildNamed(transaction: PartyTransaction, parentId: string, name: string): Promise<boolean> {
  return (await transaction.partyOrganization.findFirst({ where: { parentId, name }, select: { id: true } })) !== null;
}

export async function hasGridBranch(transaction: PartyTransaction, gridCode: string): Promise<boolean> {
  const where = { gridCode, kind: 'GRID_BRANCH' };
  return (await transaction.partyOrganization.findFirst({ where, select: { id: true } })) !== null;
}

/** Asked under the lock of the grid's branch, below which alone the group may stand. */
export async function hasMicroGridGroup(transaction: PartyTransaction, microGridCode: string): Promise<boolean> {
  const where = { microGridCode, kind: 'MICRO_GRID_GROUP' };
  return (await transaction.partyOrganization.findFirst({ where, select: { id: true } })) !== null;
}

export function countFull(transaction: PartyTransaction, ids: readonly string[]): Promise<number> {
  return transaction.partyMember.count({ where: { id: { in: [...ids] }, category: 'FULL' } });
}
