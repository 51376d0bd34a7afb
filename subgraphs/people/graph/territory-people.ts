import { dateInChina } from '../../kit/clock.ts';
import { findCodeKey, findKey } from '../../kit/global-id.ts';
import {
  type PageArguments,
  pageArguments,
  pageBelow,
  pagesBelow,
  type SelectionInfo,
} from '../../kit/graph/connection.ts';
import type { DataCard } from '../../kit/graph/data-card.ts';
import type { EntityReference } from '../../kit/graph/foreign-entity.ts';
import { loadedBelow } from '../../kit/graph/loaded-below.ts';
import { significantCode } from '../../kit/store/place-scope.ts';
import { inKeyOrder, type SubgraphContext } from '../../kit/subgraph-context.ts';
import { householdList } from '../store/household-rows.ts';
import type { PeopleStore } from '../store/people-store.ts';
import { livingApartList, personList, registeredApartList } from '../store/person-rows.ts';
import { findGridPopulation, type PopulationRow, sumPopulation } from '../store/population-rows.ts';
import { builder, Community, Division, Grid } from './builder.ts';
import { HouseholdConnection, PersonConnection } from './entities.ts';
import { EXACT_TOTAL, PersonFilter, PersonSort, type PersonSortName, personChoice } from './person-queries.ts';

/** Cursors and statements of a list are bound to its name. */
const communityResidents = { ...personList, name: 'people.community_residents' };
const gridResidents = { ...personList, name: 'people.grid_residents' };

const BELOW_COMMUNITY = { column: 't.community_code', cast: 'text' } as const;

interface PersonPageArguments extends PageArguments {
  readonly filter?: Readonly<Record<string, unknown>> | null | undefined;
  readonly sort: PersonSortName;
}

const SeparationSide = builder.enumType('SeparationSide', {
  description: '人户分离的一侧 Which side of living apart from the registered address.',
  values: {
    LIVES_HERE: { description: '人在户不在 Lives here, registered elsewhere.' },
    REGISTERED_HERE: { description: '户在人不在 Registered here, lives elsewhere.' },
  },
});

const POPULATION_CARD: DataCard = {
  source: 'public-security',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
  unit: '人 persons',
  derivedFrom: 'count of Person',
};

const Population = builder.objectRef<PopulationRow>('Population').implement({
  description:
    '人口数 How many people and households, inside the caller’s area; null where a count is small and withheld.',
  card: POPULATION_CARD,
  fields: (t) => ({
    residentCount: t.exposeInt('residentCount', { nullable: true, description: '现住人口 People who live here.' }),
    registeredCount: t.exposeInt('registeredCount', {
      nullable: true,
      description:
        '户籍人口（在本社区居住并登记） People registered in a community of this area; in a grid, those who also live in it.',
    }),
    householdCount: t.exposeInt('householdCount', {
      nullable: true,
      description: '户数 Households.',
      card: { unit: '户 households', derivedFrom: 'count of Household' },
    }),
  }),
});

/** The sums of a division or community; all of a step share one statement. Null outside the caller's area. */
export function populations(context: SubgraphContext<PeopleStore>) {
  return context.loaders.batch<PopulationRow | null>('population', async (codes) =>
    inKeyOrder(
      codes,
      await sumPopulation(context.store, codes, dateInChina(context.clock.now()), context.caller, context.trace),
      (row) => row.code,
    ),
  );
}

builder.objectField(Division, 'population', (t) =>
  t.field({
    type: Population,
    nullable: true,
    description: '人口 Population of the division; null outside the caller’s area.',
    card: POPULATION_CARD,
    ...loadedBelow({
      keyOf: ({ id }: EntityReference) => significantCode(findKey('Division', id) ?? '') ?? '',
      loaderOf: (_args: object, context: SubgraphContext<PeopleStore>) => populations(context),
    }),
  }),
);

builder.objectFields(Community, (t) => ({
  population: t.field({
    type: Population,
    nullable: true,
    description: '人口 Population of the community; null outside the caller’s area.',
    card: POPULATION_CARD,
    ...loadedBelow({
      keyOf: ({ id }: EntityReference) => findCodeKey('Community', 12, id) ?? '',
      loaderOf: (_args: object, context: SubgraphContext<PeopleStore>) => populations(context),
    }),
  }),
  residents: t.field({
    type: PersonConnection,
    description: `居民 People who live in the community. ${EXACT_TOTAL}`,
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: PersonFilter, description: '筛选 Which persons.' }),
      sort: t.arg({ type: PersonSort, defaultValue: 'ID', required: true, description: '排序 Order.' }),
    },
    ...loadedBelow({
      keyOf: ({ id }: EntityReference) => findCodeKey('Community', 12, id) ?? '',
      loaderOf: (
        { filter, sort, ...page }: PersonPageArguments,
        context: SubgraphContext<PeopleStore>,
        info: SelectionInfo,
      ) => pagesBelow(communityResidents, BELOW_COMMUNITY, page, personChoice(sort, filter, context), context, info),
    }),
  }),
  separatedPersons: t.field({
    type: PersonConnection,
    description: '人户分离人员 People who live here and are registered elsewhere, or the other way round.',
    args: {
      ...pageArguments(t.arg),
      side: t.arg({ type: SeparationSide, required: true, description: '在哪一侧 Which of the two.' }),
    },
    resolve: ({ id }, { side, ...page }, context, info) =>
      pageBelow(
        side === 'LIVES_HERE' ? livingApartList : registeredApartList,
        {
          column: side === 'LIVES_HERE' ? 't.community_code' : 't.registered_community_code',
          cast: 'text',
          key: findCodeKey('Community', 12, id) ?? '',
        },
        page,
        { sort: 'ID', filter: {} },
        context,
        info,
      ),
  }),
  households: t.field({
    type: HouseholdConnection,
    description: '住户 Households of the community.',
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(
        { ...householdList, name: 'people.community_households' },
        { column: 't.community_code', cast: 'text', key: findCodeKey('Community', 12, id) ?? '' },
        page,
        { sort: 'ID', filter: {} },
        context,
        info,
      ),
  }),
}));

builder.objectFields(Grid, (t) => ({
  population: t.field({
    type: Population,
    nullable: true,
    description: '人口 Population of the grid; null outside the caller’s area.',
    card: POPULATION_CARD,
    resolve: ({ id }, _args, context) =>
      context.loaders
        .get<PopulationRow | null>('gridPopulation', async (codes) =>
          inKeyOrder(
            codes,
            await findGridPopulation(
              context.store,
              codes,
              dateInChina(context.clock.now()),
              context.caller,
              context.trace,
            ),
            (row) => row.code,
          ),
        )
        .load(findCodeKey('Grid', 15, id) ?? ''),
  }),
  residents: t.field({
    type: PersonConnection,
    description: '居民 People who live in the grid.',
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(
        gridResidents,
        { column: 't.grid_code', cast: 'text', key: findCodeKey('Grid', 15, id) ?? '' },
        page,
        { sort: 'ID', filter: {} },
        context,
        info,
      ),
  }),
}));
