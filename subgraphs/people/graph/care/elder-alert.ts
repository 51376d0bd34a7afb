import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { TransitionRow } from '../../../kit/machine/state-machine.ts';
import { findTransitions } from '../../../kit/store/transition-rows.ts';
import { elderAlertMachine } from '../../rules/care/elder-alert-machine.ts';
import { elderAlertList, MOST_STEPS } from '../../store/care/elder-alert-rows.ts';
import { builder, Community, Grid, Provenance, transitionTypes } from '../builder.ts';
import { ElderAlert, ElderAlertConnection, elderAlertLoader, Person, personLoader } from '../entities.ts';

const ELDER_OPEN_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'CONDITIONAL',
  grade: 4,
  category: 'SENSITIVE_PERSONAL',
  updateCycle: 'REALTIME',
};
const CARE_RIGHT = { right: 'person.care' } as const;

export const ElderAlertKind = builder.enumType('ElderAlertKind', {
  description: '养老预警类型 What an alert says.',
  values: {
    EMERGENCY_CALL: { description: '一键呼救 The elder called for help.' },
    NO_MOVEMENT: { description: '长时间无活动 No movement for long.' },
    SMOKE_OR_GAS: { description: '烟感、燃气报警 Smoke or gas.' },
    LEFT_SAFE_AREA: { description: '离开安全区域 Left the safe area.' },
    CARE_OVERDUE: { description: '逾期未探访 A visit is overdue.' },
  },
});

const ElderAlertState = builder.enumType('ElderAlertState', {
  description: '养老预警状态 State of an alert.',
  values: {
    RAISED: { description: '已触发 Raised.' },
    ACKNOWLEDGED: { description: '已响应 Somebody has taken it on.' },
    RESOLVED: { description: '已处置 Resolved.' },
    FALSE_ALARM: { description: '误报 It was a false alarm.' },
  },
});

const FIRST_STEP = { zh: '触发', en: 'raise' };
const { declaration } = elderAlertMachine;
const STEP_NAMES = {
  stateName: (state: string) => declaration.states[state] ?? { zh: state, en: state },
  eventName: (event: string) => declaration.events[event] ?? FIRST_STEP,
};

ElderAlert.implement({
  description: '养老预警 An alert about an elder, from a device or a carer, until it is resolved.',
  card: ELDER_OPEN_CARD,
  entity: elderAlertLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('ElderAlert', id),
    }),
    open: t.boolean({
      description: '是否未办结 Whether it is open; tells nobody whom it is about.',
      card: { grade: 2, category: 'GOVERNMENT', derivedFrom: 'closedAt is null' },
      resolve: ({ closedAt }) => closedAt === null,
    }),
    kind: t.field({
      type: ElderAlertKind,
      nullable: true,
      card: CARE_RIGHT,
      description: '类型 Kind.',
      resolve: ({ kind }) => kind,
    }),
    state: t.field({
      type: ElderAlertState,
      nullable: true,
      card: CARE_RIGHT,
      description: '状态 State.',
      resolve: ({ state }) => state,
    }),
    raisedAt: t.expose('raisedAt', {
      type: 'DateTime',
      nullable: true,
      card: CARE_RIGHT,
      description: '触发时间 When raised.',
    }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      card: CARE_RIGHT,
      description: '办结时间 When resolved or dismissed; null while open.',
    }),
    person: t.field({
      type: Person,
      nullable: true,
      card: CARE_RIGHT,
      description: '老人 The elder.',
      ...personLoader.below(({ personId }: { readonly personId: string }) => globalId('Person', personId)),
    }),
    community: t.field({
      type: Community,
      nullable: true,
      card: CARE_RIGHT,
      description: '社区 Where the elder lives.',
      resolve: ({ communityCode }) => ({ id: globalId('Community', communityCode) }),
    }),
    grid: t.field({
      type: Grid,
      nullable: true,
      card: CARE_RIGHT,
      description: '网格 Where the elder lives.',
      resolve: ({ gridCode }) => ({ id: globalId('Grid', gridCode) }),
    }),
    availableTransitions: t.field({
      type: [transitionTypes.Transition],
      nullable: true,
      card: CARE_RIGHT,
      description: '可用流转 What the caller may do next.',
      resolve: (alert, _args, { caller }) => elderAlertMachine.availableTransitions(alert.state, caller, alert),
    }),
    history: t.field({
      type: [transitionTypes.TransitionStep],
      nullable: true,
      card: CARE_RIGHT,
      description: '流转记录 Steps taken, in order.',
      resolve: async ({ id }, _args, { store, trace, loaders }) => {
        const rows = await loaders
          .get<TransitionRow[]>('transitions', (ids) => findTransitions(store.database, MOST_STEPS, ids, trace))
          .load(id);
        return rows.map((row) => ({ row, machine: STEP_NAMES }));
      },
    }),
    provenance: t.field({
      type: Provenance,
      nullable: true,
      card: CARE_RIGHT,
      description: '数据来源 Which system brought this record.',
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

builder.queryField('elderAlerts', (t) =>
  t.field({
    type: ElderAlertConnection,
    nullable: true,
    description: '养老预警列表 Alerts about elders in the caller’s area, newest first.',
    card: { ...ELDER_OPEN_CARD, ...CARE_RIGHT },
    args: {
      ...pageArguments(t.arg),
      open: t.arg.boolean({ required: true, defaultValue: true, description: '是否未办结 Open ones, or closed ones.' }),
      divisionCode: t.arg.string({ description: '区划或网格代码 Inside this division or grid.' }),
    },
    resolve: (_root, { open, divisionCode, ...page }, context, info) =>
      rootPage(elderAlertList, page, { sort: 'NEWEST', filter: { open, divisionCode } }, context, info),
  }),
);
