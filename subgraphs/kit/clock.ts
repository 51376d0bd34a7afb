/** The source of "now". Injected everywhere, so that tests and the demo city can fix it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that starts at `instant` at the moment `startedAt` (real time) and runs on from there. */
export function clockFrom(instant: Date, startedAt: Date, real: Clock = systemClock): Clock {
  const offset = instant.getTime() - startedAt.getTime();
  return { now: () => new Date(real.now().getTime() + offset) };
}

/** A clock that stands still until it is moved; for tests. */
export function fixedClock(instant: string | Date): Clock & { set(instant: string | Date): void } {
  let current = new Date(instant);
  return {
    now: () => new Date(current),
    set: (next) => {
      current = new Date(next);
    },
  };
}

const CITY_TIME_ZONE_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** The calendar date (`YYYY-MM-DD`) of an instant in China, which keeps one zone (UTC+8) and no summer time. */
export function dateInChina(instant: Date): string {
  const local = instant.getTime() + CITY_TIME_ZONE_OFFSET_MS;
  const day = Math.floor(local / DAY_MS);
  // Asked several times for every request, and nearly always for the same day.
  if (day !== lastDay) [lastDay, lastDate] = [day, new Date(local).toISOString().slice(0, 10)];
  return lastDate;
}

let lastDay = Number.NaN;
let lastDate = '';
