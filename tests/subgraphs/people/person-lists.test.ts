import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { CITY, COUNTY_AB, COUNTY_C, GRID_A2, insertPeople, personKeys } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  await insertPeople(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const PERSONS = `query ($first: Int! = 20, $after: String, $filter: PersonFilter, $sort: PersonSort! = ID) {
  persons(first: $first, after: $after, filter: $filter, sort: $sort) {
    nodes { id } edges { cursor } totalCount totalCountCapped pageInfo { hasNextPage endCursor }
  }
}`;
const IDENTITY = testCaller([CITY], 'person.identity');
const ids = (...names: (keyof typeof personKeys)[]) => names.map((name) => ({ id: `Person:${personKeys[name]}` }));

test('persons of an area are those who live in it, in one statement with their total', async () => {
  const { data, statements } = await subgraph.run(testCaller([COUNTY_AB]), PERSONS);

  expect(data.persons.nodes).toEqual(ids('zhang', 'wang', 'li', 'zhao'));
  expect(data.persons.totalCount).toBe(4);
  expect(data.persons.totalCountCapped).toBe(false);
  expect(data.persons.pageInfo.hasNextPage).toBe(false);
  expect(statements).toEqual(['people.persons']);
});

test.each([[[CITY]], [[COUNTY_AB]], [[COUNTY_C]], [[GRID_A2]], [[]]])(
  'of %s, the total of persons of a sex is exactly the rows that the caller can page through',
  async (jurisdiction) => {
    for (const sex of ['MALE', 'FEMALE', null]) {
      const filter = sex === null ? null : { sex };
      const read: string[] = [];
      const totals = new Set<number>();
      for (let after: string | null = null, more = true; more; ) {
        const { data } = await subgraph.run(testCaller(jurisdiction), PERSONS, { first: 1, after, filter });
        const { nodes, pageInfo, totalCount } = data.persons;
        totals.add(totalCount);
        read.push(...nodes.map(({ id }: { id: string }) => id));
        more = pageInfo.hasNextPage;
        after = pageInfo.endCursor;
      }
      expect([...totals]).toEqual([read.length]);
      expect(new Set(read).size).toBe(read.length);
    }
  },
);

test.each([
  [[COUNTY_C], 1],
  [[GRID_A2], 0],
  [[], 0],
  [[COUNTY_C, COUNTY_AB], 5],
  [[COUNTY_C, '330402001002'], 2],
])('a caller of %s counts %i persons', async (jurisdiction, count) => {
  const { data } = await subgraph.run(testCaller(jurisdiction), '{ persons { totalCount } }');

  expect(data.persons.totalCount).toBe(count);
});

test('pages follow each other without a gap or a repetition, in every sort', async () => {
  for (const [sort, expected] of [
    ['ID', ids('zhang', 'wang', 'li', 'ouyang', 'zhao')],
    ['NAME', ids('li', 'ouyang', 'wang', 'zhang', 'zhao')],
    ['BIRTH_DATE', ids('zhang', 'wang', 'ouyang', 'li', 'zhao')],
  ] as const) {
    const seen: unknown[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const { data, problems } = await subgraph.run(IDENTITY, PERSONS, { first: 2, after, sort });
      expect(problems).toEqual([]);
      expect(data.persons.totalCount).toBe(5);
      expect(data.persons.pageInfo.hasNextPage).toBe(page < 2);
      seen.push(...data.persons.nodes);
      after = data.persons.pageInfo.endCursor;
    }
    expect(seen).toEqual(expected);
  }
});

test('filters keep what they say', async () => {
  const filtered = async (filter: object, sort = 'ID') =>
    (await subgraph.run(IDENTITY, PERSONS, { filter, sort })).data.persons.nodes;

  expect(await filtered({ sex: 'FEMALE' })).toEqual(ids('wang', 'ouyang'));
  expect(await filtered({ namePinyinPrefix: 'zha' }, 'NAME')).toEqual(ids('zhang', 'zhao'));
  expect(await filtered({ namePinyinPrefix: 'zha', sex: 'FEMALE' }, 'NAME')).toEqual([]);
  expect(await filtered({ bornFrom: '1965-01-02', bornTo: '1985-03-03' }, 'BIRTH_DATE')).toEqual(ids('wang', 'ouyang'));
});

test('a filter that the sort does not serve is refused with those it serves', async () => {
  const { data, errors } = await subgraph.run(IDENTITY, PERSONS, { filter: { namePinyinPrefix: 'zha' } });

  expect(data).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({
    code: 'FILTER_SORT_NOT_SERVED',
    sort: 'ID',
    filters: 'namePinyinPrefix',
    served: 'sex',
  });
});

test.each([
  [{ filter: { namePinyinPrefix: 'zha' }, sort: 'ID' }, 'Query.persons(filter.namePinyinPrefix:)'],
  [{ filter: { bornFrom: '1990-01-01' }, sort: 'ID' }, 'Query.persons(filter.bornFrom:)'],
  [{ filter: { bornTo: '1990-01-01' }, sort: 'ID' }, 'Query.persons(filter.bornTo:)'],
  [{ sort: 'NAME' }, 'PersonSort.NAME'],
  [{ sort: 'BIRTH_DATE' }, 'PersonSort.BIRTH_DATE'],
])(
  'finding or sorting by what one may not read is refused before anything is read: %j',
  async (variables, coordinate) => {
    const { data, errors, statements } = await subgraph.run(testCaller([CITY], 'person.contact'), PERSONS, variables);

    expect(data).toBeNull();
    expect(errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING', coordinate, right: 'person.identity' });
    expect(statements).toEqual([]);
  },
);

test('the same oracles are refused below a community', async () => {
  const { data, errors, statements } = await subgraph.run(
    testCaller([CITY]),
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community {
      byName: residents(sort: NAME) { totalCount }
      byPrefix: residents(filter: { namePinyinPrefix: "z" }, sort: NAME) { totalCount }
    } } }`,
    { r: [{ __typename: 'Community', id: 'Community:330402001001' }] },
  );

  expect(data._entities).toEqual([null]);
  expect(errors.map((error) => error.extensions.coordinate)).toEqual(['PersonSort.NAME']);
  expect(statements).toEqual([]);
});

test.each([0, -1, 101])('a page of %i rows is refused', async (first) => {
  const { data, errors, statements } = await subgraph.run(IDENTITY, PERSONS, { first });

  expect(data).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({ code: 'PAGE_SIZE_OUT_OF_RANGE', first, max: 100 });
  expect(statements).toEqual([]);
});

test('a page of one row and a page of a hundred are served', async () => {
  for (const first of [1, 100]) {
    const { data } = await subgraph.run(IDENTITY, PERSONS, { first });
    expect(data.persons.nodes).toHaveLength(Math.min(first, 5));
  }
});

test('a cursor shows nothing of the name it stands at', async () => {
  const { data } = await subgraph.run(IDENTITY, PERSONS, { sort: 'NAME' });

  for (const { cursor } of data.persons.edges) {
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/zhangsan|wangfang|lisi|ouyangna|zhaoliu/);
  }
});

test('a cursor of another sort, another filter or another list, and one that was altered, is refused', async () => {
  const page = await subgraph.run(IDENTITY, PERSONS, { first: 1 });
  const cursor: string = page.data.persons.pageInfo.endCursor;
  const altered = `${cursor.slice(0, 20)}${cursor[20] === 'A' ? 'B' : 'A'}${cursor.slice(21)}`;
  const code = async (variables: object) =>
    (await subgraph.run(IDENTITY, PERSONS, { ...variables })).errors[0]?.extensions.code;

  expect(await code({ after: cursor })).toBeUndefined();
  expect(await code({ after: altered })).toBe('CURSOR_INVALID');
  expect(await code({ after: 'x' })).toBe('CURSOR_INVALID');
  expect(await code({ after: '' })).toBe('CURSOR_INVALID');
  expect(await code({ after: cursor, sort: 'NAME' })).toBe('CURSOR_INVALID');
  expect(await code({ after: cursor, filter: { sex: 'MALE' } })).toBe('CURSOR_INVALID');
  const below = await subgraph.run(
    IDENTITY,
    `query ($r: [_Any!]!, $after: String) { _entities(representations: $r) {
      ... on Community { residents(after: $after) { nodes { id } } } } }`,
    { r: [{ __typename: 'Community', id: 'Community:330402001001' }], after: cursor },
  );
  expect(below.errors[0]?.extensions.code).toBe('CURSOR_INVALID');
});

test('a person is found by the citizen number with the right, whatever the case of its X, and only in the area', async () => {
  const find = (area: string, citizenId: string) =>
    subgraph.run(
      testCaller([area], 'person.identity'),
      'query ($n: String!) { personByCitizenId(citizenId: $n) { id } }',
      { n: citizenId },
    );

  expect((await find(COUNTY_AB, '33049919650102018x')).problems).toEqual([]);
  expect((await find(COUNTY_AB, '33049919650102018x')).data.personByCitizenId).toEqual(ids('wang')[0]);
  expect((await find(COUNTY_C, '33049919650102018X')).data.personByCitizenId).toBeNull();
  expect((await find(CITY, '330499190001010009')).data.personByCitizenId).toBeNull();
});

test('finding by citizen number without the right is refused, and neither the error nor a statement holds the number', async () => {
  const { data, errors, statements } = await subgraph.run(
    testCaller([CITY]),
    'query ($n: String!) { personByCitizenId(citizenId: $n) { id } }',
    { n: '330499196006300010' },
  );

  expect(data.personByCitizenId).toBeNull();
  expect(errors[0]?.extensions.coordinate).toBe('Query.personByCitizenId(citizenId:)');
  expect(JSON.stringify(errors)).not.toContain('330499196006300010');
  expect(statements).toEqual([]);
});

test('a malformed citizen number is refused by its place, without being repeated', async () => {
  const { data, errors, statements } = await subgraph.run(
    testCaller([CITY], 'person.identity'),
    'query ($n: String!) { personByCitizenId(citizenId: $n) { id } }',
    { n: '330499196006300011' },
  );

  expect(data.personByCitizenId).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({ code: 'CITIZEN_ID_INVALID', position: 18 });
  expect(JSON.stringify(errors)).not.toContain('33049919600630001');
  expect(statements).toEqual([]);
});
