import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { closePostClaim, findLivePostClaim } from '../../store/life/post-claim-rows.ts';
import { lockMember } from '../../store/membership-writes.ts';
import { dayOf, type RuleContext, write } from '../party-write.ts';
import type { PostClaimed } from './claim-post.ts';

export interface EndPostClaimInput {
  readonly memberId: string;
  readonly post: string;
  readonly on: string;
  readonly idempotencyKey: string;
}

/** A member gives a post up on a day; the claim stays on record with its end. */
export function endPostClaim(context: RuleContext, input: EndPostClaimInput): Promise<PostClaimed | Refusal> {
  const { caller, clock } = context;
  return write(
    context,
    { mutation: 'endPostClaim', dataset: 'post_claim', input },
    async (transaction, provenanceId) => {
      if (input.on > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.on');
      const memberKey = findUuidKey('PartyMember', input.memberId);
      const member = memberKey === undefined ? null : await lockMember(transaction, memberKey);
      if (member === null || !coversPlace(caller, member)) return refuse('MEMBER_NOT_FOUND', 'input.memberId');
      const claim = await findLivePostClaim(transaction, member.id, input.post.trim());
      if (claim === null) return refuse('POST_CLAIM_NOT_FOUND', 'input.post');
      const end = dayOf(input.on);
      if (end <= claim.validFrom) return refuse('DATE_BEFORE_CURRENT', 'input.on');
      await closePostClaim(transaction, claim.id, end, provenanceId);
      const event = {
        eventType: 'post.given_up',
        entityType: 'PostClaim',
        entityId: claim.id,
        payload: { on: input.on },
        place: claim,
      };
      return { answer: { claimKey: claim.id }, rowCount: 1, events: [event] };
    },
  );
}
