import { graphProblem } from '../../kit/codes/problems.ts';
import { globalId } from '../../kit/global-id.ts';
import type { DataCard } from '../../kit/graph/data-card.ts';
import { requireDivisionCode, statCodeOf } from '../../kit/store/division-filter.ts';
import { type AreaCount, areaCounts, divisionAndParts } from '../rules/area-counts.ts';
import { countSeasonalResidents } from '../store/seasonal-rows.ts';
import { builder, Division } from './builder.ts';

const STATISTIC_CARD: DataCard = {
  source: 'public-security',
  sharing: 'UNCONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
  derivedFrom: 'count of persons with a SEASONAL Residence in the month; small counts withheld',
};

const PublishedCount = builder.objectRef<AreaCount>('PublishedCount').implement({
  description:
    '公布的计数 A count of persons in an area; small ones, and those that would give them away, are withheld.',
  card: STATISTIC_CARD,
  fields: (t) => ({
    divisionCode: t.string({ description: '区划代码 The area.', resolve: ({ code }) => code }),
    division: t.field({
      type: Division,
      description: '区划 The area.',
      resolve: ({ code }) => ({ id: globalId('Division', statCodeOf(code)) }),
    }),
    count: t.exposeInt('count', {
      nullable: true,
      description: '人数 Persons; null where withheld.',
      card: { unit: '人 persons' },
    }),
    withheld: t.boolean({
      description: '是否抑制 Whether the count is withheld.',
      resolve: ({ count }) => count === null,
    }),
  }),
});

interface SeasonalResidents {
  readonly month: string;
  readonly own: AreaCount;
  readonly parts: readonly AreaCount[];
}

const SeasonalResidentsType = builder.objectRef<SeasonalResidents>('SeasonalResidents').implement({
  description: '候鸟人口 How many people lived in a division for a season, in one month. An aggregate only.',
  card: STATISTIC_CARD,
  fields: (t) => ({
    month: t.exposeString('month', { description: '月份 YYYY-MM.' }),
    total: t.field({ type: PublishedCount, description: '合计 The division.', resolve: ({ own }) => own }),
    areas: t.field({
      type: [PublishedCount],
      description: '下级区划 The divisions directly below that have people, by code.',
      resolve: ({ parts }) => [...parts],
    }),
  }),
});

builder.queryField('seasonalResidents', (t) =>
  t.field({
    type: SeasonalResidentsType,
    description: '候鸟人口 Seasonal residents of a division and of those directly below it, in one month.',
    card: STATISTIC_CARD,
    args: {
      divisionCode: t.arg.string({ required: true, description: '区划代码 City, county or township.' }),
      month: t.arg.string({ required: true, description: '月份 YYYY-MM.' }),
    },
    resolve: async (_root, { divisionCode, month }, { store, trace }) => {
      const code = requireDivisionCode('divisionCode', divisionCode, [4, 6, 9]);
      const { start, next } = monthRange(month);
      const rows = await countSeasonalResidents(store, code.slice(0, 4), start, next, trace);
      const { own, parts } = divisionAndParts(areaCounts(rows, rows[0]?.floor ?? 0), code);
      return { month, own, parts };
    },
  }),
);

/** First day of a month and of the next. Throws FILTER_INVALID. */
function monthRange(month: string): { readonly start: string; readonly next: string } {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (found === null) {
    throw graphProblem('FILTER_INVALID', { filter: 'month', reasonZh: '应为 YYYY-MM', reasonEn: 'expected YYYY-MM' });
  }
  const [, year, number] = found;
  const following =
    Number(number) === 12 ? `${Number(year) + 1}-01` : `${year}-${String(Number(number) + 1).padStart(2, '0')}`;
  return { start: `${month}-01`, next: `${following}-01` };
}
