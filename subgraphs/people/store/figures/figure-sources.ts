import { type FigureSource, liveOn, turnsOn } from '../../../kit/figures/figure-source.ts';
import { KEPT_BANDS_FROM } from '../../../kit/statistics/population-cells.ts';

/** 标签 — kinds that are counted; those of key populations are counted nowhere. */
export const COUNTED_CARE_KINDS = [
  'SOLITARY_ELDER',
  'SUBSISTENCE_ALLOWANCE',
  'EXTREME_POVERTY_SUPPORT',
  'DISABILITY',
  'CHILD_IN_NEED',
  'VETERAN',
] as const;

const ageFrom = (age: number) => `t.birth_date <= :today - interval '${age} years'`;
const countIf = (condition: string) => `count(*) FILTER (WHERE ${condition})`;

const bands = Object.fromEntries(
  KEPT_BANDS_FROM.map((from, index) => {
    const next = KEPT_BANDS_FROM[index + 1];
    const conditions = [from === 0 ? 'true' : ageFrom(from), ...(next === undefined ? [] : [`NOT ${ageFrom(next)}`])];
    return [`age.${from}`, countIf(conditions.join(' AND '))];
  }),
);

/** Whoever reaches the first year of a band leaves the one below. */
const birthdays = KEPT_BANDS_FROM.filter((age) => age > 0)
  .map(
    (age) =>
      `(t.birth_date > :sinceDay - interval '${age} years' AND t.birth_date <= :today - interval '${age} years')`,
  )
  .join(' OR ');

/** What is counted of the people of a place. */
export const peopleFigures: readonly FigureSource[] = [
  {
    from: 'people.person t',
    place: 't.grid_code',
    figures: {
      resident: 'count(*)',
      'sex.1': countIf("t.sex_code = '1'"),
      'sex.2': countIf("t.sex_code = '2'"),
      'sex.other': countIf("t.sex_code NOT IN ('1', '2')"),
      registeredHere: countIf('t.registered_community_code = t.community_code'),
      ...bands,
    },
    turning: { by: 'DAY', rows: birthdays },
  },
  {
    from: 'people.person t',
    where: 't.registered_city_code = t.city_code',
    community: 't.registered_community_code',
    figures: { registered: 'count(*)' },
  },
  { from: 'people.household t', place: 't.grid_code', figures: { household: 'count(*)' } },
  {
    from: 'people.care_tag t',
    where: 'NOT t.restricted',
    place: 't.grid_code',
    figures: Object.fromEntries(
      COUNTED_CARE_KINDS.map((kind) => [
        `care.${kind}`,
        `count(DISTINCT t.person_id) FILTER (WHERE t.kind = '${kind}' AND ${liveOn('t.valid_from', 't.valid_to')})`,
      ]),
    ),
    turning: turnsOn('t.valid_from', 't.valid_to'),
  },
  {
    from: 'people.elder_alert t',
    where: 't.closed_at IS NULL',
    place: 't.grid_code',
    figures: { 'elder-alert.open': 'count(*)' },
  },
];
