import type { Caller } from '../../caller/caller.ts';
import { hasRight } from '../../caller/caller.ts';
import type { FaultValues } from '../../codes/import-faults.ts';
import type { ListDeclaration } from '../keyset-list.ts';
import type { BatchState, RowOutcome } from './batch-rows.ts';

export interface ImportBatchRow {
  readonly id: string;
  readonly dataset: string;
  readonly datasetVersion: number;
  readonly clientId: string;
  readonly department: string;
  readonly format: 'CSV' | 'NDJSON' | 'JSON' | 'XLSX';
  readonly encoding: string | null;
  readonly policy: 'GOOD_ROWS' | 'ALL_OR_NOTHING';
  readonly maxErrorRate: number;
  readonly state: BatchState;
  readonly receivedAt: Date;
  readonly finishedAt: Date | null;
  readonly byteCount: number;
  readonly contentSha256: string | null;
  readonly rowCount: number;
  readonly insertedCount: number;
  readonly updatedCount: number;
  readonly unchangedCount: number;
  readonly heldCount: number;
  readonly rejectedCount: number;
  readonly conflictCount: number;
  readonly faultCode: string | null;
  readonly faultValues: FaultValues | null;
  readonly provenanceId: string | null;
}

const BATCH_COLUMNS = `t.id, t.dataset, t.dataset_version AS "datasetVersion", t.client_id AS "clientId", t.department,
  t.format, t.encoding, t.policy, t.max_error_rate AS "maxErrorRate", t.state, t.received_at AS "receivedAt",
  t.finished_at AS "finishedAt", t.byte_count::float8 AS "byteCount", t.content_sha256 AS "contentSha256",
  t.row_count AS "rowCount", t.inserted_count AS "insertedCount", t.updated_count AS "updatedCount",
  t.unchanged_count AS "unchangedCount", t.held_count AS "heldCount", t.rejected_count AS "rejectedCount",
  t.conflict_count AS "conflictCount", t.fault_code AS "faultCode", t.fault_values AS "faultValues",
  t.provenance_id AS "provenanceId"`;

/** A department sees its own batches; data stewards see all. */
function visibleTo(caller: Caller, values: unknown[]): string {
  if (caller.kind === 'HUB' || hasRight(caller, 'catalog.steward')) return 'true';
  return `t.department = $${values.push(caller.departmentCode)}`;
}

export function importBatchList(subgraph: string): ListDeclaration<ImportBatchRow> {
  return {
    name: `${subgraph}.imports`,
    from: `${subgraph}.import_batch t`,
    columns: BATCH_COLUMNS,
    visible: visibleTo,
    sorts: {
      NEWEST: {
        columns: [
          { expression: 't.received_at', property: 'receivedAt', cast: 'timestamptz' },
          { expression: 't.id', property: 'id', cast: 'uuid' },
        ],
        direction: 'DESC',
        filters: ['batchId'],
      },
    },
    filters: { batchId: (value, values) => `t.id = $${values.push(value)}::uuid` },
  };
}

export interface ImportLineRow {
  readonly batchId: string;
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly code: string;
  readonly columnKey: string | null;
  readonly maskedValue: string | null;
  readonly faultValues: FaultValues | null;
  readonly correctedBy: string | null;
}

/** The rows of a batch that something is said about, in the file's order. Whoever sees the batch sees them. */
export function importLineList(subgraph: string): ListDeclaration<ImportLineRow> {
  return {
    name: `${subgraph}.import_lines`,
    from: `${subgraph}.import_row t`,
    columns: `t.batch_id AS "batchId", t.line, t.outcome, t.code, t.column_key AS "columnKey",
      t.masked_value AS "maskedValue", t.fault_values AS "faultValues",
      t.corrected_by AS "correctedBy"`,
    sorts: {
      LINE: {
        columns: [{ expression: 't.line', property: 'line', cast: 'int' }],
        direction: 'ASC',
        filters: ['outcome'],
      },
    },
    filters: { outcome: (value, values) => `t.outcome = $${values.push(value)}` },
  };
}
