import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { ServicesTransaction } from '../services-transaction.ts';

/** The incident that may raise an alert. */
export interface NewAlertCause {
  readonly incidentId: string;
  readonly incidentGlobalId: string;
  readonly category: string;
  readonly severity: string;
  readonly at: Date;
  readonly place: Place & { readonly gridCode: string };
  readonly provenanceId: string;
}

export interface RecentIncidents {
  readonly tier: 'cityCode' | 'countyCode' | 'townshipCode' | 'communityCode' | 'gridCode';
  readonly code: string;
  readonly category?: string;
  readonly severity?: string;
  readonly since: Date;
}

/** Incidents of a place reported since an instant; the index of the tier by report time serves it. */
export function countRecentIncidents(transaction: ServicesTransaction, asked: RecentIncidents): Promise<number> {
  const { tier, code, category, severity, since } = asked;
  return transaction.incident.count({
    where: {
      [tier]: code,
      reportedAt: { gte: since },
      ...(category === undefined ? {} : { category }),
      ...(severity === undefined ? {} : { severity }),
    },
  });
}

export interface AlertFound {
  readonly id: string;
  readonly ruleCode: string;
  readonly ruleEffectiveFrom: string;
  readonly level: string;
  readonly scopeCode: string;
  readonly incidentCount: number;
}

/** Raises an alert, or lets the live one of the same rule and place grow; parallel causes meet on the unique index. */
export async function upsertAlert(
  transaction: ServicesTransaction,
  cause: NewAlertCause,
  found: AlertFound,
): Promise<{ id: string; isNew: boolean }> {
  const { place } = cause;
  const [row] = await transaction.$queryRaw<{ id: string }[]>(Prisma.sql`
    INSERT INTO services.alert (id, rule_code, rule_effective_from, level, state, scope_code, incident_id,
      incident_count, raised_at, last_seen_at, city_code, county_code, township_code, community_code, grid_code,
      provenance_id)
    VALUES (${found.id}::uuid, ${found.ruleCode}, ${found.ruleEffectiveFrom}::date, ${found.level}, 'RAISED',
      ${found.scopeCode}, ${cause.incidentId}::uuid, ${found.incidentCount}, ${cause.at}, ${cause.at},
      ${place.cityCode}, ${place.countyCode}, ${place.townshipCode}, ${place.communityCode}, ${place.gridCode},
      ${cause.provenanceId}::uuid)
    ON CONFLICT (rule_code, scope_code) WHERE closed_at IS NULL
    DO UPDATE SET incident_count = alert.incident_count + 1, last_seen_at = EXCLUDED.last_seen_at,
      incident_id = EXCLUDED.incident_id
    RETURNING id`);
  if (row === undefined) throw new Error('an alert was neither written nor found');
  return { id: row.id, isNew: row.id === found.id };
}
