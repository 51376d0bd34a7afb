import { globalId } from '../../kit/global-id.ts';
import type { DataCard } from '../../kit/graph/data-card.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import { isOverdue } from '../rules/overdue.ts';
import { findTransitionsOfIncidents, type IncidentTransitionRow } from '../store/incident-transition-rows.ts';
import { Community, Department, Division, Grid, Person, Provenance } from './builder.ts';
import { Incident, incidentLoader } from './entities.ts';
import { IncidentTransition } from './incident-transition.ts';
import * as vocabulary from './vocabulary.ts';

export const INCIDENT_CARD: DataCard = {
  source: 'political-legal',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};

Incident.implement({
  description: '事件 Something in a grid that has to be dealt with.',
  card: INCIDENT_CARD,
  entity: incidentLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (incident) => globalId('Incident', incident.id),
    }),
    incidentNumber: t.exposeString('incidentNumber', { description: '事件编号 Number that people quote.' }),
    category: t.field({
      type: vocabulary.IncidentCategory,
      description: '事件类别 What it is about.',
      resolve: (incident) => incident.category,
    }),
    title: t.exposeString('title', { description: '事件标题 What happened, in a line; no personal numbers.' }),
    state: t.field({
      type: vocabulary.IncidentState,
      description: '事件状态 Where it stands.',
      resolve: (incident) => incident.state,
    }),
    channel: t.field({
      type: vocabulary.IncidentChannel,
      description: '上报渠道 How it came in.',
      resolve: (incident) => incident.channel,
    }),
    severity: t.field({
      type: vocabulary.IncidentSeverity,
      description: '严重程度 How grave it is.',
      resolve: (incident) => incident.severity,
    }),
    reportedAt: t.expose('reportedAt', { type: 'DateTime', description: '上报时间 When it was reported.' }),
    dueAt: t.expose('dueAt', {
      type: 'DateTime',
      nullable: true,
      description: '办理期限 When it must be dealt with; null until it is accepted.',
    }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      description: '结案时间 When it was closed; null while it is open.',
    }),
    overdue: t.boolean({
      description: '是否超期 Whether it is open and past its deadline now.',
      card: { derivedFrom: 'closedAt is null and dueAt < now' },
      resolve: (incident, _args, context) => isOverdue(incident, context.clock.now()),
    }),
    reporter: t.field({
      type: Person,
      nullable: true,
      description: '上报人 Who reported it; null where nobody is known.',
      card: { right: 'incident.reporter', grade: 3, category: 'PERSONAL' },
      resolve: ({ reporterPersonId }) =>
        reporterPersonId === null ? null : { id: globalId('Person', reporterPersonId) },
    }),
    handlerDepartment: t.field({
      type: Department,
      nullable: true,
      description: '承办部门 Department that handles it; null until it is dispatched.',
      resolve: ({ handlerDepartmentCode }) => (handlerDepartmentCode === null ? null : { code: handlerDepartmentCode }),
    }),
    community: t.field({
      type: Community,
      description: '所在社区 Community in which it happened.',
      card: KEY_CARD,
      resolve: (incident) => ({ id: globalId('Community', incident.communityCode) }),
    }),
    grid: t.field({
      type: Grid,
      description: '所在网格 Grid in which it happened.',
      card: KEY_CARD,
      resolve: (incident) => ({ id: globalId('Grid', incident.gridCode) }),
    }),
    division: t.field({
      type: Division,
      description: '所在区划 Division of the community (village level); its parents lead up to the city.',
      card: KEY_CARD,
      resolve: (incident) => ({ id: globalId('Division', incident.communityCode) }),
    }),
    history: t.field({
      type: [IncidentTransition],
      description: '流转记录 Steps in their order, the first 100.',
      resolve: (incident, _args, context) =>
        context.loaders
          .get<IncidentTransitionRow[]>('incident:history', (ids) =>
            findTransitionsOfIncidents(context.store, ids, context.trace),
          )
          .load(incident.id),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (incident, _args, context) => loadProvenance(incident.provenanceId, context),
    }),
  }),
});
