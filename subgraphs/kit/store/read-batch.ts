import type { Socket } from 'node:net';
import pg from 'pg';
import type { Answered } from './answer-bytes.ts';
import { type BatchBytes, uuidLists } from './batch-bytes.ts';
import type { ReadStatement, RowDescription } from './read-statement.ts';
import { compileReader, type ReadRow } from './row-reader.ts';

/** The part of pg's connection that a batch speaks to; pg itself has no types for it. */
interface WireConnection {
  readonly stream: Socket;
}

/** What is known of the server at the other end of a connection. */
export interface KnownStatements {
  /** Names that it knows, or will know when it has come this far, and which of their values are lists of uuids. */
  readonly parsed: Map<string, ReadonlySet<number>>;
  /** How it answers them. */
  readonly readers: Map<string, ReadRow>;
  readonly messages: BatchBytes;
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
  #statements: readonly ReadStatement[];
  readonly #server: KnownStatements;
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

  constructor(statements: readonly ReadStatement[], server: KnownStatements, onEnd: BatchEnd) {
    super('');
    this.#statements = statements;
    this.#server = server;
    this.#onEnd = onEnd;
  }

  /** Called by pg when the connection is the batch's. */
  override submit = (connection: unknown): void => {
    const { stream } = connection as WireConnection; // what pg's client calls it with
    const { messages, parsed, readers } = this.#server;
    this.#statements = this.#statements.filter((statement) => {
      const { name, text, values } = statement;
      let lists = parsed.get(name);
      if (lists === undefined) {
        lists = uuidLists(text);
        messages.parse(name, text);
        parsed.set(name, lists);
        this.#parsing.push(name);
      }
      try {
        messages.bind(name, values, lists);
      } catch (error) {
        this.#answers.push(() => statement.onFailure(error));
        return false;
      }
      if (!readers.has(name)) messages.describe();
      messages.execute();
      return true;
    });
    const bytes = messages.sync();
    if (stream.writable) stream.write(bytes);
  };

  noteParsed(): void {
    this.#parsedCount++;
  }

  handleRowDescription({ fields }: RowDescription): void {
    const name = this.#statements[this.#index]?.name ?? '';
    this.#reader = compileReader(fields);
    this.#server.readers.set(name, this.#reader);
  }

  readRow(bytes: Buffer, at: number, latin1: () => string): void {
    if (this.#failure !== undefined) return;
    try {
      this.#reader ??= this.#server.readers.get(this.#statements[this.#index]?.name ?? '');
      this.#rows.push((this.#reader as ReadRow)(bytes, at, latin1));
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
    for (const name of this.#parsing.slice(this.#parsedCount)) this.#server.parsed.delete(name);
    if (isLost) {
      for (const statement of this.#statements.slice(this.#index)) {
        this.#answers.push(() => statement.onFailure(error));
      }
      this.#end([], error instanceof Error ? error : new Error(String(error)));
      return;
    }
    const statement = this.#statements[this.#index];
    // A statement whose result has changed under it must be described anew.
    if (statement !== undefined) this.#server.readers.delete(statement.name);
    this.#answers.push(() => statement?.onFailure(error));
    this.#end(this.#statements.slice(this.#index + 1), undefined);
  }

  #end(skipped: readonly ReadStatement[], lost: Error | undefined): void {
    this.#onEnd(skipped, lost);
    for (const answer of this.#answers.splice(0)) answer();
  }
}
