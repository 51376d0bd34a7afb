import type pg from 'pg';
import { uuidSource } from '../../subgraphs/kit/ids.ts';

export interface OutboxRow {
  readonly eventType?: string;
  readonly entityType?: string;
  readonly entityId?: string;
  /** Digits of the smallest area; null for an event of no place. */
  readonly division?: string | null;
  readonly ordinal?: number;
  readonly at?: string;
}

type Connection = Pick<pg.ClientBase, 'query'>;

/** Leaves an event in a subgraph's outbox, as a write of its own or inside the connection's transaction. */
export async function insertEvent(connection: Connection, subgraph: string, row: OutboxRow = {}): Promise<string> {
  const { eventType = 'incident.reported', entityType = 'Incident', division = '330402001001001' } = row;
  const id = uuidSource.next();
  const { entityId = `${entityType}:${id}`, ordinal = 0, at = '2026-06-30T02:00:00Z' } = row;
  const tier = (digits: number) => (division !== null && division.length >= digits ? division.slice(0, digits) : null);
  await connection.query(
    `INSERT INTO ${subgraph}.outbox (id, ordinal, event_type, entity_type, entity_id, payload, city_code, county_code,
       township_code, community_code, grid_code, occurred_at, provenance_id)
     VALUES ($1, $2, $3, $4, $5, '{}', $6, $7, $8, $9, $10, $11, $1)`,
    [id, ordinal, eventType, entityType, entityId, tier(4), tier(6), tier(9), tier(12), tier(15), at],
  );
  return id;
}
