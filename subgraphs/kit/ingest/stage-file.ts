import type { Caller } from '../caller/caller.ts';
import { FileFault } from '../codes/import-faults.ts';
import type { IdSource } from '../ids.ts';
import { bindColumns } from './bind-columns.ts';
import type { DatasetDeclaration, StageServices } from './dataset.ts';
import type { IngestLimits } from './read/bounded-bytes.ts';
import { type FileDescription, type FileFacts, openTable } from './read/open-table.ts';
import { RowStager } from './stage-row.ts';

export interface StageRequest {
  readonly dataset: DatasetDeclaration;
  readonly file: FileDescription;
  readonly limits: IngestLimits;
  readonly services: StageServices;
  readonly caller: Caller;
  readonly ids: IdSource;
}

/** How many rows of a file had been read, and rejected, by the end of a piece of it. */
export interface StageProgress {
  readonly rows: number;
  readonly rejected: number;
}

/** A file on its way into a stage. */
export interface StagedFile {
  /** Whoever has asked for the last one has the whole file in its stage. */
  readonly progress: AsyncIterable<StageProgress>;
  /** Complete by then. */
  readonly facts: FileFacts;
}

/** COPY text that is gathered before it is sent: some five hundred rows; a fresh statement costs little, memory a lot. */
const PIECE_CHARACTERS = 250_000;
const PIECE_BYTES = 768 * 1024;

/**
 * Reads a file to its end and copies the stage's lines of its rows, piece by piece; the next one is read meanwhile.
 *
 * @param copy may use its bytes until it has ended: their memory is used again.
 * @throws FileFault
 */
export function stageFile(
  body: AsyncIterable<Buffer>,
  request: StageRequest,
  copy: (text: Buffer) => Promise<void>,
): StagedFile {
  const { rows, facts } = openTable(body, request.file, request.limits);
  return { progress: copied(rows, request, copy), facts };
}

async function* copied(
  groups: ReturnType<typeof openTable>['rows'],
  { dataset, services, caller, ids }: StageRequest,
  copy: (text: Buffer) => Promise<void>,
): AsyncGenerator<StageProgress> {
  let stager: RowStager | undefined;
  let rows = 0;
  let text = '';
  let memory: Buffer = Buffer.alloc(0);
  let copying: Promise<void> = Promise.resolve();
  const send = async () => {
    await copying;
    // New memory for each piece would lie about until it is collected.
    const length = Buffer.byteLength(text);
    if (memory.length < length) memory = Buffer.allocUnsafeSlow(Math.max(length, PIECE_BYTES));
    memory.write(text, 'utf8');
    copying = copy(memory.subarray(0, length));
    // Its failure is told where it is awaited.
    copying.catch(() => {});
    text = '';
  };
  try {
    for await (const group of groups) {
      let first = 0;
      if (stager === undefined) {
        stager = new RowStager(dataset, bindColumns(group[0]?.cells ?? [], dataset), services, caller);
        first = 1;
      }
      for (let index = first; index < group.length; index++) {
        const row = group[index];
        if (row === undefined) continue;
        rows++;
        text += stager.line(row, ids.next());
      }
      if (text.length < PIECE_CHARACTERS) continue;
      await send();
      yield { rows, rejected: stager.rejected };
    }
    if (stager === undefined) throw new FileFault('FILE_EMPTY');
    if (rows === 0) throw new FileFault('NO_ROWS');
    await send();
    await copying;
    yield { rows, rejected: stager.rejected };
  } finally {
    // The connection is free again before anybody else uses it.
    await copying.catch(() => {});
  }
}
