import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { type FundEntryRow, lockFund } from '../../store/bodies/fund-rows.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';

export interface BookFundEntryInput {
  readonly fundId: string;
  readonly kind: FundEntryRow['kind'];
  readonly amountYuan: number;
  readonly purpose: string;
  readonly idempotencyKey: string;
}

export interface FundEntryBooked {
  readonly fundId: string;
  readonly entryId: string;
}

/** Above this no single entry is believed; totals stay inside what a 32-bit number holds. */
const LARGEST_ENTRY_YUAN = 500_000_000;
const LARGEST_TOTAL_YUAN = 2_000_000_000;

/** Books an allotment or a spending. What is spent was allotted: the balance never goes below zero. */
export function bookFundEntry(context: RuleContext, input: BookFundEntryInput): Promise<FundEntryBooked | Refusal> {
  const { store, caller, clock } = context;
  return write(context, { mutation: 'bookFundEntry', dataset: 'fund', input }, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.purpose, 'input.purpose', 2, 120);
    if (flaw !== undefined) return flaw;
    const { kind, amountYuan } = input;
    if (amountYuan < 1 || amountYuan > LARGEST_ENTRY_YUAN) {
      return refuse('FUND_AMOUNT_INVALID', 'input.amountYuan', { max: LARGEST_ENTRY_YUAN });
    }
    const key = findUuidKey('Fund', input.fundId);
    const fund = key === undefined ? null : await lockFund(transaction, key);
    if (fund === null || !coversPlace(caller, fund)) return refuse('FUND_NOT_FOUND', 'input.fundId');
    const spending = kind === 'SPENDING';
    if (spending && amountYuan > fund.balanceYuan) {
      return refuse('FUND_INSUFFICIENT', 'input.amountYuan', { balance: fund.balanceYuan });
    }
    if (!spending && fund.allottedYuan + amountYuan > LARGEST_TOTAL_YUAN) {
      return refuse('FUND_AMOUNT_INVALID', 'input.amountYuan', { max: LARGEST_TOTAL_YUAN - fund.allottedYuan });
    }
    const balanceYuan = fund.balanceYuan + (spending ? -amountYuan : amountYuan);
    const ordinal = fund.entryCount + 1;
    await transaction.fund.update({
      where: { id: fund.id },
      data: {
        allottedYuan: fund.allottedYuan + (spending ? 0 : amountYuan),
        spentYuan: fund.spentYuan + (spending ? amountYuan : 0),
        balanceYuan,
        entryCount: ordinal,
        provenanceId,
      },
    });
    const id = store.ids.next();
    await transaction.fundEntry.create({
      data: {
        id,
        fundId: fund.id,
        ordinal,
        kind,
        amountYuan,
        balanceAfterYuan: balanceYuan,
        purpose: input.purpose,
        enteredOn: dateColumn(dateInChina(clock.now())),
        provenanceId,
      },
    });
    const answer = { fundId: input.fundId, entryId: globalId('FundEntry', id) };
    const event = {
      eventType: 'fund.booked',
      entityType: 'Fund',
      entityId: input.fundId,
      payload: { ...answer, kind, amountYuan },
      place: fund,
    };
    return { answer, rowCount: 2, events: [event] };
  });
}
