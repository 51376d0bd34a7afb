import { globalId } from '../../../kit/global-id.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { requestMachine } from '../../rules/window/request-machine.ts';
import { ownRequestTable, type ServiceRequestRow } from '../../store/window/request-rows.ts';
import { builder, Deadline, Department } from '../builder.ts';
import { ServiceItem, serviceItemLoader } from '../entities.ts';
import { progressFields, progressLoader } from '../progress.ts';
import { promiseOf } from './request-deadlines.ts';
import { RequestState } from './service-request.ts';

const PUBLIC_CARD: DataCard = {
  source: 'government-service',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'REALTIME',
};

const progress = progressLoader<ServiceRequestRow>('RequestProgress', (ids, { store, caller, trace }) =>
  ownRequestTable.find(store, ids, caller, trace),
);

const RequestProgress = builder.objectRef<ServiceRequestRow>('RequestProgress').implement({
  description: '办件进度 A request as whoever holds its receipt may follow it: no person, no place, no material.',
  card: PUBLIC_CARD,
  entity: progress,
  interfaces: ['Node'],
  fields: (t) => ({
    ...progressFields(t, 'RequestProgress', 'receiptCode'),
    item: t.field({
      type: ServiceItem,
      nullable: true,
      description: '事项 What is asked for.',
      ...serviceItemLoader.below(({ itemId }: { readonly itemId: string }) => globalId('ServiceItem', itemId)),
    }),
    state: t.field({ type: RequestState, description: '状态 Where it stands.', resolve: (row) => row.state }),
    stateNameZh: t.string({
      description: '状态名称 Its Chinese name.',
      resolve: (row) => requestMachine.stateName(row.state).zh,
    }),
    handlerDepartment: t.field({
      type: Department,
      description: '承办单位 Who handles it now.',
      resolve: (row) => ({ code: row.handlerDepartmentCode }),
    }),
    promise: t.field({
      type: Deadline,
      nullable: true,
      description: '承诺期限 Until when it was promised; null until it is accepted.',
      resolve: (row, _args, context) => promiseOf(row, context),
    }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      description: '办结时间 When it was completed, returned or withdrawn; null while it is open.',
    }),
  }),
});

builder.queryField('requestProgress', (t) =>
  t.field({
    type: RequestProgress,
    nullable: true,
    description: '按回执码查办件进度 Progress of a request, for whoever holds its receipt; null for a code of none.',
    args: { receiptCode: t.arg.string({ required: true, description: '回执码 26 characters.' }) },
    resolve: (_root, { receiptCode }, context) => progress.load(globalId('RequestProgress', receiptCode), context),
  }),
);
