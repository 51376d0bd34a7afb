import { dateInChina } from '../../../kit/clock.ts';
import { isDepartmentCode } from '../../../kit/codes/departments.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import { type RequestChange, setMaterialState } from '../../store/window/request-writes.ts';
import type { ServicesCall } from '../service-write.ts';
import { deadlineRule, term } from '../term.ts';
import { startTerm } from '../terms/run-term.ts';
import type { RequestWritten } from './open-request.ts';
import type { RequestEvent } from './request-machine.ts';
import {
  type LockedRequest,
  type RequestStep,
  type RequestStepInput,
  writeRequestSteps,
} from './write-request-step.ts';

export interface AdvanceRequestInput extends RequestStepInput {
  readonly event: RequestEvent;
  readonly handlerDepartmentCode?: string | null | undefined;
  readonly handlerWorkerId?: string | null | undefined;
  readonly materialCodes?: readonly string[] | null | undefined;
}

/** Steps that have mutations of their own, since they take more than a note. */
export const OWN_MUTATION: Partial<Record<RequestEvent, string>> = {
  CHECK_MATERIALS: 'supplyMaterials',
  SUBMIT: 'supplyMaterials',
  RATE: 'rateRequest',
  RATE_BADLY: 'rateRequest',
};

/**
 * Takes one step with a request. Acceptance starts the promised and the legal term; a transfer changes who handles it
 * and nothing of the first contact; what is missing is told once, with every material named.
 */
export function advanceRequest(call: ServicesCall, input: AdvanceRequestInput): Promise<RequestWritten | Refusal> {
  return writeRequestSteps(call, 'advanceRequest', input, async (locked) => {
    const own = OWN_MUTATION[input.event];
    if (own !== undefined) return refuse('STEP_HAS_OWN_MUTATION', 'input.event', { mutation: own });
    const step = await stepOf(call, input, locked);
    return isRefusal(step) ? step : [step];
  });
}

async function stepOf(
  call: ServicesCall,
  input: AdvanceRequestInput,
  locked: LockedRequest,
): Promise<RequestStep | Refusal> {
  const { event } = input;
  const { request, materials, now, transaction, provenanceId } = locked;
  // The hour of an order is its term.
  if (event === 'ACCEPT') {
    const terms = request.slotStartsAt === null ? await acceptance(call, locked) : {};
    return { event, change: { ...terms, ...handledBy(call, locked) } };
  }
  if (event === 'TRANSFER' && input.handlerDepartmentCode != null) {
    const code = input.handlerDepartmentCode;
    if (!isDepartmentCode(code)) return refuse('DEPARTMENT_UNKNOWN', 'input.handlerDepartmentCode');
    const worker = input.handlerWorkerId ?? null;
    const handlerWorkerId = worker === null ? null : findUuidKey('CommunityWorker', worker);
    if (handlerWorkerId === undefined) return refuse('WORKER_NOT_FOUND', 'input.handlerWorkerId');
    const assigned = { handlerDepartmentCode: code, handlerWorkerId };
    return { event, change: assigned, assigned };
  }
  if (event === 'ASK_SUPPLEMENT' && input.materialCodes != null) {
    const codes = input.materialCodes;
    const unknown = codes.find((code) => !materials.some((material) => material.code === code));
    if (unknown !== undefined || codes.length === 0) {
      const known = materials.map(({ code }) => code).join('、') || '无';
      const place = unknown === undefined ? '' : `.${codes.indexOf(unknown)}`;
      return refuse('MATERIAL_NOT_ASKED', `input.materialCodes${place}`, { codes: known });
    }
    // Written before the machine is asked: a refusal rolls it back with everything else.
    await setMaterialState(transaction, request.id, codes, 'MISSING', provenanceId);
    const after = materials.map((material) =>
      codes.includes(material.code) ? { ...material, state: 'MISSING' as const, sourceDepartmentCode: null } : material,
    );
    const change = { supplementAskedAt: now, submittedAt: null };
    return { event, change, materials: after, moreRows: codes.length, payload: { materialCodes: [...codes] } };
  }
  return { event };
}

/** Whoever accepts a request handles it; its worker stays with it inside his own department only. */
function handledBy({ caller }: ServicesCall, { request }: LockedRequest): RequestChange {
  const { departmentCode } = caller;
  if (request.handlerDepartmentCode === departmentCode) return {};
  return { handlerDepartmentCode: departmentCode, handlerWorkerId: null };
}

/**
 * 受理 — the promised term and the one of the law begin. Told too late, or not at all, a request counts as accepted on the
 * day on which its materials came (行政许可法第三十二条), so that the terms began then.
 */
async function acceptance(
  { calendar }: ServicesCall,
  { request, transaction, now }: LockedRequest,
): Promise<RequestChange> {
  const today = dateInChina(now);
  const submittedOn = dateInChina(request.submittedAt ?? now);
  const rule = await getRuleInForce(transaction, 'ONE_TIME_NOTICE', submittedOn);
  const inTime = today <= term(calendar, submittedOn, deadlineRule(rule)).dueOn;
  const startedOn = inTime ? today : submittedOn;
  const subject = { entityType: 'ServiceRequest', id: request.id, place: request } as const;
  const days = (amount: number) => ({ startedOn, length: { amount, unit: 'WORKING_DAY' } }) as const;
  const promise = { ruleCode: 'SERVICE_PROMISE', ...days(request.promisedWorkingDays) };
  const { dueAt } = await startTerm(calendar, transaction, subject, promise);
  const legal = { ruleCode: 'SERVICE_LEGAL_TERM', ...days(request.legalWorkingDays) };
  await startTerm(calendar, transaction, subject, legal);
  return { startedOn, dueAt };
}
