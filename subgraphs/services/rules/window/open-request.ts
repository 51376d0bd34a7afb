import { dateText, dayNumber } from '../../../kit/calendar/china-day.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import { keyedHash } from '../../../kit/store/sealing.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import { insertAttachments } from '../../store/attachment-rows.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import { readGuideInForce } from '../../store/items/service-guide-rows.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { insertStep } from '../../store/transition-steps.ts';
import type { RequestState, ServiceChannel } from '../../store/window/request-rows.ts';
import { insertMaterials, insertRequest, type NewRequest, readGivenCodes } from '../../store/window/request-writes.ts';
import { communityPlace } from '../community-place.ts';
import { missingOf } from '../items/materials.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { shortNumber } from '../short-number.ts';
import { startTerm } from '../terms/run-term.ts';
import { checkGiven, type GivenMaterial, sortMaterials } from './check-materials.ts';
import { requestMachine } from './request-machine.ts';
import { isOwnChannel } from './service-channels.ts';

export interface OpenRequestInput {
  readonly itemCode: string;
  readonly applicantId?: string | null | undefined;
  /** The one number by which anybody may apply (一号申请). */
  readonly applicantNumber?: string | null | undefined;
  readonly communityId: string;
  readonly channel: ServiceChannel;
  readonly firstContactId?: string | null | undefined;
  readonly given?: readonly GivenMaterial[] | null | undefined;
  readonly idempotencyKey: string;
}

export interface RequestWritten {
  readonly requestId: string;
}

/** 预受理 — what is already held or given, and, told once, all that is missing. Nothing is submitted yet. */
export function preAccept(call: ServicesCall, input: OpenRequestInput): Promise<RequestWritten | Refusal> {
  return openRequest(call, 'preAccept', input, false);
}

/**
 * 一窗受理 — submits a request at one window: complete, it waits for acceptance; otherwise it waits for what is missing,
 * which is told now and not again.
 */
export function submitRequest(call: ServicesCall, input: OpenRequestInput): Promise<RequestWritten | Refusal> {
  return openRequest(call, 'submitRequest', input, true);
}

export interface SubmitMyRequestInput
  extends Omit<OpenRequestInput, 'applicantId' | 'applicantNumber' | 'firstContactId'> {
  /** The person whom the token names; nobody else. */
  readonly applicantId: string;
}

/**
 * 本人网办 — the same by the applicant himself, anywhere, through a channel of his own. Who is asked first is the
 * department of the item, which handles it from the start.
 */
export async function submitMyRequest(
  call: ServicesCall,
  input: SubmitMyRequestInput,
): Promise<RequestWritten | Refusal> {
  if (input.applicantId !== call.caller.personId) return refuse('APPLICANT_NOT_SELF', 'input.applicantId');
  if (!isOwnChannel(input.channel)) return refuse('CHANNEL_NOT_YOURS', 'input.channel');
  return openRequest(call, 'submitMyRequest', input, true, true);
}

function openRequest(call: ServicesCall, mutation: string, input: OpenRequestInput, submits: boolean, own = false) {
  const { store, caller, clock, calendar } = call;
  // The number itself is not kept, not even in the hash of the input.
  const { applicantNumber: number, ...others } = input;
  const kept =
    number == null ? others : { ...others, applicantNumberHash: keyedHash(store.voterKey, number).toString('hex') };
  return writeServices(call, mutation, 'service_request', kept, async (transaction, provenanceId) => {
    const applicant = findApplicant(call, input);
    if (isRefusal(applicant)) return applicant;
    const place = communityPlace(findCodeKey('Community', 12, input.communityId) ?? '');
    if (place === undefined || !(own || coversPlace(caller, place))) {
      return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    }
    const now = clock.now();
    const item = await transaction.serviceItem.findUnique({ where: { itemCode: input.itemCode } });
    if (item === null) return refuse('SERVICE_ITEM_NOT_FOUND', 'input.itemCode');
    if (item.type === 'LIVELIHOOD') return refuse('SERVICE_ITEM_ORDERED', 'input.itemCode');
    const guide = await readGuideInForce(transaction, item.id, dateInChina(now));
    if (guide === null) return refuse('GUIDE_NOT_PUBLISHED', 'input.itemCode');
    const given = input.given ?? [];
    const attachments = checkGiven(given, guide.materials, 'input.given');
    if (isRefusal(attachments)) return attachments;
    const live = await transaction.serviceRequest.findFirst({
      where: { applicantPersonId: applicant.personId, itemId: item.id, closedAt: null, slotStartsAt: null },
      select: { requestNumber: true },
    });
    if (live !== null) return refuse('REQUEST_ALREADY_OPEN', 'input.itemCode', { number: live.requestNumber });
    const materials = sortMaterials(
      guide.materials,
      applicant.held,
      new Set(given.map(({ code }) => code)),
      await givenBefore(transaction, applicant.personId, guide.materials, now),
    );
    const missing = missingOf(materials);
    const firstContact = own
      ? { firstContactDepartmentCode: item.departmentCode, firstContactWorkerId: null }
      : firstContactOf(call, input.firstContactId);
    if (isRefusal(firstContact)) return firstContact;

    const id = store.ids.next();
    const complete = missing.length === 0;
    const states: RequestState[] = [requestMachine.initial];
    if (submits) states.push(complete ? 'SUBMITTED' : 'SUPPLEMENT_REQUIRED');
    const request: NewRequest = {
      ...{ id, requestNumber: shortNumber('BJ', id, now, place.countyCode), itemId: item.id, guideId: guide.id },
      ...{ applicantPersonId: applicant.personId, state: states.at(-1) ?? requestMachine.initial },
      ...{
        channel: input.channel,
        ...firstContact,
        handlerDepartmentCode: own ? item.departmentCode : caller.departmentCode,
      },
      ...{ handlerWorkerId: firstContact.firstContactWorkerId, createdAt: now, startedOn: null, dueAt: null },
      ...{ submittedAt: submits && complete ? now : null, supplementAskedAt: complete ? null : now },
      ...{ promisedWorkingDays: item.promisedWorkingDays, legalWorkingDays: item.legalWorkingDays },
      ...{ providerOrganizationId: null, slotStartsAt: null, slotEndsAt: null },
      ...{ rating: null, ratedOn: null, closedAt: null, ...place, provenanceId },
    };
    await insertRequest(transaction, request);
    if (request.submittedAt !== null) {
      const subject = { entityType: 'ServiceRequest', id, place } as const;
      await startTerm(calendar, transaction, subject, { ruleCode: 'ONE_TIME_NOTICE', startedOn: dateInChina(now) });
    }
    await insertMaterials(transaction, id, materials, provenanceId);
    await insertAttachments(transaction, id, attachments, store.ids, provenanceId);
    const steps = ['CHECK_MATERIALS', complete ? 'SUBMIT' : 'ASK_SUPPLEMENT'] as const;
    for (const [index, to] of states.entries()) {
      await insertStep(transaction, {
        ...{ subjectId: id, event: steps[index] ?? 'SUBMIT', from: states[index - 1] ?? null, to, at: now },
        ...{ actorDepartmentCode: caller.departmentCode, provenanceId },
      });
    }
    const answer = { requestId: globalId('ServiceRequest', id) };
    const event = requestEvent(submits ? 'submitted' : 'pre-accepted', answer.requestId, place, {
      ...{ itemCode: item.itemCode, state: request.state, channel: input.channel, missingMaterials: missing.length },
    });
    return { answer, rowCount: 1 + materials.length + attachments.length + states.length, events: [event] };
  });
}

/** An event of a request: keys and codes only. */
export function requestEvent(
  verb: string,
  requestId: string,
  place: Place,
  payload: Readonly<Record<string, unknown>>,
): ChangeEvent {
  return {
    ...{ eventType: `service-request.${verb}`, entityType: 'ServiceRequest', entityId: requestId },
    ...{ payload: { requestId, ...payload }, place },
  };
}

/** 派件 — tells the desk of whoever handles it from now on. */
export function assignedEvent(
  requestId: string,
  place: Place,
  to: { readonly handlerDepartmentCode: string; readonly handlerWorkerId: string | null },
): ChangeEvent {
  const { handlerDepartmentCode, handlerWorkerId: worker } = to;
  const handlerId = worker === null ? null : globalId('CommunityWorker', worker);
  return requestEvent('assigned', requestId, place, { handlerDepartmentCode, handlerId });
}

interface Applicant {
  readonly personId: string;
  /** Codes of materials that registers of other subgraphs hold. */
  readonly held: ReadonlySet<string>;
}

/** Who applies: named by id or by number, or the person whom the token names; what the other subgraphs hold of him. */
function findApplicant({ caller }: ServicesCall, input: OpenRequestInput): Applicant | Refusal {
  const { applicantId, applicantNumber } = input;
  if ((applicantId == null) === (applicantNumber == null)) return refuse('APPLICANT_NOT_ONE', 'input.applicantId');
  const path = applicantId == null ? 'input.applicantNumber' : 'input.applicantId';
  const facts = caller.facts?.[path];
  const personId = findUuidKey('Person', applicantId ?? facts?.id);
  if (personId === undefined) return refuse('PERSON_NOT_FOUND', path);
  const held = [facts?.heldMaterials, facts?.heldPartyMaterials].flatMap((codes) =>
    Array.isArray(codes) ? codes.map(String) : [],
  );
  return { personId, held: new Set(held) };
}

/** 首问责任 — whoever was asked first: a worker where one is named, the department in any case. */
export function firstContactOf({ caller }: ServicesCall, firstContactId: string | null | undefined) {
  const workerId = firstContactId ?? caller.workerId;
  const firstContactWorkerId = workerId == null ? null : findUuidKey('CommunityWorker', workerId);
  if (firstContactWorkerId === undefined) return refuse('WORKER_NOT_FOUND', 'input.firstContactId');
  return { firstContactDepartmentCode: caller.departmentCode, firstContactWorkerId };
}

async function givenBefore(
  transaction: ServicesTransaction,
  personId: string,
  materials: readonly { readonly code: string; readonly reusable: boolean }[],
  now: Date,
): Promise<Set<string>> {
  const today = dateInChina(now);
  const rule = await getRuleInForce(transaction, 'MATERIAL_REUSE', today);
  const since = new Date(dateText(dayNumber(today) - (rule.amount ?? 0)));
  const codes = materials.filter(({ reusable }) => reusable).map(({ code }) => code);
  return readGivenCodes(transaction, personId, codes, since);
}
