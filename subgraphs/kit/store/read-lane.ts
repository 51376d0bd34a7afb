import type { Socket } from 'node:net';
import type pg from 'pg';
import { listenToAnswers } from './answer-bytes.ts';
import { BatchBytes } from './batch-bytes.ts';
import { type KnownStatements, ReadBatch } from './read-batch.ts';
import type { ReadStatement } from './read-statement.ts';
import type { StatementTempo } from './statement-tempo.ts';

/**
 * What every reading connection is told.
 *
 * Left to itself Postgres plans our statements anew each time, because a list of three keys looks cheaper than one of
 * unknown length; planning then costs more than running them. They are written for one plan, see `keyset-list.ts`.
 *
 * Its default of four for `random_page_cost` is for discs that turn. It makes a walk along the primary key look cheaper
 * than the index that begins with the place, and a page of fifty residents then reads a tenth of the city.
 *
 * The statements of a batch are one transaction: a write among them could be taken back by its neighbour's failure.
 */
export const READING =
  'SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1.1; SET default_transaction_read_only = on';
/** The same for a connection that only commits single statements. */
export const COMMITTING = 'SET plan_cache_mode = force_generic_plan';

export interface LaneEvents {
  /** The connection has nothing to do. */
  onFree(): void;
  /** Statements that were not run because one before them failed. */
  onSkipped(statements: readonly ReadStatement[]): void;
  /** The connection is gone; with the error, unless it was closed. */
  onEnd(error: Error | undefined): void;
}

/** One connection that runs batches of named statements, one batch at a time. */
export class ReadLane {
  readonly #server: KnownStatements = { parsed: new Map(), readers: new Map(), messages: new BatchBytes() };
  readonly #client: pg.Client;
  readonly #tempo: StatementTempo;
  readonly #events: LaneEvents;
  readonly #connected: Promise<unknown>;
  #isConnected = false;
  #isOpen = true;
  #batch: ReadBatch | undefined;

  constructor(client: pg.Client, settings: string, tempo: StatementTempo, events: LaneEvents) {
    this.#client = client;
    this.#tempo = tempo;
    this.#events = events;
    client.on('error', (error) => this.#leave(error));
    client.on('end', () => this.#leave(undefined));
    this.#connected = client
      .connect()
      .then(() => client.query(settings))
      .then(() => {
        listenToAnswers(this.#connection().stream, () => this.#batch);
        this.#isConnected = true;
      });
    // Told to those who wait for it; without any, the next statement finds the lane gone.
    this.#connected.catch(() => this.#leave(undefined));
  }

  get isFree(): boolean {
    return this.#isOpen && this.#batch === undefined;
  }

  send(statements: readonly ReadStatement[]): void {
    const started = this.#tempo.start();
    const batch = new ReadBatch(statements, this.#server, (skipped, error) => {
      if (this.#isConnected && error === undefined) {
        this.#tempo.finish(
          started,
          statements.map(({ name }) => name),
        );
      }
      this.#batch = undefined;
      // The server says so before it hangs up; nobody may be sent this way in between.
      if (error !== undefined) this.#leave(error);
      if (skipped.length > 0) this.#events.onSkipped(skipped);
      this.#events.onFree();
    });
    this.#batch = batch;
    if (this.#isConnected) this.#client.query(batch);
    else {
      this.#connected.then(
        () => this.#client.query(batch),
        (error: unknown) => batch.handleError(error),
      );
    }
  }

  async close(): Promise<void> {
    await this.#connected.catch(() => {});
    if (this.#isOpen) await this.#client.end();
  }

  #connection() {
    // pg has no types for it.
    return (this.#client as unknown as { connection: NodeJS.EventEmitter & { stream: Socket } }).connection;
  }

  #leave(error: Error | undefined): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#events.onEnd(error);
  }
}
