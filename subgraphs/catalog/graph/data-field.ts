import { departmentName } from '../../kit/codes/departments.ts';
import { isRightCode, rights } from '../../kit/codes/rights.ts';
import { globalId } from '../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../kit/graph/connection.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { removalDate } from '../../kit/schema-check/lint-parts.ts';
import { dataFieldList } from '../store/data-field-rows.ts';
import { builder } from './builder.ts';
import { CATALOG_CARD, DataField, DataFieldConnection, dataFieldLoader } from './entities.ts';
import { DataCategory, SharingAttribute, UpdateCycle } from './vocabulary.ts';

DataField.implement({
  description: '信息项 The data card of one field of the live graph.',
  card: CATALOG_CARD,
  entity: dataFieldLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (field) => globalId('DataField', field.coordinate),
    }),
    coordinate: t.exposeString('coordinate', { description: '坐标 Type.field.' }),
    typeName: t.exposeString('typeName', { description: '类型名 Type that has the field.' }),
    fieldName: t.exposeString('fieldName', { description: '字段名 Name of the field.' }),
    fieldType: t.exposeString('fieldType', { description: '字段类型 Its GraphQL type.' }),
    subgraphs: t.exposeStringList('subgraphs', { description: '提供子图 Subgraphs that serve it.' }),
    descriptionZh: t.exposeString('descriptionZh', { description: '中文名称 Chinese term.' }),
    descriptionEn: t.exposeString('descriptionEn', { description: '英文说明 English sentence.' }),
    sourceDepartmentCode: t.exposeString('sourceDepartment', { description: '数源部门代码 Code of its source.' }),
    sourceDepartmentName: t.string({
      description: '数源部门 The one department that maintains it.',
      resolve: ({ sourceDepartment }) => departmentName(sourceDepartment).zh,
    }),
    sharing: t.field({
      type: SharingAttribute,
      description: '共享属性 Whether it is shared.',
      resolve: (field) => field.sharing,
    }),
    sharingBasis: t.exposeString('sharingBasis', {
      nullable: true,
      description: '不予共享的依据 Legal ground where it is not shared.',
    }),
    grade: t.exposeInt('grade', {
      description: '数据分级 1 (public) to 4 (most sensitive).',
      card: { unit: '级 grade' },
    }),
    category: t.field({ type: DataCategory, description: '数据分类 Category.', resolve: (field) => field.category }),
    requiredRight: t.exposeString('requiredRight', {
      nullable: true,
      description: '所需权限 Right without which it is refused or masked.',
    }),
    requiredRightName: t.string({
      nullable: true,
      description: '所需权限名称 That right in Chinese.',
      resolve: ({ requiredRight }) =>
        requiredRight !== null && isRightCode(requiredRight) ? rights[requiredRight].zh : requiredRight,
    }),
    mask: t.exposeString('mask', { nullable: true, description: '脱敏规则 How it is masked without the right.' }),
    unit: t.exposeString('unit', { nullable: true, description: '计量单位 Unit, where it is a quantity.' }),
    updateCycle: t.field({
      type: UpdateCycle,
      description: '更新周期 How often it is brought up to date.',
      resolve: (field) => field.updateCycle,
    }),
    derivedFrom: t.exposeString('derivedFrom', {
      nullable: true,
      description: '派生口径 Formula, where it is computed rather than collected.',
    }),
    deprecated: t.exposeBoolean('deprecated', { description: '是否弃用 Whether it is deprecated.' }),
    deprecationReason: t.exposeString('deprecationReason', { nullable: true, description: '弃用原因 Why.' }),
    removalOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: '约定移除日期 Day before which it is not removed, where it is deprecated.',
      card: { derivedFrom: 'deprecationReason' },
      resolve: ({ deprecationReason }) => removalDate(deprecationReason ?? '') ?? null,
    }),
    firstSeenAt: t.expose('firstSeenAt', { type: 'DateTime', description: '首次上线 When it first was live.' }),
  }),
});

const DataFieldFilter = builder.inputType('DataFieldFilter', {
  description: '信息项筛选 Which fields; all given conditions hold together.',
  fields: (t) => ({
    typeName: t.string({ description: '类型名 Type that has the field.' }),
    sourceDepartment: t.string({ description: '数源部门代码 Code of the source.' }),
    sharing: t.field({ type: SharingAttribute, description: '共享属性 Sharing attribute.' }),
    requiredRight: t.string({ description: '所需权限 Right that it needs.' }),
    search: t.string({
      description:
        '搜索 Words in any order: coordinate, Chinese, English, pinyin (chushengriqi) or its initials (csrq).',
    }),
    deprecated: t.boolean({ description: '是否弃用 Only deprecated fields, or only others.' }),
    unusedSince: t.field({ type: 'LocalDate', description: '未使用 Fields that nobody has read since this day.' }),
    withoutOwner: t.boolean({
      description: '无主信息项 true: only fields whose card names no department that is known.',
    }),
    graphOnly: t.boolean({ description: '仅图谱结构 true: only lists, payloads and keys; false: only data.' }),
  }),
});

builder.queryFields((t) => ({
  dataField: t.field({
    type: DataField,
    nullable: true,
    description: '按坐标查信息项 The data card of one field, e.g. Person.name.',
    args: { coordinate: t.arg.string({ required: true, description: '坐标 Type.field.' }) },
    resolve: (_root, { coordinate }, context) => dataFieldLoader.load(globalId('DataField', coordinate), context),
  }),
  dataFields: t.field({
    type: DataFieldConnection,
    description: '信息项列表 Fields of the live graph by coordinate.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: DataFieldFilter, description: '筛选 Which fields.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(dataFieldList, page, { sort: 'COORDINATE', filter: { ...filter } }, context, info),
  }),
}));
