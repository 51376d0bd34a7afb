import type pg from 'pg';
import { readLoadedCity } from '../../prisma/seed/loaded-city.ts';
import { type Clock, clockFrom, systemClock } from '../../subgraphs/kit/clock.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { PipelinedPool } from '../../subgraphs/kit/store/pipelined-pool.ts';
import type { SealingKeys } from '../../subgraphs/kit/store/sealing.ts';
import {
  openSubgraph,
  type RunningSubgraph,
  type SubgraphDefinition,
} from '../../subgraphs/kit/subgraph-definition.ts';
import { findPublishedYears } from '../../subgraphs/registry.ts';
import { FollowedCalendar } from './followed-calendar.ts';

export interface FollowedSubgraphOptions {
  readonly definition: SubgraphDefinition;
  readonly keys: SealingKeys;
  /** Where the database is now, or undefined while there is none. */
  readonly findDatabaseUrl: () => Promise<string | undefined>;
  readonly onConnectionLost: (error: Error) => void;
}

const POOL_SIZE = 8;
/** As often as a hub does. */
const TIMED_WORK_MILLISECONDS = 5_000;

interface Opened {
  readonly running: RunningSubgraph;
  readonly pool: pg.Pool;
  /** Follows the working calendar that the catalogue of the database was given. */
  followCalendar(): Promise<void>;
}

/**
 * A subgraph apart from the hub, over a database that may come later and come back elsewhere: the embedded Postgres
 * lives as long as its hub, and takes a new port each time.
 */
export class FollowedSubgraph {
  readonly #options: FollowedSubgraphOptions;
  #url: string | undefined;
  #opened: Promise<Opened> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FollowedSubgraphOptions) {
    this.#options = options;
  }

  /** The subgraph on today's database. Throws SUBGRAPH_UNAVAILABLE while there is none. */
  async current(): Promise<RunningSubgraph> {
    const url = await this.#options.findDatabaseUrl();
    if (url === undefined) throw graphProblem('SUBGRAPH_UNAVAILABLE', { subgraph: this.#options.definition.name });
    if (url !== this.#url || this.#opened === undefined) {
      const former = this.#opened;
      this.#url = url;
      this.#opened = this.#open(url);
      former?.then(closeOpened).catch(this.#options.onConnectionLost);
    }
    try {
      return (await this.#opened).running;
    } catch (error) {
      // The next request tries again.
      this.#url = undefined;
      throw error;
    }
  }

  /** Follows the published calendar and runs the subgraph's timed work now and then while it has a database; failures are told and tried again. */
  startTimedWork(onTrouble: (error: unknown) => void, intervalMilliseconds = TIMED_WORK_MILLISECONDS): void {
    let busy = false;
    this.#timer = setInterval(() => {
      if (busy || this.#opened === undefined) return;
      busy = true;
      this.#opened
        .then(async ({ running, followCalendar }) => {
          await followCalendar();
          await running.runTimedWork?.();
        })
        .catch(onTrouble)
        .finally(() => {
          busy = false;
        });
    }, intervalMilliseconds);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const known = await this.#opened?.catch(() => undefined);
    if (known !== undefined) await closeOpened(known);
  }

  async #open(url: string): Promise<Opened> {
    const { definition, keys, onConnectionLost } = this.#options;
    const pool = new PipelinedPool({ connectionString: url, max: POOL_SIZE, connectionTimeoutMillis: 5_000 });
    pool.on('error', onConnectionLost);
    const clock = await cityClock(pool);
    const calendar = new FollowedCalendar();
    const followCalendar = () => calendar.refresh({ readCalendarYears: () => findPublishedYears(pool) });
    // Nothing is counted before the published years are known.
    await followCalendar();
    const running = openSubgraph(definition, { pool, clock, ids: uuidSource, keys, calendar });
    return { pool, running, followCalendar };
  }
}

/** The demo city's own time where the database holds one. */
async function cityClock(pool: pg.Pool): Promise<Clock> {
  const city = await readLoadedCity(pool);
  return city === null ? systemClock : clockFrom(city.referenceInstant, city.loadedAt ?? city.startedAt);
}

async function closeOpened({ running, pool }: Opened): Promise<void> {
  await running.close();
  await pool.end();
}
