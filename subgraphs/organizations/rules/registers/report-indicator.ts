import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { statCodeOf } from '../../../kit/store/division-filter.ts';
import { coversCode, significantCode } from '../../../kit/store/place-scope.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';

export interface ReportIndicatorInput {
  readonly code: string;
  readonly divisionCode: string;
  readonly day: string;
  readonly value: number;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

export interface IndicatorReported {
  readonly reportId: string;
}

const LARGEST = 1e13;

/**
 * A department reports a figure of an indicator for a division on a day. It stands beside what the graph computes and is
 * never corrected in place: another day has its own, and the same day is reported once.
 */
export function reportIndicator(
  context: RuleContext,
  input: ReportIndicatorInput,
): Promise<IndicatorReported | Refusal> {
  const { store, caller, clock } = context;
  const request = { mutation: 'reportIndicator', dataset: 'indicator_report', input };
  return write(context, request, async (transaction, provenanceId) => {
    const division = significantCode(input.divisionCode);
    if (division === undefined || division.length < 4 || division.length > 12 || !coversCode(caller, division)) {
      return refuse('DIVISION_NOT_FOUND', 'input.divisionCode');
    }
    const known = await transaction.division.findUnique({ where: { code: division } });
    if (known === null) return refuse('DIVISION_NOT_FOUND', 'input.divisionCode');
    if (input.day > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.day');
    if (!Number.isFinite(input.value) || Math.abs(input.value) > LARGEST) {
      return refuse('INDICATOR_VALUE_INVALID', 'input.value');
    }
    if (input.note != null) {
      const flaw = textFlaw(input.note, 'input.note', 2, 120);
      if (flaw !== undefined) return flaw;
    }
    const cityCode = division.slice(0, 4);
    const indicator = await transaction.indicator.findUnique({
      where: { cityCode_code: { cityCode, code: input.code } },
    });
    if (indicator === null) return refuse('INDICATOR_NOT_FOUND', 'input.code');
    if (indicator.unit === '%' && (input.value < 0 || input.value > 100)) {
      return refuse('INDICATOR_VALUE_INVALID', 'input.value');
    }
    const day = dateColumn(input.day);
    const where = { indicatorId: indicator.id, divisionCode: division, day };
    if ((await transaction.indicatorReport.count({ where })) > 0) return refuse('INDICATOR_REPORTED', 'input.day');
    const id = store.ids.next();
    await transaction.indicatorReport.create({
      data: { id, ...where, value: input.value, note: input.note ?? null, provenanceId },
    });
    const answer = { reportId: id };
    const event = {
      eventType: 'indicator.reported',
      entityType: 'Division',
      entityId: globalId('Division', statCodeOf(division)),
      payload: { code: input.code, divisionCode: division, day: input.day },
      place: {
        cityCode,
        countyCode: division.slice(0, 6),
        townshipCode: division.slice(0, 9),
        communityCode: division,
      },
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
