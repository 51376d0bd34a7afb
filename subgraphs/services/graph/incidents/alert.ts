import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { advanceAlert, alertMachine } from '../../rules/incidents/advance-alert.ts';
import { alertList } from '../../store/incidents/alert-rows.ts';
import { builder, Community, Provenance, transitionTypes } from '../builder.ts';
import { Alert, AlertConnection, alertLoader, Incident, incidentLoader } from '../entities.ts';
import { loadHistory } from '../history.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { stepRefusals } from '../refusal-lists.ts';
import { INCIDENT_CARD } from './incident-card.ts';
import { assertInArea } from './incident-filter.ts';

const AlertState = stateEnum('AlertState', alertMachine);
const AlertLevel = builder.enumType('AlertLevel', {
  description: '预警级别 How grave it is.',
  values: {
    BLUE: { description: '蓝色 Fourth level.' },
    YELLOW: { description: '黄色 Third level.' },
    ORANGE: { description: '橙色 Second level.' },
    RED: { description: '红色 First level.' },
  },
});

Alert.implement({
  description: '预警 What a rule found in the live data; one live alert per rule and place.',
  card: INCIDENT_CARD,
  entity: alertLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: (alert) => globalId('Alert', alert.id) }),
    ruleCode: t.exposeString('ruleCode', { description: '预警规则 Code of the governance rule that raised it.' }),
    level: t.field({ type: AlertLevel, description: '预警级别 Level.', resolve: (alert) => alert.level }),
    state: t.field({ type: AlertState, description: '预警状态 Where it stands.', resolve: (alert) => alert.state }),
    scopeCode: t.exposeString('scopeCode', { description: '预警范围 Division or grid that it is about.' }),
    incidentCount: t.exposeInt('incidentCount', {
      description: '涉及事件数 Incidents that the rule counted, and those since.',
      card: { unit: '件 incidents', derivedFrom: 'count of Incident in the rule’s place and window' },
    }),
    lastIncident: t.field({
      type: Incident,
      nullable: true,
      description: '最近事件 The latest incident of them; null outside the caller’s area.',
      ...incidentLoader.below(({ incidentId }: { readonly incidentId: string }) => globalId('Incident', incidentId)),
    }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime', description: '发出时间 When it was raised.' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: '最近触发 When it last grew.' }),
    closedAt: t.expose('closedAt', { type: 'DateTime', nullable: true, description: '解除时间 When it was closed.' }),
    community: t.field({
      type: Community,
      description: '所在社区 Community of the incident that raised it.',
      card: KEY_CARD,
      resolve: (alert) => ({ id: globalId('Community', alert.communityCode) }),
    }),
    availableTransitions: t.field({
      type: [transitionTypes.Transition],
      description: '可用流转 What the caller may do with it now.',
      resolve: (alert, _args, { caller }) => alertMachine.availableTransitions(alert.state, caller, {}),
    }),
    history: t.field({
      type: [transitionTypes.TransitionStep],
      description: '流转记录 Steps in their order, the first 100.',
      resolve: (alert, _args, context) => loadHistory(alert.id, alertMachine, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (alert, _args, context) => loadProvenance(alert.provenanceId, context),
    }),
  }),
});

const AlertFilter = builder.inputType('AlertFilter', {
  description: '预警筛选 Which alerts; all given conditions hold together.',
  fields: (t) => ({
    level: t.field({ type: AlertLevel, description: '预警级别 Level.' }),
    live: t.boolean({ description: '是否未解除 Only live ones (true) or only closed ones (false).' }),
    divisionCode: t.string({ description: '区划或网格代码 4, 6, 9, 12 or 15 digits, overlapping the caller’s area.' }),
  }),
});

builder.queryField('alerts', (t) =>
  t.field({
    type: AlertConnection,
    description: '预警列表 Alerts of the caller’s area, newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: AlertFilter, description: '筛选 Which alerts.' }) },
    resolve: (_root, { filter, ...page }, context, info) => {
      assertInArea(filter?.divisionCode, context.caller);
      return rootPage(alertList, page, { sort: 'RAISED_AT', filter: { ...filter } }, context, info);
    },
  }),
);

const AdvanceAlertInput = builder.inputType('AdvanceAlertInput', {
  description: '预警处置 One step with an alert.',
  fields: (t) => ({
    alertId: t.id({ required: true, description: '预警 The alert, inside the caller’s area.' }),
    event: t.field({ type: eventEnum('AlertEvent', alertMachine), required: true, description: '流转 What to do.' }),
    note: t.string({ description: '处置说明 2 to 500 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

defineMutation(builder, {
  name: 'advanceAlert',
  description: '预警处置 Takes one step with an alert.',
  card: { source: 'political-legal', right: 'incident.handle' },
  input: AdvanceAlertInput,
  refusals: stepRefusals,
  run: (input, context) => advanceAlert(context, input),
  result: {
    field: 'alert',
    type: Alert,
    description: '预警 The alert as it stands now.',
    load: ({ alertId }, context) => alertLoader.load(alertId, context),
  },
});
