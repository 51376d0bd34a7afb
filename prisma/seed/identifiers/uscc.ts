import { SYNTHETIC_COUNTY_CODE } from './citizen-id.ts';

const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANIZATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORGANIZATION_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Check character of an eight-character organization code (GB 11714-1997). */
function organizationCheckCharacter(code: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i++) {
    sum += ORGANIZATION_CHARACTERS.indexOf(code.charAt(i)) * (ORGANIZATION_WEIGHTS[i] as number);
  }
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Check character of the first seventeen characters of a unified social credit code (GB 32100-2015). */
export function usccCheckCharacter(code: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += CHARACTERS.indexOf(code.charAt(i)) * (WEIGHTS[i] as number);
  return CHARACTERS.charAt((31 - (sum % 31)) % 31);
}

/**
 * A unified social credit code on the synthetic division 330499, different for every number below 10 million.
 * Codes of residents' committees are seen to begin with 54, of villagers' committees with 55: general knowledge, not
 * confirmed by a published rule.
 */
export function committeeUscc(classPrefix: '54' | '55', number: number): string {
  return synthesize(classPrefix, 'M', number);
}

/** The same for social organizations: 51 associations, 52 service agencies, 53 foundations. */
export function socialOrganizationUscc(classPrefix: '51' | '52' | '53', number: number): string {
  return synthesize(classPrefix, 'N', number);
}

/** The same for sample files: none of them is in a demo city. */
export function sampleUscc(classPrefix: '51' | '52' | '53', number: number): string {
  return synthesize(classPrefix, 'P', number);
}

function synthesize(classPrefix: string, letter: string, number: number): string {
  const organization = `${letter}${String((number * 4_857_137 + 1_203_977) % 10_000_000).padStart(7, '0')}`;
  const code = `${classPrefix}${SYNTHETIC_COUNTY_CODE}${organization}${organizationCheckCharacter(organization)}`;
  return code + usccCheckCharacter(code);
}
