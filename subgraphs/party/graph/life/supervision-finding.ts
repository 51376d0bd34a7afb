import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { defineConnection, pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { type DataCard, GRAPH_CARD, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { findRowsById } from '../../../kit/store/entity-table.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  advanceFinding,
  type FindingChanged,
  type FindingEvent,
  recordFinding,
  supervisionMachine,
} from '../../rules/life/supervision.ts';
import {
  SUPERVISION_FINDING_TABLE,
  type SupervisionFindingRow,
  supervisionFindingList,
} from '../../store/life/supervision-finding-rows.ts';
import type { PartyStore } from '../../store/party-store.ts';
import { builder, PageInfo, Provenance, refusalTypes, transitionTypes } from '../builder.ts';
import { organizationLoader, PartyOrganization } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../party-mutation.ts';

/** Findings of supervision are for those who supervise. */
const SUPERVISION_CARD: DataCard = {
  source: 'discipline-inspection',
  sharing: 'CONDITIONAL',
  grade: 3,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};
const RESTRICTED = { ...SUPERVISION_CARD, right: 'party.supervision' } as const;

const SupervisionChannel = builder.enumType('SupervisionChannel', {
  description: '监督渠道 Channel through which something was found.',
  values: {
    TARGET_APPRAISAL: { description: '目标责任制考核 Appraisal against targets.' },
    PARTY_INSPECTION: { description: '党委巡察 Inspection by the party committee.' },
    CONDUCT_REVIEW: { description: '正风肃纪 Review of conduct and discipline.' },
    SPECIAL_INSPECTION: { description: '专项督查 Special inspection.' },
  },
});
const FindingState = builder.enumType('SupervisionFindingState', {
  description: '整改状态 State of a finding.',
  values: {
    OPEN: { description: '待整改 To be put right.' },
    RECTIFIED: { description: '已整改 Put right, not verified yet.' },
    VERIFIED: { description: '已销号 Verified.' },
  },
});
const FindingEventEnum = builder.enumType('SupervisionFindingEvent', {
  description: '整改步骤 Step of a finding.',
  values: {
    RECTIFY: { description: '整改 It was put right.' },
    VERIFY: { description: '核验销号 It was looked at and closed.' },
    RETURN: { description: '退回重改 It was not enough.' },
  },
});

const SupervisionFinding = builder.objectRef<SupervisionFindingRow>('SupervisionFinding');
const SupervisionFindingConnection = defineConnection(builder, 'SupervisionFinding', SupervisionFinding, PageInfo);

SupervisionFinding.implement({
  description: '监督问题 What a channel of supervision found in an organization, until it is put right.',
  card: SUPERVISION_CARD,
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('SupervisionFinding', id),
    }),
    channel: t.field({
      type: SupervisionChannel,
      nullable: true,
      description: '渠道 Channel.',
      card: RESTRICTED,
      resolve: ({ channel }) => channel,
    }),
    finding: t.exposeString('finding', { nullable: true, description: '问题 What was found.', card: RESTRICTED }),
    state: t.field({
      type: FindingState,
      nullable: true,
      description: '状态 State.',
      card: RESTRICTED,
      resolve: ({ state }) => state,
    }),
    foundOn: t.expose('foundOn', {
      type: 'LocalDate',
      nullable: true,
      description: '发现日期 Day.',
      card: RESTRICTED,
    }),
    dueOn: t.expose('dueOn', {
      type: 'LocalDate',
      nullable: true,
      description: '整改期限 Until when it is put right.',
      card: RESTRICTED,
    }),
    overdue: t.boolean({
      nullable: true,
      description: '已逾期 Open after its day.',
      card: { ...RESTRICTED, updateCycle: 'REALTIME', derivedFrom: 'OPEN and dueOn before today' },
      resolve: ({ state, dueOn }, _args, { clock }) => state === 'OPEN' && dueOn < dateInChina(clock.now()),
    }),
    rectification: t.exposeString('rectification', {
      nullable: true,
      description: '整改情况 What was done.',
      card: RESTRICTED,
    }),
    rectifiedOn: t.expose('rectifiedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '整改日期 Day.',
      card: RESTRICTED,
    }),
    organization: t.field({
      type: PartyOrganization,
      nullable: true,
      description: '党组织 The organization.',
      card: RESTRICTED,
      ...organizationLoader.below(({ organizationId }: { readonly organizationId: string }) =>
        globalId('PartyOrganization', organizationId),
      ),
    }),
    availableTransitions: t.field({
      type: [transitionTypes.Transition],
      description: '可用流转 What may be done next.',
      card: KEY_CARD,
      resolve: ({ state }, _args, { caller }) => supervisionMachine.availableTransitions(state, caller, null),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

const SupervisionFindingFilter = builder.inputType('SupervisionFindingFilter', {
  description: '监督问题筛选 Which findings; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({ description: '区划代码 Inside this city or a division below it.' }),
    state: t.field({ type: FindingState, description: '状态 State.' }),
  }),
});

builder.queryField('supervisionFindings', (t) =>
  t.field({
    type: SupervisionFindingConnection,
    nullable: true,
    description: '监督问题列表 Findings of supervision in the caller’s area.',
    card: RESTRICTED,
    args: { ...pageArguments(t.arg), filter: t.arg({ type: SupervisionFindingFilter, description: '筛选 Which.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(supervisionFindingList, page, { sort: 'STATE', filter: { ...filter } }, context, info),
  }),
);

function loadFinding(key: string, { store, caller, trace, loaders }: SubgraphContext<PartyStore>) {
  return loaders
    .get<SupervisionFindingRow | null>('supervisionFinding', (ids) =>
      findRowsById(store, SUPERVISION_FINDING_TABLE, ids, caller, trace),
    )
    .load(key);
}

const SupervisionFindingSuccess = builder
  .objectRef<Succeeded<FindingChanged, 'SupervisionFindingSuccess'>>('SupervisionFindingSuccess')
  .implement({
    description: '监督问题登记完成 The finding was recorded or taken a step further.',
    card: GRAPH_CARD,
    fields: (t) => ({
      finding: t.field({
        type: SupervisionFinding,
        nullable: true,
        description: '监督问题 The finding as it is now.',
        card: RESTRICTED,
        resolve: ({ findingKey }, _args, context) => loadFinding(findingKey, context),
      }),
    }),
  });
const RecordSupervisionFindingPayload = payloadUnion(
  'RecordSupervisionFindingPayload',
  '监督问题登记结果 Done, or why not.',
  SupervisionFindingSuccess,
);
const AdvanceSupervisionFindingPayload = builder.unionType('AdvanceSupervisionFindingPayload', {
  description: '整改结果 Done, or why not.',
  types: [
    SupervisionFindingSuccess,
    refusalTypes.InvalidInput,
    refusalTypes.NotFound,
    refusalTypes.Conflict,
    transitionTypes.TransitionRefusal,
  ],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

const RecordSupervisionFindingInput = builder.inputType('RecordSupervisionFindingInput', {
  description: '监督问题登记 What was found where.',
  fields: (t) => ({
    organizationId: t.id({ required: true, description: '党组织 The organization.' }),
    channel: t.field({ type: SupervisionChannel, required: true, description: '渠道 Channel.' }),
    finding: t.string({ required: true, description: '问题 4 to 200 characters.' }),
    foundOn: t.field({ type: 'LocalDate', required: true, description: '发现日期 Day; not in the future.' }),
    dueOn: t.field({ type: 'LocalDate', required: true, description: '整改期限 After the day it was found.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});
const AdvanceSupervisionFindingInput = builder.inputType('AdvanceSupervisionFindingInput', {
  description: '整改推进 Which finding takes which step.',
  fields: (t) => ({
    findingId: t.id({ required: true, description: '监督问题 The finding.' }),
    event: t.field({ type: FindingEventEnum, required: true, description: '步骤 The step.' }),
    rectification: t.string({ description: '整改情况 Demanded when it is put right, 4 to 200 characters.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const CARD = { source: 'discipline-inspection', right: 'party.supervision' } as const;

builder.mutationFields((t) => ({
  recordSupervisionFinding: t.field({
    type: RecordSupervisionFindingPayload,
    nullable: true,
    description: '监督问题登记 Records what a channel of supervision found.',
    card: CARD,
    args: {
      input: t.arg({ type: RecordSupervisionFindingInput, required: true, description: '输入 What was found.' }),
    },
    resolve: (_root, { input }, context) =>
      answer('SupervisionFindingSuccess', context, (rule) => recordFinding(rule, input)),
  }),
  advanceSupervisionFinding: t.field({
    type: AdvanceSupervisionFindingPayload,
    nullable: true,
    description: '整改推进 Puts a finding right, verifies it or returns it.',
    card: CARD,
    args: { input: t.arg({ type: AdvanceSupervisionFindingInput, required: true, description: '输入 The step.' }) },
    resolve: (_root, { input }, context) =>
      answer('SupervisionFindingSuccess', context, (rule) =>
        // The enum's values are the machine's events.
        advanceFinding(rule, { ...input, event: input.event as FindingEvent }),
      ),
  }),
}));
