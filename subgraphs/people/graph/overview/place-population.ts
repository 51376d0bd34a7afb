import { dateInChina } from '../../../kit/clock.ts';
import { findKey } from '../../../kit/global-id.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { lagSeconds } from '../../../kit/graph/place-section.ts';
import { KEPT_BANDS_FROM } from '../../../kit/statistics/population-cells.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import { type PublishedPopulation, publishedPopulations } from '../../rules/published-population.ts';
import { COUNTED_CARE_KINDS } from '../../store/figures/figure-sources.ts';
import { builder, PlaceOverview } from '../builder.ts';
import { CareTagKind } from '../care/care-tag.ts';

const POPULATION_CARD: DataCard = {
  source: 'public-security',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
  unit: '人 persons',
  derivedFrom: 'count of Person',
};
const CARE_CARD: DataCard = { ...POPULATION_CARD, source: 'civil-affairs', derivedFrom: 'count of live CareTag' };

interface AgeBand {
  readonly fromAge: number;
  readonly toAge: number | null;
  readonly count: number | null;
}

const PopulationAgeBand = builder.objectRef<AgeBand>('PopulationAgeBand').implement({
  description: '年龄段人数 Residents of an age band.',
  card: { ...POPULATION_CARD, derivedFrom: 'count of Person by birthDate' },
  fields: (t) => ({
    fromAge: t.exposeInt('fromAge', {
      description: '起始年龄 From this age in full years.',
      card: { unit: '岁 years' },
    }),
    toAge: t.exposeInt('toAge', {
      nullable: true,
      description: '截止年龄 To this age; null: and older.',
      card: { unit: '岁 years' },
    }),
    count: t.exposeInt('count', { nullable: true, description: '人数 Residents; null where it is withheld.' }),
  }),
});

const CareCount = builder
  .objectRef<{ readonly kind: (typeof COUNTED_CARE_KINDS)[number]; readonly count: number | null }>('CareCount')
  .implement({
    description: '关爱对象人数 Residents with a live tag of a kind. Key populations are counted nowhere.',
    card: CARE_CARD,
    fields: (t) => ({
      kind: t.field({ type: CareTagKind, description: '标签 Kind.', resolve: ({ kind }) => kind }),
      count: t.exposeInt('count', { nullable: true, description: '人数 Residents; null where it is withheld.' }),
    }),
  });

/** The last age of a band; null for the oldest. */
function lastAgeOf(index: number): number | null {
  const next = KEPT_BANDS_FROM[index + 1];
  return next === undefined ? null : next - 1;
}

const count = (description: string, card: Partial<DataCard> = {}) => ({ nullable: true as const, description, card });

const PlacePopulation = builder.objectRef<PublishedPopulation>('PlacePopulation').implement({
  description:
    '人口结构 Who lives in a place: by sex, age and need. Kept from the outbox. Small counts are withheld, with what would give them away.',
  card: POPULATION_CARD,
  fields: (t) => ({
    residentCount: t.int({ ...count('现住人口 People who live here.'), resolve: (place) => place.count('resident') }),
    maleCount: t.int({ ...count('男性 Men.'), resolve: (place) => place.count('sex.1') }),
    femaleCount: t.int({ ...count('女性 Women.'), resolve: (place) => place.count('sex.2') }),
    registeredCount: t.int({
      ...count(
        '户籍人口 People of the city registered in communities of this place; null for a grid, which registers nobody.',
      ),
      resolve: (place) => (place.code.length === 15 ? null : place.count('registered')),
    }),
    registeredResidentCount: t.int({
      ...count('户籍在本社区的现住人口 Those who live in the community that they are registered in.'),
      resolve: (place) => place.count('registeredHere'),
    }),
    householdCount: t.int({
      ...count('户数 Households.', { unit: '户 households', derivedFrom: 'count of Household' }),
      resolve: (place) => place.count('household'),
    }),
    ageBands: t.field({
      type: [PopulationAgeBand],
      description: '年龄结构 Residents by age band, the youngest first.',
      resolve: (place) =>
        KEPT_BANDS_FROM.map((fromAge, index) => ({
          fromAge,
          toAge: lastAgeOf(index),
          count: place.count(`age.${fromAge}`),
        })),
    }),
    careCounts: t.field({
      type: [CareCount],
      description: '关爱对象 Residents with live tags, by kind.',
      card: CARE_CARD,
      resolve: (place) => COUNTED_CARE_KINDS.map((kind) => ({ kind, count: place.count(`care.${kind}`) })),
    }),
    openElderAlertCount: t.int({
      ...count('未处置养老预警 Elder alerts that are not closed.', {
        source: 'civil-affairs',
        unit: '条 alerts',
        derivedFrom: 'count of ElderAlert where closedAt is null',
      }),
      resolve: (place) => place.count('elder-alert.open'),
    }),
    countedAt: t.field({
      type: 'DateTime',
      description: '计数截止 Everything written before this instant is counted.',
      card: { derivedFrom: 'place_figure_state', unit: '' },
      resolve: ({ countedAt }) => countedAt,
    }),
    lagSeconds: t.int({
      description: '滞后 How old the figures are now.',
      card: { derivedFrom: 'now - countedAt', unit: '秒 seconds' },
      resolve: ({ countedAt }, _args, { clock }) => lagSeconds(countedAt, clock.now()),
    }),
  }),
});

builder.objectField(PlaceOverview, 'population', (t) =>
  t.field({
    type: PlacePopulation,
    nullable: true,
    description:
      '人口结构 Structure of the population; null outside the caller’s area or where nothing has been counted yet.',
    card: POPULATION_CARD,
    resolve: ({ id }, _args, context) => {
      const code = findKey('PlaceOverview', id) ?? '';
      if (!coversCode(context.caller, code)) return null;
      const { clock, loaders, store, trace } = context;
      return loaders
        .get<PublishedPopulation | null>('populationFigures', (codes) =>
          publishedPopulations(store, codes, dateInChina(clock.now()), trace),
        )
        .load(code);
    },
  }),
);
