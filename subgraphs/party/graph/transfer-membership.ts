import { isRefusal, type Refusal } from '../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import { type MembershipTransferred, transferMembership } from '../rules/transfer-membership.ts';
import { findMemberships, type MembershipRow } from '../store/membership-rows.ts';
import type { PartyStore } from '../store/party-store.ts';
import { builder, refusalTypes } from './builder.ts';
import { MEMBERSHIP } from './cards.ts';
import { Membership, memberLoader, PartyMember } from './entities.ts';

const TransferMembershipInput = builder.inputType('TransferMembershipInput', {
  description: '组织关系转接 Which member goes to which organization, from when.',
  fields: (t) => ({
    memberId: t.id({ required: true, description: '党员 The member.' }),
    toOrganizationId: t.id({ required: true, description: '转入党组织 The branch or general branch gone to.' }),
    from: t.field({ type: 'LocalDate', required: true, description: '起始日期 First day; not in the future.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

function loadMembership(key: string, context: SubgraphContext<PartyStore>) {
  const { store, caller, trace } = context;
  return context.loaders
    .get<MembershipRow | null>('membership', (ids) => findMemberships(store, ids, caller, trace))
    .load(key);
}

const TransferMembershipSuccess = builder
  .objectRef<MembershipTransferred & { __typename: 'TransferMembershipSuccess' }>('TransferMembershipSuccess')
  .implement({
    description: '组织关系转接完成 The member was transferred.',
    card: GRAPH_CARD,
    fields: (t) => ({
      member: t.field({
        type: PartyMember,
        nullable: true,
        description: '党员 The member, as changed.',
        card: MEMBERSHIP,
        resolve: ({ memberId }, _args, context) => memberLoader.load(memberId, context),
      }),
      membership: t.field({
        type: Membership,
        nullable: true,
        description: '新的组织关系 The new membership.',
        card: MEMBERSHIP,
        resolve: ({ membershipKey }, _args, context) => loadMembership(membershipKey, context),
      }),
      closedMembership: t.field({
        type: Membership,
        nullable: true,
        description: '被替代的组织关系 The membership that it closed.',
        card: MEMBERSHIP,
        resolve: ({ closedMembershipKey }, _args, context) =>
          closedMembershipKey === null ? null : loadMembership(closedMembershipKey, context),
      }),
    }),
  });

const TransferMembershipPayload = builder.unionType('TransferMembershipPayload', {
  description: '组织关系转接结果 Done, or why not.',
  types: [TransferMembershipSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationFields((t) => ({
  transferMembership: t.field({
    type: TransferMembershipPayload,
    nullable: true,
    description: '转接组织关系 Transfers a member to another party organization and ends the former membership.',
    card: { source: 'party-organization', right: 'membership.write' },
    args: { input: t.arg({ type: TransferMembershipInput, required: true, description: '输入 What to change.' }) },
    resolve: async (_root, { input }, { store, caller, clock, loaders }) => {
      const result: MembershipTransferred | Refusal = await transferMembership(store, caller, clock, input);
      // An earlier mutation of the same operation may have read what this one changed.
      loaders.clear();
      return isRefusal(result) ? result : { __typename: 'TransferMembershipSuccess' as const, ...result };
    },
  }),
}));
