import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { type FacilityRow, facilityColumns, IN_SERVICE } from './facility-rows.ts';

/** A township's centre serves its communities, some dozens; more are cut here. */
const MAX_COMMUNITIES_PER_FACILITY = 200;

/** Codes of the communities that facilities serve, in code order. */
export async function findServedCommunities(
  store: ServicesStore,
  facilityIds: readonly string[],
  trace: OperationTrace,
): Promise<string[][]> {
  const rows = await store.database.rows<{ facilityId: string; communityCode: string }>(
    'communities_of_facilities',
    `SELECT k.key AS "facilityId", s.community_code AS "communityCode"
       FROM unnest($1::uuid[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT t.community_code FROM services.facility_serving t
          WHERE t.facility_id = k.key ORDER BY t.community_code LIMIT $2) s
      ORDER BY s.community_code`,
    [facilityIds, MAX_COMMUNITIES_PER_FACILITY],
    trace,
  );
  return groupByKey(facilityIds, rows, (row) => row.facilityId).map((own) => own.map((row) => row.communityCode));
}

/**
 * The service centre of each community: the party and mass service centre that serves it, its own or a neighbour's;
 * without one, the convenience centre.
 */
export async function findServiceCentres(
  store: ServicesStore,
  communityCodes: readonly string[],
  today: string,
  trace: OperationTrace,
): Promise<(FacilityRow | null)[]> {
  const rows = await store.database.rows<FacilityRow & { servedCommunityCode: string }>(
    'service_centres_of_communities',
    `SELECT k.key AS "servedCommunityCode", c.*
       FROM unnest($1::text[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT ${facilityColumns(today)} FROM services.facility_serving s
           JOIN services.facility t ON t.id = s.facility_id
          WHERE s.community_code = k.key AND t.kind IN ('PARTY_MASS_SERVICE_CENTRE', 'CONVENIENCE_CENTRE') AND t.stage <> 'CLOSED'
          ORDER BY t.kind = 'PARTY_MASS_SERVICE_CENTRE' DESC, t.tier = 'COMMUNITY' DESC, t.id LIMIT 1) c`,
    [communityCodes],
    trace,
  );
  return inKeyOrder(communityCodes, rows, (row) => row.servedCommunityCode);
}

/**
 * Where people of each community may go with their matters: centres in service that serve it, and the government service
 * centres of its county and city.
 */
export async function findHandlingFacilities(
  store: ServicesStore,
  communityCodes: readonly string[],
  today: string,
  trace: OperationTrace,
): Promise<FacilityRow[][]> {
  const rows = await store.database.rows<FacilityRow & { servedCommunityCode: string }>(
    'handling_facilities_of_communities',
    `SELECT k.key AS "servedCommunityCode", c.*
       FROM unnest($1::text[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT ${facilityColumns(today)} FROM services.facility_serving s
           JOIN services.facility t ON t.id = s.facility_id
          WHERE s.community_code = k.key AND ${IN_SERVICE}
            AND t.kind IN ('PARTY_MASS_SERVICE_CENTRE', 'CONVENIENCE_CENTRE', 'CONVENIENCE_STATION')
         UNION ALL
         SELECT ${facilityColumns(today)} FROM services.facility t
          WHERE t.city_code = left(k.key, 4) AND t.kind = 'GOVERNMENT_SERVICE_CENTRE' AND ${IN_SERVICE}
            AND (t.tier = 'CITY' OR t.county_code = left(k.key, 6))) c`,
    [communityCodes],
    trace,
  );
  return groupByKey(communityCodes, rows, (row) => row.servedCommunityCode);
}
