import type pg from 'pg';
import type { Caller } from '../../caller/caller.ts';
import type { FaultValues } from '../../codes/import-faults.ts';
import { isUuid } from '../../ids.ts';
import type { DatasetDeclaration } from '../../ingest/dataset.ts';
import { seal, unseal } from '../sealing.ts';
import type { MergeRequest } from './merge-batch.ts';

/** 死信 — a rejected row as it was stated, with what was wrong with it. */
export interface RejectedRow {
  readonly line: number;
  readonly code: string;
  readonly columnKey: string | null;
  readonly faultValues: FaultValues | null;
  /** What the row stated, by column key. */
  readonly stated: Readonly<Record<string, string>>;
}

export interface RejectedBatch {
  readonly batchId: string;
  readonly dataset: DatasetDeclaration;
  readonly rows: AsyncIterable<readonly RejectedRow[]>;
}

/** Rows that only a whole stage can judge are kept up to so many: one wrong reference data set is no dead letter. */
const MOST_SEALED = 10_000;
const ROWS_AT_ONCE = 500;

/**
 * Seals what the rows state that were rejected by checks over the whole stage; a row that is wrong by itself was sealed
 * when it was read.
 */
export async function sealRejected(
  client: pg.ClientBase,
  stage: string,
  dataset: DatasetDeclaration,
  key: Buffer,
): Promise<void> {
  const kept = dataset.columns.flatMap(({ key: column, staged }) => (staged === undefined ? [] : [{ column, staged }]));
  const types = new Map(dataset.staged.map(({ name, type }) => [name, type]));
  const sealed = new Set(kept.filter(({ staged }) => types.get(staged) === 'bytea').map(({ column }) => column));
  const selected = kept
    .map(({ column, staged }) => `${staged}${types.get(staged) === 'bytea' ? '' : '::text'} AS "${column}"`)
    .join(', ');
  const { rows } = await client.query<{ line: number } & Record<string, string | Buffer | null>>(
    `SELECT line, ${selected} FROM ${stage} WHERE outcome = 'REJECTED' AND row_sealed IS NULL LIMIT ${MOST_SEALED}`,
  );
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const group = rows.slice(at, at + ROWS_AT_ONCE);
    const texts = group.map(({ line: _line, ...values }) => {
      const stated: Record<string, string> = {};
      for (const [column, value] of Object.entries(values)) {
        if (value === null) continue;
        stated[column] = sealed.has(column) ? unseal(key, value as Buffer) : String(value);
      }
      return seal(key, JSON.stringify(stated));
    });
    await client.query(
      `UPDATE ${stage} s SET row_sealed = k.sealed FROM unnest($1::int[], $2::bytea[]) AS k(line, sealed)
        WHERE s.line = k.line`,
      [group.map(({ line }) => line), texts],
    );
  }
}

/** Closes the rejected rows that this batch has brought again, of batches of the same department and dataset. */
export async function closeCorrected(
  client: pg.ClientBase,
  { subgraph, stage, batchId, dataset, caller }: MergeRequest,
): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE ${subgraph}.import_row r SET corrected_by = $1, row_sealed = NULL
       FROM ${stage} s JOIN ${subgraph}.import_batch b ON b.id = s.corrects_batch
      WHERE s.corrects_line IS NOT NULL AND b.department = $2 AND b.dataset = $3
        AND r.batch_id = s.corrects_batch AND r.line = s.corrects_line
        AND r.outcome = 'REJECTED' AND r.corrected_by IS NULL
        AND (s.code IS NULL OR s.code IN ('REPEATED_EQUALLY', 'SOURCE_DIFFERS', 'RECORDED_ELSEWHERE'))`,
    [batchId, caller.departmentCode, dataset.name],
  );
  return rowCount ?? 0;
}

/** The rejected rows of a batch of the caller's department that are still open, in the file's order, piece by piece. */
export async function readRejected(
  pool: pg.Pool,
  { subgraph, datasets, key }: { subgraph: string; datasets: readonly DatasetDeclaration[]; key: Buffer },
  batchId: string,
  caller: Caller,
): Promise<RejectedBatch | undefined> {
  if (!isUuid(batchId)) return undefined;
  const { rows: batches } = await pool.query<{ dataset: string }>(
    `SELECT dataset FROM ${subgraph}.import_batch WHERE id = $1 AND department = $2`,
    [batchId, caller.departmentCode],
  );
  const dataset = datasets.find(({ name }) => name === batches[0]?.dataset);
  if (dataset === undefined || !caller.rights.has(dataset.right)) return undefined;
  async function* rows(): AsyncGenerator<readonly RejectedRow[]> {
    for (let after = 0; ; ) {
      const { rows: found } = await pool.query<Omit<RejectedRow, 'stated'> & { sealed: Buffer }>(
        `SELECT line, code, column_key AS "columnKey", fault_values AS "faultValues", row_sealed AS sealed
           FROM ${subgraph}.import_row
          WHERE batch_id = $1 AND line > $2 AND row_sealed IS NOT NULL ORDER BY line LIMIT ${ROWS_AT_ONCE}`,
        [batchId, after],
      );
      const last = found.at(-1);
      if (last === undefined) return;
      after = last.line;
      yield found.map(({ sealed, ...row }) => ({
        ...row,
        stated: JSON.parse(unseal(key, sealed)) as Record<string, string>, // sealed by us
      }));
    }
  }
  return { batchId, dataset, rows: rows() };
}
