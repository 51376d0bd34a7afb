import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import type { FollowedCalendar } from './followed-calendar.ts';

export interface ClockworkOptions {
  readonly catalog: Pick<CatalogPort, 'readCalendarYears' | 'runClocks'>;
  readonly calendar: FollowedCalendar;
  /** Told of each failure; the next run tries again. */
  readonly onTrouble: (error: unknown) => void;
  readonly intervalMilliseconds?: number;
}

/** Deadlines are days long: half a minute tells of an overdue one soon enough, and costs two small statements. */
const INTERVAL_MILLISECONDS = 30_000;

/**
 * What the hub does by itself: follows the working calendar and tells of duties that have become overdue and of grants
 * that have ended. One run at a time; runs of several hubs share the work.
 */
export function startClockwork(options: ClockworkOptions): { close(): Promise<void> } {
  const { catalog, calendar, onTrouble, intervalMilliseconds = INTERVAL_MILLISECONDS } = options;
  let running: Promise<void> | undefined;
  const run = async () => {
    try {
      await calendar.refresh(catalog);
      await catalog.runClocks();
    } catch (error) {
      onTrouble(error);
    }
  };
  const timer = setInterval(() => {
    running ??= run().finally(() => {
      running = undefined;
    });
  }, intervalMilliseconds);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
