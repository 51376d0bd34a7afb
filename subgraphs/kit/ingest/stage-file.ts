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

/**
 * COPY text of some rows, with how many had been read and rejected by its end. It may be used until the next piece but one
 * is asked for: its memory is used again.
 */
export interface StagedPiece {
  readonly text: Buffer;
  readonly rows: number;
  readonly rejected: number;
}

/** A file on its way into a stage. */
export interface StagedFile {
  readonly pieces: AsyncIterable<StagedPiece>;
  /** Complete once the last piece is there. */
  readonly facts: FileFacts;
}

/** COPY text that is gathered before it is sent: some five hundred rows; a fresh statement costs little, memory a lot. */
const PIECE_CHARACTERS = 250_000;

/**
 * Reads a file to its end and makes the stage's lines of its rows, piece by piece.
 *
 * @param encode puts a text into memory that it has from somewhere.
 * @throws FileFault
 */
export function stageFile(
  body: AsyncIterable<Buffer>,
  request: StageRequest,
  encode: (text: string) => Buffer = (text) => Buffer.from(text, 'utf8'),
): StagedFile {
  const { rows, facts } = openTable(body, request.file, request.limits);
  return { pieces: pieces(rows, request, encode), facts };
}

async function* pieces(
  groups: ReturnType<typeof openTable>['rows'],
  { dataset, services, caller, ids }: StageRequest,
  encode: (text: string) => Buffer,
): AsyncGenerator<StagedPiece> {
  let stager: RowStager | undefined;
  let rows = 0;
  let text = '';
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
    yield { text: encode(text), rows, rejected: stager.rejected };
    text = '';
  }
  if (stager === undefined) throw new FileFault('FILE_EMPTY');
  if (rows === 0) throw new FileFault('NO_ROWS');
  yield { text: encode(text), rows, rejected: stager.rejected };
}
