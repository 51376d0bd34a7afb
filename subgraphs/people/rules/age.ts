/** Full years between two dates (`YYYY-MM-DD`); somebody born on 29 February has his birthday on 1 March otherwise. */
export function ageInYears(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
