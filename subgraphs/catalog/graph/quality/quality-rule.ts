import { globalId } from '../../../kit/global-id.ts';
import { dimensionOf, type qualityDimensions } from '../../../kit/quality/quality-rule.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  type DimensionScore,
  type MeasuredRule,
  percentOf,
  qualityScore,
  scoreDimensions,
} from '../../rules/quality/score-quality.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { findQualityMeasures, type QualityMeasureRow } from '../../store/quality/quality-measures.ts';
import { builder } from '../builder.ts';
import { Dataset } from '../chain/dataset.ts';
import { CATALOG_CARD, DataField, dataFieldLoader } from '../entities.ts';

type Context = SubgraphContext<CatalogStore>;

const QUALITY_CARD = { ...CATALOG_CARD, updateCycle: 'REALTIME' } as const;
/** Rules name tables and columns: for stewards. Scores are everybody's. */
const STEWARDS_ONLY = { ...QUALITY_CARD, sharing: 'CONDITIONAL', grade: 2, right: 'catalog.steward' } as const;

export const QualityDimensionCode = builder.enumType('QualityDimension', {
  description: '质量维度 Dimensions of GB/T 36344-2018 that stored rows can show.',
  values: {
    COMPLETENESS: { description: '完整性 Values that are expected are there.' },
    CONFORMITY: { description: '规范性 Values keep their form, code list or range.' },
    CONSISTENCY: { description: '一致性 Values do not contradict each other.' },
    TIMELINESS: { description: '时效性 Values are as recent as they should be.' },
  } satisfies Record<(typeof qualityDimensions)[number], object>,
});

const QualityMeasure = builder.objectRef<QualityMeasureRow>('QualityMeasure').implement({
  description: '质量测评 What came of a rule on one day; its last measuring of that day.',
  card: QUALITY_CARD,
  fields: (t) => ({
    day: t.expose('day', { type: 'LocalDate', description: '日期 Day.' }),
    sampleSize: t.exposeInt('sampleSize', {
      description: '样本量 Rows looked at that the rule speaks of.',
      card: { unit: '行 rows' },
    }),
    passedCount: t.exposeInt('passedCount', {
      description: '达标数 Of those, rows that keep it.',
      card: { unit: '行 rows' },
    }),
    passPercent: t.float({
      description: '达标率 Share of those rows.',
      card: { unit: '%', derivedFrom: 'passedCount / sampleSize' },
      resolve: ({ passedCount, sampleSize }) => percentOf(passedCount, sampleSize),
    }),
    measuredAt: t.expose('measuredAt', { type: 'DateTime', description: '测评时间 When.' }),
  }),
});

export const QualityRuleType = builder.objectRef<MeasuredRule>('QualityRule').implement({
  description: '质量规则 Something that is expected of a dataset’s rows, measured every hour.',
  card: CATALOG_CARD,
  fields: (t) => ({
    code: t.string({ description: '规则代码 Stable code: table, column, kind.', resolve: ({ rule }) => rule.code }),
    datasetCode: t.string({
      description: '数据集代码 Dataset whose rows it is about.',
      resolve: ({ rule }) => rule.datasetCode,
    }),
    dimension: t.field({
      type: QualityDimensionCode,
      description: '质量维度 What it counts for.',
      resolve: ({ rule }) => dimensionOf(rule.expectation),
    }),
    kind: t.string({
      description:
        '规则类型 PRESENT, MATCHES, IN_DICTIONARY, NOT_FUTURE, NOT_BEFORE, STARTS_WITH, TOGETHER or WITHIN_DAYS.',
      resolve: ({ rule }) => rule.expectation.kind,
    }),
    descriptionZh: t.string({ description: '中文说明 What is expected, in Chinese.', resolve: ({ rule }) => rule.zh }),
    descriptionEn: t.string({ description: '英文说明 What is expected, in English.', resolve: ({ rule }) => rule.en }),
    sourceColumn: t.string({
      description: '源列 Table and column that it looks at.',
      resolve: ({ rule }) => `${rule.table}.${rule.column}`,
    }),
    fields: t.field({
      type: [DataField],
      description: '信息项 Fields of the graph whose values it speaks of.',
      resolve: async ({ rule }, _args, context) => {
        const rows = await Promise.all(
          rule.coordinates.map((coordinate) => dataFieldLoader.load(globalId('DataField', coordinate), context)),
        );
        return rows.filter((row) => row !== null);
      },
    }),
    measures: t.field({
      type: [QualityMeasure],
      description: '测评记录 What came of it, the newest day first, up to 30 days; empty until it was measured.',
      card: QUALITY_CARD,
      resolve: ({ measures }) => [...measures],
    }),
  }),
});

export const QualityDimensionScore = builder.objectRef<DimensionScore>('QualityDimensionScore').implement({
  description: '维度得分 How good values are in one respect.',
  card: QUALITY_CARD,
  fields: (t) => ({
    dimension: t.field({
      type: QualityDimensionCode,
      description: '质量维度 Which respect.',
      resolve: ({ dimension }) => dimension,
    }),
    score: t.exposeFloat('percent', {
      description: '得分 0 to 100: share of the rows looked at that keep the rules.',
      card: {
        unit: '分 points',
        derivedFrom: 'passedCount / sampleSize of its rules; else nulls, or age of the dataset',
      },
    }),
    sampleSize: t.exposeFloat('sampleSize', {
      description: '样本量 Rows looked at, over all its rules.',
      card: { unit: '行 rows' },
    }),
    measuredAt: t.expose('measuredAt', { type: 'DateTime', description: '测评时间 When.' }),
    rules: t.field({
      type: [QualityRuleType],
      description: '质量规则 Its rules; empty where it rests on nulls or age alone.',
      resolve: ({ rules }) => [...rules],
    }),
  }),
});

/** Rules with what came of them; all of an operation share one statement. */
export async function measuredRules(
  wanted: (rule: MeasuredRule['rule']) => boolean,
  { loaders, store, trace }: Context,
): Promise<MeasuredRule[]> {
  const measures = loaders.get<QualityMeasureRow[]>('qualityMeasures', (codes) =>
    findQualityMeasures(store, codes, trace),
  );
  return Promise.all(
    store.qualityRules
      .filter(wanted)
      .map(async (rule): Promise<MeasuredRule> => ({ rule, measures: await measures.load(rule.code) })),
  );
}

builder.objectFields(Dataset, (t) => ({
  qualityRules: t.field({
    type: [QualityRuleType],
    nullable: true,
    description: '质量规则 What is expected of its rows.',
    card: STEWARDS_ONLY,
    resolve: ({ code }, _args, context) => measuredRules(({ datasetCode }) => datasetCode === code, context),
  }),
  qualityDimensions: t.field({
    type: [QualityDimensionScore],
    nullable: true,
    description: '维度得分 How good its rows are, by dimension; those that were measured.',
    card: STEWARDS_ONLY,
    resolve: async ({ code }, _args, context) =>
      scoreDimensions(await measuredRules(({ datasetCode }) => datasetCode === code, context), []),
  }),
  qualityScore: t.int({
    nullable: true,
    description: '质量分 0 to 100, the mean of its dimensions; null where nothing was measured.',
    card: { ...QUALITY_CARD, unit: '分 points', derivedFrom: 'mean of qualityDimensions.score' },
    resolve: async ({ code }, _args, context) =>
      qualityScore(scoreDimensions(await measuredRules(({ datasetCode }) => datasetCode === code, context), [])) ??
      null,
  }),
}));

builder.queryField('qualityRules', (t) =>
  t.field({
    type: [QualityRuleType],
    nullable: true,
    description: '质量规则清单 What is expected of the rows of datasets, and what came of it.',
    card: STEWARDS_ONLY,
    args: {
      datasetCode: t.arg.string({ description: '数据集代码 Only those of this dataset.' }),
      coordinate: t.arg.string({ description: '坐标 Only those that speak of this field.' }),
    },
    resolve: (_root, { coordinate, datasetCode }, context) =>
      measuredRules(
        (rule) =>
          (datasetCode == null || rule.datasetCode === datasetCode) &&
          (coordinate == null || rule.coordinates.includes(coordinate)),
        context,
      ),
  }),
);
