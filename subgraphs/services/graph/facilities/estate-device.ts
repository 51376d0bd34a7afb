import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { recordEntry, reportDevice } from '../../rules/facilities/estate-devices.ts';
import { deviceList, type EntryEventRow, findEntryEvents } from '../../store/facilities/device-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Grid, Person } from '../builder.ts';
import { communityField, entityFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { assertInArea } from '../incidents/incident-filter.ts';
import { namedEnum } from '../named-enum.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { deviceLoader, EstateDevice, EstateDeviceConnection } from './facility-entities.ts';

const DEVICE_CARD: DataCard = {
  source: 'public-security',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};
const ENTRY_CARD: DataCard = { ...DEVICE_CARD, grade: 4, category: 'SENSITIVE_PERSONAL', right: 'entry.read' };

const DeviceKind = namedEnum('EstateDeviceKind', '设备种类 What it is.', {
  GATE: { zh: '车辆道闸', en: 'Gate for vehicles' },
  DOOR: { zh: '人行门禁', en: 'Door for people' },
  CAMERA: { zh: '摄像机', en: 'Camera' },
  SMOKE_DETECTOR: { zh: '烟感', en: 'Smoke detector' },
});
const DeviceState = namedEnum('EstateDeviceState', '设备状态 How it is.', {
  ONLINE: { zh: '在线', en: 'Online' },
  OFFLINE: { zh: '离线', en: 'Offline' },
  FAULT: { zh: '故障', en: 'Faulty' },
});
const Direction = namedEnum('EntryDirection', '进出 Which way.', {
  IN: { zh: '进', en: 'In' },
  OUT: { zh: '出', en: 'Out' },
});

const EntryEvent = builder.objectRef<EntryEventRow>('EntryEvent').implement({
  description: '出入记录 Somebody or something passed a device of an estate.',
  card: ENTRY_CARD,
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    direction: t.field({
      type: Direction,
      nullable: true,
      description: '进出 Which way.',
      resolve: (row) => row.direction,
    }),
    passedAt: t.expose('passedAt', { type: 'DateTime', nullable: true, description: '时间 When.' }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '自然人 Who, where it was recognised.',
      resolve: ({ personId }) => (personId === null ? null : { id: globalId('Person', personId) }),
    }),
  }),
});

EstateDevice.implement({
  description: '小区安防设备 A gate, door, camera or detector of an estate.',
  card: DEVICE_CARD,
  entity: deviceLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'EstateDevice'),
    deviceCode: t.exposeString('deviceCode', { description: '设备编码 Its code.' }),
    kind: t.field({ type: DeviceKind, description: '设备种类 Kind.', resolve: ({ kind }) => kind }),
    estateName: t.exposeString('estateName', { description: '小区名称 Estate.' }),
    state: t.field({ type: DeviceState, description: '设备状态 How it is.', resolve: ({ state }) => state }),
    reportedAt: t.expose('reportedAt', { type: 'DateTime', description: '上报时间 When it last said so.' }),
    entries: t.field({
      type: [EntryEvent],
      nullable: true,
      description: '出入记录 The latest 50 passages, the newest first.',
      card: ENTRY_CARD,
      resolve: ({ id }, _args, context) =>
        context.loaders
          .get<EntryEventRow[]>('device:entries', (ids) => findEntryEvents(context.store, ids, context.trace))
          .load(id),
    }),
    grid: t.field({
      type: Grid,
      description: '所在网格 Grid in which it stands.',
      card: KEY_CARD,
      resolve: ({ gridCode }) => ({ id: globalId('Grid', gridCode) }),
    }),
    community: communityField(t),
  }),
});

builder.queryField('estateDevices', (t) =>
  t.field({
    type: EstateDeviceConnection,
    description: '小区安防设备 Devices of estates in the caller’s area.',
    args: {
      ...pageArguments(t.arg),
      kind: t.arg({ type: DeviceKind, description: '设备种类 Only this kind.' }),
      state: t.arg({ type: DeviceState, description: '设备状态 Only in this state.' }),
      divisionCode: t.arg.string({
        description: '区划或网格代码 4, 6, 9, 12 or 15 digits, overlapping the caller’s area.',
      }),
    },
    resolve: (_root, { kind, state, divisionCode, ...page }, context, info) => {
      assertInArea(divisionCode, context.caller);
      return rootPage(deviceList, page, { sort: 'ID', filter: { kind, state, divisionCode } }, context, info);
    },
  }),
);

const card = { source: 'public-security', right: 'device.report' } as const;
const result = {
  field: 'device',
  type: EstateDevice,
  description: '设备 The device as it stands now.',
  load: ({ deviceId }: { deviceId: string }, context: SubgraphContext<ServicesStore>) =>
    deviceLoader.load(deviceId, context),
};

defineMutation(builder, {
  name: 'reportEstateDevice',
  description: '设备状态上报 Notes a device of an estate and how it is.',
  card,
  input: builder.inputType('ReportEstateDeviceInput', {
    description: '设备状态 Which device, where, how.',
    fields: (t) => ({
      deviceCode: t.string({ required: true, description: '设备编码 4 to 40 letters, digits or hyphens.' }),
      kind: t.field({ type: DeviceKind, required: true, description: '设备种类 Kind.' }),
      estateName: t.string({ required: true, description: '小区名称 2 to 60 characters.' }),
      gridId: t.id({
        references: { type: 'Grid', refusal: 'GRID_NOT_FOUND' },
        required: true,
        description: '网格 The grid, inside the caller’s area.',
      }),
      state: t.field({ type: DeviceState, required: true, description: '设备状态 How it is.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => reportDevice(context, input),
  result,
});

defineMutation(builder, {
  name: 'recordEntryEvent',
  description: '出入记录 Notes a passage at a device; told to nobody.',
  card,
  input: builder.inputType('RecordEntryEventInput', {
    description: '出入记录 Where, when, which way, who.',
    fields: (t) => ({
      deviceCode: t.string({ required: true, description: '设备编码 A device inside the caller’s area.' }),
      direction: t.field({ type: Direction, required: true, description: '进出 Which way.' }),
      passedAt: t.field({ type: 'DateTime', required: true, description: '时间 When; not in the future.' }),
      personId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        description: '自然人 Who, where it was recognised.',
      }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => recordEntry(context, input),
  result,
});
