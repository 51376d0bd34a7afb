import { beforeAll, expect, test } from 'vitest';
import { communitiesTaken } from '../../prisma/seed/generate-city.ts';
import { CollectedCity, groupBy } from './collected-city.ts';

let city: CollectedCity;
beforeAll(() => {
  city = new CollectedCity({ city: 'jiaxing', scale: 0.01 });
});

function expectNear(actual: number, wanted: number, tolerance: number): void {
  expect(actual).toBeGreaterThan(wanted * (1 - tolerance));
  expect(actual).toBeLessThan(wanted * (1 + tolerance));
}

test('one hundredth of Jiaxing has its share of people, grids, micro-grids, branches and groups', () => {
  const people = city.rows('people.person').length;
  expectNear(people, 57_000, 0.1);
  const share = people / 5_550_000;
  const grids = city.rows('organizations.grid').length;
  expectNear(grids, 4922 * share, 0.1);
  expectNear(city.rows('organizations.micro_grid').length, 124_000 * share, 0.05);
  const organizations = city.rows('party.party_organization');
  expect(organizations.filter(({ kind }) => kind === 'GRID_BRANCH')).toHaveLength(grids);
  expectNear(organizations.filter(({ kind }) => kind === 'MICRO_GRID_GROUP').length, 51_000 * share, 0.08);
  expectNear(city.rows('party.party_member').length, 162_000 * share, 0.06);
  expectNear(city.rows('services.incident').length, 700_000 * share, 0.03);
});

test('at full scale the plan adds up to the whole city', () => {
  const plans = communitiesTaken({ city: 'jiaxing', scale: 1 });
  expectNear(
    plans.reduce((sum, { households }) => sum + households, 0),
    5_550_000 / 2.5,
    0.02,
  );
  expectNear(
    plans.reduce((sum, { grids }) => sum + grids, 0),
    4922,
    0.02,
  );
  const sanya = communitiesTaken({ city: 'sanya', scale: 1 });
  expect(sanya).toHaveLength(149);
  expect(sanya.filter(({ kind }) => kind === 'FARM_COMMUNITY')).toHaveLength(5);
  expect(sanya.filter(({ hasCentre }) => !hasCentre)).toHaveLength(1);
});

test('codes nest: community in grid in micro-grid, and every person, household and dwelling lies in one', () => {
  const microGrids = new Map(city.rows('organizations.micro_grid').map((row) => [row.microGridCode, row.gridCode]));
  const grids = new Map(city.rows('organizations.grid').map((row) => [row.gridCode, row.communityCode]));
  const divisions = new Set(city.rows('organizations.division').map(({ statCode }) => statCode));
  expect([...microGrids].filter(([code, grid]) => !/^\d{18}$/.test(code) || !code.startsWith(grid))).toEqual([]);
  for (const [grid, community] of grids) {
    expect(grid.slice(0, 12)).toBe(community);
    expect(divisions.has(community)).toBe(true);
  }
  const people = [...city.rows('people.person'), ...city.rows('people.household'), ...city.rows('people.dwelling')];
  const astray = people.filter((row) => {
    const nested =
      microGrids.get(row.microGridCode) === row.gridCode &&
      grids.get(row.gridCode) === row.communityCode &&
      row.townshipCode === row.communityCode.slice(0, 9) &&
      row.countyCode === row.communityCode.slice(0, 6) &&
      row.cityCode === row.communityCode.slice(0, 4);
    return !nested;
  });
  expect(astray).toEqual([]);
});

test('a building in town lies in one micro-grid, and addresses name the division and are unique', () => {
  const dwellings = city.rows('people.dwelling');
  const town = dwellings.filter(({ unit }) => unit !== null);
  for (const rows of groupBy(town, (row) => row.communityCode + row.estateName + row.building).values()) {
    expect(new Set(rows.map(({ microGridCode }) => microGridCode)).size).toBe(1);
  }
  expect(new Set(dwellings.map(({ addressText }) => addressText)).size).toBe(dwellings.length);
  const prefixes = new Map(
    communitiesTaken({ city: 'jiaxing', scale: 0.01 }).map((plan) => [plan.communityCode, plan.addressPrefix]),
  );
  const elsewhere = dwellings.filter(({ addressText, communityCode }) => {
    return !addressText.startsWith(prefixes.get(communityCode) ?? '?');
  });
  expect(elsewhere).toEqual([]);
});

test('every community is served by a centre, most of them large enough', () => {
  const centres = city.rows('services.facility').filter(({ kind }) => kind === 'PARTY_MASS_SERVICE_CENTRE');
  const serving = city.rows('services.facility_serving');
  const served = new Set(
    serving.filter(({ facilityId }) => centres.some(({ id }) => id === facilityId)).map((row) => row.communityCode),
  );
  expect(served.size).toBe(city.rows('organizations.community').filter(({ validTo }) => validTo === null).length);
  expect(centres.filter(({ areaSquareMetres }) => areaSquareMetres >= 500).length).toBeGreaterThan(
    centres.length * 0.7,
  );
  expect(new Set(serving.map(({ facilityId, communityCode }) => facilityId + communityCode)).size).toBe(serving.length);
});
