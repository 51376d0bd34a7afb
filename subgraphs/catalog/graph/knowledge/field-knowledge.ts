import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { type SimilarFields, similarFields } from '../../rules/knowledge/similar-fields.ts';
import { type DimensionScore, type Known, qualityScore, scoreDimensions } from '../../rules/quality/score-quality.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { type DatasetRow, findDatasetsBySource, sourceKey } from '../../store/chain/dataset-rows.ts';
import type { DataFieldRow } from '../../store/data-field-rows.ts';
import { type FieldStatisticRow, findFieldStatistics } from '../../store/knowledge/field-statistics.ts';
import {
  type ComparedField,
  type FieldReaderRow,
  findComparedFields,
  findFieldReaders,
  findLastReads,
  findPermittedClients,
  type LastReadRow,
  type PermittedClientRow,
} from '../../store/knowledge/field-use.ts';
import { builder, Department } from '../builder.ts';
import { CATALOG_CARD, DataField, dataFieldLoader } from '../entities.ts';
import { measuredRules, QualityDimensionScore } from '../quality/quality-rule.ts';

const USE_CARD: DataCard = { ...CATALOG_CARD, sharing: 'CONDITIONAL', grade: 2, updateCycle: 'REALTIME' };
const STEWARDS_ONLY = { ...USE_CARD, right: 'catalog.steward' } as const;
const RECORD_DAYS = 366;
const MOST_PAIRS = 200;
/** How old data of a cycle may be, in days, twice over: a day late is not stale. */
const CYCLE_DAYS = { REALTIME: 1, DAILY: 2, MONTHLY: 62, YEARLY: 732, ON_CHANGE: 366 } as const;

type Context = SubgraphContext<CatalogStore>;

const statisticOf = ({ coordinate }: DataFieldRow, { loaders, store, trace }: Context) =>
  loaders
    .get<FieldStatisticRow | null>('fieldStatistics', (keys) => findFieldStatistics(store, keys, trace))
    .load(coordinate);
const datasetOf = ({ sourceDepartment, typeName }: DataFieldRow, { loaders, store, trace }: Context) =>
  loaders
    .get<DatasetRow | null>('datasetOfField', (keys) => findDatasetsBySource(store, keys, trace))
    .load(sourceKey(typeName, sourceDepartment));

const FieldReader = builder.objectRef<FieldReaderRow>('FieldReader').implement({
  description: '读取方 A client that has read a field within the last year.',
  card: USE_CARD,
  fields: (t) => ({
    clientId: t.exposeString('clientId', { description: '接入方代码 Id of the client.' }),
    clientName: t.exposeString('clientName', { nullable: true, description: '接入方名称 Its name.' }),
    department: t.field({
      type: Department,
      nullable: true,
      description: '所属部门 Its department.',
      resolve: ({ departmentCode }) => (departmentCode === null ? null : { code: departmentCode }),
    }),
    requestCount: t.exposeFloat('requestCount', {
      description: '请求数 Requests within the year.',
      card: { unit: '次 requests' },
    }),
    lastReadAt: t.expose('lastReadAt', { type: 'DateTime', description: '最近读取 When it last did.' }),
  }),
});

const PermittedClient = builder.objectRef<PermittedClientRow>('PermittedClient').implement({
  description: '可读取方 A client whose rights cover a field, within its area and under a purpose.',
  card: USE_CARD,
  fields: (t) => ({
    clientId: t.exposeString('clientId', { description: '接入方代码 Id of the client.' }),
    clientName: t.exposeString('clientName', { description: '接入方名称 Its name.' }),
    department: t.field({
      type: Department,
      description: '所属部门 Its department.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
  }),
});

interface FieldQualityRow extends FieldStatisticRow {
  readonly dimensions: readonly DimensionScore[];
  readonly score: number;
}

const FieldQuality = builder.objectRef<FieldQualityRow>('FieldQuality').implement({
  description: '字段质量 What is known of a field’s values, sampled every hour.',
  card: USE_CARD,
  fields: (t) => ({
    rowCount: t.exposeFloat('rowCount', { description: '行数 Rows, about.', card: { unit: '行 rows' } }),
    nullPercent: t.float({
      description: '空值率 Share of rows without a value.',
      card: { unit: '%' },
      resolve: ({ nullFraction }) => Math.round(nullFraction * 10_000) / 100,
    }),
    distinctCount: t.exposeFloat('distinctCount', {
      description: '不同值数 Different values, about.',
      card: { unit: '个 values' },
    }),
    sourceColumn: t.string({
      description: '源列 Table and column that it is stored in.',
      resolve: ({ columnName, tableName }) => `${tableName}.${columnName}`,
    }),
    sampledAt: t.expose('sampledAt', { type: 'DateTime', description: '采样时间 When.' }),
    score: t.exposeInt('score', {
      description: '质量分 0 to 100: the mean of the dimensions that are known.',
      card: { unit: '分 points', derivedFrom: 'mean of dimensions.score' },
    }),
    dimensions: t.field({
      type: [QualityDimensionScore],
      description: '维度得分 How good its values are in each respect that is known.',
      resolve: ({ dimensions }) => [...dimensions],
    }),
  }),
});

/** A field's dimensions: its rules, its column's nulls, the age of its dataset; null where its column was not sampled. */
async function qualityOf(field: DataFieldRow, context: Context): Promise<FieldQualityRow | null> {
  const [statistic, dataset, rules] = await Promise.all([
    statisticOf(field, context),
    datasetOf(field, context),
    measuredRules(({ coordinates }) => coordinates.includes(field.coordinate), context),
  ]);
  if (statistic === null) return null;
  const now = context.clock.now();
  const dimensions = scoreDimensions(rules, [...nullsOf(statistic), ...freshnessOf(field, dataset, now)]);
  return { ...statistic, dimensions, score: qualityScore(dimensions) ?? 0 };
}

function nullsOf({ nullFraction, rowCount, sampledAt }: FieldStatisticRow): Known[] {
  return [{ dimension: 'COMPLETENESS', share: 1 - nullFraction, sampleSize: rowCount, measuredAt: sampledAt }];
}

/** All or nothing: a dataset is as fresh as its update cycle says, or it is not; unknown where nobody reports. */
function freshnessOf({ updateCycle }: DataFieldRow, dataset: DatasetRow | null, now: Date): Known[] {
  if (dataset?.lastSyncedAt == null) return [];
  const days = (now.getTime() - dataset.lastSyncedAt.getTime()) / 86_400_000;
  const share = days <= CYCLE_DAYS[updateCycle] ? 1 : 0;
  return [{ dimension: 'TIMELINESS', share, sampleSize: dataset.rowCount ?? 0, measuredAt: now }];
}

builder.objectFields(DataField, (t) => ({
  lastReadAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: '最近读取 When anybody read it last; null where nobody has.',
    card: STEWARDS_ONLY,
    resolve: async ({ coordinate }, _args, { loaders, store, trace }) => {
      const row = await loaders
        .get<LastReadRow | null>('lastReads', (keys) => findLastReads(store, keys, trace))
        .load(coordinate);
      return row?.lastReadAt ?? null;
    },
  }),
  readers: t.field({
    type: [FieldReader],
    nullable: true,
    description: '读取方 Who has read it within the last year, the latest first.',
    card: STEWARDS_ONLY,
    resolve: ({ coordinate }, _args, { clock, loaders, store, trace }) => {
      const since = dateInChina(new Date(clock.now().getTime() - RECORD_DAYS * 86_400_000));
      return loaders
        .get<FieldReaderRow[]>('fieldReaders', (keys) => findFieldReaders(store, keys, since, trace))
        .load(coordinate);
    },
  }),
  permittedClients: t.field({
    type: [PermittedClient],
    nullable: true,
    description: '可读取方 Active clients whose rights cover it; sharing grants open it to others, see fieldAccess.',
    card: STEWARDS_ONLY,
    resolve: ({ requiredRight }, _args, { loaders, store, trace }) =>
      loaders
        .get<PermittedClientRow[]>('permittedClients', (keys) => findPermittedClients(store, keys, trace))
        .load(requiredRight ?? ''),
  }),
  freshAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: '新鲜度 When its source reported its dataset last; null where it never has.',
    resolve: async (field, _args, context) => (await datasetOf(field, context))?.lastSyncedAt ?? null,
  }),
  quality: t.field({
    type: FieldQuality,
    nullable: true,
    description:
      '质量 Rows, nulls, distinct values and scores of its values; null where it is stored in no column of its own.',
    card: STEWARDS_ONLY,
    resolve: (field, _args, context) => qualityOf(field, context),
  }),
  qualityScore: t.int({
    nullable: true,
    description: '质量分 0 to 100, for everybody; null where nothing is known.',
    card: { ...CATALOG_CARD, updateCycle: 'REALTIME', unit: '分 points', derivedFrom: 'quality.score' },
    resolve: async (field, _args, context) => (await qualityOf(field, context))?.score ?? null,
  }),
}));

const fieldOf = ({ coordinate }: ComparedField, context: Context) =>
  dataFieldLoader.load(globalId('DataField', coordinate), context);

const SimilarFieldsType = builder.objectRef<SimilarFields>('SimilarFields').implement({
  description: '疑似同义信息项 Fields of two departments that look like the same concept, and why.',
  card: USE_CARD,
  fields: (t) => ({
    first: t.field({
      type: DataField,
      nullable: true,
      description: '信息项 One field.',
      resolve: ({ first }, _args, context) => fieldOf(first, context),
    }),
    second: t.field({
      type: DataField,
      nullable: true,
      description: '另一信息项 The other one.',
      resolve: ({ second }, _args, context) => fieldOf(second, context),
    }),
    score: t.exposeFloat('score', {
      description: '相似度 0 to 1.',
      card: { unit: '0–1', derivedFrom: '0.35 name + 0.35 term + 0.1 type + 0.2 shared values' },
    }),
    sameName: t.exposeBoolean('sameName', { description: '同名 Whether their names agree.' }),
    sameTerm: t.exposeBoolean('sameTerm', { description: '同一中文术语 Whether their Chinese terms agree.' }),
    sameType: t.exposeBoolean('sameType', { description: '同类型 Whether their types agree.' }),
    sharedValues: t.exposeFloat('sharedValues', {
      nullable: true,
      description:
        '共有值比例 Share of the shorter list of values that the other has; null where values are not compared.',
      card: { unit: '0–1' },
    }),
  }),
});

builder.queryField('similarFields', (t) =>
  t.field({
    type: [SimilarFieldsType],
    nullable: true,
    description:
      '疑似同义信息项 Pairs of fields of different departments that look alike by name, Chinese term, type and values, the likest first; 200 at most.',
    card: STEWARDS_ONLY,
    args: { coordinate: t.arg.string({ description: '坐标 Only those like this field.' }) },
    resolve: async (_root, { coordinate }, { store, trace }) =>
      similarFields(await findComparedFields(store, trace), coordinate ?? null).slice(0, MOST_PAIRS),
  }),
);
