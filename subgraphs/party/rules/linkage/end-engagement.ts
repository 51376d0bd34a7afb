import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { addVisit, closeEngagement, lockEngagement } from '../../store/linkage/engagement-rows.ts';
import { dayOf, type RuleContext, write } from '../party-write.ts';
import type { EngagementBegun } from './begin-engagement.ts';

export interface EndEngagementInput {
  readonly engagementId: string;
  readonly on: string;
  readonly idempotencyKey: string;
}

type Change = (
  id: string,
  provenanceId: string,
  transaction: Parameters<Parameters<typeof write>[2]>[0],
) => Promise<void>;

/** Ends a live relation; history keeps it. */
export function endEngagement(context: RuleContext, input: EndEngagementInput): Promise<EngagementBegun | Refusal> {
  return changeLive(context, 'endPartyEngagement', 'party_engagement.ended', input, (id, provenanceId, transaction) =>
    closeEngagement(transaction, id, { validTo: dayOf(input.on), provenanceId }),
  );
}

/** A linked cadre or first secretary was in the community on a day. */
export function recordVisit(context: RuleContext, input: EndEngagementInput): Promise<EngagementBegun | Refusal> {
  return changeLive(context, 'recordCadreVisit', 'party_engagement.visited', input, (id, provenanceId, transaction) =>
    addVisit(transaction, id, dayOf(input.on), provenanceId),
  );
}

function changeLive(
  context: RuleContext,
  mutation: string,
  eventType: string,
  input: EndEngagementInput,
  change: Change,
): Promise<EngagementBegun | Refusal> {
  const { caller, clock } = context;
  return write(context, { mutation, dataset: 'party_engagement', input }, async (transaction, provenanceId) => {
    if (input.on > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.on');
    const id = findUuidKey('PartyEngagement', input.engagementId);
    const live = id === undefined ? null : await lockEngagement(transaction, id);
    // A member's report is ended with the membership, not here.
    if (id === undefined || live === null || live.kind === 'MEMBER_REPORT' || !coversPlace(caller, live)) {
      return refuse('PARTY_ENGAGEMENT_NOT_FOUND', 'input.engagementId');
    }
    if (live.validTo !== null) return refuse('ENGAGEMENT_HAS_ENDED', 'input.engagementId');
    if (dayOf(input.on) < live.validFrom) return refuse('DATE_BEFORE_CURRENT', 'input.on');
    await change(id, provenanceId, transaction);
    const event = {
      eventType,
      entityType: 'PartyEngagement',
      entityId: id,
      payload: { kind: live.kind, communityId: globalId('Community', live.communityCode), on: input.on },
      place: live,
    };
    return { answer: { engagementKey: id }, rowCount: 1, events: [event] };
  });
}
