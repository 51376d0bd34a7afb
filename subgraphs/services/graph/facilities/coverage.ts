import { globalId } from '../../../kit/global-id.ts';
import type { EntityReference } from '../../../kit/graph/foreign-entity.ts';
import { statCodeOf } from '../../../kit/store/division-filter.ts';
import { type CoverageRow, readCoverage } from '../../store/facilities/coverage-rows.ts';
import { builder, Division } from '../builder.ts';
import { namedEnum } from '../named-enum.ts';
import { FacilityKind } from '../vocabulary.ts';
import { FACILITY_CARD } from './facility-entities.ts';

const CoveragePlace = namedEnum('CoveragePlace', '覆盖单位 What is to be covered.', {
  COMMUNITY: { zh: '社区(村)', en: 'Communities: served by one' },
  TOWNSHIP: { zh: '镇街', en: 'Townships: one stands in it' },
});

const COUNT = { unit: '个 places', derivedFrom: 'register of communities, FacilityServing and Facility in service' };
const FacilityCoverage = builder.objectRef<CoverageRow>('FacilityCoverage').implement({
  description: '设施覆盖 Places of a territory that have a facility of some kinds, and those that have none.',
  card: { ...FACILITY_CARD, derivedFrom: 'register of communities, Facility' },
  fields: (t) => ({
    placeCount: t.exposeInt('placeCount', { description: '应覆盖数 Places.', card: COUNT }),
    coveredCount: t.exposeInt('coveredCount', { description: '已覆盖数 Places with one.', card: COUNT }),
    coveredShare: t.float({
      nullable: true,
      description: '覆盖率 Share covered, 0 to 1; null without places.',
      resolve: ({ placeCount, coveredCount }) => (placeCount === 0 ? null : coveredCount / placeCount),
    }),
    uncovered: t.field({
      type: [Division],
      description: '未覆盖的社区或镇街 Places without one, by code, up to 500.',
      resolve: ({ uncovered }) => uncovered.map((code) => ({ id: globalId('Division', statCodeOf(code)) })),
    }),
  }),
});

/** A division, and what its own subgraph says of it. */
type CountedDivision = EntityReference & { readonly communityCodes: readonly string[] };

builder.objectFields(Division, (t) => ({
  communityCodes: t.stringList({
    external: true,
    resolve: (division) => [...(division as CountedDivision).communityCodes],
  }),
  facilityCoverage: t.field({
    type: FacilityCoverage,
    description:
      '设施覆盖 Whether each community of the division is served by, or each of its townships has, a facility of some kinds.',
    card: { ...FACILITY_CARD, derivedFrom: 'register of communities, Facility' },
    requires: 'communityCodes',
    args: {
      by: t.arg({ type: CoveragePlace, required: true, description: '覆盖单位 What is to be covered.' }),
      kinds: t.arg({ type: [FacilityKind], required: true, description: '设施类型 Any of these kinds.' }),
    },
    resolve: (division, { by, kinds }, { loaders, store, trace }) => {
      const { communityCodes } = division as CountedDivision; // the gateway gives what is required
      const places = by === 'COMMUNITY' ? communityCodes : new Set(communityCodes.map((code) => code.slice(0, 9)));
      return loaders
        .get<CoverageRow>(`coverage:${by}:${kinds}`, (lists) => readCoverage(store, by, lists, kinds, trace))
        .load([...places].join(' '));
    },
  }),
}));
