import type { RequestState } from '../../store/sharing/request-rows.ts';
import type { NextDuty } from '../matters/record-step.ts';
import { requestMachine } from './request-machine.ts';

interface Parties {
  readonly requestingDepartment: string;
  readonly providingDepartment: string;
  readonly attribute: string;
}

/** Who has to act on a request in a state, under which rule. Disputes beyond negotiation are the data authority's. */
export function requestDuty(state: RequestState, request: Parties): NextDuty | undefined {
  const ruleCode = requestMachine.clockOf(state);
  if (ruleCode === undefined) return undefined;
  switch (state) {
    case 'SUBMITTED':
      return {
        departmentCode: request.providingDepartment,
        ruleCode: request.attribute === 'UNCONDITIONAL' ? 'SHARING_ANSWER_UNCONDITIONAL' : ruleCode,
      };
    case 'SUPPLEMENT_REQUIRED':
      return { departmentCode: request.requestingDepartment, ruleCode };
    case 'DISPUTE_MEDIATION':
    case 'DISPUTE_RULING':
      return { departmentCode: 'data-authority', ruleCode };
    default:
      return { departmentCode: request.providingDepartment, ruleCode };
  }
}
