import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { defineConnection, pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { incidentMachine } from '../../rules/incidents/incident-machine.ts';
import { requestMachine } from '../../rules/window/request-machine.ts';
import { departmentWorkList, type WorkItemRow, workerWorkList } from '../../store/window/work-item-rows.ts';
import { builder, Deadline, PageInfo } from '../builder.ts';
import { Incident, incidentLoader, ServiceRequest, serviceRequestLoader } from '../entities.ts';
import { communityField } from '../entity-fields.ts';
import { incidentDeadline } from '../incidents/incident-deadline.ts';
import { namedEnum } from '../named-enum.ts';
import { promiseOf } from './request-deadlines.ts';
import { REQUEST_CARD } from './service-request.ts';

const WorkItemKind = namedEnum('WorkItemKind', '待办类型 What has to be done.', {
  SERVICE_REQUEST: { zh: '办件', en: 'A request' },
  INCIDENT: { zh: '事件', en: 'An incident' },
});

const machines = { SERVICE_REQUEST: requestMachine, INCIDENT: incidentMachine };

const WorkItem = builder.objectRef<WorkItemRow>('WorkItem');
WorkItem.implement({
  description: '待办 Something open that has a deadline, on the workbench of whoever handles it.',
  card: REQUEST_CARD,
  fields: (t) => ({
    kind: t.field({ type: WorkItemKind, description: '待办类型 What it is.', resolve: (row) => row.kind }),
    number: t.exposeString('number', { description: '编号 Number of the request or incident.' }),
    stateZh: t.string({
      description: '状态名称 Where it stands.',
      resolve: ({ kind, state }) => machines[kind].declaration.states[state]?.zh ?? state,
    }),
    dueAt: t.expose('dueAt', { type: 'DateTime', description: '办理期限 Until when.' }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '办理期限详情 The deadline with its rule and basis.',
      resolve: async ({ kind, id }, _args, context) => {
        if (kind === 'INCIDENT') {
          const incident = await incidentLoader.load(globalId('Incident', id), context);
          return incident === null ? null : incidentDeadline(incident, context);
        }
        const request = await serviceRequestLoader.load(globalId('ServiceRequest', id), context);
        return request === null ? null : promiseOf(request, context);
      },
    }),
    overdue: t.boolean({
      description: '是否超期 Whether that has passed.',
      card: { derivedFrom: 'dueAt <= now' },
      resolve: ({ dueAt }, _args, { clock }) => dueAt <= clock.now(),
    }),
    request: t.field({
      type: ServiceRequest,
      nullable: true,
      description: '办件 The request; null for an incident.',
      card: KEY_CARD,
      resolve: ({ kind, id }, _args, context) =>
        kind === 'SERVICE_REQUEST' ? serviceRequestLoader.load(globalId('ServiceRequest', id), context) : null,
    }),
    incident: t.field({
      type: Incident,
      nullable: true,
      description: '事件 The incident; null for a request.',
      card: KEY_CARD,
      resolve: ({ kind, id }, _args, context) =>
        kind === 'INCIDENT' ? incidentLoader.load(globalId('Incident', id), context) : null,
    }),
    community: communityField(t),
  }),
});

const WorkItemConnection = defineConnection(builder, 'WorkItem', WorkItem, PageInfo);

builder.queryField('workbench', (t) =>
  t.field({
    type: WorkItemConnection,
    description:
      '社区工作台 What the worker of the token handles or is the agent of; without a worker what the caller’s department handles. The earliest deadline first.',
    args: {
      ...pageArguments(t.arg),
      kind: t.arg({ type: WorkItemKind, description: '待办类型 Only these.' }),
      divisionCode: t.arg.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
    },
    resolve: (_root, { kind, divisionCode, ...page }, context, info) => {
      const { departmentCode, workerId } = context.caller;
      const worker = findUuidKey('CommunityWorker', workerId);
      return worker === undefined
        ? rootPage(
            departmentWorkList,
            page,
            { sort: 'DUE_AT', filter: { kind, divisionCode, handlerDepartmentCode: departmentCode } },
            context,
            info,
          )
        : rootPage(
            workerWorkList,
            page,
            { sort: 'DUE_AT', filter: { kind, divisionCode, handlerWorkerId: worker } },
            context,
            info,
          );
    },
  }),
);
