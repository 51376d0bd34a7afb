import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Caller } from '../caller/caller.ts';

/**
 * 写入回执 — what the access log will say of a write. It lies beside the write's provenance, committed with it or not at
 * all, until the log has its line; then it is gone, so that nothing beside the log tells who wrote of whom.
 */
export interface WriteReceipt {
  readonly requestId: string;
  readonly clientId: string;
  readonly departmentCode: string;
  readonly workerId?: string | undefined;
  readonly personId?: string | undefined;
  readonly legalBasis?: string | undefined;
  readonly scenario?: string | undefined;
  readonly operationHash: string;
  readonly operationName: string | null;
  /** `Mutation.changeResidence`, `Ingest.addresses`. */
  readonly coordinate: string;
  /** Global ids that the write names, of whatever type. */
  readonly named: readonly string[];
  readonly rowCount: number;
}

/** A receipt that waits, and the write it belongs to. */
export interface WaitingReceipt {
  readonly subgraph: string;
  readonly provenanceId: string;
  readonly recordedAt: Date;
  readonly receipt: WriteReceipt;
}

const GLOBAL_ID = /^[A-Z]\w{1,60}:[\w.:-]{1,100}$/;
/** A write that names more is told of by these. */
const MAX_NAMED = 200;

/** @param write `said` is where it names entities beside those of the request: its events, its answer. */
export function writeReceipt(
  caller: Caller,
  write: {
    readonly provenanceId: string;
    readonly coordinate: string;
    readonly rowCount: number;
    readonly said: unknown;
  },
): string {
  const { provenanceId, coordinate, rowCount, said } = write;
  const named = new Set(caller.request?.subjects);
  collectIds(said, named);
  const receipt: WriteReceipt = {
    requestId: caller.request?.id ?? provenanceId,
    clientId: caller.clientId,
    departmentCode: caller.departmentCode,
    workerId: caller.workerId,
    personId: caller.personId,
    legalBasis: caller.purpose?.legalBasis,
    scenario: caller.purpose?.scenario,
    operationHash: caller.request?.operationHash ?? createHash('sha256').update(coordinate).digest('hex'),
    operationName: caller.request?.operationName ?? null,
    coordinate,
    named: [...named],
    rowCount,
  };
  return JSON.stringify(receipt);
}

/** The oldest receipts of several subgraphs of one database. */
export async function findReceipts(
  connection: Pick<pg.ClientBase, 'query'>,
  subgraphs: readonly string[],
  limit: number,
): Promise<WaitingReceipt[]> {
  const waiting = subgraphs.map(
    (name) => `(SELECT '${name}' AS subgraph, id, recorded_at, receipt FROM ${name}.provenance
      WHERE receipt IS NOT NULL ORDER BY recorded_at LIMIT ${limit})`,
  );
  const { rows } = await connection.query<{ subgraph: string; id: string; recorded_at: Date; receipt: string }>(
    `SELECT * FROM (${waiting.join(' UNION ALL ')}) waiting ORDER BY recorded_at, id LIMIT ${limit}`,
  );
  return rows.map(({ subgraph, id, recorded_at, receipt }) => ({
    subgraph,
    provenanceId: id,
    recordedAt: recorded_at,
    // Written by `writeReceipt`.
    receipt: JSON.parse(receipt) as WriteReceipt,
  }));
}

/** Takes receipts away that the log has a line for. Throws, and so rolls that line back, when one was gone already. */
export async function clearReceipts(
  connection: Pick<pg.ClientBase, 'query'>,
  receipts: readonly WaitingReceipt[],
): Promise<void> {
  for (const subgraph of new Set(receipts.map((waiting) => waiting.subgraph))) {
    const theirs = receipts.filter((waiting) => waiting.subgraph === subgraph);
    const { rowCount } = await connection.query(
      `UPDATE ${subgraph}.provenance SET receipt = NULL WHERE id = ANY($1::uuid[]) AND receipt IS NOT NULL`,
      [theirs.map(({ provenanceId }) => provenanceId)],
    );
    if (rowCount !== theirs.length) throw new Error(`receipts of ${subgraph} were taken by somebody else`);
  }
}

function collectIds(value: unknown, found: Set<string>): void {
  if (found.size >= MAX_NAMED) return;
  if (typeof value === 'string') {
    if (GLOBAL_ID.test(value)) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collectIds(item, found);
  } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const item of Object.values(value)) collectIds(item, found);
  }
}
