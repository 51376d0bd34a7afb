import { describe, expect, test } from 'vitest';
import { deadlineAt, dueAt, dueDate } from '../../../../subgraphs/kit/calendar/deadline.ts';
import {
  type DeadlineRule,
  findRuleInForce,
  getRuleInForce,
} from '../../../../subgraphs/kit/calendar/deadline-rule.ts';
import { builtInCalendar } from '../../../../subgraphs/kit/calendar/working-calendar.ts';

const rule: DeadlineRule = {
  code: 'ANSWER',
  titleZh: '答复',
  titleEn: 'answer',
  amount: 10,
  unit: 'WORKING_DAY',
  legalBasis: 'test',
  effectiveFrom: '2025-08-01',
  basisConfirmed: true,
};

describe('due date', () => {
  test('is the last day in China, whatever the hour at which the term began', () => {
    // 2026-02-10 in China from 16:00Z of the day before to 15:59Z.
    expect(dueAt(builtInCalendar, new Date('2026-02-09T16:00:00Z'), rule).dueOn).toBe('2026-03-02');
    expect(dueAt(builtInCalendar, new Date('2026-02-10T15:59:59Z'), rule).dueOn).toBe('2026-03-02');
    expect(dueAt(builtInCalendar, new Date('2026-02-10T16:00:00Z'), rule).dueOn).toBe('2026-03-03');
  });

  test.each([
    ['2026-06-30', 15, '2026-07-15', 'ends on a working day'],
    ['2026-02-01', 15, '2026-02-24', 'ends in Spring Festival and moves behind it'],
    ['2026-02-04', 10, '2026-02-14', 'ends on a Saturday that is worked and stays there'],
    ['2026-06-05', 1, '2026-06-08', 'ends on an ordinary Saturday and moves to Monday'],
  ])('a term of calendar days from %s over %i days is %s: it %s', (from, amount, expected) => {
    expect(dueDate(builtInCalendar, from, { amount, unit: 'CALENDAR_DAY' }).dueOn).toBe(expected);
  });

  test('touching a computed year is provisional and names the calendars', () => {
    expect(dueDate(builtInCalendar, '2026-12-25', rule)).toEqual({
      dueOn: '2027-01-11',
      certainty: 'PROVISIONAL',
      calendarVersion: '2026.1+2027.0',
    });
  });
});

describe('deadline', () => {
  const due = { dueOn: '2026-03-02', certainty: 'FINAL', calendarVersion: '2026.1' } as const;
  test.each([
    ['2026-02-10T02:00:00Z', 10, false],
    ['2026-02-14T02:00:00Z', 6, false],
    ['2026-03-02T02:00:00Z', 0, false],
    ['2026-03-02T15:59:59.999Z', 0, false],
    ['2026-03-02T16:00:00Z', -1, true],
    ['2026-03-07T02:00:00Z', -4, true],
  ])('at %s there are %i working days left and it is overdue: %s', (now, left, overdue) => {
    const deadline = deadlineAt(builtInCalendar, due, rule, new Date(now));
    expect(deadline).toMatchObject({ workingDaysLeft: left, overdue, dueAt: new Date('2026-03-02T16:00:00Z') });
  });
});

describe('rule in force', () => {
  const stricter = { ...rule, amount: 5, effectiveFrom: '2026-07-01' };
  const rules = [stricter, rule, { ...rule, code: 'OTHER', effectiveFrom: '2026-06-01' }];

  test('is the newest that had begun on the day, so that an older matter keeps its term', () => {
    expect(findRuleInForce(rules, 'ANSWER', '2026-06-30')?.amount).toBe(10);
    expect(findRuleInForce(rules, 'ANSWER', '2026-07-01')?.amount).toBe(5);
  });

  test('is missing before the first one, loudly where it is needed', () => {
    expect(findRuleInForce(rules, 'ANSWER', '2025-07-31')).toBeUndefined();
    expect(() => getRuleInForce(rules, 'ANSWER', '2025-07-31')).toThrow('ANSWER is in force on 2025-07-31');
  });
});
