import pg from 'pg';

/** What Postgres says of the columns of a result. */
export interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/**
 * What tells the rows of one key from those of another, in a statement whose first value is the array of its keys: the
 * property that holds a row's key, or its place among the keys, from 1 on.
 */
export type RowsOfKeys = { readonly key: string } | { readonly ordinal: string };

/** One run of a named statement that only reads. */
export class ReadStatement {
  readonly operation: object;
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly onRows: (rows: object[]) => void;
  readonly onFailure: (error: unknown) => void;
  /** Given where it may be run together with others of its name, see `merged-statements.ts`. */
  readonly rowsOf: RowsOfKeys | undefined;

  constructor(
    operation: object,
    name: string,
    text: string,
    values: readonly unknown[],
    onRows: (rows: object[]) => void,
    onFailure: (error: unknown) => void,
    rowsOf?: RowsOfKeys,
  ) {
    this.operation = operation;
    this.name = name;
    this.text = text;
    this.values = values;
    this.onRows = onRows;
    this.onFailure = onFailure;
    this.rowsOf = rowsOf;
  }

  /** The same, to be run by itself. */
  alone(): ReadStatement {
    return new ReadStatement(this.operation, this.name, this.text, this.values, this.onRows, this.onFailure);
  }
}

/** pg's own conversion of parameters: dates, arrays, buffers, objects as JSON; it has no types for it. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils;

/** Lists of codes of communities and grids: nothing in them needs to be quoted. Uuids go as bytes, see `batch-bytes.ts`. */
const KEYS: ReadonlyMap<number, RegExp> = new Map(
  [12, 15].map((length) => {
    const key = `[0-9a-f-]{${length}}`;
    return [length, new RegExp(`^${key}(?:,${key})*$`)];
  }),
);

/** The same conversion as that of pg's own queries. Keys are many, and pg looks at each for what it must quote. */
export function toWire(value: unknown): unknown {
  if (!Array.isArray(value) || value.length < 2) return prepareValue(value);
  const length = String(value[0]).length;
  const pattern = KEYS.get(length);
  if (pattern === undefined) return prepareValue(value);
  const joined = value.join(',');
  // All as long as the first, and commas nowhere but between them.
  return joined.length === (length + 1) * value.length - 1 && pattern.test(joined)
    ? `{${joined}}`
    : prepareValue(value);
}
