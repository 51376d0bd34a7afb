import { dateInChina } from '../../../kit/clock.ts';
import { graphProblem } from '../../../kit/codes/problems.ts';
import { findCodeKey } from '../../../kit/global-id.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  boxAround,
  type CircleKind,
  type CircleRule,
  circleKinds,
  circleRule,
  isPosition,
  type Position,
  reachMetres,
  straightMetres,
} from '../../rules/facilities/service-circle.ts';
import type { FacilityRow, FacilityKind as Kind } from '../../store/facilities/facility-rows.ts';
import { findServiceCentres } from '../../store/facilities/facility-serving-rows.ts';
import { findFacilitiesInBoxes } from '../../store/facilities/nearby-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Community } from '../builder.ts';
import { Facility } from '../entities.ts';
import { ruleInForce } from '../governance-rule.ts';
import { namedEnum } from '../named-enum.ts';
import { FacilityKind } from '../vocabulary.ts';
import { GeoPosition } from './facility.ts';
import { FACILITY_CARD } from './facility-entities.ts';
import { GeoPositionInput } from './facility-mutations.ts';

type Context = SubgraphContext<ServicesStore>;

interface Reached {
  readonly facility: FacilityRow;
  readonly metres: number;
  readonly rule: CircleRule;
}
interface Circle {
  readonly kind: CircleKind;
  readonly rule: CircleRule;
  readonly origin: Position & { readonly synthetic: boolean };
  readonly reached: readonly Reached[];
}

const CircleKindType = namedEnum('ServiceCircleKind', '服务圈 Which circle.', circleKinds);
const CIRCLE_CARD = { ...FACILITY_CARD, derivedFrom: 'positions of Facility and the governance rule SERVICE_CIRCLE_*' };

const ReachedFacility = builder.objectRef<Reached>('ReachedFacility').implement({
  description: '可达设施 A facility within the walk.',
  card: CIRCLE_CARD,
  fields: (t) => ({
    facility: t.field({ type: Facility, description: '设施 The facility.', resolve: ({ facility }) => facility }),
    straightMetres: t.float({
      description: '直线距离 Great-circle distance.',
      card: { unit: '米 m' },
      resolve: ({ metres }) => Math.round(metres),
    }),
    walkingMetres: t.float({
      description: '估算步行距离 Straight distance times the detour factor of the rule; not routed over streets.',
      card: { unit: '米 m' },
      resolve: ({ metres, rule }) => Math.round(metres * rule.detour),
    }),
    walkingMinutes: t.float({
      description: '估算步行时间 Walking distance at the pace of the rule.',
      card: { unit: '分钟 minutes' },
      resolve: ({ metres, rule }) => Math.round(((metres * rule.detour) / rule.metresPerMinute) * 10) / 10,
    }),
  }),
});

const ServiceCircle = builder.objectRef<Circle>('ServiceCircle').implement({
  description: '十分钟服务圈 What people reach on foot in the time of the rule, and what they do not.',
  card: CIRCLE_CARD,
  fields: (t) => ({
    kind: t.field({ type: CircleKindType, description: '服务圈 Which circle.', resolve: ({ kind }) => kind }),
    minutes: t.float({
      description: '步行分钟数 Minutes on foot.',
      card: { unit: '分钟 minutes' },
      resolve: ({ rule }) => rule.minutes,
    }),
    origin: t.field({ type: GeoPosition, description: '起点 Where the walk begins.', resolve: ({ origin }) => origin }),
    synthetic: t.boolean({
      description: '是否含演示坐标 Whether any position in it was made up for the demo city.',
      resolve: ({ origin, reached }) => origin.synthetic || reached.some(({ facility }) => facility.positionSynthetic),
    }),
    method: t.string({
      description: '距离算法 How distance is computed.',
      resolve: ({ rule }) =>
        `大圆距离 × 绕行系数 ${rule.detour} ÷ ${rule.metresPerMinute} 米/分钟，未按道路测算 great-circle distance × ${rule.detour} at ${rule.metresPerMinute} m/min, not routed`,
    }),
    ruleCode: t.string({ description: '规则代码 Governance rule.', resolve: ({ rule }) => rule.code }),
    legalBasis: t.string({ description: '依据 Its basis.', resolve: ({ rule }) => rule.legalBasis }),
    facilities: t.field({
      type: [ReachedFacility],
      description: '圈内设施 Facilities of the circle’s kinds, the nearest first.',
      resolve: ({ reached }) => [...reached],
    }),
    gaps: t.field({
      type: [FacilityKind],
      description: '缺口 Kinds that the rule asks for and nobody reaches in time.',
      resolve: ({ rule, reached }) =>
        rule.kinds.filter((kind) => !reached.some(({ facility }) => facility.kind === kind)) as Kind[],
    }),
    complete: t.boolean({
      description: '是否齐备 Whether every kind is reached.',
      resolve: ({ rule, reached }) =>
        rule.kinds.every((kind) => reached.some(({ facility }) => facility.kind === kind)),
    }),
  }),
});

/** Circles around points, in one statement for all of them. */
async function circles(kind: CircleKind, origins: readonly Circle['origin'][], context: Context): Promise<Circle[]> {
  const rule = circleRule(await ruleInForce(`SERVICE_CIRCLE_${kind}`, context.clock.now(), context));
  const reach = reachMetres(rule);
  const boxes = origins.map((origin) => boxAround(origin, reach));
  const found =
    boxes.length === 0
      ? []
      : await findFacilitiesInBoxes(context.store, boxes, rule.kinds, dateInChina(context.clock.now()), context.trace);
  return origins.map((origin, index) => ({
    ...{ kind, rule, origin },
    reached: byDistance(origin, found[index] ?? [], reach).map((own) => ({ ...own, rule })),
  }));
}

function byDistance(origin: Position, facilities: readonly FacilityRow[], within: number) {
  return facilities
    .flatMap((facility) => {
      const { longitude, latitude } = facility;
      if (longitude === null || latitude === null) return [];
      return [{ facility, metres: straightMetres(origin, { longitude, latitude }) }];
    })
    .filter(({ metres }) => metres <= within)
    .sort((a, b) => a.metres - b.metres || (a.facility.id < b.facility.id ? -1 : 1));
}

builder.objectField(Community, 'serviceCircle', (t) =>
  t.field({
    type: ServiceCircle,
    nullable: true,
    description:
      '十分钟服务圈 Around the centre that serves the community; null where there is none, or its position is not known.',
    args: { kind: t.arg({ type: CircleKindType, required: true, description: '服务圈 Which circle.' }) },
    resolve: ({ id }, { kind }, context) => {
      const code = findCodeKey('Community', 12, id);
      if (code === undefined) return null;
      return context.loaders
        .get<Circle | null>(`community:serviceCircle:${kind}`, async (codes) => {
          const centres = await findServiceCentres(
            context.store,
            codes,
            dateInChina(context.clock.now()),
            context.trace,
          );
          const origins = centres.map((centre) =>
            centre === null || centre.longitude === null || centre.latitude === null
              ? null
              : { longitude: centre.longitude, latitude: centre.latitude, synthetic: centre.positionSynthetic },
          );
          const known = origins.filter((origin) => origin !== null);
          const drawn = await circles(kind, known, context);
          let next = 0;
          return origins.map((origin) => (origin === null ? null : (drawn[next++] ?? null)));
        })
        .load(code);
    },
  }),
);

const NearbyFacility = builder
  .objectRef<{ readonly facility: FacilityRow; readonly metres: number }>('NearbyFacility')
  .implement({
    description: '附近设施 A facility and how far away it is.',
    card: FACILITY_CARD,
    fields: (t) => ({
      facility: t.field({ type: Facility, description: '设施 The facility.', resolve: ({ facility }) => facility }),
      straightMetres: t.float({
        description: '直线距离 Great-circle distance.',
        card: { unit: '米 m', derivedFrom: 'positions' },
        resolve: ({ metres }) => Math.round(metres),
      }),
    }),
  });

const MAX_METRES = 5_000;

function requirePosition(position: Position): Position {
  if (isPosition(position)) return position;
  const [reasonZh, reasonEn] = [
    '经度须在 -180 到 180、纬度在 -90 到 90 之间',
    'longitude -180 to 180, latitude -90 to 90',
  ];
  throw graphProblem('FILTER_INVALID', { filter: 'position', reasonZh, reasonEn });
}

builder.queryFields((t) => ({
  serviceCircle: t.field({
    type: ServiceCircle,
    description: '十分钟服务圈 Around a place on the map.',
    args: {
      position: t.arg({ type: GeoPositionInput, required: true, description: '起点 Where the walk begins.' }),
      kind: t.arg({ type: CircleKindType, required: true, description: '服务圈 Which circle.' }),
    },
    resolve: async (_root, { position, kind }, context) => {
      const [circle] = await circles(kind, [{ ...requirePosition(position), synthetic: false }], context);
      return circle as Circle; // one origin, one circle
    },
  }),
  nearbyFacilities: t.field({
    type: [NearbyFacility],
    description: '附近公共服务资源 Facilities in service around a place, the nearest first, up to 300.',
    args: {
      position: t.arg({ type: GeoPositionInput, required: true, description: '位置 Around this place.' }),
      metres: t.arg.int({ required: true, defaultValue: 800, description: '直线距离 1 to 5000 m.' }),
      kinds: t.arg({ type: [FacilityKind], description: '设施类型 Only these kinds.' }),
    },
    resolve: async (_root, { position, metres, kinds }, { store, trace, clock }) => {
      if (metres < 1 || metres > MAX_METRES) {
        const [reasonZh, reasonEn] = ['须在 1 到 5000 米之间', '1 to 5000 m'];
        throw graphProblem('FILTER_INVALID', { filter: 'metres', reasonZh, reasonEn });
      }
      const origin = requirePosition(position);
      const [found = []] = await findFacilitiesInBoxes(
        store,
        [boxAround(origin, metres)],
        kinds ?? null,
        dateInChina(clock.now()),
        trace,
      );
      return byDistance(origin, found, metres);
    },
  }),
}));
