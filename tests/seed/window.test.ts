import { describe, expect, test } from 'vitest';
import { demoCities } from '../../prisma/seed/vocabulary.ts';
import { endOfDay } from '../../subgraphs/kit/calendar/china-day.ts';
import { dueDate } from '../../subgraphs/kit/calendar/deadline.ts';
import { builtInCalendar } from '../../subgraphs/kit/calendar/working-calendar.ts';
import { cityDatabase } from '../kit/city-database.ts';

describe.each(demoCities)('%s', (city) => {
  test('has requests live, closed, overdue and contested, terms on the working calendar, guides, certificates, windows', async () => {
    await using database = await cityDatabase(city);
    const one = async <Row extends object>(text: string) => (await database.pool.query<Row>(text)).rows;

    const states = await one<{ state: string; count: number }>(
      'SELECT state, count(*)::int AS count FROM services.service_request GROUP BY state ORDER BY state',
    );
    expect(states.map(({ state }) => state)).toEqual([
      ...['ACCEPTED', 'COMPLETED', 'PRE_ACCEPTED', 'RATED', 'RECTIFIED', 'RECTIFYING', 'RETURNED', 'SUBMITTED'],
      ...['SUPPLEMENT_REQUIRED', 'WITHDRAWN'],
    ]);
    const terms = await one<{ started: string; promised: number; due: Date }>(
      `SELECT started_on::text AS started, promised_working_days AS promised, due_at AS due
         FROM services.service_request WHERE started_on IS NOT NULL AND slot_starts_at IS NULL`,
    );
    for (const { started, promised, due } of terms) {
      const { dueOn } = dueDate(builtInCalendar, started, { amount: promised, unit: 'WORKING_DAY' });
      expect(due.toISOString()).toBe(endOfDay(dueOn).toISOString());
    }
    const [counts] = await one(
      `SELECT (SELECT count(*)::int FROM services.service_request WHERE closed_at IS NULL AND due_at < '2026-06-30T02:00:00Z') > 0 AS overdue,
              (SELECT count(*)::int FROM services.service_item i WHERE NOT EXISTS
                (SELECT FROM services.service_guide g WHERE g.item_id = i.id)) AS "withoutGuide",
              (SELECT count(*)::int FROM services.certificate_item) AS certificates,
              (SELECT count(*)::int FROM services.service_window) > 0 AS windows,
              (SELECT count(*)::int FROM services.service_request r WHERE NOT EXISTS
                (SELECT FROM services.transition_step s WHERE s.subject_id = r.id AND s.to_state = r.state)) AS "withoutStep"`,
    );
    expect(counts).toEqual({ overdue: true, withoutGuide: 0, certificates: 118, windows: true, withoutStep: 0 });
  });
});
