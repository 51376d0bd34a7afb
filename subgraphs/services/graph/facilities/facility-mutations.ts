import { globalId } from '../../../kit/global-id.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { changeFacility } from '../../rules/facilities/change-facility.ts';
import { facilityMachine } from '../../rules/facilities/facility-machine.ts';
import {
  advanceFacility,
  grantFacilityUpgrade,
  registerFacility,
  setFacilityServing,
} from '../../rules/facilities/register-facility.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Community } from '../builder.ts';
import { Facility, facilityLoader } from '../entities.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum } from '../machine-events.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import { FacilityKind, FacilityTier } from '../vocabulary.ts';
import { FACILITY_CARD } from './facility-entities.ts';

const card = { source: 'civil-affairs', right: 'facility.write' } as const;
const FACILITY = '设施 The facility, inside the caller’s area.';
const result = {
  field: 'facility',
  type: Facility,
  description: '设施 The facility as it stands now.',
  load: ({ facilityId }: { facilityId: string }, context: SubgraphContext<ServicesStore>) =>
    facilityLoader.load(facilityId, context),
};

export const GeoPositionInput = builder.inputType('GeoPositionInput', {
  description: '坐标 A place on the map, in degrees (CGCS2000 / WGS 84).',
  fields: (t) => ({
    longitude: t.float({ required: true, description: '经度 -180 to 180.' }),
    latitude: t.float({ required: true, description: '纬度 -90 to 90.' }),
  }),
});

defineMutation(builder, {
  name: 'registerFacility',
  description: '登记设施 Enters a facility that is being built into the ledger.',
  card,
  input: builder.inputType('RegisterFacilityInput', {
    description: '设施登记 What it is and where.',
    fields: (t) => ({
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '所在社区 The community, inside the caller’s area.',
      }),
      kind: t.field({ type: FacilityKind, required: true, description: '设施类型 Kind.' }),
      tier: t.field({ type: FacilityTier, required: true, description: '设施层级 Who runs it.' }),
      name: t.string({ required: true, description: '名称 2 to 60 characters.' }),
      address: t.string({ required: true, description: '地址 2 to 120 characters.' }),
      areaSquareMetres: t.float({ required: true, description: '建筑面积（平方米） Floor area in m².' }),
      position: t.field({ type: GeoPositionInput, description: '坐标 Where it lies, as surveyed.' }),
      opensAt: t.string({ description: '每日开放时间 HH:MM in China; required for what can be booked.' }),
      closesAt: t.string({ description: '每日关闭时间 HH:MM in China.' }),
      bookable: t.boolean({ required: true, defaultValue: false, description: '可否预约 Whether it can be booked.' }),
      oneDoor: t.boolean({ required: true, defaultValue: false, description: '只进一扇门 One door for all matters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => registerFacility(context, input),
  result,
});

defineMutation(builder, {
  name: 'changeFacility',
  description:
    '变更设施登记 Changes name, address, floor area, position or opening hours in the ledger; what is not given stays.',
  card,
  input: builder.inputType('ChangeFacilityInput', {
    description: '变更登记 What is different from now on, and why.',
    fields: (t) => ({
      facilityId: t.id({ required: true, description: FACILITY }),
      name: t.string({ description: '名称 2 to 60 characters.' }),
      address: t.string({ description: '地址 2 to 120 characters.' }),
      areaSquareMetres: t.float({ description: '建筑面积（平方米） Floor area in m²; it is to be assessed anew.' }),
      position: t.field({ type: GeoPositionInput, description: '坐标 Where it lies, as surveyed.' }),
      opensAt: t.string({ description: '每日开放时间 HH:MM in China, together with closesAt.' }),
      closesAt: t.string({ description: '每日关闭时间 HH:MM in China.' }),
      note: t.string({ required: true, description: '变更原因 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => changeFacility(context, input),
  result,
});

defineMutation(builder, {
  name: 'advanceFacility',
  description: '建用管评 Takes the next step in the life of a facility.',
  card,
  input: builder.inputType('AdvanceFacilityInput', {
    description: '设施流转 Which step.',
    fields: (t) => ({
      facilityId: t.id({ required: true, description: FACILITY }),
      event: t.field({
        type: eventEnum('FacilityEvent', facilityMachine),
        required: true,
        description: '流转 What to do.',
      }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceFacility(context, input),
  result,
});

defineMutation(builder, {
  name: 'setFacilityServing',
  description: '调整服务范围 Says which communities a facility serves from now on; one centre may serve several.',
  card,
  input: builder.inputType('SetFacilityServingInput', {
    description: '服务范围 Which communities.',
    fields: (t) => ({
      facilityId: t.id({ required: true, description: FACILITY }),
      communityIds: t.idList({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 All communities that it serves, 1 to 200, inside the caller’s area.',
      }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => setFacilityServing(context, input),
  result,
});

interface UpgradeShape {
  readonly communityCode: string;
  readonly year: number;
  readonly grantYuan: number;
}
const FacilityUpgrade = builder.objectRef<UpgradeShape>('FacilityUpgrade').implement({
  description: '提升完善补助 A grant of a year to a community for its facilities.',
  card: FACILITY_CARD,
  fields: (t) => ({
    year: t.exposeInt('year', { description: '年度 Year.' }),
    grantYuan: t.exposeInt('grantYuan', { description: '补助金额 Grant.', card: { unit: '元 yuan' } }),
    community: t.field({
      type: Community,
      description: '社区 The community.',
      resolve: ({ communityCode }) => ({ id: globalId('Community', communityCode) }),
    }),
  }),
});

defineMutation(builder, {
  name: 'grantFacilityUpgrade',
  description: '提升完善补助 Notes the grant of a year to a community; one a year.',
  card,
  input: builder.inputType('GrantFacilityUpgradeInput', {
    description: '补助 Which community, which year, how much.',
    fields: (t) => ({
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      year: t.int({ required: true, description: '年度 2000 to this year.' }),
      grantYuan: t.int({ required: true, description: '补助金额（元） Yuan.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => grantFacilityUpgrade(context, input),
  result: { field: 'upgrade', type: FacilityUpgrade, description: '补助 The grant.', load: (answer) => answer },
});
