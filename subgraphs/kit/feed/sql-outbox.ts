import type pg from 'pg';
import type { IdSource } from '../ids.ts';
import { OperationTrace } from '../operation-trace.ts';
import { SqlDatabase } from '../store/sql-database.ts';
import type { FeedEvent } from './feed-event.ts';
import type { FeedPosition } from './feed-position.ts';
import type { Outbox, OutboxPage, OutboxState } from './outbox.ts';

/** Rows removed by one statement of retention: short enough not to hold anybody up. */
const TRIM_ROWS = 5_000;

interface EventRow extends Omit<FeedEvent, 'subgraph' | 'position'> {
  readonly xid: string;
  readonly ordinal: number;
  readonly id: string;
}
interface StateRow {
  readonly generation: string;
  readonly cluster: string;
  readonly floorXid: string;
  readonly floorOrdinal: number;
  readonly floorId: string;
}

/**
 * Outboxes in tables of one Postgres cluster, 15 or later. Rows carry `pg_current_xact_id()`; a reader takes those
 * below `pg_snapshot_xmin(pg_current_snapshot())`, ordered by (xid, ordinal, id) as numbers. A transaction that commits
 * late has held that horizon back, so none is skipped; there is no lock, no trigger and no sequence.
 */
export class SqlOutbox implements Outbox {
  readonly subgraphs: readonly string[];
  readonly #pool: pg.Pool;
  readonly #ids: IdSource;
  readonly #databases: ReadonlyMap<string, SqlDatabase>;
  readonly #settled = new Map<string, Promise<void>>();

  constructor(pool: pg.Pool, subgraphs: readonly string[], ids: IdSource) {
    this.subgraphs = subgraphs;
    this.#pool = pool;
    this.#ids = ids;
    this.#databases = new Map(subgraphs.map((name) => [name, new SqlDatabase(name, pool)]));
  }

  async horizon(): Promise<number> {
    const [first = this.subgraphs[0]] = this.subgraphs;
    if (first === undefined) return 0;
    const text = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon';
    const rows = await this.#database(first).rows<{ horizon: string }>('outboxHorizon', text, [], new OperationTrace());
    return Number(rows[0]?.horizon);
  }

  async state(subgraph: string): Promise<OutboxState> {
    await this.#settle(subgraph);
    return this.#readState(subgraph, new OperationTrace());
  }

  async read(subgraph: string, after: FeedPosition, horizon: number, limit: number): Promise<OutboxPage> {
    await this.#settle(subgraph);
    const trace = new OperationTrace();
    // `o.xid` is a number; `xid` alone would be the text of the result, by which 1002 stands before 997.
    // One connection, one after the other: what retention removes in between, the state tells of.
    const [rows, state] = await Promise.all([
      this.#database(subgraph).rows<EventRow>(
        'outboxEvents',
        `SELECT xid::text AS xid, ordinal, id, event_type AS "eventType", entity_type AS "entityType",
           entity_id AS "entityId", occurred_at AS "occurredAt",
           coalesce(grid_code, community_code, township_code, county_code, city_code) AS "divisionCode"
         FROM ${subgraph}.outbox o
         WHERE (o.xid, o.ordinal, o.id) > ($1::xid8, $2::int, $3::uuid) AND o.xid < $4::xid8
         ORDER BY o.xid, o.ordinal, o.id LIMIT ${limit}`,
        [String(after.xid), after.ordinal, after.id, String(horizon)],
        trace,
      ),
      this.#readState(subgraph, trace),
    ]);
    return { events: rows.map((row) => toEvent(subgraph, row)), state };
  }

  async trim(subgraph: string, olderThan: Date): Promise<number> {
    await this.#settle(subgraph);
    const client = await this.#pool.connect();
    try {
      const oldest = await client.query<{ old: boolean }>(
        `SELECT occurred_at < $1 AS old FROM ${subgraph}.outbox ORDER BY xid, ordinal, id LIMIT 1`,
        [olderThan],
      );
      if (oldest.rows[0]?.old !== true) return 0;
      await client.query('BEGIN');
      // Held until the end, so that of several hubs one trims at a time.
      await client.query(`SELECT 1 FROM ${subgraph}.outbox_state WHERE id = 1 FOR UPDATE`);
      // Commit order is the order of reading; a prefix of it is removed, up to the first event that is young enough.
      const { rows } = await client.query<{ xid: string; ordinal: number; id: string; old: boolean }>(
        `SELECT xid::text AS xid, ordinal, id, occurred_at < $1 AS old FROM ${subgraph}.outbox o
         WHERE o.xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY o.xid, o.ordinal, o.id LIMIT ${TRIM_ROWS}`,
        [olderThan],
      );
      const young = rows.findIndex(({ old }) => !old);
      const last = rows.at(young === -1 ? -1 : young - 1);
      if (last === undefined || young === 0) {
        await client.query('ROLLBACK');
        return 0;
      }
      const place = [last.xid, last.ordinal, last.id];
      const { rowCount } = await client.query(
        `DELETE FROM ${subgraph}.outbox WHERE (xid, ordinal, id) <= ($1::xid8, $2::int, $3::uuid)`,
        place,
      );
      await client.query(
        `UPDATE ${subgraph}.outbox_state SET floor_xid = $1::xid8, floor_ordinal = $2, floor_id = $3::uuid WHERE id = 1`,
        place,
      );
      await client.query('COMMIT');
      return rowCount ?? 0;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  }

  /** Looked at once per process: whether these rows were counted by this cluster. */
  #settle(subgraph: string): Promise<void> {
    const known = this.#settled.get(subgraph);
    if (known !== undefined) return known;
    const settling = settleGeneration(this.#pool, subgraph, () => this.#ids.next());
    this.#settled.set(subgraph, settling);
    settling.catch(() => this.#settled.delete(subgraph));
    return settling;
  }

  async #readState(subgraph: string, trace: OperationTrace): Promise<OutboxState> {
    const [row] = await this.#database(subgraph).rows<StateRow>(
      'outboxState',
      `SELECT generation, cluster, floor_xid::text AS "floorXid", floor_ordinal AS "floorOrdinal", floor_id AS "floorId"
       FROM ${subgraph}.outbox_state WHERE id = 1`,
      [],
      trace,
    );
    if (row === undefined) {
      // Somebody has emptied the tables; the next reader begins a new generation.
      this.#settled.delete(subgraph);
      throw new Error(`the state of the outbox of ${subgraph} is gone`);
    }
    const { generation, floorXid, floorOrdinal, floorId } = row;
    // A third of the id is random enough, and cursors stay short.
    return { generation: generation.slice(-12), floor: { xid: Number(floorXid), ordinal: floorOrdinal, id: floorId } };
  }

  #database(subgraph: string): SqlDatabase {
    const found = this.#databases.get(subgraph);
    if (found === undefined) throw new Error(`no outbox of ${subgraph} here`);
    return found;
  }
}

/**
 * Makes sure that the outbox's state belongs to this cluster. After a restore into another one its rows carry numbers
 * of the old count: they keep their order and are stamped anew where they lie in the future, and cursors of before
 * are refused.
 */
async function settleGeneration(pool: pg.Pool, subgraph: string, nextId: () => string): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ cluster: string }>(
      `SELECT system_identifier || ':' || timeline_id AS cluster FROM pg_control_system(), pg_control_checkpoint()`,
    );
    const cluster = rows[0]?.cluster ?? '';
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO ${subgraph}.outbox_state (id, generation, cluster) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING`,
      [nextId(), cluster],
    );
    const held = await client.query<{ cluster: string }>(
      `SELECT cluster FROM ${subgraph}.outbox_state WHERE id = 1 FOR UPDATE`,
    );
    if (held.rows[0]?.cluster !== cluster) {
      await client.query(
        `UPDATE ${subgraph}.outbox o SET xid = pg_current_xact_id(), ordinal = n.rank
         FROM (SELECT id, (row_number() OVER (ORDER BY xid, ordinal, id))::int - 1 AS rank FROM ${subgraph}.outbox
               WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())) n WHERE n.id = o.id`,
      );
      await client.query(
        `UPDATE ${subgraph}.outbox_state SET generation = $1, cluster = $2, floor_xid = DEFAULT,
           floor_ordinal = DEFAULT, floor_id = DEFAULT WHERE id = 1`,
        [nextId(), cluster],
      );
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

function toEvent(
  subgraph: string,
  { xid, ordinal, id, eventType, entityType, entityId, divisionCode, occurredAt }: EventRow,
): FeedEvent {
  const position = { xid: Number(xid), ordinal, id };
  return { subgraph, position, eventType, entityType, entityId, divisionCode, occurredAt };
}
