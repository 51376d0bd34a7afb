import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  addPost,
  advanceDeliberation,
  castVote,
  openDeliberation,
  recordDecision,
} from '../../rules/deliberation/deliberate.ts';
import { deliberationMachine } from '../../rules/deliberation/deliberation-machine.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder } from '../builder.ts';
import { Deliberation, deliberationLoader } from '../entities.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum } from '../machine-events.ts';
import { namedEnum } from '../named-enum.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import {
  DeliberationFormType,
  DeliberationLevelType,
  DeliberationSideType,
  DeliberationVenueType,
} from './deliberation.ts';

const result = {
  field: 'deliberation',
  type: Deliberation,
  description: '协商 The deliberation as it stands now.',
  load: ({ deliberationId }: { deliberationId: string }, context: SubgraphContext<ServicesStore>) =>
    deliberationLoader.load(deliberationId, context),
};
const card = { source: 'civil-affairs', right: 'deliberation.write' } as const;
const DELIBERATION = '协商 The deliberation, inside the caller’s area.';

defineMutation(builder, {
  name: 'openDeliberation',
  description: '民提 Opens a deliberation of something in the county’s catalogue, by somebody who may propose it.',
  card,
  input: builder.inputType('OpenDeliberationInput', {
    description: '协商提出 Who deliberates what, where, how.',
    fields: (t) => ({
      catalogItemId: t.id({ required: true, description: '目录事项 Item of the county’s catalogue.' }),
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      title: t.string({ required: true, description: '议题 2 to 120 characters.' }),
      form: t.field({ type: DeliberationFormType, required: true, description: '形式 Who comes together.' }),
      level: t.field({ type: DeliberationLevelType, required: true, description: '层面 Level.' }),
      venue: t.field({ type: DeliberationVenueType, required: true, description: '场所 Where.' }),
      side: t.field({ type: DeliberationSideType, required: true, description: '提出主体 Which side proposes it.' }),
      eligibleVoters: t.int({ required: true, description: '应到人数 How many are entitled to vote.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => openDeliberation(context, input),
  result,
});

defineMutation(builder, {
  name: 'advanceDeliberation',
  description: '推进协商 Takes the next of the six steps.',
  card,
  input: builder.inputType('AdvanceDeliberationInput', {
    description: '推进协商 Which step.',
    fields: (t) => ({
      deliberationId: t.id({ required: true, description: DELIBERATION }),
      event: t.field({
        type: eventEnum('DeliberationEvent', deliberationMachine),
        required: true,
        description: '流转 What to do.',
      }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      votingEndsAt: t.field({ type: 'DateTime', description: '表决截止 When the vote ends; for DECIDE.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceDeliberation(context, input),
  result,
});

defineMutation(builder, {
  name: 'addDeliberationPost',
  description: '发表意见 Says something, or replies, while it is being discussed.',
  card,
  input: builder.inputType('AddDeliberationPostInput', {
    description: '议事意见 What to say.',
    fields: (t) => ({
      deliberationId: t.id({ required: true, description: DELIBERATION }),
      parentId: t.id({ description: '回复的意见 The post that it replies to.' }),
      side: t.field({ type: DeliberationSideType, required: true, description: '发言主体 Which side speaks.' }),
      text: t.string({ required: true, description: '内容 1 to 1000 characters; no personal numbers.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => addPost(context, input),
  result,
});

const BallotChoice = namedEnum('BallotChoice', '表决意见 What a ballot says.', {
  YES: { zh: '赞成', en: 'For' },
  NO: { zh: '反对', en: 'Against' },
  ABSTAIN: { zh: '弃权', en: 'Abstention' },
});

defineMutation(builder, {
  name: 'castVote',
  description: '云投票 Casts one secret ballot of one voter; a second one is refused.',
  card: { source: 'civil-affairs', right: 'ballot.cast' },
  input: builder.inputType('CastVoteInput', {
    description: '投票 Whose ballot, and what it says.',
    fields: (t) => ({
      deliberationId: t.id({ required: true, description: DELIBERATION }),
      voterId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        required: true,
        description: '投票人 The person; kept as a keyed hash only.',
      }),
      choice: t.field({ type: BallotChoice, required: true, description: '意见 Kept as a count only.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => castVote(context, input),
  result,
});

defineMutation(builder, {
  name: 'recordDecision',
  description: '记录现场表决 Records the count of hands of an assembly on site; refused without a quorum.',
  card,
  input: builder.inputType('RecordDecisionInput', {
    description: '现场表决 The counts.',
    fields: (t) => ({
      deliberationId: t.id({ required: true, description: DELIBERATION }),
      yes: t.int({ required: true, description: '赞成 For.' }),
      no: t.int({ required: true, description: '反对 Against.' }),
      abstain: t.int({ required: true, description: '弃权 Abstained.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => recordDecision(context, input),
  result,
});
