import type { Caller } from '../caller/caller.ts';
import type { FaultValues, FileFaultCode } from '../codes/import-faults.ts';
import type { IngestLimits } from './read/bounded-bytes.ts';
import type { FileDescription, FileFacts } from './read/open-table.ts';

/** What a staging thread is started with. */
export interface StageOrder {
  readonly dataset: string;
  readonly file: FileDescription;
  readonly limits: IngestLimits;
  readonly today: string;
  readonly systemCode: string;
  readonly fieldKey: Uint8Array;
  readonly lookupKey: Uint8Array;
  readonly caller: Caller;
}

/**
 * From the hub to the thread: pieces of the file (undefined at its end); that another piece of text is wanted, with the
 * memory of one that has been copied.
 */
export type ToStager =
  | { readonly bytes: Uint8Array | undefined }
  | { readonly wanted: true; readonly copied: ArrayBuffer | undefined };

/** From the thread to the hub. */
export type FromStager =
  | 'READ'
  | { readonly text: Uint8Array<ArrayBuffer>; readonly rows: number; readonly rejected: number }
  | { readonly facts: FileFacts; readonly fault: StagerFault | null };

export interface StagerFault {
  readonly code: FileFaultCode;
  readonly values: FaultValues;
}
