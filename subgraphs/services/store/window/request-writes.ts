import type { ServicesTransaction } from '../services-transaction.ts';
import { lockRow } from '../services-transaction.ts';
import type { RequestMaterialRow, ServiceRequestRow } from './request-rows.ts';

/** A request's columns as they are written; days as `YYYY-MM-DD`. */
export type NewRequest = ServiceRequestRow;

const day = (date: string | null) => (date === null ? null : new Date(date));

export async function insertRequest(transaction: ServicesTransaction, row: NewRequest): Promise<void> {
  const { startedOn, ratedOn, ...columns } = row;
  await transaction.serviceRequest.create({ data: { ...columns, startedOn: day(startedOn), ratedOn: day(ratedOn) } });
}

export async function lockRequest(transaction: ServicesTransaction, id: string): Promise<ServiceRequestRow | null> {
  if (!(await lockRow(transaction, 'service_request', id))) return null;
  const row = await transaction.serviceRequest.findUniqueOrThrow({ where: { id } });
  return {
    // State, channel and rating were written by the rules of requests only.
    ...(row as unknown as ServiceRequestRow),
    startedOn: row.startedOn?.toISOString().slice(0, 10) ?? null,
    ratedOn: row.ratedOn?.toISOString().slice(0, 10) ?? null,
  };
}

/** What may change of a request after it was made; the first contact is not among it. */
export type RequestChange = Partial<
  Pick<
    ServiceRequestRow,
    | 'state'
    | 'handlerDepartmentCode'
    | 'handlerWorkerId'
    | 'submittedAt'
    | 'supplementAskedAt'
    | 'startedOn'
    | 'dueAt'
    | 'rating'
    | 'ratedOn'
    | 'closedAt'
  >
>;

export async function updateRequest(
  transaction: ServicesTransaction,
  id: string,
  change: RequestChange,
): Promise<void> {
  const { startedOn, ratedOn, ...columns } = change;
  await transaction.serviceRequest.update({
    where: { id },
    data: {
      ...columns,
      ...(startedOn === undefined ? {} : { startedOn: day(startedOn) }),
      ...(ratedOn === undefined ? {} : { ratedOn: day(ratedOn) }),
    },
  });
}

export type NewMaterial = Omit<RequestMaterialRow, 'requestId' | 'ordinal'>;

export async function insertMaterials(
  transaction: ServicesTransaction,
  requestId: string,
  materials: readonly NewMaterial[],
  provenanceId: string,
): Promise<void> {
  await transaction.requestMaterial.createMany({
    data: materials.map((material, index) => ({ ...material, ordinal: index + 1, requestId, provenanceId })),
  });
}

/** Materials of a request whose row the caller has locked. */
export async function readMaterials(transaction: ServicesTransaction, requestId: string): Promise<NewMaterial[]> {
  const rows = await transaction.requestMaterial.findMany({ where: { requestId }, orderBy: { ordinal: 'asc' } });
  // Necessity and state were written by the rules of requests only.
  return rows as unknown as NewMaterial[];
}

export async function setMaterialState(
  transaction: ServicesTransaction,
  requestId: string,
  codes: readonly string[],
  state: NewMaterial['state'],
  provenanceId: string,
): Promise<void> {
  await transaction.requestMaterial.updateMany({
    where: { requestId, code: { in: [...codes] } },
    data: { state, sourceDepartmentCode: null, provenanceId },
  });
}

/** Codes of the materials that somebody gave with requests since a day. */
export async function readGivenCodes(
  transaction: ServicesTransaction,
  applicantPersonId: string,
  codes: readonly string[],
  since: Date,
): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const requests = await transaction.serviceRequest.findMany({
    where: { applicantPersonId, createdAt: { gte: since } },
    select: { id: true },
    take: 200,
    orderBy: { createdAt: 'desc' },
  });
  const rows = await transaction.requestMaterial.findMany({
    where: { requestId: { in: requests.map(({ id }) => id) }, code: { in: [...codes] }, state: 'GIVEN' },
    select: { code: true },
    distinct: ['code'],
  });
  return new Set(rows.map(({ code }) => code));
}
