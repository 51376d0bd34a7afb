import { beforeAll, expect, test } from 'vitest';
import type { PersonRow } from '../../prisma/seed/rows.ts';
import { CollectedCity, countBy, groupBy, REFERENCE_DATE, yearsBetween } from './collected-city.ts';

let city: CollectedCity;
let members: Map<string, PersonRow[]>;
beforeAll(() => {
  city = new CollectedCity({ city: 'jiaxing', scale: 0.002 });
  members = groupBy([...city.rows('people.person')], ({ householdId }) => householdId);
});

const age = ({ birthDate }: PersonRow) => yearsBetween(birthDate, REFERENCE_DATE);

test('a family household has one head, whom it names; a collective one has none', () => {
  for (const { id, type, headPersonId } of city.rows('people.household')) {
    const heads = (members.get(id) ?? []).filter(({ relationToHeadCode }) => relationToHeadCode === '02');
    expect(heads.map((head) => head.id)).toEqual(type === 'FAMILY' ? [headPersonId] : []);
    if (type === 'COLLECTIVE') expect(headPersonId).toBeNull();
  }
});

test('spouses are of legal age and married, children are at least 18 years younger than both, and unmarried', () => {
  for (const household of members.values()) {
    const head = household.find(({ relationToHeadCode }) => relationToHeadCode === '02');
    const spouse = household.find(({ relationToHeadCode }) => ['11', '12'].includes(relationToHeadCode ?? ''));
    if (head === undefined) continue;
    if (spouse !== undefined) {
      expect(spouse.sexCode).not.toBe(head.sexCode);
      expect(spouse.relationToHeadCode).toBe(spouse.sexCode === '1' ? '11' : '12');
      for (const one of [head, spouse]) {
        expect(age(one)).toBeGreaterThanOrEqual(one.sexCode === '1' ? 22 : 20);
        expect(['21', '22']).toContain(one.maritalStatusCode);
      }
      expect(Math.abs(age(head) - age(spouse))).toBeLessThan(15);
    }
    const grandchildren = household.filter(({ relationToHeadCode }) => relationToHeadCode === '40');
    for (const child of household.filter(({ relationToHeadCode }) => ['20', '30'].includes(relationToHeadCode ?? ''))) {
      expect(age(head) - age(child)).toBeGreaterThan(18);
      if (spouse !== undefined) expect(age(spouse) - age(child)).toBeGreaterThan(18);
      if (grandchildren.length === 0) expect(child.maritalStatusCode).toBe('10');
    }
    for (const grandchild of grandchildren) expect(age(head) - age(grandchild)).toBeGreaterThan(36);
    for (const parent of household.filter(({ relationToHeadCode }) =>
      ['51', '52'].includes(relationToHeadCode ?? ''),
    )) {
      expect(age(parent) - age(head)).toBeGreaterThan(18);
    }
  }
});

test('nobody is married, employed or a graduate before the age for it', () => {
  const wrong = city.rows('people.person').filter((person) => {
    const years = age(person);
    return (
      (years < 19.9 && person.maritalStatusCode !== '10') ||
      (years < 16 && !['31', '90'].includes(person.employmentStatusCode)) ||
      (years < 18 && !['60', '40', '70', '80', '90'].includes(person.educationCode)) ||
      years < 0 ||
      years > 106
    );
  });
  expect(wrong).toEqual([]);
});

test('a child carries the surname of a parent', () => {
  let families = 0;
  let shared = 0;
  for (const household of members.values()) {
    const parents = household.filter(({ relationToHeadCode }) => ['02', '11', '12'].includes(relationToHeadCode ?? ''));
    for (const child of household.filter(({ relationToHeadCode }) => ['20', '30'].includes(relationToHeadCode ?? ''))) {
      if (parents.length < 2) continue;
      families++;
      if (parents.some((parent) => parent.name.charAt(0) === child.name.charAt(0))) shared++;
    }
  }
  expect(families).toBeGreaterThan(500);
  expect(shared).toBe(families);
});

test('households have 2.4 to 2.6 people on average, and the ages make a plausible pyramid', () => {
  const people = city.rows('people.person');
  const size = people.length / city.rows('people.household').length;
  expect(size).toBeGreaterThan(2.4);
  expect(size).toBeLessThan(2.6);
  const share = (low: number, high: number) =>
    people.filter((person) => age(person) >= low && age(person) < high).length / people.length;
  expect(share(0, 15)).toBeGreaterThan(0.1);
  expect(share(0, 15)).toBeLessThan(0.2);
  expect(share(60, 120)).toBeGreaterThan(0.17);
  expect(share(60, 120)).toBeLessThan(0.28);
});

test('pinyin has no tones or spaces and as many initials as the name has characters', () => {
  const wrong = city.rows('people.person').filter(({ name, namePinyin, nameInitials }) => {
    return !/^[a-z]+$/.test(namePinyin) || nameInitials.length !== name.length;
  });
  expect(wrong).toEqual([]);
  const names = new Map(city.rows('people.person').map(({ name, namePinyin }) => [name.charAt(0), namePinyin]));
  expect(names.get('曾')).toMatch(/^zeng/);
  expect(names.get('吕') ?? 'lv').toMatch(/^lv/);
});

test('every household stands in an inhabited dwelling of its own micro-grid, every vacant one is empty', () => {
  const dwellings = new Map(city.rows('people.dwelling').map((row) => [row.id, row]));
  const inhabited = new Set<string>();
  for (const household of city.rows('people.household')) {
    const dwelling = dwellings.get(household.dwellingId);
    expect(dwelling?.microGridCode).toBe(household.microGridCode);
    expect(dwelling?.usage).not.toBe('VACANT');
    inhabited.add(household.dwellingId);
  }
  for (const { id, usage } of dwellings.values()) expect(inhabited.has(id)).toBe(usage !== 'VACANT');
  const usages = countBy([...dwellings.values()], ({ usage }) => usage);
  expect(Object.keys(usages).sort()).toEqual(['DORMITORY', 'OWNER_OCCUPIED', 'RENTED', 'VACANT']);
});
