import { dateInChina } from '../../../kit/clock.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { materialNecessities } from '../../rules/items/materials.ts';
import type { GuideMaterial as GuideMaterialShape } from '../../store/items/guide-material.ts';
import { findGuides, findGuidesOfItems, type ServiceGuideRow } from '../../store/items/service-guide-rows.ts';
import { findServiceItemsByCode, type ServiceItemRow } from '../../store/items/service-item-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Department, Provenance } from '../builder.ts';
import { ServiceItem } from '../entities.ts';
import { namedEnum } from '../named-enum.ts';
import { ITEM_CARD } from './item-card.ts';

type Context = SubgraphContext<ServicesStore>;

export const MaterialNecessity = namedEnum(
  'MaterialNecessity',
  '必要程度 When a material is needed.',
  materialNecessities,
);

const GuideMaterial = builder.objectRef<GuideMaterialShape>('GuideMaterial').implement({
  description: '申请材料 One material that an item asks for.',
  card: ITEM_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '材料代码 Stable code; requests name materials by it.' }),
    name: t.exposeString('name', { description: '材料名称 Name.' }),
    necessity: t.field({
      type: MaterialNecessity,
      description: '必要程度 When it is needed.',
      resolve: ({ necessity }) => necessity,
    }),
    sharedBy: t.field({
      type: Department,
      nullable: true,
      description:
        '共享部门 Department whose register holds it, so that nobody brings it; null when the applicant does.',
      resolve: ({ sharedBy }) => (sharedBy === null ? null : { code: sharedBy }),
    }),
    reusable: t.exposeBoolean('reusable', {
      description: '可复用 Whether what was given with an earlier request need not be brought again.',
    }),
  }),
});

export const ServiceGuide = builder.objectRef<ServiceGuideRow>('ServiceGuide').implement({
  description: '办事指南 Everything that people are told about an item, once and all at once (一口清).',
  card: ITEM_CARD,
  fields: (t) => ({
    version: t.exposeInt('version', { description: '版次 Version, from 1.' }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'LocalDate', description: '生效日 First day in force.' }),
    conditions: t.exposeString('conditions', { description: '受理条件 Who may ask for it.' }),
    materials: t.field({
      type: [GuideMaterial],
      description: '材料清单 Every material, in its order.',
      resolve: ({ materials }) => [...materials],
    }),
    steps: t.stringList({ description: '办理流程 Steps in their order.', resolve: ({ steps }) => [...steps] }),
    fee: t.exposeString('fee', { description: '收费 What it costs.' }),
    legalBasis: t.exposeString('legalBasis', { description: '设定依据 Law and article, or 待补.' }),
    basisConfirmed: t.exposeBoolean('basisConfirmed', {
      description: '依据已核对 Whether that was checked against the text of the law.',
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this version.',
      card: KEY_CARD,
      resolve: (guide, _args, context) => loadProvenance(guide.provenanceId, context),
    }),
  }),
});

/** The version of an item's guide that is in force on a day. */
export function loadGuideOf(itemId: string, on: string, context: Context): Promise<ServiceGuideRow | null> {
  return context.loaders
    .get<ServiceGuideRow | null>(`guide:${on}`, (ids) => findGuidesOfItems(context.store, ids, on, context.trace))
    .load(itemId);
}

/** A certain version, as a request keeps it. */
export function loadGuide(id: string, context: Context): Promise<ServiceGuideRow | null> {
  return context.loaders
    .get<ServiceGuideRow | null>('guide', (ids) => findGuides(context.store, ids, context.caller, context.trace))
    .load(id);
}

const AS_OF = '日期，默认今天 Day on which it is in force; today by default.';

builder.objectField(ServiceItem, 'guide', (t) =>
  t.field({
    type: ServiceGuide,
    nullable: true,
    description: '办事指南 Its guide in force; null when none is published.',
    args: { asOf: t.arg({ type: 'LocalDate', description: AS_OF }) },
    resolve: (item, { asOf }, context) => loadGuideOf(item.id, asOf ?? dateInChina(context.clock.now()), context),
  }),
);

builder.queryField('guide', (t) =>
  t.field({
    type: ServiceGuide,
    nullable: true,
    description:
      '一口清：按事项编码查办事指南 The guide of an item by its code: conditions, materials, steps in one answer.',
    args: {
      itemCode: t.arg.string({ required: true, description: '事项编码 Code in the list of matters.' }),
      asOf: t.arg({ type: 'LocalDate', description: AS_OF }),
    },
    resolve: async (_root, { itemCode, asOf }, context) => {
      const item = await context.loaders
        .get<ServiceItemRow | null>('serviceItem:code', (codes) =>
          findServiceItemsByCode(context.store, codes, context.trace),
        )
        .load(itemCode);
      return item === null ? null : loadGuideOf(item.id, asOf ?? dateInChina(context.clock.now()), context);
    },
  }),
);
