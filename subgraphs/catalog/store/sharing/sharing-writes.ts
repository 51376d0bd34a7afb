import type { CatalogTransaction } from '../department-system-rows.ts';
import { isOverdue } from '../matters/is-overdue.ts';
import type { RequestAttribute, RequestState, SharingMode, SharingRequestRow } from './request-rows.ts';

export type NewSharingRequest = Omit<SharingRequestRow, 'supplemented'>;

export async function insertSharingRequest(transaction: CatalogTransaction, request: NewSharingRequest): Promise<void> {
  const { validFrom, validUntil, coordinates, divisionCodes, ...columns } = request;
  await transaction.sharingRequest.create({
    data: {
      ...columns,
      coordinates: [...coordinates],
      divisionCodes: [...divisionCodes],
      validFrom: new Date(validFrom),
      validUntil: new Date(validUntil),
    },
  });
}

/** The request as the machine looks at it, locked until the transaction ends. */
export async function lockSharingRequest(transaction: CatalogTransaction, id: string, today: string) {
  await transaction.$queryRaw`SELECT 1 FROM catalog.sharing_request WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await transaction.sharingRequest.findUnique({ where: { id } });
  if (row === null) return null;
  // Written by submitSharingRequest and the machine only, which are typed.
  const typed = row as typeof row & { state: RequestState; mode: SharingMode; attribute: RequestAttribute };
  return { ...typed, overdue: await isOverdue(transaction, id, today) };
}

export type LockedSharingRequest = NonNullable<Awaited<ReturnType<typeof lockSharingRequest>>>;

export async function updateSharingRequest(
  transaction: CatalogTransaction,
  id: string,
  data: { readonly state: RequestState; readonly supplemented?: boolean },
): Promise<void> {
  await transaction.sharingRequest.update({ where: { id }, data });
}

export interface NewSharingGrant {
  readonly id: string;
  readonly requestId: string;
  readonly clientId: string;
  readonly requestingDepartment: string;
  readonly providingDepartment: string;
  readonly legalBasisCode: string;
  readonly scenarioCode: string;
  readonly coordinates: readonly string[];
  readonly divisionCodes: readonly string[];
  readonly mode: SharingMode;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly provenanceId: string;
}

/** Writes a grant and moves its client's version, by which the gateway sees that it has to read anew. */
export async function insertSharingGrant(transaction: CatalogTransaction, grant: NewSharingGrant): Promise<void> {
  await transaction.sharingGrant.create({
    data: {
      ...grant,
      coordinates: [...grant.coordinates],
      divisionCodes: [...grant.divisionCodes],
      endsAt: grant.validUntil,
    },
  });
  await touchClient(transaction, grant.clientId);
}

export async function lockSharingGrant(transaction: CatalogTransaction, id: string) {
  await transaction.$queryRaw`SELECT 1 FROM catalog.sharing_grant WHERE id = ${id}::uuid FOR UPDATE`;
  return transaction.sharingGrant.findUnique({ where: { id } });
}

export async function endSharingGrant(
  transaction: CatalogTransaction,
  grant: { readonly id: string; readonly clientId: string },
  end: { endsAt: Date; endNoticeAt: Date; endReason: string; endedByDepartment: string },
): Promise<void> {
  await transaction.sharingGrant.update({ where: { id: grant.id }, data: end });
  await touchClient(transaction, grant.clientId);
}

function touchClient(transaction: CatalogTransaction, id: string) {
  return transaction.client.updateMany({ where: { id }, data: { version: { increment: 1 } } });
}

/** Whether the client that a grant is for may still ask. */
export async function isActiveClient(transaction: CatalogTransaction, id: string): Promise<boolean> {
  return (await transaction.client.count({ where: { id, active: true } })) > 0;
}
