import type { Random } from '../chance/random.ts';
import type { MaritalState, SexCode } from './family.ts';

/** Education by GB/T 4658-2006 (first digit's class), fitting the age in whole years and the place. */
export function educationCode(random: Random, age: number, urban: boolean): string {
  if (age < 6) return '90';
  if (age < 12) return '80';
  if (age < 15) return '70';
  if (age < 18) return random.chance(0.7) ? '60' : '40';
  const point = random.fraction() * (urban ? 1 : 1.35);
  if (age < 22) return point < 0.45 ? '20' : point < 0.72 ? '30' : point < 0.9 ? '60' : '40';
  if (age < 35) {
    if (point < 0.06 && age >= 25) return '10';
    return point < 0.38 ? '20' : point < 0.66 ? '30' : point < 0.78 ? '40' : point < 0.92 ? '60' : '70';
  }
  if (age < 50) return point < 0.03 ? '10' : point < 0.2 ? '20' : point < 0.4 ? '30' : point < 0.65 ? '60' : '70';
  if (age < 65) return point < 0.05 ? '20' : point < 0.13 ? '30' : point < 0.38 ? '60' : point < 0.95 ? '70' : '80';
  return point < 0.03
    ? '20'
    : point < 0.08
      ? '30'
      : point < 0.2
        ? '60'
        : point < 0.55
          ? '70'
          : point < 1.15
            ? '80'
            : '90';
}

/** Marital status by GB/T 2261.2: 10 unmarried, 21 first and 22 further marriage, 30 widowed, 40 divorced. */
export function maritalStatusCode(random: Random, state: MaritalState): string {
  switch (state) {
    case 'UNMARRIED':
      return '10';
    case 'WIDOWED':
      return '30';
    case 'DIVORCED':
      return '40';
    case 'MARRIED':
      return random.chance(0.94) ? '21' : '22';
  }
}

/** Employment by GB/T 2261.4, fitting the age in whole years and the place. */
export function employmentStatusCode(random: Random, age: number, sexCode: SexCode, urban: boolean): string {
  if (age < 6) return '90';
  if (age < 18) return '31';
  if (age < 23 && random.chance(0.6)) return '31';
  const retirement = sexCode === '1' ? 60 : 52;
  const point = random.fraction();
  if (age >= retirement) return urban || point < 0.35 ? '80' : age < 75 && point < 0.8 ? '27' : '80';
  if (!urban && point < 0.22) return '27';
  if (point < 0.3) return '24';
  if (point < 0.5) return '17';
  if (point < 0.64) return '13';
  if (point < 0.76) return '54';
  if (point < 0.85) return '51';
  if (point < 0.9) return '21';
  if (point < 0.94) return '11';
  return '70';
}

/** Whether somebody of this age has a telephone number of their own. */
export function hasPhone(random: Random, age: number): boolean {
  if (age < 8) return false;
  if (age < 16) return random.chance(0.5);
  return random.chance(age < 75 ? 0.98 : 0.8);
}
