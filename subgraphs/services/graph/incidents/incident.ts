import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { incidentMachine } from '../../rules/incidents/incident-machine.ts';
import { isOverdue } from '../../rules/incidents/overdue.ts';
import {
  findTransitionsOfIncidents,
  type IncidentTransitionRow,
} from '../../store/incidents/incident-transition-rows.ts';
import { Attachment, loadAttachments } from '../attachment.ts';
import { Community, Deadline, Department, Division, Grid, Person, Provenance, transitionTypes } from '../builder.ts';
import { Incident, incidentLoader } from '../entities.ts';
import { ruleInForce } from '../governance-rule.ts';
import * as vocabulary from '../vocabulary.ts';
import { INCIDENT_CARD } from './incident-card.ts';
import { incidentDeadline } from './incident-deadline.ts';
import { IncidentTransition } from './incident-transition.ts';

Incident.implement({
  description: '事件 Something in a grid that has to be dealt with.',
  card: INCIDENT_CARD,
  entity: incidentLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['reporterPersonId'],
      resolve: ({ reporterPersonId }) => personSubject(reporterPersonId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      reads: ['id'],
      resolve: (incident) => globalId('Incident', incident.id),
    }),
    incidentNumber: t.exposeString('incidentNumber', { description: '事件编号 Number that people quote.' }),
    category: t.field({
      type: vocabulary.IncidentCategory,
      description: '事件类别 What it is about.',
      reads: ['category'],
      resolve: (incident) => incident.category,
    }),
    title: t.exposeString('title', { description: '事件标题 What happened, in a line; no personal numbers.' }),
    state: t.field({
      type: vocabulary.IncidentState,
      description: '事件状态 Where it stands.',
      reads: ['state'],
      resolve: (incident) => incident.state,
    }),
    channel: t.field({
      type: vocabulary.IncidentChannel,
      description: '上报渠道 How it came in.',
      reads: ['channel'],
      resolve: (incident) => incident.channel,
    }),
    severity: t.field({
      type: vocabulary.IncidentSeverity,
      description: '严重程度 How grave it is.',
      reads: ['severity'],
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
      reads: ['closedAt', 'dueAt'],
      resolve: (incident, _args, context) => isOverdue(incident, context.clock.now()),
    }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '办理期限详情 The deadline with its rule and basis; null until it is accepted.',
      reads: ['dueAt', 'severity', 'reportedAt', 'closedAt'],
      resolve: (incident, _args, context) => incidentDeadline(incident, context),
    }),
    caseCode: t.string({
      description: '案件码 Code under which anybody may follow the case without learning who or where.',
      card: { derivedFrom: 'id under a block cipher' },
      reads: ['id'],
      resolve: (incident, _args, context) => context.store.codes.codeOf('CaseProgress', incident.id),
    }),
    supervisedAt: t.expose('supervisedAt', {
      type: 'DateTime',
      nullable: true,
      description: '督办时间 When it was last put under supervision; null when never.',
    }),
    extensionAskedWorkingDays: t.exposeInt('extensionAskedWorkingDays', {
      nullable: true,
      description: '申请延期工作日数 Working days asked for; null when no request waits.',
      card: { unit: '工作日 working days' },
    }),
    extensionCount: t.exposeInt('extensionCount', { description: '已延期次数 How often it was put off.' }),
    satisfaction: t.field({
      type: vocabulary.Satisfaction,
      nullable: true,
      description: '满意度 How satisfied the reporter was; null until evaluated.',
      reads: ['satisfaction'],
      resolve: (incident) => incident.satisfaction,
    }),
    attachments: t.field({
      type: [Attachment],
      description: '附件 References to files, with checksum and size.',
      reads: ['id'],
      resolve: (incident, _args, context) => loadAttachments(incident.id, context),
    }),
    availableTransitions: t.field({
      type: [transitionTypes.Transition],
      description: '可用流转 What the caller may do with it now.',
      resolve: async (incident, _args, context) => {
        const now = context.clock.now();
        const limit = await ruleInForce('INCIDENT_EXTENSION_LIMIT', now, context);
        const facts = { ...incident, extensionLimit: Number(limit.parameters.times ?? 1), now };
        return incidentMachine.availableTransitions(incident.state, context.caller, facts);
      },
    }),
    reporter: t.field({
      type: Person,
      nullable: true,
      description: '上报人 Who reported it; null where nobody is known.',
      card: { right: 'incident.reporter', grade: 3, category: 'PERSONAL' },
      reads: ['reporterPersonId'],
      resolve: ({ reporterPersonId }) =>
        reporterPersonId === null ? null : { id: globalId('Person', reporterPersonId) },
    }),
    handlerDepartment: t.field({
      type: Department,
      nullable: true,
      description: '承办部门 Department that handles it; null until it is dispatched.',
      reads: ['handlerDepartmentCode'],
      resolve: ({ handlerDepartmentCode }) => (handlerDepartmentCode === null ? null : { code: handlerDepartmentCode }),
    }),
    community: t.field({
      type: Community,
      description: '所在社区 Community in which it happened.',
      card: KEY_CARD,
      reads: ['communityCode'],
      resolve: (incident) => ({ id: globalId('Community', incident.communityCode) }),
    }),
    grid: t.field({
      type: Grid,
      description: '所在网格 Grid in which it happened.',
      card: KEY_CARD,
      reads: ['gridCode'],
      resolve: (incident) => ({ id: globalId('Grid', incident.gridCode) }),
    }),
    division: t.field({
      type: Division,
      description: '所在区划 Division of the community (village level); its parents lead up to the city.',
      card: KEY_CARD,
      reads: ['communityCode'],
      resolve: (incident) => ({ id: globalId('Division', incident.communityCode) }),
    }),
    history: t.field({
      type: [IncidentTransition],
      description: '流转记录 Steps in their order, the first 100.',
      reads: ['id'],
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
      reads: ['provenanceId'],
      resolve: (incident, _args, context) => loadProvenance(incident.provenanceId, context),
    }),
  }),
});
