import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { defineMachine } from '../../../kit/machine/state-machine.ts';
import {
  type FindingState,
  insertFinding,
  lockFinding,
  type SupervisionChannel,
  updateFinding,
} from '../../store/life/supervision-finding-rows.ts';
import { findOrganization } from '../../store/membership-writes.ts';
import { coversOrganization } from '../organization-place.ts';
import { dayOf, type RuleContext, textFlaw, write } from '../party-write.ts';

export interface RecordFindingInput {
  readonly organizationId: string;
  readonly channel: SupervisionChannel;
  readonly finding: string;
  readonly foundOn: string;
  readonly dueOn: string;
  readonly idempotencyKey: string;
}

export interface FindingChanged {
  readonly findingKey: string;
}

export type FindingEvent = 'RECTIFY' | 'VERIFY' | 'RETURN';

/** 监督整改: what was found is put right, and closed only when somebody has looked. */
export const supervisionMachine = defineMachine<null>()({
  name: 'SupervisionFinding',
  zh: '监督问题',
  en: 'supervision finding',
  initial: 'OPEN',
  states: {
    OPEN: { zh: '待整改', en: 'to be put right' },
    RECTIFIED: { zh: '已整改', en: 'put right' },
    VERIFIED: { zh: '已销号', en: 'verified', terminal: true },
  },
  events: {
    RECTIFY: { zh: '整改', en: 'put right' },
    VERIFY: { zh: '核验销号', en: 'verify' },
    RETURN: { zh: '退回重改', en: 'return' },
  },
  inputs: { rectification: { zh: '整改情况', en: 'what was done' } },
  transitions: [
    { event: 'RECTIFY', from: ['OPEN'], to: 'RECTIFIED', right: 'party.supervision', inputs: ['rectification'] },
    { event: 'VERIFY', from: ['RECTIFIED'], to: 'VERIFIED', right: 'party.supervision' },
    { event: 'RETURN', from: ['RECTIFIED'], to: 'OPEN', right: 'party.supervision' },
  ],
});

/** Records what a channel of supervision found in an organization of the caller's area, and until when it is put right. */
export function recordFinding(context: RuleContext, input: RecordFindingInput): Promise<FindingChanged | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'recordSupervisionFinding', dataset: 'supervision_finding', input },
    async (transaction, provenanceId) => {
      const text = textFlaw(input.finding, 'input.finding', 4, 200);
      if (text !== undefined) return text;
      if (input.foundOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.foundOn');
      if (input.dueOn <= input.foundOn) return refuse('EXPIRY_BEFORE_START', 'input.dueOn');
      const key = findUuidKey('PartyOrganization', input.organizationId);
      const organization = key === undefined ? null : await findOrganization(transaction, key);
      if (organization === null || !coversOrganization(caller, organization)) {
        return refuse('PARTY_ORGANIZATION_NOT_FOUND', 'input.organizationId');
      }
      const { cityCode, countyCode, townshipCode, communityCode } = organization;
      const id = store.ids.next();
      await insertFinding(transaction, {
        id,
        channel: input.channel,
        organizationId: organization.id,
        finding: input.finding.trim(),
        foundOn: dayOf(input.foundOn),
        dueOn: dayOf(input.dueOn),
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        provenanceId,
      });
      const event = {
        eventType: 'supervision_finding.recorded',
        entityType: 'SupervisionFinding',
        entityId: globalId('SupervisionFinding', id),
        payload: {
          findingId: globalId('SupervisionFinding', id),
          channel: input.channel,
          ofPlaceCode: countedPlace(organization),
        },
        place: undefined,
      };
      return { answer: { findingKey: id }, rowCount: 1, events: [event] };
    },
  );
}

/** Where a finding counts. Its event is of no place: whoever has the right learns of it wherever he is. */
function countedPlace(place: Parameters<typeof coversOrganization>[1]): string {
  return place.communityCode ?? place.townshipCode ?? place.countyCode ?? place.cityCode;
}

export interface AdvanceFindingInput {
  readonly findingId: string;
  readonly event: FindingEvent;
  readonly rectification?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes a finding one step further; a step out of turn is refused with those that are allowed. */
export function advanceFinding(context: RuleContext, input: AdvanceFindingInput): Promise<FindingChanged | Refusal> {
  const { caller, clock } = context;
  return write(
    context,
    { mutation: 'advanceSupervisionFinding', dataset: 'supervision_finding', input },
    async (transaction, provenanceId) => {
      const id = findUuidKey('SupervisionFinding', input.findingId);
      const finding = id === undefined ? null : await lockFinding(transaction, id);
      if (id === undefined || finding === null || !coversOrganization(caller, finding)) {
        return refuse('FINDING_NOT_FOUND', 'input.findingId');
      }
      const rectification = input.rectification?.trim();
      const text = rectification === undefined ? undefined : textFlaw(rectification, 'input.rectification', 4, 200);
      if (text !== undefined) return text;
      const taken = supervisionMachine.take({
        event: input.event,
        state: finding.state,
        subject: null,
        caller,
        given: { rectification },
        culprit: 'input.event',
      });
      if (isRefusal(taken)) return taken;
      const state: FindingState = taken.to;
      await updateFinding(transaction, id, {
        state,
        ...(input.event === 'RECTIFY' && rectification !== undefined
          ? { rectification, rectifiedOn: dayOf(dateInChina(clock.now())) }
          : {}),
        provenanceId,
      });
      const event = {
        eventType: 'supervision_finding.advanced',
        entityType: 'SupervisionFinding',
        entityId: input.findingId,
        payload: { findingId: input.findingId, event: input.event, state, ofPlaceCode: countedPlace(finding) },
        place: undefined,
      };
      return { answer: { findingKey: id }, rowCount: 1, events: [event] };
    },
  );
}
