import { hasRight } from '../../../kit/caller/caller.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { insertAttachments } from '../../store/attachment-rows.ts';
import { findLiveAgency, insertAgency } from '../../store/window/agency-writes.ts';
import { lockRequest, updateRequest } from '../../store/window/request-writes.ts';
import { type AttachmentInput, checkAttachments } from '../attachments.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { assignedEvent, type RequestWritten, requestEvent } from './open-request.ts';
import { isApplicant, requestMachine } from './request-machine.ts';

export interface StartAgencyInput {
  readonly requestId: string;
  readonly agentId: string;
  readonly scope: string;
  readonly consent?:
    | {
        readonly givenOn: string;
        readonly evidence: AttachmentInput;
      }
    | null
    | undefined;
  readonly idempotencyKey: string;
}

/** 全程代办 — an agent does the whole run of a request; never without the applicant's recorded consent. */
export function startAgency(call: ServicesCall, input: StartAgencyInput): Promise<RequestWritten | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'startAgency', 'agency_service', input, async (transaction, provenanceId) => {
    const { consent } = input;
    if (consent == null) return refuse('AGENCY_NEEDS_CONSENT', 'input.consent');
    const id = findUuidKey('ServiceRequest', input.requestId);
    const request = id === undefined ? null : await lockRequest(transaction, id);
    if (request === null || !coversPlace(caller, request)) {
      return refuse('SERVICE_REQUEST_NOT_FOUND', 'input.requestId');
    }
    if (request.closedAt !== null) return refuse('SERVICE_REQUEST_CLOSED', 'input.requestId');
    const agentWorkerId = findUuidKey('CommunityWorker', input.agentId);
    if (agentWorkerId === undefined) return refuse('WORKER_NOT_FOUND', 'input.agentId');
    const now = clock.now();
    if (consent.givenOn > dateInChina(now)) return refuse('DATE_IN_FUTURE', 'input.consent.givenOn');
    const wrong = checkAttachments([consent.evidence], 'input.consent.evidence');
    if (wrong !== undefined) return { ...wrong, culprit: 'input.consent.evidence' };
    const scope = plainText(input.scope, 'input.scope', 2, 200);
    if (isRefusal(scope)) return scope;
    if ((await findLiveAgency(transaction, request.id)) !== null) return refuse('AGENCY_LIVE', 'input.requestId');
    const agencyId = store.ids.next();
    await insertAgency(transaction, {
      ...{ id: agencyId, requestId: request.id, agentWorkerId, scope, consentedOn: consent.givenOn, startedAt: now },
      provenanceId,
    });
    await insertAttachments(transaction, agencyId, [consent.evidence], store.ids, provenanceId);
    await updateRequest(transaction, request.id, { handlerWorkerId: agentWorkerId });
    const answer = { requestId: globalId('ServiceRequest', request.id) };
    const { handlerDepartmentCode } = request;
    const events = [
      requestEvent('agency-started', answer.requestId, request, { agentId: input.agentId }),
      assignedEvent(answer.requestId, request, { handlerDepartmentCode, handlerWorkerId: agentWorkerId }),
    ];
    return { answer, rowCount: 3, events };
  });
}

export interface EndAgencyInput {
  readonly requestId: string;
  readonly idempotencyKey: string;
}

/** Ends the agency of a request, which goes back to its first contact; the applicant may withdraw his consent at any time. */
export function endAgency(call: ServicesCall, input: EndAgencyInput): Promise<RequestWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'endAgency', 'agency_service', input, async (transaction) => {
    const id = findUuidKey('ServiceRequest', input.requestId);
    const request = id === undefined ? null : await lockRequest(transaction, id);
    const atWindow = hasRight(caller, 'service-request.intake');
    if (request === null || !((atWindow && coversPlace(caller, request)) || isApplicant(caller, request))) {
      return refuse('SERVICE_REQUEST_NOT_FOUND', 'input.requestId');
    }
    const live = await findLiveAgency(transaction, request.id);
    if (live === null) return refuse('AGENCY_NOT_LIVE', 'input.requestId');
    await transaction.agencyService.update({ where: { id: live.id }, data: { endedAt: clock.now() } });
    if (!requestMachine.isTerminal(request.state)) {
      await updateRequest(transaction, request.id, { handlerWorkerId: request.firstContactWorkerId });
    }
    const answer = { requestId: globalId('ServiceRequest', request.id) };
    return { answer, rowCount: 2, events: [requestEvent('agency-ended', answer.requestId, request, {})] };
  });
}
