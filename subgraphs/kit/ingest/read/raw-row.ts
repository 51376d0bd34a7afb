import type { FaultValues, RowFaultCode } from '../../codes/import-faults.ts';

/** One row as it stands in a file; `line` counts from 1. The first row of a file is its header. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** The header from this row on, where it has brought a column that no row before it had: objects need not have all keys. */
  readonly header?: readonly string[];
  /** What a mapping could not translate. */
  readonly fault?: {
    readonly code: RowFaultCode;
    /** Key of the dataset's column. */
    readonly key?: string;
    readonly value?: string;
    readonly values: FaultValues;
  };
}
