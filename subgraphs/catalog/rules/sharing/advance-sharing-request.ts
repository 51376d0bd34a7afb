import { endOfDay } from '../../../kit/calendar/china-day.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import type { CatalogTransaction } from '../../store/department-system-rows.ts';
import type { RequestState } from '../../store/sharing/request-rows.ts';
import {
  insertSharingGrant,
  isActiveClient,
  type LockedSharingRequest,
  lockSharingRequest,
  updateSharingRequest,
} from '../../store/sharing/sharing-writes.ts';
import type { Act } from '../matters/act.ts';
import { type AdvanceInput, advanceMatter, type MatterKind } from '../matters/advance-matter.ts';
import { requestDuty } from './request-duty.ts';
import { type RequestEvent, requestMachine } from './request-machine.ts';

/**
 * A sharing request takes a step. On approval, by the provider or by decision of a dispute, the grant is made in the same
 * transaction and holds from then on (or from the first day asked for, where that is later).
 */
export function advanceSharingRequest(act: Act, input: AdvanceInput<RequestEvent>) {
  const { clock, store } = act;
  const kind: MatterKind<RequestState, RequestEvent, LockedSharingRequest, AdvanceInput<RequestEvent>> = {
    type: 'SharingRequest',
    mutation: 'advanceSharingRequest',
    eventPrefix: 'sharing-request',
    notFound: 'REQUEST_NOT_FOUND',
    machine: requestMachine,
    stateOf: ({ state }) => state,
    departmentsOf: ({ requestingDepartment, providingDepartment }) => [requestingDepartment, providingDepartment],
    lock: (transaction, id) => lockSharingRequest(transaction, id, dateInChina(clock.now())),
    dutyIn: requestDuty,
    async write(transaction, { row, taken }, provenanceId) {
      await updateSharingRequest(transaction, row.id, {
        state: taken.to,
        ...(taken.event === 'REQUEST_SUPPLEMENT' ? { supplemented: true } : {}),
      });
      if (taken.to !== 'APPROVED' || taken.from === 'APPROVED') return [];
      return grant(transaction, row, clock.now(), store.ids.next(), provenanceId);
    },
  };
  return advanceMatter(act, kind, input);
}

async function grant(
  transaction: CatalogTransaction,
  request: LockedSharingRequest,
  now: Date,
  id: string,
  provenanceId: string,
): Promise<Refusal | readonly ChangeEvent[]> {
  const validUntil = endOfDay(request.validUntil.toISOString().slice(0, 10));
  if (validUntil <= now) return refuse('GRANT_PERIOD_OVER', 'input.id');
  if (!(await isActiveClient(transaction, request.clientId))) return refuse('CLIENT_GONE', 'input.id');
  const firstDay = endOfDay(new Date(request.validFrom.getTime() - 86_400_000).toISOString().slice(0, 10));
  await insertSharingGrant(transaction, {
    id,
    requestId: request.id,
    clientId: request.clientId,
    requestingDepartment: request.requestingDepartment,
    providingDepartment: request.providingDepartment,
    legalBasisCode: request.legalBasisCode,
    scenarioCode: request.scenarioCode,
    coordinates: request.coordinates,
    divisionCodes: request.divisionCodes,
    mode: request.mode,
    validFrom: firstDay > now ? firstDay : now,
    validUntil,
    provenanceId,
  });
  return [
    {
      eventType: 'sharing-grant.made',
      entityType: 'SharingGrant',
      entityId: globalId('SharingGrant', id),
      payload: {
        clientId: request.clientId,
        coordinates: request.coordinates,
        divisionCodes: request.divisionCodes,
        validUntil: validUntil.toISOString(),
      },
      place: undefined,
    },
  ];
}
