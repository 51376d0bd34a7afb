import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { countFilledPosts, postList } from '../../store/workforce/post-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { ANNOUNCEMENT_CARD } from '../cards.ts';
import { Community, communityLoader, Post, PostConnection, postLoader } from '../entities.ts';
import type { Context } from '../entity-loading.ts';
import { WorkerPost } from '../vocabulary.ts';

const FILLED = { unit: '人 persons', derivedFrom: 'count of live ServiceRecord of the post' };

function filled(postId: string, { store, trace, loaders }: Context): Promise<number> {
  return loaders.get<number>('filledPosts', (ids) => countFilledPosts(store, ids, trace)).load(postId);
}

Post.implement({
  description: '岗位（六定） A post of a community with its six fixed things.',
  card: ANNOUNCEMENT_CARD,
  entity: postLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('Post', id) }),
    title: t.exposeString('title', { description: '名称 Title.' }),
    kind: t.field({ type: WorkerPost, description: '岗位类别（三岗） Kind.', resolve: ({ kind }) => kind }),
    headcount: t.exposeInt('headcount', { description: '定职数 Places.', card: { unit: '人 persons' } }),
    duties: t.exposeString('duties', { description: '定职责 Duties.' }),
    position: t.exposeString('position', { description: '定岗位 Where the post stands and to whom it answers.' }),
    goals: t.exposeString('goals', { description: '定目标 Goals.' }),
    appraisal: t.exposeString('appraisal', { description: '定考核 How it is appraised.' }),
    pay: t.exposeString('pay', { description: '定待遇 How it is paid; a rule, no amount of a person.' }),
    lowestGrade: t.exposeInt('lowestGrade', { description: '最低等级 Lowest grade.', card: { unit: '级 level' } }),
    highestGrade: t.exposeInt('highestGrade', { description: '最高等级 Highest grade.', card: { unit: '级 level' } }),
    filledCount: t.int({
      description: '在岗人数 Places filled.',
      card: FILLED,
      resolve: ({ id }, _args, context) => filled(id, context),
    }),
    vacantCount: t.int({
      description: '空缺职数 Places vacant.',
      card: FILLED,
      resolve: async ({ id, headcount }, _args, context) => headcount - (await filled(id, context)),
    }),
    establishedOn: t.expose('establishedOn', { type: 'LocalDate', description: '设岗日期 First day.' }),
    abolishedOn: t.expose('abolishedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '撤岗日期 First day on which it is no more; null while it stands.',
    }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '所在社区 Community.',
      card: KEY_CARD,
      ...communityLoader.below(({ communityCode }: { readonly communityCode: string }) =>
        globalId('Community', communityCode),
      ),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (post, _args, context) => loadProvenance(post.provenanceId, context),
    }),
  }),
});

builder.queryField('posts', (t) =>
  t.field({
    type: PostConnection,
    description: '岗位列表 Posts of the caller’s area.',
    args: {
      ...pageArguments(t.arg),
      divisionCode: t.arg.string({ description: '区划代码 Inside this city or a division below it.' }),
    },
    resolve: (_root, { divisionCode, ...page }, context, info) =>
      rootPage(postList, page, { sort: 'ID', filter: { divisionCode } }, context, info),
  }),
);
