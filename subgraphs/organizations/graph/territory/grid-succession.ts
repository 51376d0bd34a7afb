import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import {
  findSuccessionsFrom,
  findSuccessionsOf,
  type GridSuccessionRow,
} from '../../store/territory/grid-succession-rows.ts';
import { builder } from '../builder.ts';
import { GRID_CARD } from '../cards.ts';
import { Division, Grid } from '../entities.ts';

const GridSuccession = builder.objectRef<GridSuccessionRow>('GridSuccession').implement({
  description: '网格承接 That a grid goes on as another, because its community’s code ended or a part was split off.',
  card: GRID_CARD,
  fields: (t) => ({
    fromCode: t.exposeString('fromCode', { description: '原编码 Code of the former grid.' }),
    toCode: t.exposeString('toCode', { description: '现编码 Code under which it goes on.' }),
    effectiveOn: t.expose('effectiveOn', { type: 'LocalDate', description: '生效日期 First day.' }),
  }),
});

builder.objectFields(Grid, (t) => ({
  predecessors: t.field({
    type: [GridSuccession],
    description: '前身 Grids that go on as this one.',
    card: KEY_CARD,
    resolve: ({ gridCode }, _args, { store, trace, loaders }) =>
      loaders
        .get<GridSuccessionRow[]>('gridsBefore', (codes) => findSuccessionsOf(store, 'to', codes, trace))
        .load(gridCode),
  }),
  successors: t.field({
    type: [GridSuccession],
    description: '后继 Grids as which it goes on.',
    card: KEY_CARD,
    resolve: ({ gridCode }, _args, { store, trace, loaders }) =>
      loaders
        .get<GridSuccessionRow[]>('gridsAfter', (codes) => findSuccessionsOf(store, 'from', codes, trace))
        .load(gridCode),
  }),
}));

builder.objectField(Division, 'gridSuccessions', (t) =>
  t.stringList({
    description:
      '网格承接对照 What became of its grids (15 digits) and micro-grids (18): former code, present code and first day, parted by blanks.',
    card: GRID_CARD,
    resolve: async ({ code }, _args, { store, trace, loaders }) => {
      const rows = await loaders
        .get<GridSuccessionRow[]>('gridSuccessions', (codes) => findSuccessionsFrom(store, codes, trace))
        .load(code);
      return rows.map(({ fromCode, toCode, effectiveOn }) => `${fromCode} ${toCode} ${effectiveOn}`);
    },
  }),
);
