import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { defineConnection, pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import { GRAPH_CARD, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { findRowsById } from '../../../kit/store/entity-table.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { claimPost, type PostClaimed } from '../../rules/life/claim-post.ts';
import { endPostClaim } from '../../rules/life/end-post-claim.ts';
import { POST_CLAIM_TABLE, type PostClaimRow, postClaimList } from '../../store/life/post-claim-rows.ts';
import type { PartyStore } from '../../store/party-store.ts';
import { builder, Grid, PageInfo, Provenance } from '../builder.ts';
import { MEMBERSHIP, MEMBERSHIP_CARD } from '../cards.ts';
import { memberLoader, PartyMember } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../party-mutation.ts';

const PostClaim = builder.objectRef<PostClaimRow>('PostClaim');
const PostClaimConnection = defineConnection(builder, 'PostClaim', PostClaim, PageInfo);

PostClaim.implement({
  description: '认岗 A member placed in a grid who claimed a post: post, duty and rewards are fixed.',
  card: MEMBERSHIP_CARD,
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['memberPersonId'],
      resolve: ({ memberPersonId }) => personSubject(memberPersonId),
    }),
    member: t.field({
      type: PartyMember,
      nullable: true,
      description: '党员 The member.',
      card: MEMBERSHIP,
      ...memberLoader.below(({ memberId }: { readonly memberId: string }) => globalId('PartyMember', memberId)),
    }),
    grid: t.field({
      type: Grid,
      description: '网格 The grid.',
      card: KEY_CARD,
      resolve: ({ gridCode }) => ({ id: globalId('Grid', gridCode) }),
    }),
    post: t.exposeString('post', { nullable: true, description: '定岗位 The post.', card: MEMBERSHIP }),
    duty: t.exposeString('duty', { nullable: true, description: '定责任 What it obliges to.', card: MEMBERSHIP }),
    reward: t.exposeString('reward', {
      nullable: true,
      description: '定奖惩 Rewards and sanctions.',
      card: MEMBERSHIP,
    }),
    validFrom: t.expose('validFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '起始日期 First day.',
      card: MEMBERSHIP,
    }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '终止日期 Day on which it was given up; null while it is held.',
      card: MEMBERSHIP,
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

builder.objectField(Grid, 'postClaims', (t) =>
  t.field({
    type: PostClaimConnection,
    nullable: true,
    description: '认岗 Posts that members claimed in the grid.',
    card: MEMBERSHIP,
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(
        postClaimList,
        { column: 't.grid_code', cast: 'text', key: findCodeKey('Grid', 15, id) ?? '' },
        page,
        { sort: 'ID', filter: {} },
        context,
        info,
      ),
  }),
);

const ClaimPostInput = builder.inputType('ClaimPostInput', {
  description: '认岗 Who claims which post of which grid; all three 定 are demanded.',
  fields: (t) => ({
    memberId: t.id({ required: true, description: '党员 The member.' }),
    gridId: t.id({
      references: { type: 'Grid', refusal: 'GRID_NOT_FOUND' },
      required: true,
      description: '网格 The grid.',
    }),
    post: t.string({ required: true, description: '定岗位 The post, 2 to 100 characters.' }),
    duty: t.string({ required: true, description: '定责任 The duty, 2 to 100 characters.' }),
    reward: t.string({ required: true, description: '定奖惩 Rewards and sanctions, 2 to 100 characters.' }),
    from: t.field({ type: 'LocalDate', required: true, description: '起始日期 First day; not in the future.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

function loadClaim(key: string, { store, caller, trace, loaders }: SubgraphContext<PartyStore>) {
  return loaders
    .get<PostClaimRow | null>('postClaim', (ids) => findRowsById(store, POST_CLAIM_TABLE, ids, caller, trace))
    .load(key);
}

const ClaimPostSuccess = builder.objectRef<Succeeded<PostClaimed, 'ClaimPostSuccess'>>('ClaimPostSuccess').implement({
  description: '认岗完成 The post was claimed.',
  card: GRAPH_CARD,
  fields: (t) => ({
    claim: t.field({
      type: PostClaim,
      nullable: true,
      description: '认岗 The claim.',
      card: MEMBERSHIP,
      resolve: ({ claimKey }, _args, context) => loadClaim(claimKey, context),
    }),
  }),
});
const ClaimPostPayload = payloadUnion('ClaimPostPayload', '认岗结果 Done, or why not.', ClaimPostSuccess);

const EndPostClaimInput = builder.inputType('EndPostClaimInput', {
  description: '退岗 Who gives up which post on which day.',
  fields: (t) => ({
    memberId: t.id({ required: true, description: '党员 The member.' }),
    post: t.string({ required: true, description: '岗位 The post, as it was claimed.' }),
    on: t.field({ type: 'LocalDate', required: true, description: '终止日期 Day; not in the future.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const CARD = { source: 'party-organization', right: 'party.write' } as const;

builder.mutationFields((t) => ({
  claimPost: t.field({
    type: ClaimPostPayload,
    nullable: true,
    description: '认岗 A member claims a post in a grid.',
    card: CARD,
    args: { input: t.arg({ type: ClaimPostInput, required: true, description: '输入 Who claims what.' }) },
    resolve: (_root, { input }, context) => answer('ClaimPostSuccess', context, (rule) => claimPost(rule, input)),
  }),
  endPostClaim: t.field({
    type: ClaimPostPayload,
    nullable: true,
    description: '退岗 A member gives a post up; the claim stays on record.',
    card: CARD,
    args: { input: t.arg({ type: EndPostClaimInput, required: true, description: '输入 Which post.' }) },
    resolve: (_root, { input }, context) => answer('ClaimPostSuccess', context, (rule) => endPostClaim(rule, input)),
  }),
}));
