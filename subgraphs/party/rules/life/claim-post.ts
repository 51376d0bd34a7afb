import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { hasGrid, insertPostClaim } from '../../store/life/post-claim-rows.ts';
import { lockMember } from '../../store/membership-writes.ts';
import { dayOf, type RuleContext, textFlaw, write } from '../party-write.ts';

export interface ClaimPostInput {
  readonly memberId: string;
  readonly gridId: string;
  readonly post: string;
  readonly duty: string;
  readonly reward: string;
  readonly from: string;
  readonly idempotencyKey: string;
}

export interface PostClaimed {
  readonly claimKey: string;
}

/** 一编三定: a member is placed in a grid and claims a post; post, duty and rewards are all three fixed or nothing is. */
export function claimPost(context: RuleContext, input: ClaimPostInput): Promise<PostClaimed | Refusal> {
  const { store, caller, clock } = context;
  return write(context, { mutation: 'claimPost', dataset: 'post_claim', input }, async (transaction, provenanceId) => {
    const { post, duty, reward, from } = input;
    for (const [name, text] of Object.entries({ post, duty, reward })) {
      if (text.trim() === '') return refuse('POST_NEEDS_ALL_THREE', `input.${name}`);
      const flaw = textFlaw(text, `input.${name}`, 2, 100);
      if (flaw !== undefined) return flaw;
    }
    if (from > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.from');
    const memberKey = findUuidKey('PartyMember', input.memberId);
    const member = memberKey === undefined ? null : await lockMember(transaction, memberKey);
    if (member === null || !coversPlace(caller, member)) return refuse('MEMBER_NOT_FOUND', 'input.memberId');
    const gridCode = findCodeKey('Grid', 15, input.gridId);
    if (gridCode === undefined || !(await hasGrid(transaction, gridCode))) {
      return refuse('GRID_WITHOUT_BRANCH', 'input.gridId');
    }
    const place = {
      cityCode: gridCode.slice(0, 4),
      countyCode: gridCode.slice(0, 6),
      townshipCode: gridCode.slice(0, 9),
      communityCode: gridCode.slice(0, 12),
      gridCode,
    };
    if (!coversPlace(caller, place)) return refuse('GRID_WITHOUT_BRANCH', 'input.gridId');
    const id = store.ids.next();
    const inserted = await insertPostClaim(transaction, {
      ...place,
      id,
      memberId: member.id,
      post: post.trim(),
      duty: duty.trim(),
      reward: reward.trim(),
      validFrom: dayOf(from),
      provenanceId,
    });
    if (!inserted) return refuse('POST_IS_CLAIMED', 'input.post');
    const event = {
      eventType: 'post.claimed',
      entityType: 'PostClaim',
      entityId: id,
      payload: { gridId: input.gridId, from },
      place,
    };
    return { answer: { claimKey: id }, rowCount: 1, events: [event] };
  });
}
