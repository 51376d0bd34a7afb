import type pg from 'pg';
import type { DueExport, ExportWork, ReadyExport } from '../../../kit/exports/export-work.ts';
import type { IdSource } from '../../../kit/ids.ts';

/** A runner that has gone leaves its export to the next after so long. */
const LEASE = "interval '60 seconds'";
/** How long a finished file is kept. */
const KEPT = "interval '24 hours'";

/** What the runner of exports reads and writes. Times are real ones, not the demo city's. */
export function openExportWork(pool: pg.Pool, ids: IdSource): ExportWork {
  return {
    async lease() {
      const { rows } = await pool.query<DueExport>(
        `UPDATE catalog.export_job SET state = 'RUNNING', row_count = 0, started_at = now(), lease = $1::uuid,
                leased_until = now() + ${LEASE}
          WHERE id = (SELECT id FROM catalog.export_job
                       WHERE state = 'WAITING' OR (state = 'RUNNING' AND leased_until < now())
                       ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, lease, client_id AS "clientId", format, document, variables, legal_basis AS "legalBasis", scenario,
           unmask`,
        [ids.next()],
      );
      return rows[0];
    },
    async advance({ id, lease }, count, cursor) {
      const { rowCount } = await pool.query(
        `UPDATE catalog.export_job SET row_count = $2, cursor = coalesce($3, cursor), leased_until = now() + ${LEASE}
          WHERE id = $1::uuid AND state = 'RUNNING' AND lease = $4::uuid`,
        [id, count, cursor ?? null, lease],
      );
      return rowCount === 1;
    },
    async finish({ id, lease }, { rows, bytes, sha256, gaps }) {
      const { rowCount } = await pool.query(
        `UPDATE catalog.export_job SET state = 'READY', row_count = $2, byte_count = $3, content_sha256 = $4, gaps = $5,
           finished_at = now(), expires_at = now() + ${KEPT}, leased_until = NULL
          WHERE id = $1::uuid AND state = 'RUNNING' AND lease = $6::uuid`,
        [id, rows, bytes, sha256, gaps, lease],
      );
      return rowCount === 1;
    },
    async fail({ id, lease }, reason) {
      await pool.query(
        `UPDATE catalog.export_job SET state = 'FAILED', state_reason = $2, finished_at = now(), leased_until = NULL
          WHERE id = $1::uuid AND state = 'RUNNING' AND lease = $3::uuid`,
        [id, reason, lease],
      );
    },
    async findReady(id) {
      const { rows } = await pool.query<ReadyExport>(
        `SELECT id, coalesce(lease, id) AS lease, client_id AS "clientId", format, byte_count::float8 AS bytes, content_sha256 AS sha256
           FROM catalog.export_job WHERE id = $1::uuid AND state = 'READY' AND expires_at > now()`,
        [id],
      );
      return rows[0];
    },
    async expire() {
      const { rows } = await pool.query<Pick<ReadyExport, 'lease' | 'format'>>(
        `UPDATE catalog.export_job SET state = 'EXPIRED' WHERE state = 'READY' AND expires_at <= now()
         RETURNING coalesce(lease, id) AS lease, format`,
      );
      return rows;
    },
  };
}
