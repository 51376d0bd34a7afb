import type { Prisma } from '../../../prisma/party/client/client.ts';
import type { Place } from '../../kit/store/place-scope.ts';
import type { OpenTransaction } from '../../kit/store/write-request.ts';
import type { PartyStore } from './party-store.ts';

export type PartyTransaction = Prisma.TransactionClient;

export function openPartyTransaction(store: PartyStore): OpenTransaction<PartyTransaction> {
  // Transfers of one member wait for each other with a connection each, so waiting for a connection may take as long.
  return (work) => store.prisma.$transaction(work, { timeout: 15_000, maxWait: 30_000 });
}

export interface LockedMember extends Place {
  readonly id: string;
  readonly organizationId: string;
}

/** Locks the member's row, so that two transfers of one member wait for each other. Who is no member yet is not found. */
export async function lockMember(transaction: PartyTransaction, id: string): Promise<LockedMember | null> {
  const rows = await transaction.$queryRaw<LockedMember[]>`
    SELECT id, organization_id AS "organizationId", city_code AS "cityCode", county_code AS "countyCode",
           township_code AS "townshipCode", community_code AS "communityCode", grid_code AS "gridCode"
      FROM party.party_member
     WHERE id = ${id}::uuid AND category IN ('FULL', 'PROBATIONARY') FOR UPDATE`;
  return rows[0] ?? null;
}

export function findOrganization(transaction: PartyTransaction, id: string) {
  return transaction.partyOrganization.findUnique({ where: { id } });
}

/** The member's memberships, newest first; the live one, if any, has no end. */
export function membershipsOf(transaction: PartyTransaction, memberId: string) {
  return transaction.membership.findMany({ where: { memberId }, orderBy: { validFrom: 'desc' } });
}

export interface MembershipTransfer {
  readonly closeId: string | undefined;
  readonly newId: string;
  readonly memberId: string;
  readonly organizationId: string;
  readonly from: Date;
  readonly provenanceId: string;
}

/** Closes the live membership, opens the new one on the same day and moves the member with it. */
export async function replaceMembership(transaction: PartyTransaction, transfer: MembershipTransfer): Promise<void> {
  const { memberId, organizationId, from, provenanceId } = transfer;
  if (transfer.closeId !== undefined) {
    await transaction.membership.update({ where: { id: transfer.closeId }, data: { validTo: from, provenanceId } });
  }
  await transaction.membership.create({
    data: { id: transfer.newId, memberId, organizationId, validFrom: from, provenanceId },
  });
  await transaction.partyMember.update({ where: { id: memberId }, data: { organizationId, provenanceId } });
}
