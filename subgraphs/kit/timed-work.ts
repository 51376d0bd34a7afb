import type { WorkingCalendar } from './calendar/working-calendar.ts';
import type { Clock } from './clock.ts';

/** What timed work is given: the subgraph's store, what time it is, and the working calendar as it stands. */
export interface TimedCall<Store> {
  readonly store: Store;
  readonly clock: Clock;
  readonly calendar: WorkingCalendar;
}

/**
 * 定时事务 — what a subgraph does by itself because time has passed, such as telling of a deadline. The hub runs it every
 * five seconds; several hubs may at once, so that it takes what it finds under row locks, in batches.
 */
export interface TimedWork<Store> {
  /** For the log. */
  readonly name: string;
  run(call: TimedCall<Store>): Promise<unknown>;
}
