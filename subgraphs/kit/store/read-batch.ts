import pg from 'pg';
import { type ReadRow, type ReadStatement, type RowDescription, toWire } from './read-statement.ts';

/** The parts of pg's connection that prepared statements speak to; pg itself has no types for them. */
interface WireConnection {
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: ''; statement: string; values: readonly unknown[]; valueMapper: unknown }): void;
  describe(message: { type: 'P'; name: '' }): void;
  execute(message: { portal: '' }): void;
  sync(): void;
}

/**
 * @param skipped statements that were not run, since one before them failed.
 * @param lost why the connection cannot be used any more.
 */
export type BatchEnd = (skipped: readonly ReadStatement[], lost: Error | undefined) => void;

/**
 * Runs of named prepared statements with one Sync behind them all: Postgres answers in one piece instead of one for each.
 * pg's own query also asks Postgres to describe the result every time and builds its readers anew, which costs more than
 * reading the rows; this one does so once per statement and connection.
 */
export class ReadBatch extends pg.Query {
  readonly #statements: readonly ReadStatement[];
  readonly #readers: Map<string, ReadRow>;
  /** Statements that the server knows, or will know when it has come this far. */
  readonly #known: Set<string>;
  readonly #onEnd: BatchEnd;
  /** Names that this batch makes known, in order; the server has confirmed the first `#parsedCount`. */
  readonly #parsing: string[] = [];
  #parsedCount = 0;
  /** The statement that is being answered. */
  #index = 0;
  #rows: object[] = [];
  #reader: ReadRow | undefined;
  #failure: unknown;
  readonly #answers: (() => void)[] = [];

  constructor(
    statements: readonly ReadStatement[],
    readers: Map<string, ReadRow>,
    known: Set<string>,
    onEnd: BatchEnd,
  ) {
    super('');
    this.#statements = statements;
    this.#readers = readers;
    this.#known = known;
    this.#onEnd = onEnd;
  }

  /** Called by pg when the connection is the batch's. */
  override submit = (connection: unknown): void => {
    const wire = connection as WireConnection; // what pg's client calls it with
    for (const { name, text, values } of this.#statements) {
      if (!this.#known.has(name)) {
        wire.parse({ name, text });
        this.#known.add(name);
        this.#parsing.push(name);
      }
      wire.bind({ portal: '', statement: name, values, valueMapper: toWire });
      if (!this.#readers.has(name)) wire.describe({ type: 'P', name: '' });
      wire.execute({ portal: '' });
    }
    wire.sync();
  };

  noteParsed(): void {
    this.#parsedCount++;
  }

  handleRowDescription({ fields }: RowDescription): void {
    const name = this.#statements[this.#index]?.name ?? '';
    this.#reader = compileReaderOnce(this.#readers, name, fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.#failure !== undefined) return;
    try {
      this.#reader ??= this.#readers.get(this.#statements[this.#index]?.name ?? '');
      this.#rows.push((this.#reader as ReadRow)(fields));
    } catch (error) {
      this.#failure = error;
    }
  }

  handleCommandComplete(): void {
    const statement = this.#statements[this.#index++];
    const rows = this.#rows;
    const failure = this.#failure;
    this.#rows = [];
    this.#reader = undefined;
    this.#failure = undefined;
    this.#answers.push(() => (failure === undefined ? statement?.onRows(rows) : statement?.onFailure(failure)));
  }

  handleReadyForQuery(): void {
    this.#end([], undefined);
  }

  handleError(error: unknown): void {
    const { severity } = (error ?? {}) as { readonly severity?: unknown };
    const isLost = severity !== 'ERROR';
    for (const name of this.#parsing.slice(this.#parsedCount)) this.#known.delete(name);
    if (isLost) {
      for (const statement of this.#statements.slice(this.#index)) {
        this.#answers.push(() => statement.onFailure(error));
      }
      this.#end([], error instanceof Error ? error : new Error(String(error)));
      return;
    }
    const statement = this.#statements[this.#index];
    // A statement whose result has changed under it must be described anew.
    if (statement !== undefined) this.#readers.delete(statement.name);
    this.#answers.push(() => statement?.onFailure(error));
    this.#end(this.#statements.slice(this.#index + 1), undefined);
  }

  #end(skipped: readonly ReadStatement[], lost: Error | undefined): void {
    this.#onEnd(skipped, lost);
    for (const answer of this.#answers.splice(0)) answer();
  }
}

function compileReaderOnce(readers: Map<string, ReadRow>, name: string, fields: RowDescription['fields']): ReadRow {
  const made = compileReader(fields);
  readers.set(name, made);
  return made;
}

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
