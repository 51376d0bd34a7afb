import { type DepartmentCode, departments } from '../../../kit/codes/departments.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { type DepartmentSourceRow, findDepartmentSources } from '../../store/chain/department-sources.ts';
import { builder } from '../builder.ts';
import { DataFactor } from './dataset.ts';

const DepartmentSource = builder.objectRef<DepartmentSourceRow>('DepartmentSource').implement({
  description: '部门供数情况 What one department gives to the graph.',
  card: { ...GRAPH_CARD, category: 'GOVERNMENT', derivedFrom: 'DepartmentSystem and Dataset of the department' },
  fields: (t) => ({
    departmentCode: t.exposeString('code', { description: '部门代码 Code of the department.' }),
    departmentName: t.string({
      description: '部门 The department.',
      // Asked for the registered codes only.
      resolve: ({ code }) => departments[code as DepartmentCode].zh,
    }),
    systemCount: t.exposeInt('systemCount', { description: '系统数 Its systems.', card: { unit: '个 systems' } }),
    connectedSystemCount: t.exposeInt('connectedSystemCount', {
      description: '已接入系统数 Those that are connected.',
      card: { unit: '个 systems' },
    }),
    datasetCount: t.exposeInt('datasetCount', { description: '数据集数 Its datasets.', card: { unit: '个 datasets' } }),
    rowCount: t.exposeFloat('rowCount', { description: '数据量 Rows it gave.', card: { unit: '行 rows' } }),
    lastSyncedAt: t.expose('lastSyncedAt', {
      type: 'DateTime',
      nullable: true,
      description: '最近同步时间 When it last gave any.',
    }),
    factors: t.field({
      type: [DataFactor],
      description: '要素 What they are about.',
      resolve: ({ factors }) => [...factors],
    }),
  }),
});

builder.queryField('departmentSources', (t) =>
  t.field({
    type: [DepartmentSource],
    description: '各部门供数情况 Every registered department with what it gives to the graph.',
    resolve: (_root, _args, { store, trace }) => findDepartmentSources(store, Object.keys(departments), trace),
  }),
);
