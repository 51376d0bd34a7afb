import type pg from 'pg';
import type { FeedPosition } from '../feed/feed-position.ts';
import { globalId } from '../global-id.ts';
import type { IdSource } from '../ids.ts';

/** An event as counting needs it. */
export interface FigureEvent {
  readonly position: FeedPosition;
  readonly entityType: string;
  readonly payload: string;
  /** Community, or the division above communities, that it happened in; null for an event of no place. */
  readonly place: string | null;
  readonly occurredAt: Date;
}

export interface FigureState {
  readonly declaration: string;
  readonly generation: string;
  readonly position: FeedPosition;
  readonly countedAt: Date;
  readonly turnedAt: Date;
}

interface StateRow {
  readonly declaration: string;
  readonly generation: string;
  readonly xid: string;
  readonly ordinal: number;
  readonly eventId: string;
  readonly countedAt: Date;
  readonly turnedAt: Date;
  readonly provenanceId: string;
}
interface EventRow {
  readonly xid: string;
  readonly ordinal: number;
  readonly id: string;
  readonly entityType: string;
  readonly payload: string;
  readonly place: string | null;
  readonly occurredAt: Date;
}

/** The tables that counting works on: state, outbox, and what it leaves in the outbox itself. */
export class FigureTables {
  /** What the events that tell of changed figures are about. */
  static readonly ENTITY_TYPE = 'PlaceOverview';

  readonly #subgraph: string;
  readonly #ids: IdSource;

  constructor(subgraph: string, ids: IdSource) {
    this.#subgraph = subgraph;
    this.#ids = ids;
  }

  /** Makes the row of the state in a subgraph that was never counted; its empty declaration says so. */
  async ensureState(client: pg.PoolClient, now: Date): Promise<void> {
    const provenanceId = this.#ids.next();
    await client.query(
      `WITH made AS (
         INSERT INTO ${this.#subgraph}.place_figure_state
                (id, declaration, generation, xid, ordinal, event_id, counted_at, turned_at, provenance_id)
         SELECT 1, '', '', '0', -1, '00000000-0000-0000-0000-000000000000', $1, $1, $2
          WHERE NOT EXISTS (SELECT 1 FROM ${this.#subgraph}.place_figure_state)
         ON CONFLICT DO NOTHING RETURNING 1)
       INSERT INTO ${this.#subgraph}.provenance (id, kind, system_code, dataset, recorded_at, row_count)
       SELECT $2, 'DERIVED', 'yiyun', 'place_figure', $1, 0 FROM made`,
      [now, provenanceId],
    );
  }

  /** The state, locked until the end of the transaction; undefined while another process holds it. */
  async lockState(client: pg.PoolClient): Promise<(FigureState & { readonly provenanceId: string }) | undefined> {
    const { rows } = await client.query<StateRow>(
      `SELECT declaration, generation, xid::text AS xid, ordinal, event_id AS "eventId", counted_at AS "countedAt",
              turned_at AS "turnedAt", provenance_id AS "provenanceId"
         FROM ${this.#subgraph}.place_figure_state WHERE id = 1 FOR UPDATE SKIP LOCKED`,
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const { eventId, ordinal, xid, ...rest } = row;
    return { ...rest, position: { xid: Number(xid), ordinal, id: eventId } };
  }

  /** Which events the outbox still holds. Nobody has read it yet: no generation. */
  async outboxState(client: pg.PoolClient): Promise<{ readonly generation: string; readonly floor: FeedPosition }> {
    const { rows } = await client.query<{ generation: string; xid: string; ordinal: number; id: string }>(
      `SELECT generation, floor_xid::text AS xid, floor_ordinal AS ordinal, floor_id AS id
         FROM ${this.#subgraph}.outbox_state WHERE id = 1`,
    );
    const [row] = rows;
    return row === undefined
      ? { generation: '', floor: { xid: 0, ordinal: -1, id: '00000000-0000-0000-0000-000000000000' } }
      : { generation: row.generation, floor: { xid: Number(row.xid), ordinal: row.ordinal, id: row.id } };
  }

  /** Every transaction below the horizon has ended; unsettled: something beyond it is committed already. */
  async horizon(client: pg.PoolClient): Promise<{ readonly horizon: number; readonly unsettled: boolean }> {
    const { rows } = await client.query<{ horizon: string; unsettled: boolean }>(
      `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, EXISTS (
         SELECT 1 FROM ${this.#subgraph}.outbox o WHERE o.xid >= pg_snapshot_xmin(pg_current_snapshot())) AS unsettled`,
    );
    return { horizon: Number(rows[0]?.horizon), unsettled: rows[0]?.unsettled === true };
  }

  /** Events after a position and below a horizon, in commit order. */
  async readEvents(
    client: pg.PoolClient,
    after: FeedPosition,
    horizon: number,
    limit: number,
  ): Promise<readonly FigureEvent[]> {
    const { rows } = await client.query<EventRow>(
      `SELECT o.xid::text AS xid, o.ordinal, o.id, o.entity_type AS "entityType", o.payload,
              coalesce(o.community_code, o.township_code, o.county_code, o.city_code) AS place,
              o.occurred_at AS "occurredAt"
         FROM ${this.#subgraph}.outbox o
        WHERE (o.xid, o.ordinal, o.id) > ($1::xid8, $2::int, $3::uuid) AND o.xid < $4::xid8
        ORDER BY o.xid, o.ordinal, o.id LIMIT ${limit}`,
      [String(after.xid), after.ordinal, after.id, String(horizon)],
    );
    return rows.map(({ xid, ordinal, id, ...rest }) => ({ ...rest, position: { xid: Number(xid), ordinal, id } }));
  }

  async saveState(client: pg.PoolClient, state: FigureState): Promise<void> {
    const { position } = state;
    await client.query(
      `UPDATE ${this.#subgraph}.place_figure_state SET declaration = $1, generation = $2, xid = $3::xid8, ordinal = $4,
              event_id = $5, counted_at = $6, turned_at = $7 WHERE id = 1`,
      [
        ...[state.declaration, state.generation, String(position.xid), position.ordinal, position.id],
        ...[state.countedAt, state.turnedAt],
      ],
    );
  }

  /** One event per place whose figures are others now, for whoever watches an overview. */
  async recordChanged(
    client: pg.PoolClient,
    places: readonly string[],
    now: Date,
    provenanceId: string,
  ): Promise<void> {
    if (places.length === 0) return;
    await client.query(
      `INSERT INTO ${this.#subgraph}.outbox (id, ordinal, event_type, entity_type, entity_id, payload, city_code,
              county_code, township_code, community_code, grid_code, occurred_at, provenance_id)
       SELECT e.id, (e.rank - 1)::int, 'place-overview.counted', '${FigureTables.ENTITY_TYPE}', e.entity_id, '{}',
              left(e.code, 4), ${[6, 9, 12, 15].map((digits) => `CASE WHEN length(e.code) >= ${digits} THEN left(e.code, ${digits}) END`).join(', ')},
              $4, $5
         FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS e(id, code, entity_id, rank)`,
      [
        places.map(() => this.#ids.next()),
        places,
        places.map((code) => globalId(FigureTables.ENTITY_TYPE, code)),
        now,
        provenanceId,
      ],
    );
  }
}
