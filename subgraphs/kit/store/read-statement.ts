import pg from 'pg';

/** How a statement's rows are read, known once the server has described it. */
export type ReadRow = (values: readonly (string | null)[]) => object;

/** What Postgres says of the columns of a result. */
export interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** One run of a named statement that only reads. */
export class ReadStatement {
  readonly operation: object;
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly onRows: (rows: object[]) => void;
  readonly onFailure: (error: unknown) => void;

  constructor(
    operation: object,
    name: string,
    text: string,
    values: readonly unknown[],
    onRows: (rows: object[]) => void,
    onFailure: (error: unknown) => void,
  ) {
    this.operation = operation;
    this.name = name;
    this.text = text;
    this.values = values;
    this.onRows = onRows;
    this.onFailure = onFailure;
  }
}

/** The same conversion of parameters as pg's own queries: dates, arrays, buffers, objects as JSON. */
export const toWire: unknown = (pg as unknown as { utils?: { prepareValue?: unknown } }).utils?.prepareValue;
