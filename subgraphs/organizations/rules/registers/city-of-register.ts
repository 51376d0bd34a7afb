import type { Caller } from '../../../kit/caller/caller.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { coversCode, type Place, significantCode } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { lockDivisions } from '../../store/territory/division-writes.ts';

/** The city whose register is written, locked, so that what is numbered or named there is decided one after another. */
export async function lockCity(
  transaction: OrganizationsTransaction,
  caller: Caller,
  cityCode: string,
): Promise<{ readonly code: string; readonly place: Place } | Refusal> {
  const code = significantCode(cityCode);
  const known = code?.length === 4 && coversCode(caller, code) ? await lockDivisions(transaction, [code]) : [];
  if (code === undefined || known.length === 0) return refuse('DIVISION_NOT_FOUND', 'input.cityCode');
  return { code, place: { cityCode: code, countyCode: '', townshipCode: '', communityCode: code } };
}
