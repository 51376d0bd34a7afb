import { globalId } from '../../kit/global-id.ts';
import { pageArguments, pageBelow, rootPage } from '../../kit/graph/connection.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import { dataFieldList } from '../store/data-field-rows.ts';
import { systemList } from '../store/department-system-rows.ts';
import { builder, Provenance } from './builder.ts';
import {
  CATALOG_CARD,
  DataFieldConnection,
  DepartmentSystem,
  DepartmentSystemConnection,
  systemByCode,
  systemLoader,
} from './entities.ts';
import { SystemFamily, SystemHealth, SystemTier } from './vocabulary.ts';

DepartmentSystem.implement({
  description: '部门系统 A system that gives data to the graph or works on it.',
  card: CATALOG_CARD,
  entity: systemLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (system) => globalId('DepartmentSystem', system.id),
    }),
    code: t.exposeString('code', { description: '系统代码 Stable code.' }),
    name: t.exposeString('name', { nullable: true, description: '系统名称 Name; null while it is pending.' }),
    namePending: t.exposeBoolean('namePending', {
      description: '名称待补 Whether the sources name no name, so that the city still has to fill it in.',
    }),
    departmentCode: t.exposeString('departmentCode', { description: '主管部门代码 Code of its department.' }),
    departmentName: t.exposeString('departmentName', { description: '主管部门 Its department.' }),
    tier: t.field({ type: SystemTier, description: '系统层级 Tier.', resolve: (system) => system.tier }),
    family: t.field({
      type: SystemFamily,
      nullable: true,
      description: '应用族 Family of local applications, where it belongs to one.',
      resolve: (system) => system.family,
    }),
    description: t.exposeString('description', { nullable: true, description: '说明 What it does.' }),
    articleRows: t.exposeStringList('articleRows', {
      description: '出处行号 Rows of the domain register that name it.',
    }),
    health: t.field({
      type: SystemHealth,
      description: '运行状态 Health as last seen.',
      card: { updateCycle: 'REALTIME' },
      resolve: (system) => system.health,
    }),
    rowCount: t.exposeFloat('rowCount', {
      nullable: true,
      description: '数据量 Rows it gave to the graph.',
      card: { unit: '行 rows', updateCycle: 'DAILY' },
    }),
    lastSyncedAt: t.expose('lastSyncedAt', {
      type: 'DateTime',
      nullable: true,
      description: '最近同步时间 When it last gave data.',
      card: { updateCycle: 'REALTIME' },
    }),
    contactOffice: t.exposeString('contactOffice', {
      nullable: true,
      description: '联系处室 Office to ask when a field is disputed.',
    }),
    fields: t.field({
      type: DataFieldConnection,
      description: '信息项 Fields of the live graph whose source is its department.',
      args: pageArguments(t.arg),
      resolve: (system, page, context, info) =>
        pageBelow(
          { ...dataFieldList, name: 'catalog.system_fields' },
          { column: 't.source_department', cast: 'text', key: system.departmentCode },
          page,
          { sort: 'COORDINATE', filter: {} },
          context,
          info,
        ),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (system, _args, context) => loadProvenance(system.provenanceId, context),
    }),
  }),
});

const DepartmentSystemFilter = builder.inputType('DepartmentSystemFilter', {
  description: '系统筛选 Which systems; all given conditions hold together.',
  fields: (t) => ({
    departmentCode: t.string({ description: '主管部门代码 Code of the department.' }),
    tier: t.field({ type: SystemTier, description: '系统层级 Tier.' }),
    family: t.field({ type: SystemFamily, description: '应用族 Family.' }),
  }),
});

builder.queryFields((t) => ({
  departmentSystem: t.field({
    type: DepartmentSystem,
    nullable: true,
    description: '按代码查系统 A system by its code.',
    args: { code: t.arg.string({ required: true, description: '系统代码 Code of the system.' }) },
    resolve: (_root, { code }, context) => systemByCode(code, context),
  }),
  departmentSystems: t.field({
    type: DepartmentSystemConnection,
    description: '系统列表 Systems by code.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: DepartmentSystemFilter, description: '筛选 Which systems.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(systemList, page, { sort: 'CODE', filter: { ...filter } }, context, info),
  }),
}));
