import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { beginEngagement, type EngagementBegun } from '../../rules/linkage/begin-engagement.ts';
import { endEngagement, recordVisit } from '../../rules/linkage/end-engagement.ts';
import { type Reported, reportToCommunity } from '../../rules/linkage/report-to-community.ts';
import { builder } from '../builder.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../party-mutation.ts';
import { loadEngagement, PartyEngagement } from './engagement.ts';
import { AgreedEngagementKind, PartyEngagementKind } from './vocabulary.ts';

const BeginPartyEngagementInput = builder.inputType('BeginPartyEngagementInput', {
  description: '党建联系登记 Which relation begins.',
  fields: (t) => ({
    kind: t.field({ type: AgreedEngagementKind, required: true, description: '类型 Kind.' }),
    communityId: t.id({
      references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
      required: true,
      description: '社区 The community.',
    }),
    unitName: t.string({ required: true, description: '单位 The unit, 2 to 60 characters.' }),
    holderName: t.string({ description: '姓名 Who holds it; demanded for all but a pairing.' }),
    holderPost: t.string({ description: '职务 Office of the holder.' }),
    from: t.field({ type: 'LocalDate', required: true, description: '起始日期 First day; not in the future.' }),
    expiresOn: t.field({ type: 'LocalDate', description: '到期日 Demanded for a pairing.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const PartyEngagementSuccess = builder
  .objectRef<Succeeded<EngagementBegun, 'PartyEngagementSuccess'>>('PartyEngagementSuccess')
  .implement({
    description: '党建联系登记完成 The relation was begun or changed.',
    card: GRAPH_CARD,
    fields: (t) => ({
      engagement: t.field({
        type: PartyEngagement,
        nullable: true,
        description: '党建联系 The relation as it is now.',
        resolve: ({ engagementKey }, _args, context) => loadEngagement(engagementKey, context),
      }),
    }),
  });
const PartyEngagementPayload = payloadUnion(
  'PartyEngagementPayload',
  '党建联系登记结果 Done, or why not.',
  PartyEngagementSuccess,
);

const EndPartyEngagementInput = builder.inputType('EndPartyEngagementInput', {
  description: '党建联系日期 Which relation, on which day.',
  fields: (t) => ({
    engagementId: t.id({ required: true, description: '党建联系 The relation.' }),
    on: t.field({ type: 'LocalDate', required: true, description: '日期 The day; not in the future.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const ReportToCommunityInput = builder.inputType('ReportToCommunityInput', {
  description: '双报到 Which unit, or which member, reports to which community.',
  fields: (t) => ({
    communityId: t.id({
      references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
      required: true,
      description: '社区 The community.',
    }),
    unitName: t.string({ description: '单位 The unit; either this or a member.' }),
    memberId: t.id({ description: '党员 The member; either this or a unit.' }),
    reportedOn: t.field({ type: 'LocalDate', required: true, description: '报到日期 Day; not in the future.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});
const ReportToCommunitySuccess = builder
  .objectRef<Succeeded<Reported, 'ReportToCommunitySuccess'>>('ReportToCommunitySuccess')
  .implement({
    description: '报到完成 The report stands.',
    card: GRAPH_CARD,
    fields: (t) => ({
      kind: t.field({
        type: PartyEngagementKind,
        description: '报到类型 Of a unit or of a member.',
        resolve: ({ kind }) => kind,
      }),
      alreadyReported: t.exposeBoolean('alreadyReported', {
        description: '此前已报到 Whether it had been reported before, so that nothing was added.',
      }),
      engagement: t.field({
        type: PartyEngagement,
        nullable: true,
        description: '报到记录 The one report.',
        resolve: ({ engagementKey }, _args, context) => loadEngagement(engagementKey, context),
      }),
    }),
  });
const ReportToCommunityPayload = payloadUnion(
  'ReportToCommunityPayload',
  '双报到结果 Done, or why not.',
  ReportToCommunitySuccess,
);

const CARD = { source: 'party-organization', right: 'party.write' } as const;

builder.mutationFields((t) => ({
  beginPartyEngagement: t.field({
    type: PartyEngagementPayload,
    nullable: true,
    description:
      '党建联系登记 Begins a pairing, a seat in the grand committee, a cadre’s link or a first secretary’s term.',
    card: CARD,
    args: { input: t.arg({ type: BeginPartyEngagementInput, required: true, description: '输入 What begins.' }) },
    resolve: (_root, { input }, context) =>
      answer('PartyEngagementSuccess', context, (rule) => beginEngagement(rule, input)),
  }),
  endPartyEngagement: t.field({
    type: PartyEngagementPayload,
    nullable: true,
    description: '党建联系终止 Ends a relation; history keeps it.',
    card: CARD,
    args: { input: t.arg({ type: EndPartyEngagementInput, required: true, description: '输入 What ends.' }) },
    resolve: (_root, { input }, context) =>
      answer('PartyEngagementSuccess', context, (rule) => endEngagement(rule, input)),
  }),
  recordCadreVisit: t.field({
    type: PartyEngagementPayload,
    nullable: true,
    description: '走访登记 Records a visit of a linked cadre or first secretary.',
    card: CARD,
    args: { input: t.arg({ type: EndPartyEngagementInput, required: true, description: '输入 Who was there when.' }) },
    resolve: (_root, { input }, context) =>
      answer('PartyEngagementSuccess', context, (rule) => recordVisit(rule, input)),
  }),
  reportToCommunity: t.field({
    type: ReportToCommunityPayload,
    nullable: true,
    description: '双报到 A unit or a member reports to a community; reported twice counts once.',
    card: CARD,
    args: { input: t.arg({ type: ReportToCommunityInput, required: true, description: '输入 Who reports where.' }) },
    resolve: (_root, { input }, context) =>
      answer('ReportToCommunitySuccess', context, (rule) => reportToCommunity(rule, input)),
  }),
}));
