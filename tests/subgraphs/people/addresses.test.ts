import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import {
  CITY,
  COMMUNITY_A,
  COUNTY_AB,
  COUNTY_C,
  dwellingKeys,
  GRID_A1,
  GRID_A2,
  GRID_C1,
  resetPeople,
} from '../../kit/people-rows.ts';
import { plannedReads, recordQueries, rowsRead } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;
const WRITER = testCaller([COUNTY_AB], 'address.write', 'household.address');
const keys = {
  estate: testUuid(7_001),
  building: testUuid(7_002),
  stairwell: testUuid(7_003),
  elsewhere: testUuid(7_004),
};
const idOf = (key: string) => `StandardAddress:${key}`;

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query('TRUNCATE people.standard_address');
  await resetPeople(subgraph.pool);
  await insertRows(subgraph.pool, 'people.standard_address', [
    address('estate', 'ESTATE', null, '金都花园', '新嘉街道金都花园', GRID_A1, null),
    address('building', 'BUILDING', keys.estate, '3幢', '新嘉街道金都花园3幢', GRID_A1, GRID_A1),
    address('stairwell', 'STAIRWELL', keys.building, '4单元', '新嘉街道金都花园3幢4单元', GRID_A1, GRID_A1),
    address('elsewhere', 'ESTATE', null, '金都花园', '新城街道金都花园', GRID_C1, null),
  ]);
  await subgraph.pool.query('UPDATE people.dwelling SET address_id = $1, building = $3, unit = $4 WHERE id = $2', [
    keys.stairwell,
    dwellingKeys.A1,
    '3幢',
    '4单元',
  ]);
});

function address(
  key: keyof typeof keys,
  level: string,
  parentId: string | null,
  name: string,
  addressText: string,
  grid: string,
  gridCode: string | null,
) {
  const place = placeOf(grid);
  return { id: keys[key], level, parentId, name, addressText, ...place, gridCode, provenanceId: TEST_PROVENANCE_ID };
}

let calls = 0;
async function send(mutation: string, input: object, caller = WRITER) {
  const name = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
  const before = await subgraph.rowCounts();
  const { data, problems } = await subgraph.run(
    caller,
    `mutation ($input: ${name}Input!) { answer: ${mutation}(input: $input) { __typename
      ${mutation.endsWith('Address') ? `... on ${name}Success { address { id level address validTo grid { id } parent { name } } }` : `... on ${name}Success { dwelling { id address usage areaSquareMetres standardAddress { name } } }`}
      ... on Refusal { code culprit messageZh } } }`,
    { input: { idempotencyKey: `address-${calls++}`, ...input } },
  );
  expect(problems).toEqual([]);
  const after = await subgraph.rowCounts();
  return { ...data.answer, written: Object.keys(after).filter((table) => after[table] !== before[table]) };
}

const BUILDING = {
  level: 'BUILDING',
  parentId: idOf(keys.estate),
  gridId: `Grid:${GRID_A2}`,
  name: '5幢',
  validFrom: '2026-06-01',
};

test('a community shows its estates, each with its buildings, stairwells and dwellings, one statement per level', async () => {
  const { data, problems, statements } = await subgraph.run(
    WRITER,
    `{ _entities(representations: [{ __typename: "Community", id: "Community:${COMMUNITY_A}" }]) { ... on Community {
        estates(first: 5) { totalCount nodes { name level children(first: 5) { nodes { name
          children(first: 5) { nodes { name dwellings(first: 5) { totalCount nodes { address standardAddress { name level } } } } } } } } } } } }`,
  );
  expect(problems).toEqual([]);
  expect(data._entities[0].estates).toEqual({
    totalCount: 1,
    nodes: [
      {
        name: '金都花园',
        level: 'ESTATE',
        children: {
          nodes: [
            {
              name: '3幢',
              children: {
                nodes: [
                  {
                    name: '4单元',
                    dwellings: {
                      totalCount: 1,
                      nodes: [
                        {
                          address: '嘉兴市南湖区中山路12号3幢4单元501室',
                          standardAddress: [
                            { name: '金都花园', level: 'ESTATE' },
                            { name: '3幢', level: 'BUILDING' },
                            { name: '4单元', level: 'STAIRWELL' },
                          ],
                        },
                      ],
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    ],
  });
  expect(statements).toEqual([
    'people.community_estates',
    'people.addresses_below',
    'people.addresses_below',
    'people.address_dwellings',
    'address_paths',
  ]);
});

test('dwellings of an open address are those of the caller’s area only', async () => {
  const { data } = await subgraph.run(
    testCaller([COUNTY_C]),
    `{ standardAddress(id: "${idOf(keys.stairwell)}") { name dwellings(first: 5) { totalCount nodes { id } } } }`,
  );
  expect(data.standardAddress).toEqual({ name: '4单元', dwellings: { totalCount: 0, nodes: [] } });
});

test('an address is found by any part of its text inside the area; several are listed, none is guessed', async () => {
  const find = async (area: string[], text: string) =>
    (
      await subgraph.run(
        testCaller(area),
        'query ($text: String!) { findAddress(text: $text) { ambiguous moreMatch addresses { id } } }',
        { text },
      )
    ).data.findAddress;
  expect(await find([COUNTY_AB], '花园3幢4')).toEqual({
    ambiguous: false,
    moreMatch: false,
    addresses: [{ id: idOf(keys.stairwell) }],
  });
  expect((await find([CITY], '都花园')).addresses.map(({ id }: { id: string }) => id)).toEqual(
    [keys.estate, keys.elsewhere, keys.building, keys.stairwell].map(idOf),
  );
  expect(await find([COUNTY_C], '金都花园')).toMatchObject({
    ambiguous: false,
    addresses: [{ id: idOf(keys.elsewhere) }],
  });
  expect(await find([CITY], '%_%')).toMatchObject({ addresses: [] });
});

test('a building is entered below its estate, with its text, its provenance and one event', async () => {
  const answer = await send('registerAddress', BUILDING);
  expect(answer).toMatchObject({
    address: {
      level: 'BUILDING',
      address: '新嘉街道金都花园5幢',
      grid: { id: `Grid:${GRID_A2}` },
      parent: { name: '金都花园' },
    },
    written: ['idempotency', 'outbox', 'provenance', 'standard_address'],
  });
});

test.each([
  ['a name twice', { name: '3幢' }, 'ADDRESS_EXISTS', 'input.name'],
  ['no name', { name: ' ' }, 'TEXT_INVALID', 'input.name'],
  ['a day to come', { validFrom: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.validFrom'],
  ['a building below a building', { parentId: idOf(keys.building) }, 'ADDRESS_LEVEL_UNFIT', 'input.level'],
  ['a building below nothing', { parentId: null }, 'ADDRESS_LEVEL_UNFIT', 'input.parentId'],
  ['a grid elsewhere', { gridId: `Grid:${GRID_C1}` }, 'ADDRESS_GRID_UNFIT', 'input.gridId'],
  ['an estate of another area', { parentId: idOf(keys.elsewhere) }, 'ADDRESS_NOT_FOUND', 'input.parentId'],
])('%s is refused, and nothing is written', async (_what, input, code, culprit) => {
  expect(await send('registerAddress', { ...BUILDING, ...input })).toMatchObject({ code, culprit, written: [] });
});

test('of 50 who enter one name at once, one does', async () => {
  const answers = await fiftyAtOnce('registerAddress', () => send('registerAddress', BUILDING));
  expect(answers.filter(({ __typename }) => __typename === 'RegisterAddressSuccess')).toHaveLength(1);
  const codes = new Set(answers.flatMap(({ code }) => code ?? []));
  expect([...codes].every((code) => ['ADDRESS_EXISTS', 'CONCURRENT_CHANGE'].includes(code))).toBe(true);
  const { rows } = await subgraph.pool.query(
    "SELECT count(*)::int AS count FROM people.standard_address WHERE name = '5幢'",
  );
  expect(rows).toEqual([{ count: 1 }]);
});

test('an address is retired when nothing hangs below it, and not before', async () => {
  const retire = (key: string, more: object = {}) =>
    send('retireAddress', { addressId: idOf(key), validTo: '2026-06-30', ...more });
  expect(await retire(keys.building)).toMatchObject({ code: 'ADDRESS_IN_USE', written: [] });
  expect(await retire(keys.stairwell)).toMatchObject({
    code: 'ADDRESS_IN_USE',
    messageZh: expect.stringContaining('1 处'),
    written: [],
  });
  expect(await retire(keys.elsewhere)).toMatchObject({ code: 'ADDRESS_NOT_FOUND', written: [] });
  await subgraph.pool.query('UPDATE people.dwelling SET address_id = NULL');
  expect(await retire(keys.stairwell)).toMatchObject({ address: { validTo: '2026-06-30' } });
  expect(await retire(keys.stairwell)).toMatchObject({ code: 'ADDRESS_RETIRED', written: [] });
  expect(
    await send('registerAddress', { ...BUILDING, level: 'STAIRWELL', parentId: idOf(keys.stairwell) }),
  ).toMatchObject({
    code: 'ADDRESS_NOT_FOUND',
  });
});

const ROOM = {
  addressId: idOf(keys.stairwell),
  microGridId: `MicroGrid:${GRID_A1}001`,
  room: '602',
  areaSquareMetres: 90.5,
  usage: 'VACANT',
};

test('fifty at once enter one room, and retire one address: each is done by one', async () => {
  const rooms = await fiftyAtOnce('registerDwelling', () => send('registerDwelling', ROOM));
  expect(rooms.filter(({ __typename }) => __typename === 'RegisterDwellingSuccess')).toHaveLength(1);
  const { address } = await send('registerAddress', BUILDING);
  const retired = await fiftyAtOnce('retireAddress', () =>
    send('retireAddress', { addressId: address.id, validTo: '2026-06-30' }),
  );
  expect(retired.filter(({ __typename }) => __typename === 'RetireAddressSuccess')).toHaveLength(1);
  expect(new Set(retired.flatMap(({ code }) => code ?? []))).toEqual(new Set(['ADDRESS_RETIRED']));
});

test('a dwelling hangs below its stairwell; a house of a hamlet brings its own number', async () => {
  expect(await send('registerDwelling', ROOM)).toMatchObject({
    dwelling: {
      address: '新嘉街道金都花园3幢4单元602室',
      standardAddress: [{ name: '金都花园' }, { name: '3幢' }, { name: '4单元' }],
    },
  });
  const house = { ...ROOM, addressId: idOf(keys.estate), building: '7号', room: '全幢' };
  expect(await send('registerDwelling', house)).toMatchObject({ dwelling: { address: '新嘉街道金都花园7号' } });
  expect(await send('registerDwelling', house)).toMatchObject({ code: 'DWELLING_EXISTS', written: [] });
});

test.each([
  ['a number twice', { room: '501' }, 'DWELLING_EXISTS', 'input.room'],
  ['no area', { areaSquareMetres: 0 }, 'DWELLING_AREA_INVALID', 'input.areaSquareMetres'],
  ['a house number in a stairwell', { building: '7号' }, 'ADDRESS_LEVEL_UNFIT', 'input.building'],
  [
    'a micro-grid of another grid',
    { microGridId: `MicroGrid:${GRID_A2}001` },
    'ADDRESS_GRID_UNFIT',
    'input.microGridId',
  ],
])('a dwelling with %s is refused, and nothing is written', async (_what, input, code, culprit) => {
  expect(await send('registerDwelling', { ...ROOM, ...input })).toMatchObject({ code, culprit, written: [] });
});

test('a dwelling that somebody lives in is not said to be empty; its use and area change otherwise', async () => {
  const dwellingId = `Dwelling:${dwellingKeys.A1}`;
  expect(await send('changeDwelling', { dwellingId, usage: 'VACANT' })).toMatchObject({
    code: 'DWELLING_INHABITED',
    written: [],
  });
  expect(await send('changeDwelling', { dwellingId })).toMatchObject({ code: 'NOTHING_TO_CHANGE', written: [] });
  expect(await send('changeDwelling', { dwellingId: `Dwelling:${dwellingKeys.C1}`, usage: 'RENTED' })).toMatchObject({
    code: 'DWELLING_NOT_FOUND',
    written: [],
  });
  expect(await send('changeDwelling', { dwellingId, usage: 'RENTED', areaSquareMetres: 91 })).toMatchObject({
    dwelling: { usage: 'RENTED', areaSquareMetres: 91 },
  });
});

test('lists of addresses and the search by text read an index and little beyond what they show', async () => {
  await subgraph.pool.query(
    `INSERT INTO people.standard_address (id, level, name, address_text, city_code, county_code, township_code, community_code, provenance_id)
     SELECT gen_random_uuid(), 'ESTATE', '小区' || i, '某街道小区' || i, '3304', '330402', '330402001', '330402001' || lpad((i % 300 + 100)::text, 3, '0'), $1
       FROM generate_series(1, 20000) AS i`,
    [TEST_PROVENANCE_ID],
  );
  await subgraph.pool.query('ANALYZE people.standard_address');
  const queries = await recordQueries(subgraph.pool, async () => {
    await subgraph.run(
      WRITER,
      '{ standardAddresses(level: ESTATE, divisionCode: "330402", first: 10) { nodes { id } } }',
    );
    await subgraph.run(WRITER, '{ findAddress(text: "小区19999") { addresses { id } } }');
  });
  const [list, search] = queries;
  expect(await plannedReads(subgraph.pool, list as never)).toContain('standard_address_county_code_level_name_id_idx');
  expect(await rowsRead(subgraph.pool, list as never)).toBeLessThanOrEqual(11);
  expect(await rowsRead(subgraph.pool, search as never)).toBeLessThanOrEqual(5);
});
