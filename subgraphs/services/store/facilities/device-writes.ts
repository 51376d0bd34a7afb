import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import type { EntryEventRow, EstateDeviceRow } from './device-rows.ts';

export async function lockDeviceByCode(transaction: ServicesTransaction, deviceCode: string) {
  if (!(await lockRow(transaction, 'estate_device', deviceCode, 'device_code'))) return null;
  return transaction.estateDevice.findUniqueOrThrow({ where: { deviceCode } });
}

export async function upsertDevice(
  transaction: ServicesTransaction,
  row: Omit<EstateDeviceRow, 'communityCode'> & Place & { readonly gridCode: string },
): Promise<void> {
  const { kind, estateName, state, reportedAt } = row;
  await transaction.estateDevice.upsert({
    where: { deviceCode: row.deviceCode },
    create: row,
    update: { kind, estateName, state, reportedAt },
  });
}

export async function insertEntryEvent(
  transaction: ServicesTransaction,
  row: EntryEventRow & { readonly provenanceId: string },
): Promise<void> {
  await transaction.$executeRaw(Prisma.sql`
    INSERT INTO services.entry_event (id, device_id, person_id, direction, passed_at, provenance_id)
    VALUES (${row.id}::uuid, ${row.deviceId}::uuid, ${row.personId}::uuid, ${row.direction}, ${row.passedAt}, ${row.provenanceId}::uuid)`);
}
