import { type CalendarDay, compactDayText, dayOf, dayOfInstant } from '../chance/calendar-day.ts';
import { REFERENCE_MILLISECONDS } from '../reference-instant.ts';

/**
 * The division code of every synthetic person and body: the prefix of a real city with a county that was never
 * issued, so that no generated number can belong to anybody.
 */
export const SYNTHETIC_COUNTY_CODE = '330499';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';
const FIRST_DAY = dayOf(1910, 1, 1);
const LAST_DAY = dayOfInstant(REFERENCE_MILLISECONDS);
// 001, 003 … 999 for men; 002, 004 … 998 for women (000 is not issued).
const MALE_SEQUENCES = 500;
const FEMALE_SEQUENCES = 499;

/** The check character of the first seventeen digits (GB 11643-1999: weights 2^(17-i) mod 11). */
export function citizenIdCheckCharacter(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (digits.charCodeAt(i) - 48) * (WEIGHTS[i] as number);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/** A citizen's number and the birth date it was made for. */
export interface AllocatedCitizenId {
  readonly idNumber: string;
  readonly birthDay: CalendarDay;
}

/**
 * Hands out 18-digit numbers (GB 11643-1999) that never repeat. A day has 500 numbers for men and 499 for women; when
 * they are used up the birth date moves to the nearest day that still has one.
 */
export class CitizenIds {
  private readonly issued = new Uint16Array((LAST_DAY - FIRST_DAY + 1) * 2);

  allocate(wanted: CalendarDay, sexCode: '1' | '2'): AllocatedCitizenId {
    const limit = sexCode === '1' ? MALE_SEQUENCES : FEMALE_SEQUENCES;
    const birthDay = this.dayWithRoom(wanted, sexCode, limit);
    const slot = this.slot(birthDay, sexCode);
    const count = this.issued[slot] as number;
    this.issued[slot] = count + 1;
    // 211 is coprime to 500 and 499: a walk over all sequences that does not look like counting.
    const step = (count * 211 + (((birthDay % limit) + limit) % limit) * 37) % limit;
    const sequence = sexCode === '1' ? step * 2 + 1 : step * 2 + 2;
    const digits = `${SYNTHETIC_COUNTY_CODE}${compactDayText(birthDay)}${String(sequence).padStart(3, '0')}`;
    return { idNumber: digits + citizenIdCheckCharacter(digits), birthDay };
  }

  private dayWithRoom(wanted: CalendarDay, sexCode: '1' | '2', limit: number): CalendarDay {
    const start = Math.min(Math.max(wanted, FIRST_DAY), LAST_DAY);
    for (let distance = 0; distance <= LAST_DAY - FIRST_DAY; distance++) {
      for (const day of distance === 0 ? [start] : [start - distance, start + distance]) {
        if (day < FIRST_DAY || day > LAST_DAY) continue;
        if ((this.issued[this.slot(day, sexCode)] as number) < limit) return day;
      }
    }
    throw new RangeError('Every citizen number of this sex is used up');
  }

  private slot(day: CalendarDay, sexCode: '1' | '2'): number {
    return (day - FIRST_DAY) * 2 + (sexCode === '1' ? 0 : 1);
  }
}
