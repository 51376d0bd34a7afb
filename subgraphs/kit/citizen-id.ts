/** What is wrong with a citizen number, and where; positions count from 1. */
export interface CitizenIdFlaw {
  readonly position: number;
  readonly reasonZh: string;
  readonly reasonEn: string;
}

/** GB 11643-1999: weight of each of the first 17 digits, and the check character of each remainder modulo 11. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';
/** First digits of the provinces: 11–15, 21–23, 31–37, 41–46, 50–54, 61–65, 71, 81–83, 91. */
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)/;

/**
 * Finds the first flaw of a citizen number (18 characters, GB 11643-1999), or undefined when it is well-formed.
 *
 * The county is not looked up: it is that of the first registration and stays valid when the county is abolished, so a
 * list of today's counties would refuse living people. `today` is `YYYY-MM-DD`.
 */
export function findCitizenIdFlaw(number: string, today: string): CitizenIdFlaw | undefined {
  if (number.length !== 18) {
    return flaw(Math.min(number.length + 1, 19), '应为 18 位', 'it must have 18 characters');
  }
  const wrong = /[^0-9]/.exec(number.slice(0, 17));
  if (wrong !== null) return flaw(wrong.index + 1, '前 17 位应为数字', 'the first 17 must be digits');
  if (!PROVINCE.test(number)) return flaw(1, '省级代码不存在', 'there is no such province');
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isCalendarDate(birthDate)) return flaw(7, '出生日期不存在', 'there is no such date of birth');
  if (birthDate > today) return flaw(7, '出生日期在未来', 'the date of birth lies in the future');
  if (number[17] !== checkCharacter(number)) return flaw(18, '校验码不符', 'the check character does not fit');
  return undefined;
}

/**
 * A citizen number as the register writes it: without blanks, its X in upper case, and one of 15 digits (in use until
 * 1999) with the century and the check character that GB 11643-1999 added. Others come back as they are, for
 * `findCitizenIdFlaw` to say what is wrong with them.
 */
export function normaliseCitizenId(text: string): string {
  const number = text.trim().toUpperCase();
  if (!/^[0-9]{15}$/.test(number)) return number;
  const seventeen = `${number.slice(0, 6)}19${number.slice(6)}`;
  return `${seventeen}${checkCharacter(seventeen)}`;
}

function checkCharacter(number: string): string | undefined {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return CHECK_CHARACTERS[sum % 11];
}

function flaw(position: number, reasonZh: string, reasonEn: string): CitizenIdFlaw {
  return { position, reasonZh, reasonEn };
}

function isCalendarDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && text >= '1850-01-01';
}
