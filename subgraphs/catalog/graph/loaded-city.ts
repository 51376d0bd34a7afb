import { findLoadedCity, type LoadedCityRow } from '../store/loaded-city-row.ts';
import { builder } from './builder.ts';
import { CATALOG_CARD } from './entities.ts';

const LoadedCity = builder.objectRef<LoadedCityRow>('LoadedCity').implement({
  description: '演示城市 The synthetic city that this hub holds.',
  card: CATALOG_CARD,
  fields: (t) => ({
    city: t.exposeString('city', { description: '城市 Name of the city’s profile, e.g. jiaxing.' }),
    scale: t.exposeString('scale', { description: '比例 Share of the city’s communities, 0.001 to 1.' }),
    referenceInstant: t.expose('referenceInstant', {
      type: 'DateTime',
      description: '基准时刻 Instant at which the city stood when it was loaded.',
    }),
    now: t.field({
      type: 'DateTime',
      description: '城市当前时刻 The city’s own time: the reference instant and what has passed since.',
      card: { updateCycle: 'REALTIME' },
      resolve: (_city, _args, { clock }) => clock.now(),
    }),
    rowCount: t.exposeFloat('rowCount', { description: '数据量 Rows loaded.', card: { unit: '行 rows' } }),
  }),
});

builder.queryField('loadedCity', (t) =>
  t.field({
    type: LoadedCity,
    nullable: true,
    description: '演示城市 The demo city of this hub; null on real data.',
    resolve: (_root, _args, { store, trace }) => findLoadedCity(store, trace),
  }),
);
