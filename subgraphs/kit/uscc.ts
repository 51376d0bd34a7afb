/** What is wrong with a code, and where; positions count from 1. */
export interface CodeFlaw {
  readonly position: number;
  readonly reasonZh: string;
  readonly reasonEn: string;
}

/** GB 32100-2015: the alphabet (no I, O, Z, S, V), the weights 3^i mod 31, and the check character's place. */
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** GB 11714-1997: the eight characters of an organization code and its check character. */
const ORGANIZATION_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANIZATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORGANIZATION_START = 8;

/**
 * Finds the first flaw of a unified social credit code (18 characters, GB 32100-2015) with the organization code inside
 * it (GB 11714-1997), or undefined when it is well-formed. Registering authority and class are not looked up: the codes
 * of committees are not confirmed by a published rule.
 */
export function findUsccFlaw(code: string): CodeFlaw | undefined {
  if (code.length !== 18) return flaw(Math.min(code.length + 1, 19), '应为 18 位', 'it must have 18 characters');
  for (let i = 0; i < 18; i++) {
    if (!CHARACTERS.includes(code.charAt(i))) {
      return flaw(i + 1, '应为数字或大写字母（不含 I、O、Z、S、V）', 'digits and capitals except I, O, Z, S, V');
    }
  }
  const letter = /[^0-9]/.exec(code.slice(2, 8));
  if (letter !== null) return flaw(letter.index + 3, '第 3 至 8 位应为区划代码数字', 'characters 3 to 8 are digits');
  const organization = code.slice(ORGANIZATION_START, ORGANIZATION_START + 8);
  if (code.charAt(16) !== organizationCheckCharacter(organization)) {
    return flaw(17, '组织机构代码校验码不符', 'the check character of the organization code does not fit');
  }
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * CHARACTERS.indexOf(code.charAt(index)), 0);
  if (code.charAt(17) !== CHARACTERS.charAt((31 - (sum % 31)) % 31)) {
    return flaw(18, '校验码不符', 'the check character does not fit');
  }
  return undefined;
}

function organizationCheckCharacter(code: string): string {
  const sum = ORGANIZATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * ORGANIZATION_CHARACTERS.indexOf(code.charAt(index)),
    0,
  );
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

function flaw(position: number, reasonZh: string, reasonEn: string): CodeFlaw {
  return { position, reasonZh, reasonEn };
}
