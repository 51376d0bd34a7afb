import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { defineConnection, pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { GRAPH_CARD, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { claimEntry, type EntryChanged, fulfilEntry, publishEntry } from '../../rules/linkage/list-entries.ts';
import { listEntryList } from '../../store/linkage/list-entry-rows.ts';
import { builder, Community, PageInfo, Provenance } from '../builder.ts';
import { PARTY_ORGANIZATION_CARD } from '../cards.ts';
import { ListEntry, listEntryLoader } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../party-mutation.ts';
import { ListEntryKind, ListEntryState, OfferMode } from './vocabulary.ts';

const ListEntryConnection = defineConnection(builder, 'ListEntry', ListEntry, PageInfo);

ListEntry.implement({
  description: '清单条目 An entry of the lists of demands, resources and projects, or a call-out; claimed once.',
  card: PARTY_ORGANIZATION_CARD,
  entity: listEntryLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('ListEntry', id) }),
    kind: t.field({ type: ListEntryKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    title: t.exposeString('title', { description: '内容 What it is about.' }),
    mode: t.field({
      type: OfferMode,
      nullable: true,
      description: '服务方式 How it is given; null for demands and projects.',
      resolve: ({ mode }) => mode,
    }),
    ownerName: t.exposeString('ownerName', { description: '提出方 Community or unit that put it on the list.' }),
    state: t.field({ type: ListEntryState, description: '状态 State.', resolve: ({ state }) => state }),
    claimedBy: t.exposeString('claimedBy', { nullable: true, description: '认领方 Who claimed it; one at most.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: '发布时间 When it was published.' }),
    claimedAt: t.expose('claimedAt', { type: 'DateTime', nullable: true, description: '认领时间 When.' }),
    fulfilledAt: t.expose('fulfilledAt', { type: 'DateTime', nullable: true, description: '完成时间 When.' }),
    community: t.field({
      type: Community,
      description: '社区 Its community.',
      card: KEY_CARD,
      resolve: ({ communityCode }) => ({ id: globalId('Community', communityCode) }),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

const ListEntryFilter = builder.inputType('ListEntryFilter', {
  description: '清单筛选 Which entries; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({ description: '区划代码 Inside this city or a division below it.' }),
    kind: t.field({ type: ListEntryKind, description: '类型 Kind.' }),
    state: t.field({ type: ListEntryState, description: '状态 State.' }),
  }),
});

builder.queryField('listEntries', (t) =>
  t.field({
    type: ListEntryConnection,
    description: '清单列表 Entries of the three lists and call-outs.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: ListEntryFilter, description: '筛选 Which.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(listEntryList, page, { sort: 'KIND', filter: { ...filter } }, context, info),
  }),
);

builder.objectField(Community, 'listEntries', (t) =>
  t.field({
    type: ListEntryConnection,
    description: '三单与随叫 Entries of the three lists and call-outs of the community.',
    card: KEY_CARD,
    args: { ...pageArguments(t.arg), kind: t.arg({ type: ListEntryKind, description: '类型 Only this kind.' }) },
    resolve: ({ id }, { kind, ...page }, context, info) =>
      pageBelow(
        listEntryList,
        { column: 't.community_code', cast: 'text', key: findCodeKey('Community', 12, id) ?? '' },
        page,
        { sort: 'KIND', filter: { kind } },
        context,
        info,
      ),
  }),
);

const ListEntrySuccess = builder.objectRef<Succeeded<EntryChanged, 'ListEntrySuccess'>>('ListEntrySuccess').implement({
  description: '清单变更完成 The entry was published, claimed or done.',
  card: GRAPH_CARD,
  fields: (t) => ({
    entry: t.field({
      type: ListEntry,
      nullable: true,
      description: '条目 The entry as it is now.',
      ...listEntryLoader.below(({ entryKey }: { readonly entryKey: string }) => globalId('ListEntry', entryKey)),
    }),
  }),
});
const ListEntryPayload = payloadUnion('ListEntryPayload', '清单变更结果 Done, or why not.', ListEntrySuccess);

const PublishListEntryInput = builder.inputType('PublishListEntryInput', {
  description: '清单发布 What to put on which list.',
  fields: (t) => ({
    kind: t.field({ type: ListEntryKind, required: true, description: '类型 Kind.' }),
    communityId: t.id({
      references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
      required: true,
      description: '社区 Its community.',
    }),
    title: t.string({ required: true, description: '内容 2 to 80 characters.' }),
    ownerName: t.string({ required: true, description: '提出方 Community or unit, 2 to 60 characters.' }),
    mode: t.field({ type: OfferMode, description: '服务方式 Demanded for a resource and a call-out.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const ClaimListEntryInput = builder.inputType('ClaimListEntryInput', {
  description: '认领 Who claims which entry.',
  fields: (t) => ({
    entryId: t.id({ required: true, description: '条目 The entry.' }),
    claimedBy: t.string({ required: true, description: '认领方 Community or unit that claims, 2 to 60 characters.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const FulfilListEntryInput = builder.inputType('FulfilListEntryInput', {
  description: '完成 Which claimed entry was done.',
  fields: (t) => ({
    entryId: t.id({ required: true, description: '条目 The entry.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const CARD = { source: 'party-organization', right: 'party.write' } as const;

builder.mutationFields((t) => ({
  publishListEntry: t.field({
    type: ListEntryPayload,
    nullable: true,
    description: '清单发布 Puts a demand, a resource or a project on its list, or raises a call-out.',
    card: CARD,
    args: { input: t.arg({ type: PublishListEntryInput, required: true, description: '输入 What to publish.' }) },
    resolve: (_root, { input }, context) => answer('ListEntrySuccess', context, (rule) => publishEntry(rule, input)),
  }),
  claimListEntry: t.field({
    type: ListEntryPayload,
    nullable: true,
    description: '认领 Claims an open entry; of several claims exactly one wins.',
    card: CARD,
    args: { input: t.arg({ type: ClaimListEntryInput, required: true, description: '输入 What to claim.' }) },
    resolve: (_root, { input }, context) => answer('ListEntrySuccess', context, (rule) => claimEntry(rule, input)),
  }),
  fulfilListEntry: t.field({
    type: ListEntryPayload,
    nullable: true,
    description: '完成 Marks a claimed entry as done.',
    card: CARD,
    args: { input: t.arg({ type: FulfilListEntryInput, required: true, description: '输入 What was done.' }) },
    resolve: (_root, { input }, context) => answer('ListEntrySuccess', context, (rule) => fulfilEntry(rule, input)),
  }),
}));
