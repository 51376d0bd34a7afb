import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  formLinkage,
  holdJointConference,
  type LinkageMode,
  type LinkageSide,
  linkageModes,
  linkageSides,
} from '../../rules/demands/linkage.ts';
import {
  type ConferenceRow,
  findConferences,
  findParties,
  type LinkagePartyRow,
  linkageList,
  projectLinkages,
} from '../../store/demands/linkage-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Community, CommunityWorker, Organization } from '../builder.ts';
import { communityField, entityFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { namedEnum } from '../named-enum.ts';
import {
  DemandProject,
  demandProjectLoader,
  Linkage,
  LinkageConnection,
  linkageLoader,
} from '../projects/project-entities.ts';
import { PROJECT_CARD } from '../projects/vocabulary.ts';
import { plainRefusals } from '../refusal-lists.ts';

const LinkageModeType = namedEnum('LinkageMode', '联动方式 Which sides work together.', linkageModes);
const LinkageSideType = namedEnum('LinkageSide', '联动方 Side of a linkage.', linkageSides);

const LinkageParty = builder.objectRef<LinkagePartyRow>('LinkageParty').implement({
  description: '联动方 Who stands for a side.',
  card: PROJECT_CARD,
  fields: (t) => ({
    id: t.id({ description: '编号 Id.', card: KEY_CARD, resolve: ({ id }) => globalId('LinkageParty', id) }),
    side: t.field({ type: LinkageSideType, description: '方 Side.', resolve: (row) => row.side as LinkageSide }),
    name: t.exposeString('name', { description: '名称 Name as published.' }),
    organization: t.field({
      type: Organization,
      nullable: true,
      description: '组织 The party as a body.',
      card: KEY_CARD,
      resolve: ({ organizationId: id }) => (id === null ? null : { id: globalId('Organization', id) }),
    }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社工 The party as a community worker.',
      card: KEY_CARD,
      resolve: ({ workerId: id }) => (id === null ? null : { id: globalId('CommunityWorker', id) }),
    }),
  }),
});

const JointConference = builder.objectRef<ConferenceRow>('JointConference').implement({
  description: '联席会议 A conference of a linkage’s parties, with a quorum.',
  card: PROJECT_CARD,
  fields: (t) => ({
    heldOn: t.expose('heldOn', { type: 'LocalDate', description: '召开日期 When.' }),
    agenda: t.exposeString('agenda', { description: '议题 About what.' }),
    resolution: t.exposeString('resolution', { description: '议定事项 What was resolved.' }),
    partyCount: t.exposeInt('partyCount', { description: '应到方数 Parties then.', card: { unit: '方 parties' } }),
    presentCount: t.int({
      description: '到会方数 Parties present.',
      card: { unit: '方 parties' },
      resolve: ({ presentPartyIds }) => presentPartyIds.length,
    }),
  }),
});

Linkage.implement({
  description: '多方联动 Three, four or five societies, or a multi-party committee: one concept, its parties as data.',
  card: PROJECT_CARD,
  entity: linkageLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'Linkage'),
    mode: t.field({ type: LinkageModeType, description: '方式 Mode.', resolve: (row) => row.mode as LinkageMode }),
    title: t.exposeString('title', { description: '名称 Title.' }),
    establishedOn: t.expose('establishedOn', { type: 'LocalDate', description: '建立日期 First day.' }),
    endedOn: t.expose('endedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '结束日期 First day after it; null while it holds.',
    }),
    parties: t.field({
      type: [LinkageParty],
      description: '联动各方 Parties by side.',
      resolve: ({ id }, _args, context) =>
        context.loaders
          .get<LinkagePartyRow[]>('linkage:parties', (ids) => findParties(context.store, ids, context.trace))
          .load(id),
    }),
    conferences: t.field({
      type: [JointConference],
      description: '联席会议 Conferences, the newest first, 50 at most.',
      resolve: ({ id }, _args, context) =>
        context.loaders
          .get<ConferenceRow[]>('linkage:conferences', (ids) => findConferences(context.store, ids, context.trace))
          .load(id),
    }),
    project: t.field({
      type: DemandProject,
      nullable: true,
      description: '民需项目 The project that it serves; null for a standing one.',
      card: KEY_CARD,
      ...demandProjectLoader.below(({ projectId }: { readonly projectId: string | null }) =>
        projectId === null ? null : globalId('DemandProject', projectId),
      ),
    }),
    community: communityField(t),
  }),
});

builder.objectField(DemandProject, 'linkages', (t) =>
  t.field({
    type: LinkageConnection,
    description: '联动 Linkages that serve the project.',
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(
        projectLinkages,
        { column: 't.project_id', cast: 'uuid', key: id },
        page,
        { sort: 'ID', filter: {} },
        context,
        info,
      ),
  }),
);

builder.objectField(Community, 'linkages', (t) =>
  t.field({
    type: LinkageConnection,
    description: '多方联动 Linkages of the community in the caller’s area, the newest first.',
    card: PROJECT_CARD,
    args: { ...pageArguments(t.arg), mode: t.arg({ type: LinkageModeType, description: '方式 Only of this mode.' }) },
    resolve: ({ id }, { mode, ...page }, context, info) =>
      pageBelow(
        { ...linkageList, name: 'services.community_linkages' },
        { column: 't.community_code', cast: 'text', key: findCodeKey('Community', 12, id) ?? '' },
        page,
        { sort: 'ESTABLISHED_ON', filter: { mode } },
        context,
        info,
      ),
  }),
);

const LinkageFilter = builder.inputType('LinkageFilter', {
  description: '联动筛选 Which linkages; all given conditions hold together.',
  fields: (t) => ({
    mode: t.field({ type: LinkageModeType, description: '方式 Of this mode.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryField('linkages', (t) =>
  t.field({
    type: LinkageConnection,
    description: '多方联动 Linkages in the caller’s area, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: LinkageFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(linkageList, page, { sort: 'ESTABLISHED_ON', filter: { ...filter } }, context, info),
  }),
);

const result = {
  field: 'linkage',
  type: Linkage,
  description: '联动 The linkage as it stands now.',
  load: ({ linkageId }: { linkageId: string }, context: SubgraphContext<ServicesStore>) =>
    linkageLoader.load(linkageId, context),
};
const card = { source: 'civil-affairs', right: 'linkage.write' } as const;

const LinkagePartyInput = builder.inputType('LinkagePartyInput', {
  description: '联动方 Who stands for a side.',
  fields: (t) => ({
    side: t.field({ type: LinkageSideType, required: true, description: '方 Side.' }),
    name: t.string({ required: true, description: '名称 2 to 60 characters.' }),
    organizationId: t.id({
      references: { type: 'Organization', refusal: 'SUPPLIER_NOT_FOUND' },
      description: '组织 The party as a body.',
    }),
    workerId: t.id({
      references: { type: 'CommunityWorker', refusal: 'PROJECT_WORKER_NOT_FOUND' },
      description: '社工 The party as a community worker.',
    }),
  }),
});

defineMutation(builder, {
  name: 'formLinkage',
  description: '建立联动 Forms a linkage with a party of each side that its mode demands.',
  card,
  input: builder.inputType('FormLinkageInput', {
    description: '联动 Which mode, who stands for which side.',
    fields: (t) => ({
      mode: t.field({ type: LinkageModeType, required: true, description: '方式 Mode.' }),
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      title: t.string({ required: true, description: '名称 2 to 120 characters.' }),
      projectId: t.id({ description: '民需项目 The project that it serves.' }),
      parties: t.field({ type: [LinkagePartyInput], required: true, description: '各方 1 to 50 parties.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => formLinkage(context, input),
  result,
});

defineMutation(builder, {
  name: 'holdJointConference',
  description: '记录联席会议 Records a joint conference; refused without its quorum of parties.',
  card,
  input: builder.inputType('HoldJointConferenceInput', {
    description: '联席会议 When, about what, who was there.',
    fields: (t) => ({
      linkageId: t.id({ required: true, description: '联动 The linkage, inside the caller’s area.' }),
      heldOn: t.field({ type: 'LocalDate', required: true, description: '日期 Today or earlier.' }),
      agenda: t.string({ required: true, description: '议题 2 to 500 characters.' }),
      resolution: t.string({ required: true, description: '议定事项 2 to 1000 characters.' }),
      presentPartyIds: t.idList({ required: true, description: '到会各方 Ids of the parties that were there.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => holdJointConference(context, input),
  result,
});
