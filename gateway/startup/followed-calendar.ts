import { builtInCalendar, builtInYears, WorkingCalendar } from '../../subgraphs/kit/calendar/working-calendar.ts';
import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import type { CalendarSource } from '../../subgraphs/kit/subgraph-definition.ts';

/** The working calendar of all subgraphs in this process: the built-in years and those the catalogue has been given. */
export class FollowedCalendar implements CalendarSource {
  #current = builtInCalendar;
  #known = '[]';

  current(): WorkingCalendar {
    return this.#current;
  }

  /** Reads what the catalogue was given; rejects, and keeps the calendar as it was, when that cannot be read. */
  async refresh(catalog: Pick<CatalogPort, 'readCalendarYears'>): Promise<void> {
    const years = await catalog.readCalendarYears();
    const known = JSON.stringify(years);
    if (known === this.#known) return;
    this.#current = new WorkingCalendar([...builtInYears, ...years]);
    this.#known = known;
  }
}
