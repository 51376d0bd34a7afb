import type { Caller } from '../caller/caller.ts';
import type { FaultValues, FileFaultCode } from '../codes/import-faults.ts';
import type { StageTarget } from '../store/ingest/stage-table.ts';
import type { IngestLimits } from './read/bounded-bytes.ts';
import type { FileDescription, FileFacts } from './read/open-table.ts';
import type { StageProgress } from './stage-file.ts';

/** What a reading process is told to do, before the file comes in at its standard input. */
export interface ReadingOrder {
  readonly dataset: string;
  readonly file: FileDescription;
  readonly limits: IngestLimits;
  readonly today: string;
  readonly systemCode: string;
  readonly fieldKey: Uint8Array;
  readonly lookupKey: Uint8Array;
  readonly caller: Caller;
  readonly target: StageTarget;
}

/** What it says: how far it is, and at last what is known of the file, and what is wrong with it. */
export type ReaderSays =
  | StageProgress
  | { readonly facts: FileFacts; readonly fault: ReaderFault | null }
  | { readonly failure: string };

export interface ReaderFault {
  readonly code: FileFaultCode;
  readonly values: FaultValues;
}
