import pg from 'pg';

/** How a statement's rows are read, known once the server has described it. */
export type ReadRow = (values: readonly (string | null)[]) => object;

/** What Postgres says of the columns of a result. */
interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** The parts of pg's connection that a prepared statement speaks to; pg itself has no types for them. */
interface WireConnection {
  readonly parsedStatements: Record<string, string | undefined>;
  readonly submittedNamedStatements: Record<string, string | undefined>;
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: ''; statement: string; values: readonly unknown[]; valueMapper: unknown }): void;
  describe(message: { type: 'P'; name: '' }): void;
  execute(message: { portal: '' }): void;
  sync(): void;
}

/**
 * One run of a named prepared statement on a pipelined connection. pg's own query asks Postgres to describe the result
 * every time and builds its readers anew, which costs more than reading the rows; this one does so once per connection.
 */
export class ReadStatement extends pg.Query {
  readonly #name: string;
  readonly #text: string;
  readonly #values: unknown[];
  /** By statement name, of one connection. */
  readonly #readers: Map<string, ReadRow>;
  readonly #rows: object[] = [];
  #reader: ReadRow | undefined;
  #failure: unknown;

  constructor(name: string, text: string, values: unknown[], readers: Map<string, ReadRow>) {
    super(text, values);
    this.#name = name;
    this.#text = text;
    this.#values = values;
    this.#readers = readers;
    this.#reader = readers.get(name);
    // pg looks at these to know what it has parsed, and to whom an answer belongs.
    Object.assign(this, { name });
  }

  /** Called by pg when the connection is the statement's. */
  prepare(connection: WireConnection): void {
    const name = this.#name;
    if (connection.parsedStatements[name] === undefined && connection.submittedNamedStatements[name] === undefined) {
      connection.parse({ name, text: this.#text });
      connection.submittedNamedStatements[name] = this.#text;
    }
    connection.bind({ portal: '', statement: name, values: this.#values, valueMapper: toWire });
    if (this.#reader === undefined) connection.describe({ type: 'P', name: '' });
    connection.execute({ portal: '' });
    connection.sync();
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.#reader = compileReader(fields);
    this.#readers.set(this.#name, this.#reader);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.#failure !== undefined) return;
    try {
      this.#rows.push((this.#reader as ReadRow)(fields));
    } catch (error) {
      this.#failure = error;
    }
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    if (this.#failure === undefined) this.onRows(this.#rows);
    else this.onFailure(this.#failure);
  }

  handleError(error: unknown): void {
    // A statement whose result has changed under it must be described anew.
    this.#readers.delete(this.#name);
    this.onFailure(error);
  }

  /** Set by whoever sends the statement. */
  onRows: (rows: object[]) => void = () => {};
  onFailure: (error: unknown) => void = () => {};
}

/** The same conversion of parameters as pg's own queries: dates, arrays, buffers, objects as JSON. */
const toWire: unknown = (pg as unknown as { utils?: { prepareValue?: unknown } }).utils?.prepareValue;

/** Writes a function that makes a row at once, so that all rows of a statement share one shape. */
function compileReader(fields: RowDescription['fields']): ReadRow {
  const parsers = fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID, 'text'));
  const isText = (index: number) => TEXT_TYPES.has(fields[index]?.dataTypeID ?? 0);
  const members = fields.map(({ name }, index) => {
    const value = isText(index) ? `v[${index}]` : `v[${index}]===null?null:p[${index}](v[${index}])`;
    return `${JSON.stringify(name)}:${value}`;
  });
  return new Function('p', `return v=>({${members.join(',')}})`)(parsers) as ReadRow;
}

/** Types that pg reads as the text that they are. */
const TEXT_TYPES: ReadonlySet<number> = new Set([
  pg.types.builtins.TEXT,
  pg.types.builtins.VARCHAR,
  pg.types.builtins.BPCHAR,
  pg.types.builtins.UUID,
]);
