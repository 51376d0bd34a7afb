const MIN_TITLE_CHARACTERS = 2;
export const MAX_TITLE_CHARACTERS = 120;

/** Whether a text may be an incident's title. A character outside the basic plane is one, as people count them. */
export function isIncidentTitle(title: string): boolean {
  const length = [...title].length;
  return (
    length >= MIN_TITLE_CHARACTERS && length <= MAX_TITLE_CHARACTERS && !/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(title)
  );
}
