import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { equals, tableReader } from '../table-reader.ts';

export interface EstateDeviceRow {
  readonly id: string;
  readonly deviceCode: string;
  readonly kind: 'GATE' | 'CAMERA' | 'DOOR' | 'SMOKE_DETECTOR';
  readonly estateName: string;
  readonly state: 'ONLINE' | 'OFFLINE' | 'FAULT';
  readonly reportedAt: Date;
  readonly communityCode: string;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export const deviceTable = tableReader<EstateDeviceRow>(
  'estate_device',
  {
    ...{ id: true, deviceCode: true, kind: true, estateName: true, state: true, reportedAt: true },
    ...{ communityCode: true, gridCode: true, provenanceId: true },
  },
  { hasGridCode: true },
);

export const deviceList = deviceTable.list(
  'estate_devices',
  {
    ID: {
      columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
      direction: 'ASC',
      filters: ['state', 'kind', 'divisionCode'],
    },
  },
  { state: equals('state'), kind: equals('kind') },
);

export interface EntryEventRow {
  readonly id: string;
  readonly deviceId: string;
  readonly personId: string | null;
  readonly direction: 'IN' | 'OUT';
  readonly passedAt: Date;
}

/** The latest passages of devices that the caller was allowed to see, the newest first. */
export async function findEntryEvents(
  store: ServicesStore,
  deviceIds: readonly string[],
  trace: OperationTrace,
): Promise<EntryEventRow[][]> {
  const rows = await store.database.rows<EntryEventRow>(
    'entry_events_of_devices',
    `SELECT e.* FROM unnest($1::uuid[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT t.id, t.device_id AS "deviceId", t.person_id AS "personId", t.direction, t.passed_at AS "passedAt"
           FROM services.entry_event t WHERE t.device_id = k.key ORDER BY t.passed_at DESC, t.id DESC LIMIT 50) e
      ORDER BY e."deviceId", e."passedAt" DESC, e.id DESC`,
    [deviceIds],
    trace,
  );
  return groupByKey(deviceIds, rows, (row) => row.deviceId);
}
