/** Full years between two dates (`YYYY-MM-DD`); somebody born on 29 February has his birthday on 1 March otherwise. */
export function ageInYears(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** 不满十四周岁: up to this age personal data is sensitive by itself (PIPL art. 28). */
const MINOR_BELOW_YEARS = 14;

/** Whether somebody is under fourteen on a day. */
export function isMinor(birthDate: string, today: string): boolean {
  return ageInYears(birthDate, today) < MINOR_BELOW_YEARS;
}

/** 年满十八周岁: who may vote and stand in an election (Constitution art. 34; both organic laws of committees). */
const VOTER_FROM_YEARS = 18;

/** Whether somebody is old enough on a day to vote and to stand. */
export function isOfVotingAge(birthDate: string, today: string): boolean {
  return ageInYears(birthDate, today) >= VOTER_FROM_YEARS;
}

/** The last day on which somebody may be born who is no minor on `today`. */
export function lastBirthDateOfNoMinor(today: string): string {
  const year = Number(today.slice(0, 4)) - MINOR_BELOW_YEARS;
  // Who is born on 29 February reaches an age on 1 March where the year has none.
  const day = today.slice(5);
  return `${year}-${day === '02-29' && !isLeapYear(year) ? '02-28' : day}`;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
