import pg from 'pg';
import type { Answered } from './answer-bytes.ts';
import { type ReadStatement, type RowDescription, toWire } from './read-statement.ts';
import { compileReader, type ReadRow } from './row-reader.ts';

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
export class ReadBatch extends pg.Query implements Answered {
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
    this.#reader = compileReader(fields);
    this.#readers.set(name, this.#reader);
  }

  readRow(bytes: Buffer, at: number): void {
    if (this.#failure !== undefined) return;
    try {
      this.#reader ??= this.#readers.get(this.#statements[this.#index]?.name ?? '');
      this.#rows.push((this.#reader as ReadRow)(bytes, at));
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
