import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { Place, PlaceColumn } from '../../../kit/store/place-scope.ts';
import type { ServicesTransaction } from '../services-transaction.ts';

/** Until when the timed rules were held; null while another process does it. */
export async function lockAlertClock(
  transaction: ServicesTransaction,
): Promise<{ evaluatedUntil: Date | null } | null> {
  const find = () =>
    transaction.$queryRaw<{ evaluatedUntil: Date | null }[]>(Prisma.sql`
      SELECT evaluated_until AS "evaluatedUntil" FROM services.alert_clock WHERE id = 1 FOR UPDATE SKIP LOCKED`);
  const [locked] = await find();
  if (locked !== undefined) return locked;
  // A city that was loaded anew has emptied the table.
  await transaction.$executeRaw(
    Prisma.sql`INSERT INTO services.alert_clock (id) VALUES (1) ON CONFLICT (id) DO NOTHING`,
  );
  return (await find())[0] ?? null;
}

export async function moveAlertClock(transaction: ServicesTransaction, evaluatedUntil: Date): Promise<void> {
  await transaction.alertClock.update({ where: { id: 1 }, data: { evaluatedUntil } });
}

export interface TurnedScope extends Place {
  readonly gridCode: string;
  readonly scopeCode: string;
  readonly incidentCount: number;
  /** The last one that has turned. */
  readonly incidentId: string;
}

/**
 * Places in which an incident has turned between two instants, and in which at least so many are like it now. What has
 * turned is read from an index by time (`state <> 'CLOSED'` is what opens it), what is like it from the place's own small index.
 */
export function findTurnedScopes(
  transaction: ServicesTransaction,
  asked: {
    readonly timed: 'OVERDUE' | 'UNACCEPTED';
    readonly column: PlaceColumn;
    readonly least: number;
    readonly from: Date | null;
    readonly until: Date;
    readonly severity: string | null;
  },
): Promise<TurnedScope[]> {
  const scope = Prisma.raw(asked.column);
  const overdue = asked.timed === 'OVERDUE';
  const time = Prisma.raw(overdue ? 'due_at' : 'reported_at');
  const open = Prisma.raw(`closed_at IS NULL AND ${overdue ? 'due_at IS NOT NULL' : `state = 'REPORTED'`}`);
  // In the words of the indexes by time that are there for it.
  const clock = Prisma.raw(overdue ? `(due_at AT TIME ZONE 'UTC')` : 'reported_at');
  const at = (instant: Date) =>
    overdue ? Prisma.sql`(${instant}::timestamptz AT TIME ZONE 'UTC')` : Prisma.sql`${instant}::timestamptz`;
  const severe = asked.severity === null ? Prisma.sql`true` : Prisma.sql`severity = ${asked.severity}`;
  const after = asked.from === null ? Prisma.sql`true` : Prisma.sql`${clock} >= ${at(asked.from)}`;
  return transaction.$queryRaw<TurnedScope[]>(Prisma.sql`
    SELECT t.*, n.count AS "incidentCount" FROM (
      SELECT DISTINCT ON (${scope}) ${scope} AS "scopeCode", id AS "incidentId", city_code AS "cityCode",
             county_code AS "countyCode", township_code AS "townshipCode", community_code AS "communityCode",
             grid_code AS "gridCode"
        FROM services.incident
       WHERE ${open} AND ${clock} IS NOT NULL AND ${clock} < ${at(asked.until)} AND ${after} AND ${severe}
       ORDER BY ${scope}, ${time} DESC, id) t
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS count FROM services.incident o
        WHERE o.${scope} = t."scopeCode" AND ${open} AND ${time} < ${asked.until} AND ${severe}) n
     WHERE n.count >= ${asked.least}::int ORDER BY t."scopeCode"`);
}

/** An alert to raise in a place. */
export interface AlertFound extends TurnedScope {
  /** Of the alert, if it is a new one. */
  readonly id: string;
}

/**
 * Raises an alert of one rule in each place, or notes in the live one of the same rule and place how many there are now;
 * in one statement, because a city at full size has thousands of them at its first look, and a transaction has seconds.
 * Returns the ids of the alerts by place.
 */
export async function growAlerts(
  transaction: ServicesTransaction,
  found: readonly AlertFound[],
  of: {
    readonly ruleCode: string;
    readonly ruleEffectiveFrom: string;
    readonly level: string;
    readonly at: Date;
    readonly provenanceId: string;
  },
): Promise<ReadonlyMap<string, string>> {
  if (found.length === 0) return new Map();
  const rows = await transaction.$queryRaw<{ id: string; scopeCode: string }[]>(Prisma.sql`
    INSERT INTO services.alert (id, rule_code, rule_effective_from, level, state, scope_code, incident_id,
      incident_count, raised_at, last_seen_at, city_code, county_code, township_code, community_code, grid_code,
      provenance_id)
    SELECT f.id, ${of.ruleCode}, ${of.ruleEffectiveFrom}::date, ${of.level}, 'RAISED', f."scopeCode", f."incidentId",
           f."incidentCount", ${of.at}, ${of.at}, f."cityCode", f."countyCode", f."townshipCode", f."communityCode",
           f."gridCode", ${of.provenanceId}::uuid
      FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS f(id uuid, "scopeCode" text, "incidentId" uuid,
           "incidentCount" int, "cityCode" text, "countyCode" text, "townshipCode" text, "communityCode" text,
           "gridCode" text)
    ON CONFLICT (rule_code, scope_code) WHERE closed_at IS NULL
    DO UPDATE SET incident_count = EXCLUDED.incident_count, last_seen_at = EXCLUDED.last_seen_at,
      incident_id = EXCLUDED.incident_id
    RETURNING id, scope_code AS "scopeCode"`);
  return new Map(rows.map(({ id, scopeCode }) => [scopeCode, id]));
}
