import type { ServicesTransaction } from '../services-transaction.ts';
import type { AgencyRow } from './request-rows.ts';

/** The agency of a request that has not ended; the caller has locked the request. */
export function findLiveAgency(transaction: ServicesTransaction, requestId: string): Promise<{ id: string } | null> {
  return transaction.agencyService.findFirst({ where: { requestId, endedAt: null }, select: { id: true } });
}

export async function insertAgency(
  transaction: ServicesTransaction,
  row: Omit<AgencyRow, 'endedAt'> & { readonly provenanceId: string },
): Promise<void> {
  await transaction.agencyService.create({ data: { ...row, consentedOn: new Date(row.consentedOn) } });
}

/** A request that is closed has no agent any more. */
export async function endAgencies(transaction: ServicesTransaction, requestId: string, at: Date): Promise<void> {
  await transaction.agencyService.updateMany({ where: { requestId, endedAt: null }, data: { endedAt: at } });
}
