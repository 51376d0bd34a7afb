import type { Socket } from 'node:net';
import pg from 'pg';
import { type ReadRow, ReadStatement } from './read-statement.ts';

/**
 * Connections that answer several operations' reads at a time. With one core per backend more of them only cost memory
 * and prepared statements; a slow statement holds up what lies behind it, so that one alone would not do.
 */
const MAX_LANES = 6;

/**
 * Left to itself Postgres plans our statements anew each time, because a list of three keys looks cheaper than one of
 * unknown length; planning then costs more than running them. They are written for one plan, see `keyset-list.ts`.
 */
const GENERIC_PLANS = 'SET plan_cache_mode = force_generic_plan';

/**
 * Postgres' default, four, is for discs that turn. It makes a walk along the primary key look cheaper than the index
 * that begins with the place, and a page of fifty residents then reads a tenth of the city.
 */
const INDEXES_ARE_CHEAP = 'SET random_page_cost = 1.1';

/**
 * A pool whose reads do not check connections out: the statements that one operation makes in the same turn go down one
 * connection in one write, and their answers come back together. Measured on two cores, a statement that goes alone
 * costs some 400 µs of Node and Postgres together, most of it system calls and waking the other process.
 *
 * Writes and whatever needs a connection of its own use it as an ordinary pool.
 */
export class PipelinedPool extends pg.Pool {
  readonly #lanes = new Set<ReadLane>();
  readonly #laneOf = new WeakMap<object, ReadLane>();
  #ending = false;

  /** Runs one named statement that only reads. Statements of one `operation` share a connection. */
  read(operation: object, name: string, text: string, values: unknown[]): Promise<object[]> {
    const known = this.#laneOf.get(operation);
    if (known?.isOpen) return known.read(operation, name, text, values);
    const lane = this.#chooseLane();
    this.#laneOf.set(operation, lane);
    return lane.read(operation, name, text, values);
  }

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | void {
    this.#ending = true;
    const ended = Promise.all([...this.#lanes].map((lane) => lane.close())).then(() => super.end());
    if (callback === undefined) return ended;
    void ended.then(callback);
  }

  /** The connection with the least to do; a new one when all are busy. */
  #chooseLane(): ReadLane {
    if (this.#ending) throw new Error('Cannot use a pool after calling end on the pool');
    let least: ReadLane | undefined;
    for (const lane of this.#lanes) {
      if (lane.isOpen && (least === undefined || lane.running < least.running)) least = lane;
    }
    if (least !== undefined && (least.running === 0 || this.#lanes.size >= MAX_LANES)) return least;
    const { Client: _ownClient, password, ...options } = this.options; // the password is not enumerable
    const client = new pg.Client({ ...options, ...(password === undefined ? {} : { password }), pipeline: true });
    const lane = new ReadLane(client, (error) => {
      this.#lanes.delete(lane);
      if (error !== undefined && this.listenerCount('error') > 0) this.emit('error', error, lane.client);
    });
    this.#lanes.add(lane);
    return lane;
  }
}

/** One pipelined connection. */
class ReadLane {
  readonly client: pg.Client;
  /** Statements that have not been answered. */
  running = 0;
  isOpen = true;
  readonly #readers = new Map<string, ReadRow>();
  readonly #connected: Promise<unknown>;
  readonly #leave: (error: Error | undefined) => void;
  readonly #turns = new Map<object, Turn>();
  #isConnected = false;
  #isCorked = false;

  constructor(client: pg.Client, onEnd: (error: Error | undefined) => void) {
    this.client = client;
    const leave = (error: Error | undefined) => {
      if (!this.isOpen) return;
      this.isOpen = false;
      onEnd(error);
    };
    this.#leave = leave;
    client.on('error', leave);
    client.on('end', () => leave(undefined));
    this.#connected = client
      .connect()
      .then(() => client.query(`${GENERIC_PLANS}; ${INDEXES_ARE_CHEAP}`))
      .then(() => {
        this.#isConnected = true;
      });
    // Told to those who wait for it; without any, the pool's next statement finds the lane gone.
    this.#connected.catch(() => leave(undefined));
  }

  read(operation: object, name: string, text: string, values: unknown[]): Promise<object[]> {
    this.running++;
    const turn = this.#turnOf(operation);
    return new Promise((resolve, reject) => {
      const statement = new ReadStatement(name, text, values, this.#readers);
      const answer = turn.expect();
      statement.onRows = (rows) => {
        this.running--;
        answer(() => resolve(rows));
      };
      statement.onFailure = (error) => {
        this.running--;
        // The server says so before it hangs up; nobody may be sent this way in between.
        if ((error as { severity?: unknown }).severity === 'FATAL') this.#leave(error as Error);
        answer(() => reject(error));
      };
      if (this.#isConnected) this.#send(statement);
      else this.#connected.then(() => this.#send(statement), statement.onFailure);
    });
  }

  async close(): Promise<void> {
    await this.#connected.catch(() => {});
    if (this.isOpen) await this.client.end();
  }

  #turnOf(operation: object): Turn {
    if (this.#turns.size === 0) setImmediate(() => this.#turns.clear());
    const known = this.#turns.get(operation);
    if (known !== undefined) return known;
    const turn = new Turn();
    this.#turns.set(operation, turn);
    return turn;
  }

  /** Everything that is sent before the turn of the event loop ends goes out in one write. */
  #send(statement: ReadStatement): void {
    if (!this.#isCorked) {
      this.#isCorked = true;
      const { stream } = (this.client as unknown as { connection: { stream: Socket } }).connection;
      stream.cork();
      setImmediate(() => {
        this.#isCorked = false;
        stream.uncork();
      });
    }
    this.client.query(statement);
  }
}

/**
 * What one operation reads in one turn. The answers may arrive in several pieces; they are handed on when the last is
 * there, so that what they lead to is again asked for in one turn, whatever the machine does meanwhile.
 */
class Turn {
  readonly #answers: (() => void)[] = [];
  #missing = 0;

  expect(): (answer: () => void) => void {
    this.#missing++;
    return (answer) => {
      this.#answers.push(answer);
      this.#missing--;
      if (this.#missing === 0) for (const hand of this.#answers.splice(0)) hand();
    };
  }
}
