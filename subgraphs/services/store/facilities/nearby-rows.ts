import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { type FacilityRow, facilityColumns, IN_SERVICE } from './facility-rows.ts';

/** A box on the map. */
export interface Box {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

/** More facilities than this within a walk are cut here; the densest community of the demo has a dozen. */
const MAX_NEARBY = 300;

/**
 * Facilities in service inside boxes, for each box; the index of positions serves each. `kinds` null means every kind.
 */
export async function findFacilitiesInBoxes(
  store: ServicesStore,
  boxes: readonly Box[],
  kinds: readonly string[] | null,
  today: string,
  trace: OperationTrace,
): Promise<FacilityRow[][]> {
  const rows = await store.database.rows<FacilityRow & { boxOrdinal: number }>(
    'facilities_in_boxes',
    `SELECT k.ordinal::int AS "boxOrdinal", f.*
       FROM unnest($1::float8[], $2::float8[], $3::float8[], $4::float8[]) WITH ORDINALITY AS k(south, north, west, east, ordinal)
       CROSS JOIN LATERAL (
         SELECT ${facilityColumns(today)} FROM services.facility t
          WHERE t.latitude IS NOT NULL AND t.latitude BETWEEN k.south AND k.north
            AND t.longitude BETWEEN k.west AND k.east
            AND ($5::text[] IS NULL OR t.kind = ANY($5)) AND ${IN_SERVICE}
          ORDER BY t.latitude, t.longitude LIMIT ${MAX_NEARBY}) f
      ORDER BY k.ordinal, f.id`,
    [
      boxes.map(({ south }) => south),
      boxes.map(({ north }) => north),
      boxes.map(({ west }) => west),
      boxes.map(({ east }) => east),
      kinds,
    ],
    trace,
  );
  return groupByKey(
    boxes.map((_box, index) => String(index + 1)),
    rows,
    (row) => String(row.boxOrdinal),
  );
}
