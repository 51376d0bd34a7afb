import { beforeAll, expect, test } from 'vitest';
import { CollectedCity, groupBy, REFERENCE_DATE, yearsBetween } from './collected-city.ts';

let city: CollectedCity;
beforeAll(() => {
  city = new CollectedCity({ city: 'jiaxing', scale: 0.01 });
});

test('a grid has at most one live chief, some have none, and the first community has all of its first ones', () => {
  const live = city.rows('organizations.grid_assignment').filter(({ validTo }) => validTo === null);
  const chiefs = groupBy(
    live.filter(({ role }) => role === 'GRID_CHIEF'),
    ({ gridCode }) => gridCode,
  );
  for (const rows of chiefs.values()) expect(rows).toHaveLength(1);
  const grids = city.rows('organizations.grid').map(({ gridCode }) => gridCode);
  expect(chiefs.size).toBeLessThan(grids.length);
  expect(chiefs.size).toBeGreaterThan(grids.length * 0.9);
  expect(chiefs.has('330402007024001')).toBe(true);
  expect(chiefs.has('330402007024002')).toBe(true);
  const holders = new Set([...chiefs.values()].flat().map(({ personId }) => personId));
  expect(holders.size).toBeLessThan(chiefs.size);
});

test('every micro-grid has one live chief, who lives in it', () => {
  const people = new Map(city.rows('people.person').map((row) => [row.id, row]));
  const live = city
    .rows('organizations.grid_assignment')
    .filter(({ role, validTo }) => role === 'MICRO_GRID_CHIEF' && validTo === null);
  expect(new Set(live.map(({ microGridCode }) => microGridCode)).size).toBe(live.length);
  expect(live).toHaveLength(city.rows('organizations.micro_grid').length);
  for (const { personId, microGridCode, holderName } of live) {
    expect(people.get(personId)?.microGridCode).toBe(microGridCode);
    expect(people.get(personId)?.name).toBe(holderName);
  }
});

test('holders and workers are people of the city, adults, and a closed post ends when its successor begins', () => {
  const people = new Map(city.rows('people.person').map((row) => [row.id, row]));
  const workers = new Map(city.rows('organizations.community_worker').map((row) => [row.id, row]));
  for (const { personId, name } of workers.values()) expect(people.get(personId)?.name).toBe(name);
  for (const { personId, workerId } of city.rows('organizations.grid_assignment')) {
    expect(yearsBetween(people.get(personId)?.birthDate ?? REFERENCE_DATE, REFERENCE_DATE)).toBeGreaterThan(18);
    if (workerId !== null) expect(workers.get(workerId)?.personId).toBe(personId);
  }
  const chiefs = city.rows('organizations.grid_assignment').filter(({ role }) => role === 'GRID_CHIEF');
  for (const rows of groupBy(chiefs, ({ gridCode }) => gridCode).values()) {
    const live = rows.find(({ validTo }) => validTo === null);
    const former = rows.find(({ validTo }) => validTo !== null);
    if (live && former) expect(former.validTo).toBe(live.validFrom);
  }
});

test('every community has one secretary-director in office, who chairs the committee', () => {
  const heads = city.rows('organizations.community_worker').filter(({ post }) => post === 'SECRETARY_DIRECTOR');
  expect(heads).toHaveLength(city.rows('organizations.community').filter(({ validTo }) => validTo === null).length);
  const chairs = new Map(
    city
      .rows('organizations.committee')
      .filter(({ kind }) => kind !== 'SUPERVISION')
      .map((row) => [row.communityCode, row]),
  );
  for (const { communityCode, name, leftOn } of heads) {
    expect(chairs.get(communityCode)?.chairName).toBe(name);
    expect(leftOn).toBeNull();
  }
  for (const { kind, seatCount } of chairs.values()) {
    const [low, high] = kind === 'VILLAGERS' ? [3, 7] : [5, 9];
    expect(seatCount).toBeGreaterThanOrEqual(low as number);
    expect(seatCount).toBeLessThanOrEqual(high as number);
  }
});

test('the party tree has one root, no orphan, and branches of 3 to 50 members with a secretary among them', () => {
  const organizations = new Map(city.rows('party.party_organization').map((row) => [row.id, row]));
  expect([...organizations.values()].filter(({ parentId }) => parentId === null)).toHaveLength(1);
  for (const { parentId } of organizations.values()) {
    if (parentId !== null) expect(organizations.has(parentId)).toBe(true);
  }
  const members = groupBy([...city.rows('party.party_member')], ({ organizationId }) => organizationId);
  const memberPersons = new Set(city.rows('party.party_member').map(({ personId }) => personId));
  for (const { id, kind, secretaryPersonId } of organizations.values()) {
    if (secretaryPersonId !== null) expect(memberPersons.has(secretaryPersonId)).toBe(true);
    if (kind !== 'GRID_BRANCH') continue;
    const size = members.get(id)?.length ?? 0;
    expect(size).toBeGreaterThanOrEqual(3);
    expect(size).toBeLessThanOrEqual(50);
    expect(members.get(id)?.some(({ personId }) => personId === secretaryPersonId)).toBe(true);
  }
});

test('a member is one resident aged 18 or more, with one live membership in the organization that they name', () => {
  const people = new Map(city.rows('people.person').map((row) => [row.id, row]));
  const members = city.rows('party.party_member');
  expect(new Set(members.map(({ personId }) => personId)).size).toBe(members.length);
  const live = new Map(
    city
      .rows('party.membership')
      .filter(({ validTo }) => validTo === null)
      .map((row) => [row.memberId, row]),
  );
  expect(live.size).toBe(members.length);
  for (const { id, personId, joinedOn, organizationId, gridCode } of members) {
    const person = people.get(personId);
    expect(yearsBetween(person?.birthDate ?? joinedOn, joinedOn)).toBeGreaterThanOrEqual(18);
    expect(joinedOn <= REFERENCE_DATE).toBe(true);
    expect(person?.gridCode).toBe(gridCode);
    expect(live.get(id)?.organizationId).toBe(organizationId);
  }
  for (const rows of groupBy([...city.rows('party.membership')], ({ memberId }) => memberId).values()) {
    if (rows.length === 2) expect(rows[0]?.validTo).toBe(rows[1]?.validFrom);
  }
});
