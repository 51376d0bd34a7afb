import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { EstateDeviceRow } from '../../store/facilities/device-rows.ts';
import { insertEntryEvent, lockDeviceByCode, upsertDevice } from '../../store/facilities/device-writes.ts';
import { gridPlace } from '../grid-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';

export interface ReportDeviceInput {
  readonly deviceCode: string;
  readonly kind: EstateDeviceRow['kind'];
  readonly estateName: string;
  readonly gridId: string;
  readonly state: EstateDeviceRow['state'];
  readonly idempotencyKey: string;
}

const DEVICE_CODE = /^[A-Za-z0-9-]{4,40}$/;

/** 设备状态上报 — notes a device of an estate and how it is; an event tells only of a change of its state. */
export function reportDevice(call: ServicesCall, input: ReportDeviceInput): Promise<{ deviceId: string } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'reportEstateDevice', 'estate-device', input, async (transaction, provenanceId) => {
    if (!DEVICE_CODE.test(input.deviceCode)) return refuse('DEVICE_CODE_INVALID', 'input.deviceCode');
    const place = gridPlace(findCodeKey('Grid', 15, input.gridId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('GRID_NOT_FOUND', 'input.gridId');
    const estateName = plainText(input.estateName, 'input.estateName', 2, 60);
    if (isRefusal(estateName)) return estateName;
    const known = await lockDeviceByCode(transaction, input.deviceCode);
    if (known !== null && !coversPlace(caller, known)) return refuse('DEVICE_CODE_INVALID', 'input.deviceCode');
    const id = known?.id ?? store.ids.next();
    const { deviceCode, kind, state } = input;
    await upsertDevice(transaction, {
      ...{ id, deviceCode, kind, estateName, state, reportedAt: clock.now(), provenanceId, ...place },
    });
    const answer = { deviceId: globalId('EstateDevice', id) };
    const event = { eventType: 'device.reported', entityType: 'EstateDevice', entityId: answer.deviceId };
    const changed = known === null || known.state !== state;
    return { answer, rowCount: 1, events: changed ? [{ ...event, payload: { ...answer, state }, place }] : [] };
  });
}

export interface RecordEntryInput {
  readonly deviceCode: string;
  readonly direction: 'IN' | 'OUT';
  readonly passedAt: Date;
  readonly personId?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** 出入记录 — notes a passage. Nobody is told of it: no event says when somebody came home. */
export function recordEntry(call: ServicesCall, input: RecordEntryInput): Promise<{ deviceId: string } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'recordEntryEvent', 'entry-event', input, async (transaction, provenanceId) => {
    const device = await lockDeviceByCode(transaction, input.deviceCode);
    if (device === null || !coversPlace(caller, device)) return refuse('DEVICE_NOT_FOUND', 'input.deviceCode');
    if (device.kind === 'SMOKE_DETECTOR') return refuse('DEVICE_COUNTS_NO_ENTRIES', 'input.deviceCode');
    if (input.passedAt > clock.now()) return refuse('DATE_IN_FUTURE', 'input.passedAt');
    const personId = input.personId == null ? null : (findUuidKey('Person', input.personId) ?? '');
    if (personId === '') return refuse('PERSON_NOT_FOUND', 'input.personId');
    const { direction, passedAt } = input;
    const id = store.ids.next();
    await insertEntryEvent(transaction, { id, deviceId: device.id, personId, direction, passedAt, provenanceId });
    return { answer: { deviceId: globalId('EstateDevice', device.id) }, rowCount: 1, events: [] };
  });
}
