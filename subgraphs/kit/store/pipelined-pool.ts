import { Socket } from 'node:net';
import pg from 'pg';
import { laneSocket } from './lane-socket.ts';
import { mergeStatements } from './merged-statements.ts';
import { COMMITTING, READING, ReadLane } from './read-lane.ts';
import { ReadStatement, type RowsOfKeys } from './read-statement.ts';
import { StatementTempo } from './statement-tempo.ts';

/** Connections that read at once without anybody having had to wait for one: what gathers is cheaper than what is shared out. */
const EAGER_LANES = 1;
/** Connections that read at most; the further ones are opened when a batch has kept others waiting. */
const MAX_LANES = 6;
/** How long statements wait for a connection before one more is opened for them. */
const PATIENCE_MILLISECONDS = 3;
/** Turns of the event loop that statements wait for more of them, while more come. */
const MOST_LOOKS = 16;
/** Statements of one batch; more would keep the first of them waiting for the last. */
const MAX_BATCH = 200;

/**
 * A pool whose reads do not check connections out. What is read in one turn of the event loop, or in the next few while
 * more comes, by whichever operations, goes to Postgres in one write with one Sync behind it and comes back in one: most
 * of the cost of a small statement is system calls and waking the other process. While a connection is at work, what is
 * asked gathers for the next batch, so that batches grow with the load; and what several operations ask of one statement,
 * each for its own keys, is run once for all of them.
 *
 * Statements that have been slow, or have never been seen, share a batch with those of their own operation only: nobody
 * else waits for them. Writes and whatever needs a connection of its own use it as an ordinary pool.
 */
export class PipelinedPool extends pg.Pool {
  readonly #lanes = new Set<ReadLane>();
  readonly #tempo = new StatementTempo();
  #turns = new Map<object, Turn>();
  readonly #toCommit: ReadStatement[] = [];
  #committing: ReadLane | undefined;
  #waiting: ReadStatement[] = [];
  #waitingSince = 0;
  #isPlanned = false;
  #patience: NodeJS.Timeout | undefined;
  #ending = false;
  #onIdle: (() => void) | undefined;

  constructor(config?: pg.PoolConfig) {
    super(config);
    // Of a connection that is checked out and lost while nothing runs on it, nobody is told but by this; unheard, it ends
    // the process. Whoever has it is told by his next statement.
    this.on('connect', (client) => client.on('error', () => {}));
  }

  /**
   * Runs one named statement that only reads. Answers of one `operation` and turn are handed on together.
   *
   * @param rowsOf where its first value is an array of keys, and whoever asks looks only at which key a row is of: it may then be run as one with others of its name.
   */
  read(
    operation: object,
    name: string,
    text: string,
    values: readonly unknown[],
    rowsOf?: RowsOfKeys,
  ): Promise<object[]> {
    if (this.#ending) throw new Error('Cannot use a pool after calling end on the pool');
    const turn = this.#turnOf(operation);
    turn.expect();
    return new Promise((resolve, reject) => {
      this.#enqueue(
        new ReadStatement(
          operation,
          name,
          text,
          values,
          (rows) => turn.answer(resolve, rows),
          (error) => turn.answer(reject, error),
          rowsOf,
        ),
      );
    });
  }

  /**
   * Runs one named statement that commits by itself, on a connection that is kept for such: what is written for every
   * few requests needs no connection checked out, and its result not described each time. One after another.
   */
  commit(name: string, text: string, values: unknown[]): Promise<object[]> {
    if (this.#ending) throw new Error('Cannot use a pool after calling end on the pool');
    return new Promise((resolve, reject) => {
      this.#toCommit.push(new ReadStatement(this, name, text, values, resolve, reject));
      this.#commitNext();
    });
  }

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | void {
    this.#ending = true;
    const ended = this.#settled()
      .then(() =>
        Promise.all([...this.#lanes, ...(this.#committing ? [this.#committing] : [])].map((lane) => lane.close())),
      )
      .then(() => super.end());
    if (callback === undefined) return ended;
    void ended.then(callback);
  }

  #turnOf(operation: object): Turn {
    if (this.#turns.size === 0) {
      setImmediate(() => {
        // Not cleared: what a cleared map held is kept by its old table as long as that has not been collected.
        this.#turns = new Map();
      });
    }
    const known = this.#turns.get(operation);
    if (known !== undefined) return known;
    const turn = new Turn();
    this.#turns.set(operation, turn);
    return turn;
  }

  #enqueue(statement: ReadStatement): void {
    if (this.#waiting.length === 0) this.#waitingSince = performance.now();
    this.#waiting.push(statement);
    this.#plan();
  }

  /**
   * Sends what waits when the loop has looked once more for what has arrived, and goes on looking while that brings
   * something: a look takes some microseconds, and a statement that several run as one is spared all but a key.
   */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.#look(0, 1);
  }

  #look(known: number, looks: number): void {
    setImmediate(() => {
      const waiting = this.#waiting.length;
      if (waiting > known && looks < MOST_LOOKS) {
        this.#look(waiting, looks + 1);
        return;
      }
      this.#isPlanned = false;
      this.#send();
    });
  }

  #send(): void {
    while (this.#waiting.length > 0) {
      const lane = this.#findLane();
      if (lane === undefined) {
        this.#patience ??= setTimeout(() => {
          this.#patience = undefined;
          this.#send();
        }, PATIENCE_MILLISECONDS);
        return;
      }
      lane.send(mergeStatements(this.#takeBatch(), this.#sendAgain));
    }
    this.#onIdle?.();
  }

  readonly #sendAgain = (statements: readonly ReadStatement[]): void => {
    this.#waiting.unshift(...statements);
    this.#plan();
  };

  /** A free connection; a new one where there may be more of them; undefined: not yet. */
  #findLane(): ReadLane | undefined {
    for (const lane of this.#lanes) if (lane.isFree) return lane;
    const isPatient = performance.now() - this.#waitingSince < PATIENCE_MILLISECONDS;
    if (this.#lanes.size >= (isPatient ? EAGER_LANES : MAX_LANES)) return undefined;
    const lane = this.#openLane(READING, () => this.#plan(), this.#sendAgain);
    this.#lanes.add(lane);
    return lane;
  }

  #openLane(settings: string, onFree: () => void, onSkipped: (statements: readonly ReadStatement[]) => void): ReadLane {
    const { Client: _ownClient, password, ...options } = this.options; // the password is not enumerable
    // pg gives its own settings, of which its types know nothing. What is encrypted is read by another reader.
    const stream = (settings?: { readonly ssl?: unknown }) => (settings?.ssl ? new Socket() : laneSocket());
    const client = new pg.Client({
      ...options,
      ...(password === undefined ? {} : { password }),
      pipeline: true,
      stream,
    });
    const lane = new ReadLane(client, settings, this.#tempo, {
      onFree,
      onSkipped,
      onEnd: (error) => {
        this.#lanes.delete(lane);
        if (this.#committing === lane) this.#committing = undefined;
        if (error !== undefined && this.listenerCount('error') > 0) this.emit('error', error, client);
        onFree();
      },
    });
    return lane;
  }

  #commitNext(): void {
    const next = this.#toCommit[0];
    if (next === undefined) {
      this.#onIdle?.();
      return;
    }
    this.#committing ??= this.#openLane(
      COMMITTING,
      () => this.#commitNext(),
      () => {},
    );
    if (!this.#committing.isFree) return;
    this.#toCommit.shift();
    this.#committing.send([next]);
  }

  /** All quick statements that wait; or, where the first to be sent is of another kind, those of its operation. */
  #takeBatch(): ReadStatement[] {
    const apart = new Set<object>();
    for (const { name, operation } of this.#waiting) if (!this.#tempo.isQuick(name)) apart.add(operation);
    const first = this.#waiting[0] as ReadStatement; // asked for only when something waits
    const isTaken = apart.has(first.operation)
      ? ({ operation }: ReadStatement) => operation === first.operation
      : ({ operation }: ReadStatement) => !apart.has(operation);
    const batch: ReadStatement[] = [];
    const left: ReadStatement[] = [];
    for (const statement of this.#waiting) {
      (batch.length < MAX_BATCH && isTaken(statement) ? batch : left).push(statement);
    }
    this.#waiting = left;
    return batch;
  }

  /** Resolves when nothing waits and nothing runs. */
  async #settled(): Promise<void> {
    const isIdle = () =>
      this.#waiting.length + this.#toCommit.length === 0 &&
      [...this.#lanes].every((lane) => lane.isFree) &&
      this.#committing?.isFree !== false;
    while (!isIdle()) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
  }
}

/**
 * What one operation reads in one turn. The answers are handed on when the last is there, so that what they lead to is
 * again asked for in one turn, whatever the machine does meanwhile.
 */
class Turn {
  #answers: { readonly hand: (value: never) => void; readonly value: unknown }[] = [];
  #missing = 0;

  expect(): void {
    this.#missing++;
  }

  answer<Value>(hand: (value: Value) => void, value: Value): void {
    this.#missing--;
    this.#answers.push({ hand, value });
    if (this.#missing > 0) return;
    const answers = this.#answers;
    this.#answers = [];
    for (const one of answers) one.hand(one.value as never);
  }
}
