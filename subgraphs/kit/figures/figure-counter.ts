import type pg from 'pg';
import { type Clock, dateInChina } from '../clock.ts';
import { comparePositions, endBelow } from '../feed/feed-position.ts';
import type { IdSource } from '../ids.ts';
import type { FigureSource } from './figure-source.ts';
import { type FigureStatements, figureStatements } from './figure-statements.ts';
import { type FigureEvent, type FigureState, FigureTables } from './figure-tables.ts';

export interface FigureCounterOptions {
  readonly subgraph: string;
  readonly sources: readonly FigureSource[];
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** What one round did. */
export interface CountedRound {
  /** The figures are counted by somebody else at this moment. */
  readonly busy: boolean;
  /** Events that were read. */
  readonly events: number;
  /** Places whose figures have changed, by code. */
  readonly places: readonly string[];
  /** More events were there than one round takes. */
  readonly more: boolean;
}

const EVENTS_AT_ONCE = 1_000;
/** What has piled up, after a large file, is counted together: its events lie in the same few communities. */
const EVENTS_PER_ROUND = 200_000;
/** Communities counted by one statement. */
const PLACES_PER_STATEMENT = 100;
/** A quiet subgraph says that its figures are still right this often: what a reader may see as lag. */
const QUIET_MILLISECONDS = 5_000;
const CLOCK_SKEW_MILLISECONDS = 60_000;
const NOTHING: CountedRound = { busy: false, events: 0, places: [], more: false };

/**
 * 地方数字 — keeps the figures of places of one subgraph. Reads the outbox behind the last counted event, counts the
 * communities anew in which something happened, and moves the differences up to the city; what depends on time turns by
 * the clock, without an event. Figures, place in the outbox and the events that tell of them are committed together,
 * and a count is compared with what is kept, so that nothing counts twice or not at all, whenever the process dies. Of
 * several processes one counts at a time.
 */
export class FigureCounter {
  readonly subgraph: string;
  readonly #statements: FigureStatements;
  readonly #tables: FigureTables;
  readonly #pool: pg.Pool;
  readonly #clock: Clock;

  constructor({ clock, ids, pool, sources, subgraph }: FigureCounterOptions) {
    this.subgraph = subgraph;
    this.#statements = figureStatements(subgraph, sources);
    this.#tables = new FigureTables(subgraph, ids);
    this.#pool = pool;
    this.#clock = clock;
  }

  /** Counts until everything that was settled when it was called is counted, and tells of what has changed. */
  async catchUp(): Promise<readonly string[]> {
    const places = new Set<string>();
    for (;;) {
      const round = await this.count();
      for (const place of round.places) places.add(place);
      if (!round.more) return [...places];
    }
  }

  /** One round in one transaction. */
  count(): Promise<CountedRound> {
    return this.#inTransaction((client) => this.#countLocked(client, false));
  }

  /** Counts everything again, whatever is kept; returns the places whose figures were wrong, and puts them right. */
  async recount(): Promise<readonly string[]> {
    return (await this.#inTransaction((client) => this.#countLocked(client, true))).places;
  }

  async #inTransaction(work: (client: pg.PoolClient) => Promise<CountedRound>): Promise<CountedRound> {
    const client = await this.#pool.connect();
    // A connection that is lost between two statements says so here, and by the next statement's failure.
    let lost: Error | undefined;
    const noteLoss = (error: Error) => {
      lost = error;
    };
    client.on('error', noteLoss);
    try {
      await this.#tables.ensureState(client, this.#clock.now());
      await client.query('BEGIN');
      const done = await work(client);
      await client.query('COMMIT');
      return done;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => noteLoss(failure));
      throw error;
    } finally {
      client.off('error', noteLoss);
      client.release(lost);
    }
  }

  async #countLocked(client: pg.PoolClient, all: boolean): Promise<CountedRound> {
    const state = await this.#tables.lockState(client);
    if (state === undefined) return { ...NOTHING, busy: true };
    const clock = this.#clock.now();
    // Clocks of several processes differ a little; one that was set back by more is another city's, or a test's.
    const setBack = state.turnedAt.getTime() - clock.getTime();
    const now = setBack > 0 && setBack < CLOCK_SKEW_MILLISECONDS ? state.turnedAt : clock;
    const outbox = await this.#tables.outboxState(client);
    const stale =
      all ||
      state.declaration !== this.#statements.declaration ||
      state.generation !== outbox.generation ||
      comparePositions(state.position, outbox.floor) < 0 ||
      now < state.turnedAt;
    if (stale) return this.#countAll(client, now, outbox, state);

    const { horizon, unsettled } = await this.#tables.horizon(client);
    const places = new Set<string>();
    let [events, more]: [number, boolean] = [0, true];
    let last: FigureEvent | undefined;
    while (more && events < EVENTS_PER_ROUND) {
      const page = await this.#tables.readEvents(client, last?.position ?? state.position, horizon, EVENTS_AT_ONCE);
      for (const place of page.flatMap(placesOf)) places.add(place);
      last = page.at(-1) ?? last;
      events += page.length;
      more = page.length === EVENTS_AT_ONCE;
    }
    for (const place of await this.#turned(client, state.turnedAt, now)) places.add(place);
    const quiet = events === 0 && places.size === 0;
    if (quiet && now.getTime() - state.countedAt.getTime() < QUIET_MILLISECONDS) return NOTHING;
    const changed = await this.#countPlaces(client, [...places], now);
    await this.#tables.recordChanged(client, changed, now, state.provenanceId);
    await this.#tables.saveState(client, {
      declaration: this.#statements.declaration,
      generation: outbox.generation,
      position: last?.position ?? state.position,
      // What is committed and cannot be read in order yet is not counted, and the figures do not claim it.
      countedAt: more || unsettled ? latest(state.countedAt, last?.occurredAt) : now,
      turnedAt: now,
    });
    return { busy: false, events, places: changed, more };
  }

  /** Everything from the rows, whatever is kept; for the first time, another release, or events that are gone. */
  async #countAll(
    client: pg.PoolClient,
    now: Date,
    { generation }: { readonly generation: string },
    before: FigureState & { readonly provenanceId: string },
  ): Promise<CountedRound> {
    // Taken before the count: what was committed in between is counted again, which changes nothing.
    const { horizon } = await this.#tables.horizon(client);
    const { rows } = await client.query<{ placeCode: string }>(this.#statements.countAll, [now, dateInChina(now)]);
    const places = distinct(rows);
    if (before.declaration !== '') await this.#tables.recordChanged(client, places, now, before.provenanceId);
    await this.#tables.saveState(client, {
      declaration: this.#statements.declaration,
      generation,
      position: endBelow(horizon),
      countedAt: now,
      turnedAt: now,
    });
    return { busy: false, events: 0, places, more: false };
  }

  /** Places whose figures are others now than they were, because a deadline or a day has passed. */
  async #turned(client: pg.PoolClient, since: Date, now: Date): Promise<readonly string[]> {
    const { turningByDay, turningByInstant } = this.#statements;
    const values = [now, dateInChina(now), since, dateInChina(since)];
    const asked = [
      ...(turningByInstant === undefined ? [] : [turningByInstant]),
      ...(turningByDay === undefined || values[1] === values[3] ? [] : [turningByDay]),
    ];
    const places: string[] = [];
    for (const text of asked) {
      const { rows } = await client.query<{ placeCode: string }>(text, values);
      for (const { placeCode } of rows) places.push(placeCode);
    }
    return places;
  }

  async #countPlaces(client: pg.PoolClient, places: readonly string[], now: Date): Promise<readonly string[]> {
    const changed = new Set<string>();
    for (let from = 0; from < places.length; from += PLACES_PER_STATEMENT) {
      const part = places.slice(from, from + PLACES_PER_STATEMENT);
      const { rows } = await client.query<{ placeCode: string }>(this.#statements.countPart, [
        now,
        dateInChina(now),
        part.filter((code) => code.length === COMMUNITY_DIGITS),
        part.filter((code) => code.length < COMMUNITY_DIGITS),
      ]);
      for (const { placeCode } of rows) changed.add(placeCode);
    }
    return [...changed].sort();
  }
}

const COMMUNITY_DIGITS = 12;

/**
 * Where something happened, and where else it counts: what moves says where from in its payload (`fromCommunityCode`),
 * and what is of no place for its readers where it counts (`ofPlaceCode`).
 */
function placesOf({ entityType, payload, place }: FigureEvent): readonly string[] {
  if (entityType === FigureTables.ENTITY_TYPE) return [];
  const left = Object.entries(JSON.parse(payload) as Record<string, unknown>).flatMap(([key, value]) =>
    /(Community|Place)Code$/.test(key) && typeof value === 'string' && /^(\d{4}|\d{6}|\d{9}|\d{12})$/.test(value)
      ? [value]
      : [],
  );
  return place === null ? left : [place, ...left];
}

function latest(a: Date, b: Date | undefined): Date {
  return b === undefined || b < a ? a : b;
}

function distinct(rows: readonly { readonly placeCode: string }[]): readonly string[] {
  return [...new Set(rows.map(({ placeCode }) => placeCode))];
}
