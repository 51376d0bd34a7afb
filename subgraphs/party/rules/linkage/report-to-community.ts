import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { type EngagementKind, findLiveEngagement, insertEngagement } from '../../store/linkage/engagement-rows.ts';
import { lockMember } from '../../store/membership-writes.ts';
import { dayOf, findCommunityPlace, type RuleContext, textFlaw, write } from '../party-write.ts';

export interface ReportToCommunityInput {
  readonly communityId: string;
  readonly unitName?: string | null | undefined;
  readonly memberId?: string | null | undefined;
  readonly reportedOn: string;
  readonly idempotencyKey: string;
}

export interface Reported {
  readonly engagementKey: string;
  readonly kind: EngagementKind;
  readonly alreadyReported: boolean;
}

/**
 * 双报到: a unit or one of its members reports to a community. The two are different rows and counted apart; whoever
 * reports twice is told of the first report and counts once, under any idempotency key and in parallel.
 */
export function reportToCommunity(context: RuleContext, input: ReportToCommunityInput): Promise<Reported | Refusal> {
  const { store, caller, clock } = context;
  return write<ReportToCommunityInput, Reported>(
    context,
    { mutation: 'reportToCommunity', dataset: 'party_engagement', input },
    async (transaction, provenanceId) => {
      const { communityId, reportedOn } = input;
      const unitName = input.unitName?.trim() ?? null;
      const memberId = input.memberId ?? null;
      if ((unitName === null) === (memberId === null)) return refuse('REPORT_OF_UNIT_OR_MEMBER', 'input.unitName');
      if (reportedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.reportedOn');
      const text = unitName === null ? undefined : textFlaw(unitName, 'input.unitName', 2, 60);
      if (text !== undefined) return text;
      const memberKey = memberId === null ? null : (findUuidKey('PartyMember', memberId) ?? null);
      if (memberId !== null) {
        const member = memberKey === null ? null : await lockMember(transaction, memberKey);
        if (member === null || !coversPlace(caller, member)) return refuse('MEMBER_NOT_FOUND', 'input.memberId');
      }
      const place = await findCommunityPlace(transaction, caller, communityId, 'input.communityId');
      if (isRefusal(place)) return place;
      const kind: EngagementKind = memberKey === null ? 'UNIT_REPORT' : 'MEMBER_REPORT';
      const subjectKey = memberKey ?? (unitName as string); // one of both is given, see above
      const { gridCode: _grid, ...communityPlace } = place;
      const id = store.ids.next();
      const inserted = await insertEngagement(transaction, {
        ...communityPlace,
        id,
        kind,
        unitName,
        holderName: null,
        holderPost: null,
        memberId: memberKey,
        subjectKey,
        validFrom: dayOf(reportedOn),
        expiresOn: null,
        provenanceId,
      });
      if (!inserted) {
        const known = await findLiveEngagement(transaction, { kind, subjectKey, communityCode: place.communityCode });
        // It was live a moment ago, and a report is ended by nobody else.
        if (known === null) return refuse('CONCURRENT_CHANGE', 'input');
        return { answer: { engagementKey: known.id, kind, alreadyReported: true }, rowCount: 0, events: [] };
      }
      const event = {
        eventType: 'party_engagement.begun',
        entityType: 'PartyEngagement',
        entityId: id,
        payload: { kind, communityId, from: reportedOn },
        place,
      };
      return { answer: { engagementKey: id, kind, alreadyReported: false }, rowCount: 1, events: [event] };
    },
  );
}
