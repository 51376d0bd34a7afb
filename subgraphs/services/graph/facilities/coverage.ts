import { globalId } from '../../../kit/global-id.ts';
import { requireDivisionCode, statCodeOf } from '../../../kit/store/division-filter.ts';
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

builder.queryField('facilityCoverage', (t) =>
  t.field({
    type: FacilityCoverage,
    description: '设施覆盖 Whether each community is served by, or each township has, a facility of some kinds.',
    args: {
      by: t.arg({ type: CoveragePlace, required: true, description: '覆盖单位 What is to be covered.' }),
      kinds: t.arg({ type: [FacilityKind], required: true, description: '设施类型 Any of these kinds.' }),
      divisionCode: t.arg.string({ required: true, description: '区划代码 4, 6, 9 or 12 digits.' }),
    },
    resolve: (_root, { by, kinds, divisionCode }, { store, trace }) =>
      readCoverage(store, by, requireDivisionCode('divisionCode', divisionCode, [4, 6, 9, 12]), kinds, trace),
  }),
);
