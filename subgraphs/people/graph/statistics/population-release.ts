import { findKey, globalId } from '../../../kit/global-id.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { AgeBand, PopulationCell } from '../../../kit/statistics/population-cells.ts';
import { requireDivisionCode, statCodeOf } from '../../../kit/store/division-filter.ts';
import { significantCode } from '../../../kit/store/place-scope.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { publishPopulation } from '../../rules/statistics/publish-population.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import {
  findCells,
  findCellsOfReleases,
  findReleases,
  type ReleasedCellRow,
} from '../../store/statistics/release-rows.ts';
import { builder, CodeValue, Community, Division, Grid, Provenance, refusalTypes } from '../builder.ts';
import { PopulationRelease, populationReleaseLoader } from '../entities.ts';
import { sexCodes } from '../vocabulary.ts';

const RELEASE_CARD: DataCard = {
  source: 'statistics',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GOVERNMENT',
  updateCycle: 'MONTHLY',
  derivedFrom: 'count of Person by grid, sex and age; small counts withheld over the whole release',
};

const AgeBandType = builder.enumType('AgeBand', {
  description: '年龄段 Bands of age in full years.',
  values: {
    ALL: { description: '合计 All ages.' },
    AGE_0_5: { description: '0–5 岁 0 to 5.' },
    AGE_6_14: { description: '6–14 岁 6 to 14.' },
    AGE_15_17: { description: '15–17 岁 15 to 17.' },
    AGE_18_34: { description: '18–34 岁 18 to 34.' },
    AGE_35_59: { description: '35–59 岁 35 to 59.' },
    AGE_60_64: { description: '60–64 岁 60 to 64.' },
    AGE_65_79: { description: '65–79 岁 65 to 79.' },
    AGE_80_UP: { description: '80 岁及以上 80 and above.' },
    // Bands of releases before 2026-11-29, which cut elsewhere than the figures of places: what is stored stays.
    AGE_6_13: { description: '6–13 岁（旧版发布） 6 to 13, in releases of old.' },
    AGE_14_17: { description: '14–17 岁（旧版发布） 14 to 17, in releases of old.' },
    AGE_60_79: { description: '60–79 岁（旧版发布） 60 to 79, in releases of old.' },
  },
});

const PopulationCellType = builder.objectRef<PopulationCell>('PopulationCell').implement({
  description: '人口统计单元 One declared cell of a release.',
  card: RELEASE_CARD,
  fields: (t) => ({
    areaCode: t.exposeString('areaCode', { description: '区划或网格代码 The area: city to grid.' }),
    sex: t.field({
      type: CodeValue,
      nullable: true,
      description: '性别 Sex by GB/T 2261.1; null: both.',
      resolve: ({ sexCode }) => (sexCode === 'ALL' ? null : sexCodes.of(sexCode)),
    }),
    ageBand: t.field({
      type: AgeBandType,
      description: '年龄段 Age.',
      // The cells are made of these bands.
      resolve: ({ ageBand }) => ageBand as AgeBand,
    }),
    count: t.exposeInt('count', {
      nullable: true,
      description: '人数 People; null where withheld.',
      card: { unit: '人 persons' },
    }),
    withheld: t.boolean({
      description: '是否抑制 Whether the count is withheld: small, or it would give a small one away.',
      resolve: ({ count }) => count === null,
    }),
  }),
});

PopulationRelease.implement({
  description:
    '人口统计发布 A city’s population on one day by area, sex and age, as it was published; it never changes.',
  card: RELEASE_CARD,
  entity: populationReleaseLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('PopulationRelease', id),
    }),
    asOf: t.expose('asOf', { type: 'LocalDate', description: '统计日 Day that it is of.' }),
    city: t.field({
      type: Division,
      description: '城市 The city.',
      card: KEY_CARD,
      resolve: ({ cityCode }) => ({ id: globalId('Division', statCodeOf(cityCode)) }),
    }),
    smallCountFloor: t.exposeInt('smallCountFloor', {
      description: '小计数下限 Counts above zero and below this were withheld.',
      card: { unit: '人 persons' },
    }),
    cellCount: t.exposeInt('cellCount', { description: '单元数 Cells of the release.' }),
    withheldCount: t.exposeInt('withheldCount', { description: '抑制单元数 Cells that are withheld.' }),
    cells: t.field({
      type: [PopulationCellType],
      description: '单元 The cells of one area, by sex and age.',
      args: { areaCode: t.arg.string({ required: true, description: '代码 City to grid: 4, 6, 9, 12 or 15 digits.' }) },
      resolve: ({ id }, { areaCode }, { store, trace, loaders }) => {
        const area = areaCode.length === 15 ? areaCode : requireDivisionCode('areaCode', areaCode, [4, 6, 9, 12]);
        return loaders
          .get<PopulationCell[]>('cellsOfReleases', (keys) => findCellsOfReleases(store, keys, trace))
          .load(`${id}|${area}`);
      },
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

const PublishedPopulation = builder.objectRef<readonly ReleasedCellRow[]>('PublishedPopulation').implement({
  description: '公布的分性别年龄人口 Population of an area by sex and age, as last released.',
  card: RELEASE_CARD,
  fields: (t) => ({
    asOf: t.field({
      type: 'LocalDate',
      nullable: true,
      description: '统计日 Day of the release; null where none holds the area.',
      resolve: ([first]) => first?.asOf ?? null,
    }),
    cells: t.field({
      type: [PopulationCellType],
      description: '单元 Cells by sex and age.',
      resolve: (cells) => [...cells],
    }),
  }),
});

type Context = SubgraphContext<PeopleStore>;

function publishedOf(code: string, asOf: string | null, { store, trace, loaders }: Context) {
  return loaders
    .get<ReleasedCellRow[]>(`populationCells:${asOf ?? ''}`, (codes) => findCells(store, codes, asOf, trace))
    .load(code);
}

const areas = [
  [Division, (id: string) => significantCode(findKey('Division', id) ?? '') ?? ''],
  [Community, (id: string) => findKey('Community', id) ?? ''],
  [Grid, (id: string) => findKey('Grid', id) ?? ''],
] as const;
for (const [type, codeOf] of areas) {
  builder.objectField(type, 'publishedPopulation', (t) =>
    t.field({
      type: PublishedPopulation,
      description: '分性别年龄人口 Population by sex and age, from the newest release or the newest up to a day.',
      card: RELEASE_CARD,
      args: { asOf: t.arg({ type: 'LocalDate', description: '日期 The newest release up to this day.' }) },
      resolve: ({ id }, { asOf }, context) => publishedOf(codeOf(id), asOf ?? null, context),
    }),
  );
}

builder.queryField('populationReleases', (t) =>
  t.field({
    type: [PopulationRelease],
    description: '人口统计发布 Releases of a city, the newest first; 50 at most.',
    card: RELEASE_CARD,
    args: { cityCode: t.arg.string({ required: true, description: '城市代码 4 digits.' }) },
    resolve: async (_root, { cityCode }, { store, trace }) => {
      const rows = await findReleases(store, requireDivisionCode('cityCode', cityCode, [4]), trace);
      return rows;
    },
  }),
);

defineMutation(builder, {
  name: 'publishPopulation',
  description: '发布人口统计 Publishes a city’s population by area, sex and age as it is today; small counts withheld.',
  card: { source: 'statistics', right: 'population.release' },
  input: builder.inputType('PublishPopulationInput', {
    description: '人口统计发布 Which city.',
    fields: (t) => ({
      cityCode: t.string({ required: true, description: '城市代码 4 digits, wholly inside the caller’s area.' }),
      idempotencyKey: t.string({
        required: true,
        description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
      }),
    }),
  }),
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => publishPopulation(context, input),
  result: {
    field: 'release',
    type: PopulationRelease,
    description: '发布 The release.',
    load: ({ releaseId }, context) => populationReleaseLoader.load(releaseId, context),
  },
});
