import type pg from 'pg';
import type { FaultValues, FileFaultCode } from '../../codes/import-faults.ts';

export type BatchState = 'RECEIVING' | 'MERGED' | 'REFUSED' | 'ABANDONED';
export type RowOutcome = 'UNCHANGED' | 'HELD' | 'REJECTED';

export interface BatchCounts {
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly held: number;
  readonly rejected: number;
  /** Items that departments say differently; of rows that were held or updated. */
  readonly conflicts: number;
}

export interface BatchOpening {
  readonly id: string;
  readonly dataset: string;
  readonly datasetVersion: number;
  readonly clientId: string;
  readonly department: string;
  readonly format: string;
  readonly policy: string;
  readonly maxErrorRate: number;
  readonly receivedAt: Date;
}

export interface BatchFile {
  readonly bytes: number;
  readonly sha256: string | null;
  readonly encoding: string | null;
}

/** A batch whose receiver has not been heard of for so long has lost it. Merging holds the row locked instead. */
const SILENT = "interval '3 minutes'";

export async function openBatch(connection: pg.ClientBase, subgraph: string, batch: BatchOpening): Promise<void> {
  await connection.query(
    `INSERT INTO ${subgraph}.import_batch (id, dataset, dataset_version, client_id, department, format, policy,
       max_error_rate, state, received_at, touched_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'RECEIVING', $9, now())`,
    [
      batch.id,
      batch.dataset,
      batch.datasetVersion,
      batch.clientId,
      batch.department,
      batch.format,
      batch.policy,
      batch.maxErrorRate,
      batch.receivedAt,
    ],
  );
}

/** Says that the batch is still being received. */
export async function touchBatch(connection: pg.Pool, subgraph: string, id: string): Promise<void> {
  await connection.query(`UPDATE ${subgraph}.import_batch SET touched_at = now() WHERE id = $1`, [id]);
}

export interface BatchClosing {
  readonly id: string;
  readonly state: Exclude<BatchState, 'RECEIVING'>;
  readonly at: Date;
  readonly counts: BatchCounts;
  readonly file: BatchFile;
  readonly fault: { readonly code: FileFaultCode; readonly values: FaultValues } | null;
  readonly provenanceId: string | null;
}

/** Closes a batch that is still open; false when somebody else has closed it. */
export async function closeBatch(connection: pg.ClientBase, subgraph: string, closing: BatchClosing): Promise<boolean> {
  const { counts, file, fault } = closing;
  const { rowCount } = await connection.query(
    `UPDATE ${subgraph}.import_batch SET state = $2, finished_at = $3, touched_at = now(), byte_count = $4,
       content_sha256 = $5, encoding = $6, row_count = $7, inserted_count = $8, updated_count = $9,
       unchanged_count = $10, held_count = $11, rejected_count = $12, conflict_count = $13, fault_code = $14,
       fault_values = $15, provenance_id = $16
     WHERE id = $1 AND state = 'RECEIVING'`,
    [
      closing.id,
      closing.state,
      closing.at,
      file.bytes,
      file.sha256,
      file.encoding,
      counts.rows,
      counts.inserted,
      counts.updated,
      counts.unchanged,
      counts.held,
      counts.rejected,
      counts.conflicts,
      fault?.code ?? null,
      fault === null ? null : JSON.stringify(fault.values),
      closing.provenanceId,
    ],
  );
  return rowCount === 1;
}

/**
 * Ends batches whose receiver is gone, and drops the stages of all that have ended. One that is being merged holds its row locked and is left
 * alone. Returns how many there were.
 */
export async function sweepBatches(pool: pg.Pool, subgraph: string, at: Date): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE ${subgraph}.import_batch SET state = 'ABANDONED', finished_at = $1, fault_code = 'HUB_ENDED', fault_values = '{}'
      WHERE id IN (SELECT id FROM ${subgraph}.import_batch
                    WHERE state = 'RECEIVING' AND touched_at < now() - ${SILENT} FOR UPDATE SKIP LOCKED)`,
    [at],
  );
  // A batch is on record before its stage is made; one that has ended may have been killed before it could drop it.
  const { rows } = await pool.query<{ name: string }>(
    `SELECT t.tablename AS name FROM pg_catalog.pg_tables t
      WHERE t.schemaname = $1 AND t.tablename ~ '^ingest_[0-9a-f]{32}$'
        AND NOT EXISTS (SELECT FROM ${subgraph}.import_batch b
                         WHERE b.id = substr(t.tablename, 8)::uuid AND b.state = 'RECEIVING')`,
    [subgraph],
  );
  for (const { name } of rows) {
    // Its own hub may be dropping it at this moment.
    await pool.query(`DROP TABLE IF EXISTS ${subgraph}.${name}`).catch(() => {});
  }
  return rowCount ?? 0;
}

export interface RowResult {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly code: string;
  readonly columnKey: string | null;
  readonly maskedValue: string | null;
  readonly faultValues: FaultValues | null;
}

/** The first rows of a batch that something is to be said about, in the file's order. */
export async function readRowResults(
  connection: pg.ClientBase | pg.Pool,
  subgraph: string,
  batchId: string,
  most: number,
): Promise<RowResult[]> {
  const { rows } = await connection.query<RowResult>(
    `SELECT line, outcome, code, column_key AS "columnKey", masked_value AS "maskedValue", fault_values AS "faultValues"
       FROM ${subgraph}.import_row WHERE batch_id = $1 ORDER BY line LIMIT $2`,
    [batchId, most],
  );
  return rows;
}
