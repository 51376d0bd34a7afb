import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { insertStep } from '../../store/transition-steps.ts';
import type { ServiceChannel } from '../../store/window/request-rows.ts';
import { insertRequest } from '../../store/window/request-writes.ts';
import { communityPlace } from '../community-place.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { shortNumber } from '../short-number.ts';
import { keepAgreedEnd } from '../terms/run-term.ts';
import { firstContactOf, type RequestWritten, requestEvent } from './open-request.ts';

export interface OrderServiceInput {
  readonly itemCode: string;
  readonly applicantId: string;
  readonly communityId: string;
  readonly providerId: string;
  readonly slotStartsAt: Date;
  readonly channel: ServiceChannel;
  readonly firstContactId?: string | null | undefined;
  readonly idempotencyKey: string;
}

const HOUR = 3_600_000;
const MAX_DAYS_AHEAD = 60;

/**
 * 服务到家 — orders a service of daily life from a provider for an hour of its time. A provider has one live order per
 * hour, whoever orders at the same moment.
 */
export function orderService(call: ServicesCall, input: OrderServiceInput): Promise<RequestWritten | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'orderService', 'service_request', input, async (transaction, provenanceId) => {
    const applicantPersonId = findUuidKey('Person', input.applicantId);
    if (applicantPersonId === undefined) return refuse('PERSON_NOT_FOUND', 'input.applicantId');
    const place = communityPlace(findCodeKey('Community', 12, input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const providerOrganizationId = findUuidKey('Organization', input.providerId);
    if (providerOrganizationId === undefined) return refuse('ORGANIZATION_NOT_FOUND', 'input.providerId');
    const item = await transaction.serviceItem.findUnique({ where: { itemCode: input.itemCode } });
    if (item === null) return refuse('SERVICE_ITEM_NOT_FOUND', 'input.itemCode');
    if (item.type !== 'LIVELIHOOD') return refuse('SERVICE_ITEM_APPLIED_FOR', 'input.itemCode');
    const now = clock.now();
    const starts = input.slotStartsAt.getTime();
    if (starts % HOUR !== 0 || starts <= now.getTime() || starts > now.getTime() + MAX_DAYS_AHEAD * 24 * HOUR) {
      return refuse('SLOT_INVALID', 'input.slotStartsAt', { days: MAX_DAYS_AHEAD });
    }
    const slot = { providerOrganizationId, slotStartsAt: new Date(starts), slotEndsAt: new Date(starts + HOUR) };
    const taken = await transaction.serviceRequest.count({
      where: { providerOrganizationId, slotStartsAt: slot.slotStartsAt, closedAt: null },
    });
    if (taken > 0) return refuse('SLOT_TAKEN', 'input.slotStartsAt');
    const firstContact = firstContactOf(call, input.firstContactId);
    if (isRefusal(firstContact)) return firstContact;
    const id = store.ids.next();
    const startedOn = dateInChina(slot.slotStartsAt);
    await insertRequest(transaction, {
      ...{ id, requestNumber: shortNumber('DD', id, now, place.countyCode), itemId: item.id, guideId: null },
      ...{ applicantPersonId, state: 'SUBMITTED', channel: input.channel, ...firstContact, ...slot },
      ...{ handlerDepartmentCode: caller.departmentCode, handlerWorkerId: firstContact.firstContactWorkerId },
      ...{ createdAt: now, submittedAt: now, supplementAskedAt: null, startedOn, dueAt: slot.slotEndsAt },
      ...{ promisedWorkingDays: item.promisedWorkingDays, legalWorkingDays: item.legalWorkingDays },
      ...{ rating: null, ratedOn: null, closedAt: null },
      ...{ ...place, provenanceId },
    });
    const order = { entityType: 'ServiceRequest', id, place } as const;
    await keepAgreedEnd(transaction, order, { ruleCode: 'ORDERED_SLOT', startedOn, dueAt: slot.slotEndsAt });
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'SUBMIT', from: null, to: 'SUBMITTED', at: now, provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    const answer = { requestId: globalId('ServiceRequest', id) };
    const payload = { itemCode: item.itemCode, state: 'SUBMITTED', channel: input.channel };
    return { answer, rowCount: 2, events: [requestEvent('ordered', answer.requestId, place, payload)] };
  });
}
