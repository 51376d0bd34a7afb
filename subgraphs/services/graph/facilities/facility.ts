import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { timeText } from '../../rules/facilities/book-facility.ts';
import { facilityMachine } from '../../rules/facilities/facility-machine.ts';
import type { Position } from '../../rules/facilities/service-circle.ts';
import { assessmentList } from '../../store/facilities/assessment-rows.ts';
import type { FacilityRow } from '../../store/facilities/facility-rows.ts';
import { findServedCommunities } from '../../store/facilities/facility-serving-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Community } from '../builder.ts';
import { Facility, facilityLoader } from '../entities.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { FacilityKind, FacilityStage, FacilityTier } from '../vocabulary.ts';
import {
  assessmentLoader,
  FACILITY_CARD,
  FacilityAssessment,
  FacilityAssessmentConnection,
} from './facility-entities.ts';

type Context = SubgraphContext<ServicesStore>;

export const GeoPosition = builder.objectRef<Position & { readonly synthetic: boolean }>('GeoPosition').implement({
  description: '坐标 A place on the map, in degrees (CGCS2000 / WGS 84).',
  card: FACILITY_CARD,
  fields: (t) => ({
    longitude: t.exposeFloat('longitude', { description: '经度 Longitude.', card: { unit: '度 degrees' } }),
    latitude: t.exposeFloat('latitude', { description: '纬度 Latitude.', card: { unit: '度 degrees' } }),
    synthetic: t.exposeBoolean('synthetic', {
      description: '是否演示坐标 Whether it was made up for the demo city and not surveyed.',
    }),
  }),
});

function transitionsOf({ stage, meetsStandard, assessedInReview: assessed }: FacilityRow, { caller }: Context) {
  return facilityMachine.availableTransitions(stage, caller, { meetsStandard, assessed });
}

Facility.implement({
  description: '综合服务设施 A facility for the residents of one or several communities.',
  card: FACILITY_CARD,
  entity: facilityLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'Facility'),
    ...machineFields(t, facilityMachine, transitionsOf),
    kind: t.field({ type: FacilityKind, description: '设施类型 Kind.', resolve: (facility) => facility.kind }),
    name: t.exposeString('name', { description: '设施名称 Name.' }),
    tier: t.field({ type: FacilityTier, description: '设施层级 Who runs it.', resolve: (facility) => facility.tier }),
    areaSquareMetres: t.exposeFloat('areaSquareMetres', {
      description: '建筑面积 Floor area.',
      card: { unit: '平方米 m²' },
    }),
    areaFloorSquareMetres: t.exposeFloat('areaFloorSquareMetres', {
      nullable: true,
      description: '面积标准 The floor that the rule in force sets for it; null where none is set.',
      card: { unit: '平方米 m²', derivedFrom: 'governance rules AREA_FLOOR_URBAN and AREA_FLOOR_RURAL' },
    }),
    meetsAreaFloor: t.boolean({
      nullable: true,
      description:
        '面积达标 Whether a community’s party and mass service centre reaches the floor in force (600 m² urban, 500 m² rural by default); null for anything else.',
      card: {
        derivedFrom:
          'areaSquareMetres >= the floor of the governance rule in force (urban or rural, by the community code)',
      },
      resolve: ({ areaSquareMetres, areaFloorSquareMetres: floor }) =>
        floor === null ? null : areaSquareMetres >= floor,
    }),
    meetsStandard: t.exposeBoolean('meetsStandard', {
      nullable: true,
      description: '是否达标 What its latest assessment says; null before the first.',
      card: { derivedFrom: 'latest FacilityAssessment' },
    }),
    latestAssessment: t.field({
      type: FacilityAssessment,
      nullable: true,
      description: '最近评估 Its latest assessment.',
      ...assessmentLoader.below(({ assessmentId }: { readonly assessmentId: string | null }) =>
        assessmentId === null ? null : globalId('FacilityAssessment', assessmentId),
      ),
    }),
    assessments: t.field({
      type: FacilityAssessmentConnection,
      description: '历次评估 Its assessments, the newest first.',
      args: pageArguments(t.arg),
      resolve: ({ id }, page, context, info) =>
        pageBelow(
          { ...assessmentList, name: 'services.assessments_of_facility' },
          { column: 't.facility_id', cast: 'uuid', key: id },
          page,
          { sort: 'ASSESSED_ON', filter: {} },
          context,
          info,
        ),
    }),
    oneDoor: t.exposeBoolean('oneDoor', { description: '只进一扇门 Whether all matters are handled behind one door.' }),
    stage: t.field({ type: FacilityStage, description: '建用管评阶段 Stage.', resolve: (facility) => facility.stage }),
    openedOn: t.expose('openedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '启用日期 When it opened; null while it is being built.',
    }),
    opensAt: t.string({
      nullable: true,
      description: '每日开放时间 When it opens, HH:MM in China; null where none is published.',
      resolve: ({ opensAtMinute }) => (opensAtMinute === null ? null : timeText(opensAtMinute)),
    }),
    closesAt: t.string({
      nullable: true,
      description: '每日关闭时间 When it closes, HH:MM in China.',
      resolve: ({ closesAtMinute }) => (closesAtMinute === null ? null : timeText(closesAtMinute)),
    }),
    bookable: t.exposeBoolean('bookable', { description: '可否预约 Whether it can be booked.' }),
    address: t.exposeString('addressText', { description: '地址 Address.' }),
    position: t.field({
      type: GeoPosition,
      nullable: true,
      description: '坐标 Where it lies; null where it is not known.',
      resolve: ({ longitude, latitude, positionSynthetic: synthetic }) =>
        longitude === null || latitude === null ? null : { longitude, latitude, synthetic },
    }),
    community: communityField(t),
    serves: t.field({
      type: [Community],
      description: '服务范围 Communities that it serves, in code order, up to 200.',
      resolve: async (facility, _args, context) => {
        const codes = await context.loaders
          .get<string[]>('facility:serves', (ids) => findServedCommunities(context.store, ids, context.trace))
          .load(facility.id);
        return codes.map((code) => ({ id: globalId('Community', code) }));
      },
    }),
  }),
});
