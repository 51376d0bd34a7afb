import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { lockSubject } from '../../store/bodies/engagement-writes.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import type { IndicatorTargetRow } from '../../store/registers/indicator-rows.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { lockCity } from './city-of-register.ts';

export interface RecordEvaluationScoreInput {
  readonly communityId: string;
  readonly indicatorCode: string;
  readonly evaluatedOn: string;
  readonly score: number;
  readonly idempotencyKey: string;
}

export interface EvaluationScoreRecorded {
  readonly scoreId: string;
  readonly communityId: string;
}

/** What a community scored under an indicator of its city on a day; once for each day, and never changed afterwards. */
export function recordEvaluationScore(
  context: RuleContext,
  input: RecordEvaluationScoreInput,
): Promise<EvaluationScoreRecorded | Refusal> {
  const { store, caller, clock } = context;
  const request = { mutation: 'recordEvaluationScore', dataset: 'indicator_score', input };
  return write(context, request, async (transaction, provenanceId) => {
    const { score, evaluatedOn } = input;
    if (!Number.isFinite(score) || score < 0 || score > 100) return refuse('SCORE_INVALID', 'input.score');
    if (evaluatedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.evaluatedOn');
    const key = findCodeKey('Community', 12, input.communityId);
    const community = key === undefined ? null : await lockSubject(transaction, 'COMMUNITY', key);
    if (key === undefined || community === null || !coversPlace(caller, community)) {
      return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    }
    const { cityCode } = community;
    const where = { cityCode_code: { cityCode, code: input.indicatorCode } };
    const indicator = await transaction.indicator.findUnique({ where });
    if (indicator === null) return refuse('INDICATOR_NOT_FOUND', 'input.indicatorCode');
    const scored = { indicatorId: indicator.id, communityCode: key, evaluatedOn: dateColumn(evaluatedOn) };
    if ((await transaction.indicatorScore.count({ where: scored })) > 0) {
      return refuse('EVALUATION_EXISTS', 'input.evaluatedOn');
    }
    const id = store.ids.next();
    await transaction.indicatorScore.create({ data: { id, ...scored, score, provenanceId } });
    const answer = { scoreId: id, communityId: input.communityId };
    const event = {
      eventType: 'community.evaluated',
      entityType: 'Community',
      entityId: input.communityId,
      payload: { communityId: input.communityId, indicatorCode: input.indicatorCode, evaluatedOn },
      place: community,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}

export interface SetIndicatorTargetInput {
  readonly cityCode: string;
  readonly code: string;
  readonly operator: IndicatorTargetRow['operator'];
  readonly value: number;
  readonly year?: number | null | undefined;
  readonly idempotencyKey: string;
}

export interface IndicatorTargetSet {
  readonly indicatorId: string;
  readonly divisionCode: string;
}

const LARGEST = 1e13;

/** Sets a target of an indicator, for a year or without one; once for each year, so that what was aimed at stays. */
export function setIndicatorTarget(
  context: RuleContext,
  input: SetIndicatorTargetInput,
): Promise<IndicatorTargetSet | Refusal> {
  const { store, caller } = context;
  const request = { mutation: 'setIndicatorTarget', dataset: 'indicator_target', input };
  return write(context, request, async (transaction, provenanceId) => {
    const { operator, value } = input;
    const year = input.year ?? null;
    if (year !== null && (year < 2000 || year > 2100)) return refuse('TARGET_YEAR_INVALID', 'input.year');
    const city = await lockCity(transaction, caller, input.cityCode);
    if (isRefusal(city)) return city;
    const where = { cityCode_code: { cityCode: city.code, code: input.code } };
    const indicator = await transaction.indicator.findUnique({ where });
    if (indicator === null) return refuse('INDICATOR_NOT_FOUND', 'input.code');
    const percentage = indicator.unit === '%';
    if (!Number.isFinite(value) || Math.abs(value) > LARGEST || (percentage && (value < 0 || value > 100))) {
      return refuse('INDICATOR_VALUE_INVALID', 'input.value');
    }
    const twin = await transaction.indicatorTarget.count({
      where: { indicatorId: indicator.id, operator, ...(year === null ? { year: null, value } : { year }) },
    });
    if (twin > 0) return refuse('TARGET_EXISTS', 'input.year');
    const id = store.ids.next();
    await transaction.indicatorTarget.create({
      data: { id, indicatorId: indicator.id, operator, value, year, provenanceId },
    });
    const answer = { indicatorId: indicator.id, divisionCode: city.code };
    const event = {
      eventType: 'indicator.targetSet',
      entityType: 'Division',
      entityId: globalId('Division', city.code.padEnd(12, '0')),
      payload: { code: input.code, operator, year },
      place: city.place,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
