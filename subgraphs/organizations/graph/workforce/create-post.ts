import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { createPost, type PostCreated } from '../../rules/workforce/create-post.ts';
import { builder } from '../builder.ts';
import { Post, postLoader } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../mutations.ts';
import { WorkerPost } from '../vocabulary.ts';

const NAME = 'CreatePostSuccess';

const Input = builder.inputType('CreatePostInput', {
  description: '设岗 A post; all six fixed things (六定) are needed, and the refusal names the one that is missing.',
  fields: (t) => ({
    communityId: t.id({ required: true, description: '社区 The community.' }),
    title: t.string({ required: true, description: '名称 2 to 400 characters.' }),
    kind: t.field({ type: WorkerPost, required: true, description: '岗位类别 Kind.' }),
    headcount: t.int({ description: '定职数 Places, 1 to 500.' }),
    duties: t.string({ description: '定职责 Duties.' }),
    position: t.string({ description: '定岗位 Where the post stands.' }),
    goals: t.string({ description: '定目标 Goals.' }),
    appraisal: t.string({ description: '定考核 How it is appraised.' }),
    pay: t.string({ description: '定待遇 How it is paid.' }),
    lowestGrade: t.int({ required: true, description: '最低等级 Lowest grade.' }),
    highestGrade: t.int({ required: true, description: '最高等级 Highest grade.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const Success = builder.objectRef<Succeeded<PostCreated, typeof NAME>>(NAME).implement({
  description: '设岗完成 The post stands.',
  card: GRAPH_CARD,
  fields: (t) => ({
    post: t.field({
      type: Post,
      nullable: true,
      description: '岗位 The post.',
      resolve: ({ postId }, _args, context) => postLoader.load(postId, context),
    }),
  }),
});

const Payload = payloadUnion('CreatePostPayload', '设岗结果 Done, or why not.', Success);

builder.mutationField('createPost', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    description: '设岗 Establishes a post of a community with its six fixed things.',
    card: { source: 'civil-affairs', right: 'workforce.write' },
    args: { input: t.arg({ type: Input, required: true, description: '输入 What to establish.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => createPost(rule, input)),
  }),
);
