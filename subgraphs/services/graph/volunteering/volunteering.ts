import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { advanceVolunteerRecord } from '../../rules/volunteering/advance-volunteer-record.ts';
import {
  type ActivityKind,
  activityKinds,
  certifyVolunteering,
  openActivity,
  recordVolunteering,
  redeemPoints,
} from '../../rules/volunteering/volunteer.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import {
  activityList,
  findVolunteers,
  type PointsTotals,
  readPointsTotals,
  type VolunteerRow,
} from '../../store/volunteering/volunteering-rows.ts';
import { builder, Department, Person } from '../builder.ts';
import { Activity, ActivityConnection, activityLoader } from '../entities.ts';
import { communityField, entityFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { namedEnum } from '../named-enum.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';

const ACTIVITY_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'ON_CHANGE',
};
const VOLUNTEER_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'CONDITIONAL',
  grade: 3,
  category: 'PERSONAL',
  updateCycle: 'REALTIME',
  right: 'volunteer.record',
};

/** Certifying is a mutation of its own. */
const VolunteerRecordStep = builder.enumType('VolunteerRecordStep', {
  description: '时长流转 Steps with recorded hours.',
  values: {
    DISPUTE: { description: '提出异议 To dispute them.' },
    CORRECT: { description: '更正时长 To correct them; by whoever recorded them.' },
    STRIKE_OUT: { description: '撤销 To strike them out; not by whoever recorded them.' },
  },
});

const ActivityKindType = namedEnum('ActivityKind', '活动种类 What volunteers do.', activityKinds);

Activity.implement({
  description: '志愿活动 Something that volunteers do together.',
  card: ACTIVITY_CARD,
  entity: activityLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'Activity'),
    kind: t.field({
      type: ActivityKindType,
      description: '活动种类 Kind.',
      resolve: (row) => row.kind as ActivityKind,
    }),
    title: t.exposeString('title', { description: '活动名称 Title.' }),
    startsAt: t.expose('startsAt', { type: 'DateTime', description: '开始时间 When it begins.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: '结束时间 When it ends.' }),
    capacity: t.exposeInt('capacity', { description: '人数上限 How many may take part.', card: { unit: '人 people' } }),
    recordCount: t.exposeInt('recordCount', {
      description: '已记录人数 How many took part.',
      card: { unit: '人 people', derivedFrom: 'count of VolunteerRecord' },
    }),
    organizer: t.field({
      type: Department,
      description: '组织部门 Who organizes it.',
      resolve: (row) => ({ code: row.organizerDepartmentCode }),
    }),
    community: communityField(t),
  }),
});

export const Volunteer = builder.objectRef<VolunteerRow>('Volunteer').implement({
  description: '志愿者 What a person did as a volunteer.',
  card: VOLUNTEER_CARD,
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '自然人 The person.',
      card: KEY_CARD,
      resolve: ({ personId }) => ({ id: globalId('Person', personId) }),
    }),
    serviceHours: t.float({
      nullable: true,
      description: '服务时长 Certified hours.',
      card: { unit: '小时 hours', derivedFrom: 'sum of certified VolunteerRecord minutes / 60' },
      resolve: ({ certifiedMinutes }) => certifiedMinutes / 60,
    }),
    uncertifiedHours: t.float({
      nullable: true,
      description: '待认定时长 Hours recorded and not certified yet.',
      card: { unit: '小时 hours', derivedFrom: 'sum of recorded VolunteerRecord minutes / 60' },
      resolve: ({ recordedMinutes }) => recordedMinutes / 60,
    }),
    disputedHours: t.float({
      nullable: true,
      description: '有异议时长 Hours that are disputed.',
      card: { unit: '小时 hours', derivedFrom: 'sum of disputed VolunteerRecord minutes / 60' },
      resolve: ({ disputedMinutes }) => disputedMinutes / 60,
    }),
    activityCount: t.int({
      nullable: true,
      description: '参加活动数 Activities taken part in.',
      card: { unit: '次 times', derivedFrom: 'count of VolunteerRecord that are not struck out' },
      resolve: ({ activities }) => activities,
    }),
    points: t.exposeInt('points', {
      nullable: true,
      description: '积分余额 Points in the account.',
      card: { unit: '分 points', derivedFrom: 'sum of PointsEntry' },
    }),
  }),
});

export function volunteer(
  personId: string,
  context: SubgraphContext<ServicesStore>,
): Promise<VolunteerRow | null> | null {
  const key = findUuidKey('Person', personId);
  if (key === undefined) return null;
  return context.loaders
    .get<VolunteerRow | null>('volunteer', (ids) => findVolunteers(context.store, ids, context.trace))
    .load(key);
}

builder.objectField(Person, 'volunteer', (t) =>
  t.field({
    type: Volunteer,
    nullable: true,
    description: '志愿服务 What the person did as a volunteer.',
    card: VOLUNTEER_CARD,
    resolve: ({ id }, _args, context) => volunteer(id, context),
  }),
);

const PointsLedger = builder.objectRef<PointsTotals>('PointsLedger').implement({
  description: '积分总账 The trial balance of all points: both sums are zero.',
  card: { ...ACTIVITY_CARD, unit: '分 points', derivedFrom: 'sums over PointsEntry and the accounts' },
  fields: (t) => ({
    inCirculation: t.exposeInt('inCirculation', { description: '流通积分 Points that volunteers hold.' }),
    sumOfEntries: t.exposeInt('sumOfEntries', { description: '分录合计 Sum of all entries; zero.' }),
    sumOfBalances: t.exposeInt('sumOfBalances', {
      description: '余额合计 Sum of all balances, the issuer’s included; zero.',
    }),
    accounts: t.exposeInt('accounts', {
      description: '账户数 Accounts, the issuer’s included.',
      card: { unit: '个 accounts' },
    }),
  }),
});

builder.queryFields((t) => ({
  activities: t.field({
    type: ActivityConnection,
    description: '志愿活动 Activities, the newest first, wherever the caller is.',
    args: {
      ...pageArguments(t.arg),
      kind: t.arg({ type: ActivityKindType, description: '种类 Only this kind.' }),
      communityId: t.arg.id({ description: '社区 Only of this community.' }),
    },
    resolve: (_root, { kind, communityId, ...page }, context, info) => {
      const communityCode = communityId == null ? null : (findCodeKey('Community', 12, communityId) ?? '');
      return rootPage(activityList, page, { sort: 'STARTS_AT', filter: { kind, communityCode } }, context, info);
    },
  }),
  pointsLedger: t.field({
    type: PointsLedger,
    nullable: true,
    description: '积分总账 The trial balance of all points.',
    card: { source: 'civil-affairs', right: 'volunteer.certify' },
    resolve: (_root, _args, { store, trace }) => readPointsTotals(store, trace),
  }),
}));

defineMutation(builder, {
  name: 'openActivity',
  description: '发布活动 Opens an activity for volunteers.',
  card: { source: 'civil-affairs', right: 'volunteer.record' },
  input: builder.inputType('OpenActivityInput', {
    description: '活动 What, where, when.',
    fields: (t) => ({
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      kind: t.field({ type: ActivityKindType, required: true, description: '种类 Kind.' }),
      title: t.string({ required: true, description: '名称 2 to 120 characters.' }),
      startsAt: t.field({ type: 'DateTime', required: true, description: '开始时间 When it begins.' }),
      endsAt: t.field({ type: 'DateTime', required: true, description: '结束时间 Up to a day later.' }),
      capacity: t.int({ required: true, description: '人数上限 1 to 5000.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => openActivity(context, input),
  result: {
    field: 'activity',
    type: Activity,
    description: '活动 The activity.',
    load: ({ activityId }, context) => activityLoader.load(activityId, context),
  },
});

const volunteerResult = {
  field: 'volunteer',
  type: Volunteer,
  description: '志愿者 What the person did as a volunteer, now.',
  load: ({ personId }: { personId: string }, context: SubgraphContext<ServicesStore>) => volunteer(personId, context),
};

interface RecordedShape {
  readonly recordId: string;
  readonly personId: string;
}
const RecordedVolunteering = builder.objectRef<RecordedShape>('RecordedVolunteering').implement({
  description: '服务记录 The record and whose it is.',
  card: ACTIVITY_CARD,
  fields: (t) => ({
    recordId: t.id({
      description: '记录编号 Id to certify it by.',
      card: KEY_CARD,
      resolve: ({ recordId }) => recordId,
    }),
    volunteer: t.field({
      type: Volunteer,
      nullable: true,
      description: '志愿者 The volunteer, now.',
      card: VOLUNTEER_CARD,
      resolve: ({ personId }, _args, context) => volunteer(personId, context),
    }),
  }),
});

defineMutation(builder, {
  name: 'recordVolunteering',
  description: '记录服务时长 Records a volunteer’s minutes after the activity.',
  card: { source: 'civil-affairs', right: 'volunteer.record' },
  input: builder.inputType('RecordVolunteeringInput', {
    description: '服务记录 Who, in what, how long.',
    fields: (t) => ({
      activityId: t.id({ required: true, description: '活动 The activity, inside the caller’s area.' }),
      personId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        required: true,
        description: '志愿者 The person.',
      }),
      minutes: t.int({ required: true, description: '时长（分钟） Minutes, no more than it lasted.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => recordVolunteering(context, input),
  result: {
    field: 'record',
    type: RecordedVolunteering,
    description: '记录 The record.',
    load: (answer) => answer,
  },
});

defineMutation(builder, {
  name: 'certifyVolunteering',
  description: '认定服务时长 Certifies recorded hours and issues their points; not by whoever recorded them.',
  card: { source: 'civil-affairs', right: 'volunteer.certify' },
  input: builder.inputType('CertifyVolunteeringInput', {
    description: '认定 Which record.',
    fields: (t) => ({
      recordId: t.id({ required: true, description: '记录 The record.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => certifyVolunteering(context, input),
  result: volunteerResult,
});

defineMutation(builder, {
  name: 'advanceVolunteerRecord',
  description:
    '时长异议 Disputes recorded hours, corrects them, or strikes them out; nobody certifies them while they are disputed.',
  card: { source: 'civil-affairs', right: 'volunteer.record' },
  input: builder.inputType('AdvanceVolunteerRecordInput', {
    description: '时长异议 Which step with which record.',
    fields: (t) => ({
      recordId: t.id({ required: true, description: '记录 The record, inside the caller’s area.' }),
      event: t.field({ type: VolunteerRecordStep, required: true, description: '流转 What to do.' }),
      minutes: t.int({ description: '更正后的时长（分钟） For CORRECT: no more than it lasted.' }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceVolunteerRecord(context, input),
  result: volunteerResult,
});

defineMutation(builder, {
  name: 'redeemPoints',
  description: '积分兑换 Gives points back for a reward; never more than there are.',
  card: { source: 'civil-affairs', right: 'volunteer.record' },
  input: builder.inputType('RedeemPointsInput', {
    description: '兑换 Whose points for what.',
    fields: (t) => ({
      personId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        required: true,
        description: '志愿者 The person.',
      }),
      rewardCode: t.string({ required: true, description: '奖品代码 2 to 40 capitals, digits or hyphens.' }),
      points: t.int({ required: true, description: '积分 How many.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => redeemPoints(context, input),
  result: volunteerResult,
});
