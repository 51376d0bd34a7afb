import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import type { Clock } from '../../subgraphs/kit/clock.ts';
import type { ChangeFeed } from '../../subgraphs/kit/feed/change-feed.ts';
import type { FollowedCalendar } from './followed-calendar.ts';

export interface ClockworkOptions {
  readonly catalog: Pick<CatalogPort, 'readCalendarYears' | 'runClocks' | 'dropExpiredAccess'>;
  readonly calendar: FollowedCalendar;
  /** The events of all subgraphs, kept for some hours. */
  readonly keptChanges?: { readonly changes: ChangeFeed; readonly clock: Clock; readonly hours: number };
  /** What the subgraphs of this process do by themselves, on the calendar as it stands then. */
  readonly timedWork: readonly (() => Promise<void>)[];
  /** Told of the months of the access log that are gone, their three years being over. */
  readonly onDropped?: (months: readonly string[]) => void;
  /** Told of each failure; the next run tries again. */
  readonly onTrouble: (error: unknown) => void;
  readonly intervalMilliseconds?: number;
  readonly workIntervalMilliseconds?: number;
}

/** A month is past its time for a month before anybody would miss its end by a few hours. */
const RETENTION_MILLISECONDS = 6 * 3_600_000;
/** Deadlines are days long: half a minute tells of an overdue one soon enough, and costs two small statements. */
const INTERVAL_MILLISECONDS = 30_000;
/** An alert has to be there within seconds of what the clock has turned; a round without news is a few small statements. */
const WORK_INTERVAL_MILLISECONDS = 5_000;

/**
 * What the hub does by itself: follows the working calendar and tells of duties that have become overdue and of grants
 * that have ended, and removes events and months of the access log that are past their time. One run at a time; runs of
 * several hubs share the work.
 */
export function startClockwork(options: ClockworkOptions): { close(): Promise<void> } {
  const {
    catalog,
    calendar,
    keptChanges,
    timedWork,
    onTrouble,
    onDropped = () => {},
    intervalMilliseconds = INTERVAL_MILLISECONDS,
    workIntervalMilliseconds = WORK_INTERVAL_MILLISECONDS,
  } = options;
  let running: Promise<void> | undefined;
  let nextRetention = Number.NEGATIVE_INFINITY;
  const run = async () => {
    try {
      await calendar.refresh(catalog);
      await catalog.runClocks();
      if (keptChanges !== undefined) {
        const { changes, clock, hours } = keptChanges;
        await changes.trim(new Date(clock.now().getTime() - hours * 3_600_000));
      }
      if (performance.now() >= nextRetention) {
        const dropped = await catalog.dropExpiredAccess();
        nextRetention = performance.now() + RETENTION_MILLISECONDS;
        if (dropped.length > 0) onDropped(dropped);
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
