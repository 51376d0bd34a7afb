const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** 统一社会信用代码 — 18 characters without I, O, Z, S, V, the last one a check (GB 32100-2015). */
export function isUnifiedSocialCreditCode(code: string): boolean {
  if (code.length !== 18) return false;
  const values = [...code].map((character) => CHARACTERS.indexOf(character));
  if (values.some((value) => value < 0)) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * (values[index] ?? 0), 0);
  return values[17] === (31 - (sum % 31)) % 31;
}
