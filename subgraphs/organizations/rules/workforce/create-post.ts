import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { findRule } from '../../store/organization-rule-rows.ts';
import { dateColumn, dayOfColumn } from '../../store/organizations-transaction.ts';
import type { PostRow } from '../../store/workforce/post-rows.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';

/** The six fixed things, in the order in which a missing one is named. */
const SIX_FIXED = ['headcount', 'duties', 'position', 'goals', 'appraisal', 'pay'] as const;
const SIX_NAMES = {
  headcount: { zh: '职数', en: 'headcount' },
  duties: { zh: '职责', en: 'duties' },
  position: { zh: '岗位', en: 'position' },
  goals: { zh: '目标', en: 'goals' },
  appraisal: { zh: '考核', en: 'appraisal' },
  pay: { zh: '待遇', en: 'pay' },
} as const;

export interface CreatePostInput {
  readonly communityId: string;
  readonly title: string;
  readonly kind: PostRow['kind'];
  readonly headcount?: number | null | undefined;
  readonly duties?: string | null | undefined;
  readonly position?: string | null | undefined;
  readonly goals?: string | null | undefined;
  readonly appraisal?: string | null | undefined;
  readonly pay?: string | null | undefined;
  readonly lowestGrade: number;
  readonly highestGrade: number;
  readonly idempotencyKey: string;
}

export interface PostCreated {
  readonly postId: string;
}

/** Establishes a post of a community: none of the six 定 may be missing, and its grades lie within the scale. */
export function createPost(context: RuleContext, input: CreatePostInput): Promise<PostCreated | Refusal> {
  const { store, caller, clock } = context;
  return write(context, { mutation: 'createPost', dataset: 'post', input }, async (transaction, provenanceId) => {
    const missing = SIX_FIXED.find((name) => {
      const value = input[name];
      return value == null || (typeof value === 'string' && value.trim() === '');
    });
    if (missing !== undefined) {
      const { zh, en } = SIX_NAMES[missing];
      return refuse('POST_FIXED_THING_MISSING', `input.${missing}`, { missingZh: zh, missingEn: en });
    }
    const { headcount, duties, position, goals, appraisal, pay } = input;
    // Settled by the search above, which the compiler does not follow.
    if (headcount == null || duties == null || position == null || goals == null || appraisal == null || pay == null) {
      throw new Error('one of the six is missing');
    }
    if (headcount < 1 || headcount > 500) return refuse('POST_HEADCOUNT_INVALID', 'input.headcount');
    for (const [name, text] of Object.entries({ title: input.title, duties, position, goals, appraisal, pay })) {
      const flaw = textFlaw(text, `input.${name}`, 2, 400);
      if (flaw !== undefined) return flaw;
    }
    const today = dateInChina(clock.now());
    const highest = await findRule(transaction, 'HIGHEST_PAY_GRADE', '', today);
    if (highest === undefined) return refuse('RULE_NOT_CONFIGURED', 'input', { rule: 'HIGHEST_PAY_GRADE' });
    if (input.lowestGrade < 1 || input.highestGrade > highest.numerator || input.lowestGrade > input.highestGrade) {
      return refuse('GRADE_OUT_OF_RANGE', 'input.highestGrade', { max: highest.numerator });
    }
    const code = findCodeKey('Community', 12, input.communityId);
    const community = code === undefined ? null : await transaction.community.findUnique({ where: { statCode: code } });
    if (community === null || !coversPlace(caller, community)) {
      return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    }
    if (community.validTo !== null) {
      return refuse('DIVISION_ENDED', 'input.communityId', { validTo: dayOfColumn(community.validTo) });
    }
    const { cityCode, countyCode, townshipCode, communityCode } = community;
    const id = store.ids.next();
    await transaction.post.create({
      data: {
        id,
        title: input.title,
        kind: input.kind,
        headcount,
        duties,
        position,
        goals,
        appraisal,
        pay,
        lowestGrade: input.lowestGrade,
        highestGrade: input.highestGrade,
        establishedOn: dateColumn(today),
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        provenanceId,
      },
    });
    const answer = { postId: globalId('Post', id) };
    const event = {
      eventType: 'post.established',
      entityType: 'Post',
      entityId: answer.postId,
      payload: { ...answer, communityId: input.communityId, headcount },
      place: community,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
