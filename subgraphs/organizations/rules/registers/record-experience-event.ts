import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { lockSubject } from '../../store/bodies/engagement-writes.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import type { ExperienceEventKind } from '../../store/registers/programme-rows.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';

export interface RecordExperienceEventInput {
  readonly kind: ExperienceEventKind;
  readonly theme: string;
  readonly host: string;
  readonly communityId: string;
  readonly heldOn: string;
  readonly idempotencyKey: string;
}

export interface ExperienceEventRecorded {
  readonly experienceEventId: string;
}

/** Enters an event in a community; it may lie ahead. A city holds one forum a quarter: the database says the same. */
export function recordExperienceEvent(
  context: RuleContext,
  input: RecordExperienceEventInput,
): Promise<ExperienceEventRecorded | Refusal> {
  const { store, caller } = context;
  const mutation = 'recordExperienceEvent';
  return write(context, { mutation, dataset: 'experience_event', input }, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.theme, 'input.theme', 2, 120) ?? textFlaw(input.host, 'input.host', 2, 120);
    if (flaw !== undefined) return flaw;
    const key = findCodeKey('Community', 12, input.communityId);
    const community = key === undefined ? null : await lockSubject(transaction, 'COMMUNITY', key);
    if (community === null || !coversPlace(caller, community))
      return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const year = Number(input.heldOn.slice(0, 4));
    const quarter = Math.ceil(Number(input.heldOn.slice(5, 7)) / 3);
    if (input.kind === 'FORUM') {
      const where = { cityCode: community.cityCode, kind: 'FORUM', year, quarter };
      if ((await transaction.experienceEvent.count({ where })) > 0) {
        return refuse('FORUM_QUARTER_TAKEN', 'input.heldOn', { year, quarter });
      }
    }
    const id = store.ids.next();
    await transaction.experienceEvent.create({
      data: {
        id,
        kind: input.kind,
        theme: input.theme,
        host: input.host,
        communityCode: community.communityCode,
        heldOn: dateColumn(input.heldOn),
        year,
        quarter,
        cityCode: community.cityCode,
        provenanceId,
      },
    });
    const answer = { experienceEventId: globalId('ExperienceEvent', id) };
    const event = {
      eventType: 'experience-event.recorded',
      entityType: 'ExperienceEvent',
      entityId: answer.experienceEventId,
      payload: { ...answer, kind: input.kind },
      place: community,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
