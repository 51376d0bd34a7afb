import type { CalendarYear, Holiday } from './calendar-year.ts';
import { type DayNumber, dateText, dayNumber, isWeekend } from './china-day.ts';

/**
 * Days of the festivals that follow the moon or the sun, `MM-DD`: 清明 (the solar term), 春节 (first day of the first
 * lunar month), 端午 (5/5), 中秋 (8/15). Computed with lunar-typescript 1.8.6. ICU's calendar disagrees in two places,
 * both new moons within minutes of midnight in Beijing (2027-02-06 23:56 and 2030-02-03 00:07), where ICU is wrong.
 */
const FESTIVALS: Readonly<Record<number, readonly [qingming: string, spring: string, boat: string, autumn: string]>> = {
  2027: ['04-05', '02-06', '06-09', '09-15'],
  2028: ['04-04', '01-26', '05-28', '10-03'],
  2029: ['04-04', '02-13', '06-16', '09-22'],
  2030: ['04-05', '02-03', '06-05', '09-12'],
  2031: ['04-05', '01-23', '06-24', '10-01'],
  2032: ['04-04', '02-11', '06-12', '09-19'],
  2033: ['04-04', '01-31', '06-01', '09-08'],
  2034: ['04-05', '02-19', '06-20', '09-27'],
  2035: ['04-05', '02-08', '06-10', '09-16'],
};

const SOURCE = '按《全国年节及纪念日放假办法》(国务院令第795号修订)推算，国务院办公厅尚未发布当年通知';

/** Years without a notice yet, from the statutory holidays alone. */
export const computedYears: readonly CalendarYear[] = Object.keys(FESTIVALS).map((year) => computeYear(Number(year)));

/**
 * The thirteen statutory days of a year. A day that falls on a weekend, or on another statutory day, is made up for on
 * the next ordinary working day (art. 6); days moved to make longer holidays (调休) are only known from the notice.
 */
function computeYear(year: number): CalendarYear {
  const festivals = FESTIVALS[year];
  if (festivals === undefined) throw new RangeError(`no statutory festivals are known for ${year}`);
  const [qingming, spring, boat, autumn] = festivals;
  const statutory: readonly (readonly [name: string, first: DayNumber, count: number])[] = [
    ['元旦', dayNumber(`${year}-01-01`), 1],
    ['春节', dayNumber(`${year}-${spring}`) - 1, 4],
    ['清明节', dayNumber(`${year}-${qingming}`), 1],
    ['劳动节', dayNumber(`${year}-05-01`), 2],
    ['端午节', dayNumber(`${year}-${boat}`), 1],
    ['国庆节', dayNumber(`${year}-10-01`), 3],
    ['中秋节', dayNumber(`${year}-${autumn}`), 1],
  ];
  const off = new Map<DayNumber, string>();
  const displaced: [DayNumber, string][] = [];
  for (const [name, first, count] of statutory) {
    for (let day = first; day < first + count; day++) {
      if (isWeekend(day) || off.has(day)) displaced.push([day, name]);
      if (!off.has(day)) off.set(day, name);
    }
  }
  for (const [day, name] of displaced) {
    let substitute = day + 1;
    while (isWeekend(substitute) || off.has(substitute)) substitute++;
    off.set(substitute, name);
  }
  const holidays: Holiday[] = [...off]
    .sort(([a], [b]) => a - b)
    .map(([day, name]) => ({ name, from: dateText(day), to: dateText(day) }));
  return { year, status: 'COMPUTED', version: 0, source: SOURCE, holidays, makeUpDays: [] };
}
