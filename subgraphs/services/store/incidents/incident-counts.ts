import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { placeCondition } from '../../../kit/store/place-scope.ts';
import type { ServicesStore } from '../services-store.ts';
import { INCIDENT_PLACE } from './incident-rows.ts';

/** Open incidents of communities or grids inside the caller's jurisdiction, in the codes' order, zeros included. */
export async function countOpenIncidents(
  store: ServicesStore,
  tier: 'community' | 'grid',
  codes: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<number[]> {
  const values: unknown[] = [codes];
  const scope = placeCondition(INCIDENT_PLACE, caller, values);
  const rows = await store.database.rows<{ code: string; count: number }>(
    `open_incidents_of_${tier}`,
    `SELECT k.code, (SELECT count(*) FROM services.incident t
        WHERE t.${tier}_code = k.code AND t.closed_at IS NULL AND ${scope})::int AS count
       FROM unnest($1::text[]) AS k(code)`,
    values,
    trace,
  );
  const counts = new Map(rows.map((row) => [row.code, row.count]));
  return codes.map((code) => counts.get(code) ?? 0);
}
