import type { Place } from '../../../kit/store/place-scope.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import type { MediationRow } from './mediation-rows.ts';

export interface NewMediation {
  readonly id: string;
  readonly incidentId: string;
  readonly kind: string;
  readonly venue: string;
  readonly mediatorName: string;
  readonly heldOn: string;
  readonly place: Place;
  readonly provenanceId: string;
}

export async function insertMediation(transaction: ServicesTransaction, row: NewMediation): Promise<void> {
  const { place, heldOn, ...columns } = row;
  const { cityCode, countyCode, townshipCode, communityCode } = place;
  await transaction.mediation.create({
    data: { ...columns, heldOn: new Date(heldOn), state: 'OPEN', cityCode, countyCode, townshipCode, communityCode },
  });
}

export async function lockMediation(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'mediation', id))) return null;
  const row = await transaction.mediation.findUniqueOrThrow({ where: { id } });
  return {
    ...row,
    // Written by the machine of mediations only.
    state: row.state as MediationRow['state'],
    agreedOn: row.agreedOn?.toISOString().slice(0, 10) ?? null,
  };
}

export async function updateMediation(
  transaction: ServicesTransaction,
  id: string,
  state: MediationRow['state'],
  agreedOn: string | null,
): Promise<void> {
  await transaction.mediation.update({
    where: { id },
    data: { state, agreedOn: agreedOn === null ? null : new Date(agreedOn) },
  });
}
