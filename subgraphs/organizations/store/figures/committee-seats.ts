import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import { SEATS_SQL } from './measures.ts';

/** Who sits in the committees of divisions on days, `division|day`, as `person@community`. */
export async function findCommitteeSeats(
  store: OrganizationsStore,
  keys: readonly string[],
  trace: OperationTrace,
): Promise<string[][]> {
  const asked = keys.map((key) => key.split('|'));
  const rows = await store.database.rows<{ readonly key: string; readonly seat: string }>(
    'committee_seats',
    `SELECT k.key, s.seat FROM unnest($1::text[], $2::text[], $3::date[]) AS k(key, code, day)
       CROSS JOIN LATERAL (${SEATS_SQL}) AS s(seat)`,
    [keys, asked.map(([code]) => code), asked.map(([, day]) => day)],
    trace,
  );
  return groupByKey(keys, rows, (row) => row.key).map((seats) => seats.map(({ seat }) => seat));
}
