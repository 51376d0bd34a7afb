import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import type { Clock } from '../../subgraphs/kit/clock.ts';
import type { ChangeFeed } from '../../subgraphs/kit/feed/change-feed.ts';
import type { FollowedCalendar } from './followed-calendar.ts';

export interface ClockworkOptions {
  readonly catalog: Pick<CatalogPort, 'readCalendarYears' | 'runClocks'>;
  readonly calendar: FollowedCalendar;
  /** The events of all subgraphs, kept for some hours. */
  readonly keptChanges?: { readonly changes: ChangeFeed; readonly clock: Clock; readonly hours: number };
  /** What the subgraphs of this process do by themselves, on the calendar as it stands then. */
  readonly timedWork?: readonly (() => Promise<void>)[];
  /** Told of each failure; the next run tries again. */
  readonly onTrouble: (error: unknown) => void;
  readonly intervalMilliseconds?: number;
  readonly workIntervalMilliseconds?: number;
}

/** Deadlines are days long: half a minute tells of an overdue one soon enough, and costs two small statements. */
const INTERVAL_MILLISECONDS = 30_000;
/** An alert has to be there within seconds of what the clock has turned; a round without news is a few small statements. */
const WORK_INTERVAL_MILLISECONDS = 5_000;

/**
 * What the hub does by itself: follows the working calendar and tells of duties that have become overdue and of grants
 * that have ended, and removes events that are past their time. One run at a time; runs of several hubs share the work.
 */
export function startClockwork(options: ClockworkOptions): { close(): Promise<void> } {
  const {
    catalog,
    calendar,
    keptChanges,
    timedWork = [],
    onTrouble,
    intervalMilliseconds = INTERVAL_MILLISECONDS,
    workIntervalMilliseconds = WORK_INTERVAL_MILLISECONDS,
  } = options;
  let running: Promise<void> | undefined;
  const run = async () => {
    try {
      await calendar.refresh(catalog);
      await catalog.runClocks();
      if (keptChanges !== undefined) {
        const { changes, clock, hours } = keptChanges;
        await changes.trim(new Date(clock.now().getTime() - hours * 3_600_000));
      }
    } catch (error) {
      onTrouble(error);
    }
  };
  let working: Promise<void> | undefined;
  // Counts on the calendar, which every start has followed once; one that fails keeps no other from running.
  const work = async () => {
    for (const part of timedWork) await part().catch(onTrouble);
  };
  const timer = setInterval(() => {
    running ??= run().finally(() => {
      running = undefined;
    });
  }, intervalMilliseconds);
  timer.unref();
  const workTimer = setInterval(() => {
    working ??= work().finally(() => {
      working = undefined;
    });
  }, workIntervalMilliseconds);
  workTimer.unref();
  return {
    async close() {
      clearInterval(timer);
      clearInterval(workTimer);
      await running;
      await working;
    },
  };
}
