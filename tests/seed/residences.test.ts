import { beforeAll, expect, test } from 'vitest';
import { CollectedCity, countBy, groupBy, REFERENCE_DATE } from './collected-city.ts';

let city: CollectedCity;
beforeAll(() => {
  city = new CollectedCity({ city: 'jiaxing', scale: 0.002 });
});

test('nobody has two live rows of one kind, or is resident and migrant at once', () => {
  const live = city.rows('people.residence').filter(({ validTo }) => validTo === null);
  const wrong = [...groupBy(live, ({ personId }) => personId).values()].filter((rows) => {
    const kinds = rows.map(({ kind }) => kind);
    return new Set(kinds).size !== kinds.length || kinds.filter((kind) => kind !== 'REGISTERED').length !== 1;
  });
  expect(wrong).toEqual([]);
});

test('ranges of one person and kind do not overlap, end after they begin and lie in the past', () => {
  const births = new Map(city.rows('people.person').map(({ id, birthDate }) => [id, birthDate]));
  const groups = groupBy([...city.rows('people.residence')], ({ personId, kind }) => `${personId}/${kind}`);
  let history = 0;
  for (const rows of groups.values()) {
    rows.sort((a, b) => a.validFrom.localeCompare(b.validFrom));
    rows.forEach((row, index) => {
      expect(row.validFrom >= (births.get(row.personId) ?? '9999')).toBe(true);
      expect(row.validFrom <= REFERENCE_DATE).toBe(true);
      if (row.validTo !== null) expect(row.validTo > row.validFrom).toBe(true);
      const next = rows[index + 1];
      if (next === undefined) return;
      history++;
      if (row.kind === 'SEASONAL') expect((row.validTo ?? '9999') <= next.validFrom).toBe(true);
      else expect(row.validTo).toBe(next.validFrom);
    });
  }
  expect(history).toBeGreaterThan(100);
});

test('who is registered in a populated community has a live registration there; who is not has none', () => {
  const populated = new Set(city.rows('organizations.community').map(({ statCode }) => statCode));
  const registrations = new Map(
    city
      .rows('people.residence')
      .filter(({ kind, validTo }) => kind === 'REGISTERED' && validTo === null)
      .map((row) => [row.personId, row.communityCode]),
  );
  for (const { id, registeredCommunityCode, registeredCityCode } of city.rows('people.person')) {
    const here = populated.has(registeredCommunityCode ?? '');
    expect(registrations.get(id)).toBe(here ? registeredCommunityCode : undefined);
    if (!here) expect(registeredCityCode).not.toBe('3304');
  }
});

test('some people live apart from where they are registered, in the city and from outside', () => {
  const people = city.rows('people.person');
  const share = (matches: (person: (typeof people)[number]) => boolean) =>
    people.filter(matches).length / people.length;
  expect(share((person) => person.registeredCityCode !== person.cityCode)).toBeGreaterThan(0.15);
  expect(
    share(
      (person) =>
        person.registeredCityCode === person.cityCode && person.registeredCommunityCode !== person.communityCode,
    ),
  ).toBeGreaterThan(0.01);
});

test('every residence lies in a dwelling of its community and grid', () => {
  const dwellings = new Map(city.rows('people.dwelling').map((row) => [row.id, row]));
  const astray = city.rows('people.residence').filter(({ dwellingId, communityCode, gridCode }) => {
    const dwelling = dwellings.get(dwellingId);
    return dwelling?.communityCode !== communityCode || dwelling.gridCode !== gridCode;
  });
  expect(astray).toEqual([]);
});

test('Sanya has many elders who come for the winter', () => {
  const sanya = new CollectedCity({ city: 'sanya', scale: 0.001 });
  const kinds = countBy(
    sanya.rows('people.residence').filter(({ validTo }) => validTo === null),
    ({ kind }) => kind,
  );
  expect((kinds.SEASONAL ?? 0) / sanya.rows('people.person').length).toBeGreaterThan(0.05);
});
