import { dateInChina } from '../../../kit/clock.ts';
import type { Refusal } from '../../../kit/codes/refusals.ts';
import type { Satisfaction } from '../../store/incidents/incident-rows.ts';
import type { ServicesCall } from '../service-write.ts';
import type { RequestWritten } from './open-request.ts';
import { type RequestStepInput, writeRequestSteps } from './write-request-step.ts';

export interface RateRequestInput extends RequestStepInput {
  readonly rating: Satisfaction;
}

/** 差评 — grades that must be put right within the term of `BAD_RATING_RECTIFICATION`. */
const BAD: readonly Satisfaction[] = ['DISSATISFIED', 'VERY_DISSATISFIED'];

/** 好差评 — one of five grades, once, by the applicant or at the window; a bad one has to be put right. */
export function rateRequest(call: ServicesCall, input: RateRequestInput): Promise<RequestWritten | Refusal> {
  return writeRequestSteps(call, 'rateRequest', input, async ({ now }) => [
    {
      event: BAD.includes(input.rating) ? 'RATE_BADLY' : 'RATE',
      change: { rating: input.rating, ratedOn: dateInChina(now) },
      payload: { rating: input.rating },
    },
  ]);
}
