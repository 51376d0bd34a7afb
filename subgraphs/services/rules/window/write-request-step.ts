import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { Written } from '../../../kit/store/write-request.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { endAgencies } from '../../store/window/agency-writes.ts';
import type { RequestState, ServiceRequestRow } from '../../store/window/request-rows.ts';
import {
  lockRequest,
  type NewMaterial,
  type RequestChange,
  readMaterials,
  updateRequest,
} from '../../store/window/request-writes.ts';
import { missingOf } from '../items/materials.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { startTerm, stopTerms } from '../terms/run-term.ts';
import { assignedEvent, type RequestWritten, requestEvent } from './open-request.ts';
import { isApplicant, type RequestEvent, type RequestFacts, requestMachine } from './request-machine.ts';

/** A request as a rule decides on it: its row is locked until the transaction ends. */
export interface LockedRequest {
  readonly request: ServiceRequestRow;
  readonly materials: readonly NewMaterial[];
  readonly now: Date;
  readonly note: string | null;
  readonly transaction: ServicesTransaction;
  readonly provenanceId: string;
}

/** What a step does beside moving the request. */
export interface RequestStep {
  readonly event: RequestEvent;
  readonly change?: RequestChange;
  /** Rows written beside the request's own. */
  readonly moreRows?: number;
  /** To whom it goes with this step: told to his desk by an event of its own. */
  readonly assigned?: { readonly handlerDepartmentCode: string; readonly handlerWorkerId: string | null };
  /** What the change feed is told beside the step. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** The state of the materials after the step, where it changes them. */
  readonly materials?: readonly NewMaterial[];
}

export interface RequestStepInput {
  readonly requestId: string;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Facts of a request for its machine. */
export function requestFacts(request: ServiceRequestRow, materials: readonly NewMaterial[]): RequestFacts {
  return {
    applicantPersonId: request.applicantPersonId,
    handlerDepartmentCode: request.handlerDepartmentCode,
    missingMaterials: missingOf(materials).length,
    told: request.supplementAskedAt !== null,
  };
}

/**
 * Takes steps with one request: locks it, lets `decide` say which, has the machine take each, and leaves row, history
 * and events. Whoever sees the request by its area or as its applicant may try.
 */
export function writeRequestSteps<Input extends RequestStepInput>(
  call: ServicesCall,
  mutation: string,
  input: Input,
  decide: (locked: LockedRequest) => Promise<readonly RequestStep[] | Refusal>,
): Promise<RequestWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, mutation, 'service_request', input, async (transaction, provenanceId) => {
    const id = findUuidKey('ServiceRequest', input.requestId);
    const request = id === undefined ? null : await lockRequest(transaction, id);
    if (request === null || !(coversPlace(caller, request) || isApplicant(caller, request))) {
      return refuse('SERVICE_REQUEST_NOT_FOUND', 'input.requestId');
    }
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const materials = await readMaterials(transaction, request.id);
    const now = clock.now();
    const steps = await decide({ request, materials, now, note, transaction, provenanceId });
    if (isRefusal(steps)) return steps;
    return takeSteps(call, input, { request, materials, now, note, transaction, provenanceId }, steps);
  });
}

async function takeSteps(
  { caller, calendar }: ServicesCall,
  input: RequestStepInput,
  { request, materials: first, now, note, transaction, provenanceId }: LockedRequest,
  steps: readonly RequestStep[],
): Promise<Written<RequestWritten> | Refusal> {
  const answer = { requestId: globalId('ServiceRequest', request.id) };
  const events = [];
  let materials = first;
  let current = request;
  let rowCount = 1;
  for (const step of steps) {
    materials = step.materials ?? materials;
    const taken = requestMachine.take({
      ...{ event: step.event, state: current.state, subject: requestFacts(current, materials), caller },
      ...{ given: { ...input }, culprit: 'event' in input ? 'input.event' : 'input.requestId' },
    });
    if (isRefusal(taken)) return taken;
    const closes = requestMachine.isTerminal(taken.to) || taken.to === 'COMPLETED';
    const change: RequestChange = {
      ...step.change,
      state: taken.to,
      ...(closes && current.closedAt === null ? { closedAt: now } : {}),
    };
    await updateRequest(transaction, request.id, change);
    if (change.closedAt != null) await endAgencies(transaction, request.id, now);
    await moveClocks(calendar, transaction, request, taken, now);
    await insertStep(transaction, {
      ...{ subjectId: request.id, ...taken, at: now, note, provenanceId, actorDepartmentCode: caller.departmentCode },
    });
    current = { ...current, ...change } as ServiceRequestRow; // a change only holds columns of the row
    rowCount += 1 + (step.moreRows ?? 0);
    const payload = { event: taken.event, fromState: taken.from, toState: taken.to, ...step.payload };
    events.push(requestEvent('advanced', answer.requestId, request, payload));
    if (step.assigned !== undefined) events.push(assignedEvent(answer.requestId, request, step.assigned));
  }
  return { answer, rowCount, events };
}

/**
 * Starts and stops what a state's clock runs for: telling what is missing while a request waits for acceptance, putting
 * right what was rated badly. Acceptance itself starts the promised and the legal term; the hour of an order goes on.
 */
async function moveClocks(
  calendar: ServicesCall['calendar'],
  transaction: ServicesTransaction,
  request: ServiceRequestRow,
  { from, to }: { readonly from: RequestState; readonly to: RequestState },
  now: Date,
): Promise<void> {
  if (from === to) return;
  const ordered = request.slotStartsAt !== null;
  if (from === 'SUBMITTED' && !ordered) await stopTerms(transaction, request.id, ['ONE_TIME_NOTICE']);
  if (requestMachine.isTerminal(to) || to === 'COMPLETED') await stopTerms(transaction, request.id);
  const subject = { entityType: 'ServiceRequest', id: request.id, place: request } as const;
  const ruleCode = requestMachine.clockOf(to);
  const byState = ruleCode === 'ONE_TIME_NOTICE' ? !ordered : ruleCode === 'BAD_RATING_RECTIFICATION';
  if (ruleCode === undefined || !byState) return;
  await startTerm(calendar, transaction, subject, { ruleCode, startedOn: dateInChina(now) });
}
