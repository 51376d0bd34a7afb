import { departments, isDepartmentCode } from '../../../kit/codes/departments.ts';
import { graphProblem } from '../../../kit/codes/problems.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { type ServiceGroup as ServiceGroupCode, serviceGroups } from '../../rules/items/service-groups.ts';
import { findServiceItemsByCode, type ServiceItemRow, serviceItemList } from '../../store/items/service-item-rows.ts';
import { builder, Department, Provenance } from '../builder.ts';
import { ServiceItem, ServiceItemConnection, serviceItemLoader } from '../entities.ts';
import { namedEnum } from '../named-enum.ts';
import { ServiceItemType, ServiceMode, ServiceReach } from '../vocabulary.ts';
import { ITEM_CARD } from './item-card.ts';

const ServiceGroup = namedEnum('ServiceGroup', '服务分组 What an item is about.', serviceGroups);
const SupplyTier = namedEnum('SupplyTier', '供给层级 Tier of government, down to the community.', {
  PREFECTURE: { zh: '市', en: 'City' },
  COUNTY: { zh: '县(市、区)', en: 'County' },
  TOWNSHIP: { zh: '镇街', en: 'Sub-district or town' },
  COMMUNITY: { zh: '社区(村)', en: 'Community or village' },
});

ServiceItem.implement({
  description: '政务服务事项 An administrative matter that people come with.',
  card: ITEM_CARD,
  entity: serviceItemLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (item) => globalId('ServiceItem', item.id),
    }),
    itemCode: t.exposeString('itemCode', { description: '事项编码 Code in the list of matters.' }),
    name: t.exposeString('name', { description: '事项名称 Name.' }),
    type: t.field({ type: ServiceItemType, description: '事项类型 Kind.', resolve: (item) => item.type }),
    department: t.field({
      type: Department,
      description: '实施部门 Department in charge.',
      resolve: (item) => ({ code: item.departmentCode }),
    }),
    reach: t.field({ type: ServiceReach, description: '下沉层级 How far down.', resolve: (item) => item.reach }),
    modes: t.field({ type: [ServiceMode], description: '办理方式 How it is handled.', resolve: (item) => item.modes }),
    promisedWorkingDays: t.exposeInt('promisedWorkingDays', {
      description: '承诺期限 Working days promised.',
      card: { unit: '工作日 working days' },
    }),
    legalWorkingDays: t.exposeInt('legalWorkingDays', {
      description: '法定期限 Working days that the law allows.',
      card: { unit: '工作日 working days' },
    }),
    group: t.field({
      type: ServiceGroup,
      description: '服务分组 What it is about.',
      resolve: ({ serviceGroup }) => serviceGroup as ServiceGroupCode,
    }),
    supplyTier: t.field({
      type: SupplyTier,
      description: '保障层级 Tier that guarantees it (分级保障).',
      resolve: (item) => item.supplyTier,
    }),
    fundingTier: t.field({
      type: SupplyTier,
      description: '资金层级 Tier whose finance pays for it.',
      resolve: (item) => item.fundingTier,
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (item, _args, context) => loadProvenance(item.provenanceId, context),
    }),
  }),
});

const ServiceItemFilter = builder.inputType('ServiceItemFilter', {
  description: '事项筛选 Which items; all given conditions hold together.',
  fields: (t) => ({
    reach: t.field({ type: ServiceReach, description: '下沉层级 How far down.' }),
    departmentCode: t.string({ description: '实施部门代码 Code of the department in charge.' }),
    mode: t.field({ type: ServiceMode, description: '办理方式 Only what is handled in this way.' }),
    group: t.field({ type: ServiceGroup, description: '服务分组 What it is about.' }),
    supplyTier: t.field({ type: SupplyTier, description: '保障层级 Tier that guarantees it.' }),
    type: t.field({ type: ServiceItemType, description: '事项类型 Kind.' }),
  }),
});

builder.queryFields((t) => ({
  serviceItem: t.field({
    type: ServiceItem,
    nullable: true,
    description: '按编码查事项 An item by its code.',
    args: { itemCode: t.arg.string({ required: true, description: '事项编码 Code in the list of matters.' }) },
    resolve: (_root, { itemCode }, context) =>
      context.loaders
        .get<ServiceItemRow | null>('serviceItem:code', (codes) =>
          findServiceItemsByCode(context.store, codes, context.trace),
        )
        .load(itemCode),
  }),
  serviceItems: t.field({
    type: ServiceItemConnection,
    description: '事项清单 Administrative matters, by code.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: ServiceItemFilter, description: '筛选 Which items.' }) },
    resolve: (_root, { filter, ...page }, context, info) => {
      assertDepartment(filter?.departmentCode);
      return rootPage(serviceItemList, page, { sort: 'ITEM_CODE', filter: { ...filter } }, context, info);
    },
  }),
}));

function assertDepartment(code: string | null | undefined): void {
  if (code == null || isDepartmentCode(code)) return;
  throw graphProblem('FILTER_INVALID', {
    filter: 'departmentCode',
    reasonZh: `可用的部门代码：${Object.keys(departments).join('、')}`,
    reasonEn: 'there is no department with this code',
  });
}
