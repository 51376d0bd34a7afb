import { describe, expect, test } from 'vitest';
import { computedYears } from '../../../../subgraphs/kit/calendar/computed-years.ts';
import { publishedYears } from '../../../../subgraphs/kit/calendar/published-years.ts';
import { builtInCalendar, builtInYears, WorkingCalendar } from '../../../../subgraphs/kit/calendar/working-calendar.ts';

const calendar = builtInCalendar;

describe('published years', () => {
  test.each([
    ['2026-02-13', true, 'the Friday before Spring Festival'],
    ['2026-02-14', true, 'a Saturday that is worked (调休)'],
    ['2026-02-15', false, 'the first day of the holiday'],
    ['2026-02-23', false, 'its last day, a Monday'],
    ['2026-02-24', true, 'the day after'],
    ['2026-02-28', true, 'a second Saturday that is worked'],
    ['2026-01-02', false, 'a Friday made free by the notice'],
    ['2026-01-04', true, 'the Sunday worked for it'],
    ['2026-10-10', true, 'the Saturday worked for National Day'],
    ['2025-10-06', false, 'Mid-Autumn inside the National Day holiday'],
    ['2025-10-09', true, 'the day after eight days off'],
    ['2026-06-20', false, 'an ordinary Saturday of Dragon Boat Festival'],
  ])('%s is worked: %s (%s)', (date, worked) => {
    expect(calendar.isWorkingDay(date)).toBe(worked);
  });

  // Weekdays of the year, less weekdays off, plus weekend days worked; counted by hand from the notices.
  test.each([
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%i has %i working days', (year, count) => {
    const before = year === 2024 ? 1 : 0; // the calendar begins with 2024-01-01, a holiday
    const start = before === 1 ? '2024-01-01' : `${year - 1}-12-31`;
    expect(calendar.workingDaysBetween(start, `${year}-12-31`)).toBe(count);
  });

  test('every make-up day is a Saturday or Sunday and no holiday', () => {
    for (const { year, holidays, makeUpDays } of publishedYears) {
      for (const day of makeUpDays) {
        expect([0, 6], day).toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
        expect(day.slice(0, 4)).toBe(String(year));
        expect(holidays.some(({ from, to }) => day >= from && day <= to)).toBe(false);
      }
    }
  });
});

describe('counting', () => {
  test.each([
    ['2026-02-10', 10, '2026-03-02', 'over Spring Festival with its two worked Saturdays'],
    ['2026-02-13', 1, '2026-02-14', 'one day from Friday is the worked Saturday'],
    ['2026-02-14', 1, '2026-02-24', 'one day from that Saturday lies behind the holiday'],
    ['2026-02-18', 1, '2026-02-24', 'a matter that begins on a holiday'],
    ['2026-06-30', 1, '2026-07-01', 'an ordinary Tuesday'],
    ['2026-06-30', 10, '2026-07-14', 'two ordinary weeks'],
    ['2026-06-30', 20, '2026-07-28', 'four ordinary weeks'],
    ['2026-09-30', 1, '2026-10-08', 'over National Day'],
    ['2026-02-14', 0, '2026-02-14', 'no days from a working day is that day'],
    ['2026-02-15', 0, '2026-02-24', 'no days from a holiday is the next working day'],
  ])('%s and %i working days is %s (%s)', (from, count, expected) => {
    expect(calendar.addWorkingDays(from, count)).toBe(expected);
  });

  test('counting back agrees with counting on, over three years of start days', () => {
    for (let day = Date.parse('2024-01-02'); day < Date.parse('2027-01-01'); day += 86_400_000) {
      const from = new Date(day).toISOString().slice(0, 10);
      for (const count of [1, 7, 20]) {
        const due = calendar.addWorkingDays(from, count);
        expect(calendar.workingDaysBetween(from, due), from).toBe(count);
        expect(calendar.workingDaysBetween(due, from), from).toBe(-count);
        expect(calendar.isWorkingDay(due), due).toBe(true);
      }
    }
  });

  test.each(['2026-02-30', '2026-2-3', 'tomorrow', ''])('%j is refused as a date', (date) => {
    expect(() => calendar.isWorkingDay(date)).toThrow(RangeError);
  });

  test('a day outside the known years is refused, naming them', () => {
    expect(() => calendar.addWorkingDays('2023-12-31', 1)).toThrow('of 2024 to 2035');
    expect(() => calendar.addWorkingDays('2035-12-31', 1)).toThrow('of 2024 to 2035');
    expect(() => calendar.isWorkingDay('2036-01-01')).toThrow('of 2024 to 2035');
  });
});

describe('years not yet published', () => {
  test('they follow on the published ones without a gap and say that they are computed', () => {
    expect(builtInYears.map(({ year, status }) => `${year} ${status}`)).toEqual([
      ...[2024, 2025, 2026].map((year) => `${year} PUBLISHED`),
      ...[2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035].map((year) => `${year} COMPUTED`),
    ]);
  });

  test('2027 has its statutory days, those on weekends made up for on the next weekday', () => {
    const off = computedYears[0]?.holidays.map(({ name, from }) => `${from} ${name}`);
    expect(off).toEqual([
      '2027-01-01 元旦', // Friday
      '2027-02-05 春节', // 除夕, Friday
      '2027-02-06 春节', // Saturday
      '2027-02-07 春节', // Sunday
      '2027-02-08 春节', // Monday
      '2027-02-09 春节', // for the Saturday
      '2027-02-10 春节', // for the Sunday
      '2027-04-05 清明节', // Monday
      '2027-05-01 劳动节', // Saturday
      '2027-05-02 劳动节', // Sunday
      '2027-05-03 劳动节',
      '2027-05-04 劳动节',
      '2027-06-09 端午节', // Wednesday
      '2027-09-15 中秋节', // Wednesday
      '2027-10-01 国庆节', // Friday
      '2027-10-02 国庆节', // Saturday
      '2027-10-03 国庆节', // Sunday
      '2027-10-04 国庆节',
      '2027-10-05 国庆节',
    ]);
  });

  test('each computed year gives thirteen weekdays off, also when Mid-Autumn falls on National Day', () => {
    for (const { year, holidays } of computedYears) {
      const weekdays = holidays.filter(({ from }) => ![0, 6].includes(new Date(`${from}T00:00:00Z`).getUTCDay()));
      expect(weekdays.length, String(year)).toBe(13);
    }
  });

  test('a term is provisional as soon as it touches such a year', () => {
    expect(calendar.certaintyOf('2026-12-01', '2026-12-31')).toBe('FINAL');
    expect(calendar.certaintyOf('2026-12-20', '2027-01-05')).toBe('PROVISIONAL');
    expect(calendar.versionOf('2026-12-20', '2027-01-05')).toBe('2026.1+2027.0');
  });

  test('loading the published year moves a term and makes it final', () => {
    const published = new WorkingCalendar([
      ...builtInYears,
      {
        year: 2027,
        status: 'PUBLISHED',
        version: 1,
        source: 'test',
        holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-04' }],
        makeUpDays: ['2027-01-09'],
      },
    ]);
    expect(calendar.addWorkingDays('2026-12-31', 1)).toBe('2027-01-04');
    expect(published.addWorkingDays('2026-12-31', 1)).toBe('2027-01-05');
    expect(published.isWorkingDay('2027-01-09')).toBe(true);
    expect(published.certaintyOf('2026-12-31', '2027-01-05')).toBe('FINAL');
    expect(published.versionOf('2026-12-31', '2027-01-05')).toBe('2026.1+2027.1');
  });

  test('a gap between years is refused', () => {
    const [first, , third] = publishedYears;
    if (first === undefined || third === undefined) throw new Error('three years are published');
    expect(() => new WorkingCalendar([first, third])).toThrow('lacks a year before 2026');
  });
});
