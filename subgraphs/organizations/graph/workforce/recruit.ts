import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { advanceRecruitment, announceRecruitment, type RecruitmentChanged } from '../../rules/workforce/recruit.ts';
import { recruitmentEvents } from '../../rules/workforce/recruitment-machine.ts';
import { builder } from '../builder.ts';
import { Recruitment, recruitmentLoader } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, type Succeeded, steppedPayloadUnion } from '../mutations.ts';
import { RecruitmentChannel } from './recruitment.ts';

const NAME = 'RecruitmentSuccess';

const AnnounceInput = builder.inputType('AnnounceRecruitmentInput', {
  description: '招考公告 For which post, how many, through which channel.',
  fields: (t) => ({
    postId: t.id({ required: true, description: '岗位 The post.' }),
    title: t.string({ required: true, description: '名称 4 to 120 characters.' }),
    channel: t.field({ type: RecruitmentChannel, required: true, description: '渠道 Channel.' }),
    headcount: t.int({ required: true, description: '招考人数 At most the vacant places.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const RecruitmentEvent = builder.enumType('RecruitmentEvent', {
  description: '招考流转 A step of a recruitment.',
  values: recruitmentEvents,
});

const AdvanceInput = builder.inputType('AdvanceRecruitmentInput', {
  description: '招考流转 Which step is taken.',
  fields: (t) => ({
    recruitmentId: t.id({ required: true, description: '招考 The recruitment.' }),
    event: t.field({ type: RecruitmentEvent, required: true, description: '流转 The step.' }),
    applicants: t.int({ description: '报名人数 Needed to begin the examination.' }),
    hired: t.int({ description: '录用人数 Needed to hire.' }),
    note: t.string({ description: '办理意见 What was noted.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const Success = builder.objectRef<Succeeded<RecruitmentChanged, typeof NAME>>(NAME).implement({
  description: '招考变更完成 The recruitment as it now is.',
  card: GRAPH_CARD,
  fields: (t) => ({
    recruitment: t.field({
      type: Recruitment,
      nullable: true,
      description: '招考 The recruitment.',
      resolve: ({ recruitmentId }, _args, context) => recruitmentLoader.load(recruitmentId, context),
    }),
  }),
});

const Payload = steppedPayloadUnion('RecruitmentPayload', '招考办理结果 Done, or why not.', Success);

builder.mutationFields((t) => ({
  announceRecruitment: t.field({
    type: Payload,
    nullable: true,
    description: '发布招考公告 Announces a recruitment for vacant places of a post.',
    card: { source: 'civil-affairs', right: 'workforce.write' },
    args: { input: t.arg({ type: AnnounceInput, required: true, description: '输入 What to announce.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => announceRecruitment(rule, input)),
  }),
  advanceRecruitment: t.field({
    type: Payload,
    nullable: true,
    description: '招考流转 Takes a recruitment one step further.',
    card: { source: 'civil-affairs', right: 'workforce.write' },
    args: { input: t.arg({ type: AdvanceInput, required: true, description: '输入 Which step.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => advanceRecruitment(rule, input)),
  }),
}));
