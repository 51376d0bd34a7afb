import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { insertRegistration } from '../../store/volunteering/volunteer-registration-rows.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';

export interface RegisterVolunteerInput {
  readonly personId: string;
  readonly communityId: string;
  readonly idempotencyKey: string;
}

/** 志愿者注册 — registers a person as a volunteer of a community, once. */
export function registerVolunteer(
  call: ServicesCall,
  input: RegisterVolunteerInput,
): Promise<{ personId: string } | Refusal> {
  const { caller, clock } = call;
  return writeServices(
    call,
    'registerVolunteer',
    'volunteer-registration',
    input,
    async (transaction, provenanceId) => {
      const place = communityPlace(findCommunityCode(input.communityId) ?? '');
      if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
      const personId = findUuidKey('Person', input.personId);
      if (personId === undefined) return refuse('PERSON_NOT_FOUND', 'input.personId');
      const registeredOn = dateInChina(clock.now());
      if (!(await insertRegistration(transaction, { personId, registeredOn, provenanceId, ...place }))) {
        return refuse('VOLUNTEER_ALREADY_REGISTERED', 'input.personId');
      }
      const answer = { personId: input.personId };
      const entityId = globalId('VolunteerRegistration', personId);
      const event = { eventType: 'volunteer.registered', entityType: 'VolunteerRegistration', entityId };
      return { answer, rowCount: 1, events: [{ ...event, payload: { communityCode: place.communityCode }, place }] };
    },
  );
}
