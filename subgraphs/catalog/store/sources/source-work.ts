import type pg from 'pg';
import type { SourceMapping } from '../../../kit/ingest/mapping/source-mapping.ts';
import type { LeasedPull, SourceWork, StoredMapping } from '../../../kit/ingest/sources/source-work.ts';

/** A hub that has gone leaves its pull to the next after so long. */
const LEASE = "interval '2 minutes'";

interface MappingRow {
  readonly systemCode: string;
  readonly departmentCode: string;
  readonly version: number;
  /** Checked when it was stored. */
  readonly mapping: SourceMapping;
}

const NEWEST = `SELECT s.id AS system_id, s.code, s.department_code, m.dataset, m.version, m.document, m.client_id
  FROM catalog.department_system s
  JOIN LATERAL (SELECT * FROM catalog.source_mapping m WHERE m.system_id = s.id AND m.dataset = $2
                 ORDER BY m.version DESC LIMIT 1) m ON true
 WHERE s.code = $1`;

const PULL = `p.cursor, p.failures, n.code AS "systemCode", n.department_code AS "departmentCode", n.dataset, n.version,
  n.document AS mapping, n.client_id AS "clientId"`;

/** What pulls read and write. A pull is a row of its own, so that a lease is one update. */
export function openSourceWork(pool: pg.Pool): SourceWork {
  return {
    async findMapping(systemCode, dataset): Promise<StoredMapping | undefined> {
      const { rows } = await pool.query<MappingRow>(
        `SELECT code AS "systemCode", department_code AS "departmentCode", version, document AS mapping
           FROM (${NEWEST}) n`,
        [systemCode, dataset],
      );
      return rows[0];
    },
    async begin(systemCode, dataset) {
      const { rows } = await pool.query<LeasedPull>(
        `WITH n AS (${NEWEST})
         UPDATE catalog.source_pull p SET leased_until = now() + ${LEASE} FROM n
          WHERE p.system_id = n.system_id AND p.dataset = n.dataset
            AND (p.leased_until IS NULL OR p.leased_until < now())
         RETURNING ${PULL}`,
        [systemCode, dataset],
      );
      if (rows[0] !== undefined) return rows[0];
      return (await this.findMapping(systemCode, dataset)) === undefined ? undefined : 'BUSY';
    },
    async beginDue() {
      const { rows } = await pool.query<LeasedPull>(
        `WITH due AS (SELECT system_id, dataset FROM catalog.source_pull
                       WHERE next_at <= now() AND (leased_until IS NULL OR leased_until < now())
                       ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED),
              n AS (SELECT s.id AS system_id, s.code, s.department_code, m.dataset, m.version, m.document, m.client_id
                      FROM due JOIN catalog.department_system s ON s.id = due.system_id
                      JOIN LATERAL (SELECT * FROM catalog.source_mapping m
                                     WHERE m.system_id = due.system_id AND m.dataset = due.dataset
                                     ORDER BY m.version DESC LIMIT 1) m ON true)
         UPDATE catalog.source_pull p SET leased_until = now() + ${LEASE} FROM n
          WHERE p.system_id = n.system_id AND p.dataset = n.dataset
         RETURNING ${PULL}`,
      );
      return rows[0];
    },
    async hold({ systemCode, dataset }) {
      const { rowCount } = await pool.query(
        `UPDATE catalog.source_pull p SET leased_until = now() + ${LEASE} FROM catalog.department_system s
          WHERE s.code = $1 AND p.system_id = s.id AND p.dataset = $2 AND p.leased_until IS NOT NULL`,
        [systemCode, dataset],
      );
      return rowCount === 1;
    },
    async end({ systemCode, dataset }, { state, reason, batchId, cursor, nextInMilliseconds, failures }) {
      await pool.query(
        `UPDATE catalog.source_pull p
            SET leased_until = NULL, last_at = now(), last_state = $3, last_reason = $4, last_batch_id = $5,
                cursor = coalesce($6, p.cursor), next_at = now() + $7 * interval '1 millisecond', failures = $8
           FROM catalog.department_system s WHERE s.code = $1 AND p.system_id = s.id AND p.dataset = $2`,
        [systemCode, dataset, state, reason, batchId, cursor, nextInMilliseconds, failures],
      );
    },
  };
}
