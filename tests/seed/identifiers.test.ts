import { beforeAll, expect, test } from 'vitest';
import { CitizenIds } from '../../prisma/seed/identifiers/citizen-id.ts';
import { syntheticPhone } from '../../prisma/seed/identifiers/phone.ts';
import { committeeUscc } from '../../prisma/seed/identifiers/uscc.ts';
import { CollectedCity } from './collected-city.ts';

let city: CollectedCity;
beforeAll(() => {
  city = new CollectedCity({ city: 'jiaxing', scale: 0.002 });
});

/** GB 11643: the weighted sum of all eighteen places, X as ten, leaves one when divided by eleven. */
function isCitizenId(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = [...text].reduce((total, character, index) => {
    return total + (character === 'X' ? 10 : Number(character)) * (2 ** (17 - index) % 11);
  }, 0);
  return sum % 11 === 1;
}

/** GB 32100: seventeen places weighted by powers of three and the check itself add up to a multiple of 31. */
function isUscc(text: string): boolean {
  const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  let weight = 1;
  let sum = 0;
  for (const character of text.slice(0, 17)) {
    sum += characters.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return text.length === 18 && (sum + characters.indexOf(text.charAt(17))) % 31 === 0;
}

test('the checks themselves accept published samples and refuse altered ones', () => {
  expect(isCitizenId('11010519491231002X')).toBe(true);
  expect(isCitizenId('110105194912310021')).toBe(false);
  expect(isUscc('91350200MA2YJ1XR9G')).toBe(true);
  expect(isUscc('91350200MA2YJ1XR9H')).toBe(false);
});

test('every citizen number is valid, on county 330499, of its birth date and sex, and nobody else has it', () => {
  const people = city.rows('people.person');
  const seen = new Set<string>();
  const wrong = people.filter(({ idNumber, birthDate, sexCode }) => {
    seen.add(idNumber);
    const sex = Number(idNumber.charAt(16)) % 2 === 1 ? '1' : '2';
    return !isCitizenId(idNumber) || !idNumber.startsWith(`330499${birthDate.replaceAll('-', '')}`) || sex !== sexCode;
  });
  expect(wrong).toEqual([]);
  expect(seen.size).toBe(people.length);
});

test('when a day has no number left the birth date moves to its neighbour and numbers stay unique', () => {
  const ids = new CitizenIds();
  const day = 7000;
  const men = Array.from({ length: 501 }, () => ids.allocate(day, '1'));
  const women = Array.from({ length: 500 }, () => ids.allocate(day, '2'));
  expect(new Set([...men, ...women].map(({ idNumber }) => idNumber)).size).toBe(1001);
  expect(men.filter(({ birthDay }) => birthDay === day)).toHaveLength(500);
  expect(women.filter(({ birthDay }) => birthDay === day)).toHaveLength(499);
  expect(men.at(-1)?.birthDay).toBe(day - 1);
});

test('phone numbers begin with 100, have eleven digits and differ', () => {
  const phones = city.rows('people.person').flatMap(({ phone }) => (phone === null ? [] : [phone]));
  expect(phones.every((phone) => /^100\d{8}$/.test(phone))).toBe(true);
  expect(new Set(phones).size).toBe(phones.length);
  expect(syntheticPhone(99_999_999)).toMatch(/^100\d{8}$/);
});

test('every committee but a supervising one has a valid credit code on 330499 of its own', () => {
  const codes = city.rows('organizations.committee').flatMap(({ uscc }) => (uscc === null ? [] : [uscc]));
  expect(codes.length).toBe(city.rows('organizations.community').filter(({ validTo }) => validTo === null).length);
  for (const code of codes) {
    expect(isUscc(code)).toBe(true);
    expect(code).toMatch(/^5[45]330499/);
  }
  expect(new Set(Array.from({ length: 20_000 }, (_, number) => committeeUscc('54', number))).size).toBe(20_000);
});

test('every row id is a UUID of version 7 at the reference instant and is used once', () => {
  const ids = (
    ['people.person', 'people.residence', 'people.dwelling', 'services.incident', 'party.membership'] as const
  ).flatMap((table) => city.rows(table).map(({ id }) => id));
  const time = Date.parse('2026-06-30T10:00:00+08:00').toString(16).padStart(12, '0');
  const prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
  expect(ids.every((id) => id.startsWith(prefix) && /^[0-9a-f-]{23}-[0-9a-f]{12}$/.test(id))).toBe(true);
  expect(ids.every((id) => '89ab'.includes(id.charAt(19)))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});
