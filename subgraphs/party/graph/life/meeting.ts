import { dateInChina } from '../../../kit/clock.ts';
import { defineConnection, pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import { GRAPH_CARD, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { type MeetingRecorded, recordMeeting } from '../../rules/life/record-meeting.ts';
import { findBreaches, meetingRhythm, type RhythmLine, type RuleBreach } from '../../rules/life/size-and-term.ts';
import { coversOrganization } from '../../rules/organization-place.ts';
import {
  findLastMeetings,
  findMeeting,
  type LastMeetingRow,
  meetingList,
  type PartyMeetingRow,
} from '../../store/life/meeting-rows.ts';
import { findRulesInForce, type PartyRuleRow } from '../../store/life/party-rule-rows.ts';
import { countFullMembers, countMembers } from '../../store/member-rows.ts';
import type { PartyStore } from '../../store/party-store.ts';
import { builder, PageInfo, Provenance } from '../builder.ts';
import { MEMBERSHIP, PARTY_ORGANIZATION_CARD } from '../cards.ts';
import { PartyOrganization } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../party-mutation.ts';

const PartyMeetingKind = builder.enumType('PartyMeetingKind', {
  description: '组织生活类型 Kind of a meeting of a party organization: 三会一课 and what stands beside it.',
  values: {
    MEMBERS_ASSEMBLY: { description: '党员大会 Assembly of all members.' },
    COMMITTEE_MEETING: { description: '支部委员会会议 Meeting of the branch committee.' },
    GROUP_MEETING: { description: '党小组会 Meeting of a group.' },
    PARTY_LESSON: { description: '党课 Lesson.' },
    THEME_DAY: { description: '主题党日 Theme day.' },
    DEMOCRATIC_APPRAISAL: { description: '民主评议 Appraisal of members by members.' },
    JOINT_MEETING: { description: '党建联席会 Joint meeting with the units of the community.' },
  },
});

const PartyRule = builder.objectRef<PartyRuleRow>('PartyRule').implement({
  description: '党建规则 A size, a term or a rhythm that the regulations set, with its ground.',
  card: PARTY_ORGANIZATION_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '规则代码 Stable code.' }),
    titleZh: t.exposeString('titleZh', { description: '规则名称（中文） What it says, in Chinese.' }),
    titleEn: t.exposeString('titleEn', { description: '规则名称（英文） What it says, in English.' }),
    value: t.exposeInt('value', { description: '数值 The figure; its unit stands beside.' }),
    unit: t.exposeString('unit', { description: '单位 Unit of the figure.' }),
    legalBasis: t.exposeString('legalBasis', { nullable: true, description: '依据 Regulation; null while pending.' }),
    confirmed: t.exposeBoolean('confirmed', {
      description: '已核对 Whether the figure was checked against a source; if not, the city confirms it.',
    }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'LocalDate', description: '生效日 First day in force.' }),
  }),
});

const PartyRuleBreach = builder.objectRef<RuleBreach>('PartyRuleBreach').implement({
  description: '规则提示 A rule that an organization does not keep as it is.',
  card: { ...PARTY_ORGANIZATION_CARD, derivedFrom: 'PartyOrganization and its members by PartyRule' },
  fields: (t) => ({
    rule: t.field({ type: PartyRule, description: '规则 The rule.', resolve: ({ rule }) => rule }),
    actual: t.exposeInt('actual', { description: '实际数值 The figure as it is, in the rule’s unit.' }),
  }),
});

const MeetingRhythm = builder.objectRef<RhythmLine>('MeetingRhythm').implement({
  description: '三会一课节奏 When a kind of meeting was held last, and whether the next is overdue.',
  card: { ...PARTY_ORGANIZATION_CARD, updateCycle: 'REALTIME', derivedFrom: 'last PartyMeeting by PartyRule' },
  fields: (t) => ({
    kind: t.field({
      type: PartyMeetingKind,
      description: '类型 Kind of meeting.',
      resolve: ({ kind }) => kind as PartyMeetingRow['kind'], // of the closed list in `meetingRhythm`
    }),
    rule: t.field({ type: PartyRule, description: '规则 The rule that sets the rhythm.', resolve: ({ rule }) => rule }),
    lastHeldOn: t.expose('lastHeldOn', { type: 'LocalDate', nullable: true, description: '最近一次 Last held.' }),
    overdue: t.exposeBoolean('overdue', { description: '已逾期 Whether more time has passed than the rule allows.' }),
  }),
});

const PartyMeeting = builder.objectRef<PartyMeetingRow>('PartyMeeting');
const PartyMeetingConnection = defineConnection(builder, 'PartyMeeting', PartyMeeting, PageInfo);
PartyMeeting.implement({
  description: '组织生活 A meeting that a party organization held. Who was there is not kept here.',
  card: PARTY_ORGANIZATION_CARD,
  fields: (t) => ({
    kind: t.field({ type: PartyMeetingKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    heldOn: t.expose('heldOn', { type: 'LocalDate', description: '日期 Day.' }),
    topic: t.exposeString('topic', { description: '议题 Topic.' }),
    expectedCount: t.exposeInt('expectedCount', {
      nullable: true,
      description: '应到人数 Members expected.',
      card: { right: 'party.membership', sharing: 'CONDITIONAL', grade: 2, unit: '人 persons' },
    }),
    attendedCount: t.exposeInt('attendedCount', {
      nullable: true,
      description: '实到人数 Members present.',
      card: { right: 'party.membership', sharing: 'CONDITIONAL', grade: 2, unit: '人 persons' },
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

type Context = SubgraphContext<PartyStore>;

/** The rules in force today; one statement per operation. */
async function rulesInForce({ store, clock, trace, loaders }: Context): Promise<PartyRuleRow[]> {
  const today = dateInChina(clock.now());
  return loaders
    .get<PartyRuleRow[]>('partyRules', (days) => Promise.all(days.map((day) => findRulesInForce(store, day, trace))))
    .load(today);
}

builder.queryField('partyRules', (t) =>
  t.field({
    type: [PartyRule],
    description: '党建规则 Rules in force today.',
    resolve: (_root, _args, context) => rulesInForce(context),
  }),
);

builder.objectFields(PartyOrganization, (t) => ({
  meetings: t.field({
    type: PartyMeetingConnection,
    description: '组织生活 Meetings that it held, newest first.',
    card: KEY_CARD,
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(
        meetingList,
        { column: 't.organization_id', cast: 'uuid', key: id },
        page,
        { sort: 'HELD_ON', filter: {} },
        context,
        info,
      ),
  }),
  meetingRhythm: t.field({
    type: [MeetingRhythm],
    description: '三会一课节奏 Three meetings and one lesson: last held, overdue or not; empty where no rule binds it.',
    card: KEY_CARD,
    resolve: async (organization, _args, context) => {
      const { store, clock, trace, loaders } = context;
      const [rules, last] = await Promise.all([
        rulesInForce(context),
        loaders
          .get<LastMeetingRow[]>('lastMeetings', (ids) => findLastMeetings(store, ids, trace))
          .load(organization.id),
      ]);
      return meetingRhythm(organization.kind, last, rules, dateInChina(clock.now()));
    },
  }),
  ruleBreaches: t.field({
    type: [PartyRuleBreach],
    nullable: true,
    description: '规则提示 Sizes and terms that it does not keep; null for an organization outside the caller’s area.',
    card: { ...MEMBERSHIP, grade: 2, category: 'GOVERNMENT', derivedFrom: 'members and term by PartyRule' },
    resolve: async (organization, _args, context) => {
      if (!coversOrganization(context.caller, organization)) return null;
      const { store, clock, trace, loaders } = context;
      const [rules, members, fullMembers] = await Promise.all([
        rulesInForce(context),
        loaders.get<number>('memberCount', (ids) => countMembers(store, ids, trace)).load(organization.id),
        loaders.get<number>('fullMemberCount', (ids) => countFullMembers(store, ids, trace)).load(organization.id),
      ]);
      return findBreaches(organization, fullMembers, members, rules, dateInChina(clock.now()));
    },
  }),
}));

const RecordPartyMeetingInput = builder.inputType('RecordPartyMeetingInput', {
  description: '组织生活登记 What was held where, when, by how many.',
  fields: (t) => ({
    organizationId: t.id({ required: true, description: '党组织 The organization.' }),
    kind: t.field({ type: PartyMeetingKind, required: true, description: '类型 Kind.' }),
    heldOn: t.field({ type: 'LocalDate', required: true, description: '日期 Day; not in the future.' }),
    topic: t.string({ required: true, description: '议题 2 to 100 characters.' }),
    expectedCount: t.int({ required: true, description: '应到人数 Members expected, 1 or more.' }),
    attendedCount: t.int({ required: true, description: '实到人数 Members present, not more than expected.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const RecordPartyMeetingSuccess = builder
  .objectRef<Succeeded<MeetingRecorded, 'RecordPartyMeetingSuccess'>>('RecordPartyMeetingSuccess')
  .implement({
    description: '组织生活登记完成 The meeting was recorded.',
    card: GRAPH_CARD,
    fields: (t) => ({
      meeting: t.field({
        type: PartyMeeting,
        nullable: true,
        description: '组织生活 The meeting.',
        resolve: ({ meetingKey }, _args, { store, trace }) => findMeeting(store, meetingKey, trace),
      }),
    }),
  });
const RecordPartyMeetingPayload = payloadUnion(
  'RecordPartyMeetingPayload',
  '组织生活登记结果 Done, or why not.',
  RecordPartyMeetingSuccess,
);

builder.mutationField('recordPartyMeeting', (t) =>
  t.field({
    type: RecordPartyMeetingPayload,
    nullable: true,
    description: '组织生活登记 Records one of the three meetings, a lesson or another meeting.',
    card: { source: 'party-organization', right: 'party.write' },
    args: { input: t.arg({ type: RecordPartyMeetingInput, required: true, description: '输入 What was held.' }) },
    resolve: (_root, { input }, context) =>
      answer('RecordPartyMeetingSuccess', context, (rule) => recordMeeting(rule, input)),
  }),
);
