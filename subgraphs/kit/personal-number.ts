/** 18 or 15 digits, the first kind possibly ending in X; longer runs of digits hide one as well. */
const CITIZEN_NUMBER = /\d{15,}|\d{17}x/i;
/** A mobile number, alone or behind China's country code, and not inside a longer run of digits. */
const MOBILE_NUMBER = /(?<!\d)(?:(?:00)?86)?1[3-9]\d{9}(?!\d)/;
/** What people put between the groups of a number. */
const SEPARATOR_BETWEEN_DIGITS = /(?<=\d)[\s\-–—.·_]{1,3}(?=[\dxX])/g;

/**
 * Whether a text seems to contain a citizen number (GB 11643, 18 or 15 digits) or a mobile number of 11 digits, also
 * when it is written in full-width digits or in groups. Says yes too often rather than too seldom.
 */
export function containsPersonalNumber(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const joined = plain.replace(SEPARATOR_BETWEEN_DIGITS, '');
  return [plain, joined].some((form) => CITIZEN_NUMBER.test(form) || MOBILE_NUMBER.test(form));
}
