import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { insertMeeting, type PartyMeetingKind } from '../../store/life/meeting-rows.ts';
import { findOrganization } from '../../store/membership-writes.ts';
import { coversOrganization } from '../organization-place.ts';
import { dayOf, type RuleContext, textFlaw, write } from '../party-write.ts';

export interface RecordMeetingInput {
  readonly organizationId: string;
  readonly kind: PartyMeetingKind;
  readonly heldOn: string;
  readonly topic: string;
  readonly expectedCount: number;
  readonly attendedCount: number;
  readonly idempotencyKey: string;
}

export interface MeetingRecorded {
  readonly meetingKey: string;
}

/** Records a meeting that an organization of the caller's area held; one of a kind and day. */
export function recordMeeting(context: RuleContext, input: RecordMeetingInput): Promise<MeetingRecorded | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'recordPartyMeeting', dataset: 'party_meeting', input },
    async (transaction, provenanceId) => {
      const { kind, heldOn, expectedCount, attendedCount } = input;
      const text = textFlaw(input.topic, 'input.topic', 2, 100);
      if (text !== undefined) return text;
      if (heldOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.heldOn');
      if (expectedCount < 1 || attendedCount < 0 || attendedCount > expectedCount) {
        return refuse('ATTENDANCE_INVALID', 'input.attendedCount');
      }
      const key = findUuidKey('PartyOrganization', input.organizationId);
      const organization = key === undefined ? null : await findOrganization(transaction, key);
      if (organization === null || !coversOrganization(caller, organization)) {
        return refuse('PARTY_ORGANIZATION_NOT_FOUND', 'input.organizationId');
      }
      const { cityCode, countyCode, townshipCode, communityCode, gridCode } = organization;
      const id = store.ids.next();
      const inserted = await insertMeeting(transaction, {
        id,
        organizationId: organization.id,
        kind,
        heldOn: dayOf(heldOn),
        topic: input.topic.trim(),
        expectedCount,
        attendedCount,
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        gridCode,
        provenanceId,
      });
      if (!inserted) return refuse('MEETING_IS_RECORDED', 'input.heldOn');
      const event = {
        eventType: 'party_meeting.recorded',
        entityType: 'PartyOrganization',
        entityId: input.organizationId,
        payload: { kind, heldOn, expectedCount, attendedCount },
        place:
          countyCode === null || townshipCode === null || communityCode === null
            ? undefined
            : { cityCode, countyCode, townshipCode, communityCode, gridCode },
      };
      return { answer: { meetingKey: id }, rowCount: 1, events: [event] };
    },
  );
}
