import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import type { DataFieldRow } from '../../store/data-field-rows.ts';
import type { CatalogueVersionRow, CollectionExceptionRow } from '../../store/register/version-rows.ts';
import { findCatalogueVersions, findCollectionExceptions } from '../../store/register/version-rows.ts';
import { builder, Department } from '../builder.ts';
import { CATALOG_CARD, DataField } from '../entities.ts';
import { DataCategory, SharingAttribute, UpdateCycle } from '../vocabulary.ts';

const VersionOrigin = builder.enumType('CatalogueVersionOrigin', {
  description: '版本来由 What made a version of a catalogue entry.',
  values: {
    GRAPH: { description: '图谱上线 The live graph, as it was composed.' },
    SUBMISSION: { description: '送审发布 An approved submission.' },
  },
});

const Version = builder.objectRef<CatalogueVersionRow>('CatalogueVersion').implement({
  description: '目录版本 What the catalogue said of an item, and when.',
  card: CATALOG_CARD,
  fields: (t) => ({
    version: t.exposeInt('version', { description: '版本号 From 1.', card: { unit: '版 version' } }),
    sourceDepartment: t.field({
      type: Department,
      description: '数源部门 Its one source.',
      resolve: ({ sourceDepartment }) => ({ code: sourceDepartment }),
    }),
    sharing: t.field({ type: SharingAttribute, description: '共享属性 Sharing.', resolve: ({ sharing }) => sharing }),
    sharingBasis: t.exposeString('sharingBasis', { nullable: true, description: '依据或条件 Ground or conditions.' }),
    grade: t.exposeInt('grade', { description: '数据分级 1 to 4.', card: { unit: '级 grade' } }),
    category: t.field({ type: DataCategory, description: '数据分类 Category.', resolve: ({ category }) => category }),
    updateCycle: t.field({ type: UpdateCycle, description: '更新周期 Cycle.', resolve: (row) => row.updateCycle }),
    unit: t.exposeString('unit', { nullable: true, description: '计量单位 Unit.' }),
    mask: t.exposeString('mask', { nullable: true, description: '脱敏规则 Mask.' }),
    origin: t.field({ type: VersionOrigin, description: '版本来由 What made it.', resolve: ({ origin }) => origin }),
    validFrom: t.expose('validFrom', { type: 'DateTime', description: '生效时间 Since when.' }),
    validTo: t.expose('validTo', { type: 'DateTime', nullable: true, description: '失效时间 Until when.' }),
  }),
});

const Exception = builder.objectRef<CollectionExceptionRow>('CollectionException').implement({
  description: '重复采集例外 A second collector of an item, on a recorded ground.',
  card: CATALOG_CARD,
  fields: (t) => ({
    department: t.field({
      type: Department,
      description: '采集部门 The second collector.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
    ground: t.exposeString('ground', { description: '例外依据 Why it may.' }),
    validFrom: t.expose('validFrom', { type: 'DateTime', description: '生效时间 Since when.' }),
  }),
});

const versionsOf = ({ coordinate }: DataFieldRow, { loaders, store, trace }: SubgraphContext<CatalogStore>) =>
  loaders
    .get<CatalogueVersionRow[]>('catalogueVersions', (keys) => findCatalogueVersions(store, keys, trace))
    .load(coordinate);

/** What of a published card the live graph does not carry (yet), by the names of the catalogue's fields. */
function differences(field: DataFieldRow, current: CatalogueVersionRow | undefined): string[] {
  if (current === undefined) return [];
  const compared = [
    'sourceDepartment',
    'sharing',
    'sharingBasis',
    'grade',
    'category',
    'updateCycle',
    'unit',
    'mask',
  ] as const;
  return compared.filter((name) => field[name] !== current[name]);
}

builder.objectFields(DataField, (t) => ({
  versions: t.field({
    type: [Version],
    description: '目录版本 Every version of the entry, newest first.',
    resolve: (field, _args, context) => versionsOf(field, context),
  }),
  differencesFromGraph: t.stringList({
    description:
      '与图谱差异 What the published entry says otherwise than the live contract, which is what is enforced; empty when they agree.',
    resolve: async (field, _args, context) => differences(field, (await versionsOf(field, context))[0]),
  }),
  collectionExceptions: t.field({
    type: [Exception],
    description: '重复采集例外 Second collectors on recorded grounds.',
    resolve: ({ coordinate }, _args, { loaders, store, trace }) =>
      loaders
        .get<CollectionExceptionRow[]>('collectionExceptions', (keys) => findCollectionExceptions(store, keys, trace))
        .load(coordinate),
  }),
}));
