import { globalId } from '../../../kit/global-id.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { significantCode } from '../../../kit/store/place-scope.ts';
import { findPlacesBelow, type PlaceRow } from '../../store/territory/place-rows.ts';
import { builder } from '../builder.ts';
import { DIVISION_CARD } from '../cards.ts';
import { PlaceOverview, placeLoader } from '../entities.ts';

const PLACE_CARD: DataCard = { ...DIVISION_CARD, derivedFrom: 'Division or Grid of the code' };

const PlaceLevel = builder.enumType('PlaceLevel', {
  description: '地方层级 Level of a place.',
  values: {
    PREFECTURE: { description: '市 City.' },
    COUNTY: { description: '区县 District or county.' },
    TOWNSHIP: { description: '街道（乡镇） Sub-district or township.' },
    VILLAGE: { description: '社区（村） Community or village.' },
    GRID: { description: '网格 Grid.' },
  },
});

PlaceOverview.implement({
  description:
    '地方概览 The whole picture of a city, district, township, community or grid from kept figures. Each department’s part is its own: one that does not answer is null, and named in the errors.',
  card: PLACE_CARD,
  entity: placeLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ code }) => globalId('PlaceOverview', code),
    }),
    code: t.exposeString('code', { description: '代码 4, 6, 9 or 12 digits of a division, 15 of a grid.' }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    level: t.field({ type: PlaceLevel, description: '层级 Level.', resolve: ({ level }) => level }),
    path: t.field({
      type: [PlaceOverview],
      description: '路径 From the city down to the place itself; pseudo tiers are skipped.',
      card: KEY_CARD,
      resolve: async ({ code }, _args, context) => {
        const above = await Promise.all(
          [4, 6, 9, 12, 15]
            .filter((digits) => digits <= code.length)
            .map((digits) => placeLoader.load(globalId('PlaceOverview', code.slice(0, digits)), context)),
        );
        return above.filter((place): place is PlaceRow => place !== null);
      },
    }),
    children: t.field({
      type: [PlaceOverview],
      description: '下级地方 Places directly below, by code; a grid has none.',
      card: KEY_CARD,
      resolve: ({ code }, _args, { loaders, store, trace }) =>
        loaders.get<PlaceRow[]>('placesBelow', (codes) => findPlacesBelow(store, codes, trace)).load(code),
    }),
  }),
});

builder.queryField('placeOverview', (t) =>
  t.field({
    type: PlaceOverview,
    nullable: true,
    description:
      '地方概览 Overview of a place of any level; null for a code that is none of a city, a division below it or a grid.',
    card: KEY_CARD,
    args: { code: t.arg.string({ required: true, description: '区划或网格代码 Code of the division or grid.' }) },
    resolve: (_root, { code }, context) =>
      placeLoader.load(globalId('PlaceOverview', significantCode(code) ?? ''), context),
  }),
);
