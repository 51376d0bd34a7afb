/** The same day some years later; the 29th of February becomes the 28th where the year has none. */
export function addYears(day: string, years: number): string {
  const moved = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
  const date = new Date(`${moved}T00:00:00Z`);
  return date.toISOString().startsWith(moved) ? moved : moved.replace('-02-29', '-02-28');
}
