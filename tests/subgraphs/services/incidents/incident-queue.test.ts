import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import {
  CITY,
  COMMUNITY_A,
  COUNTY_AB,
  COUNTY_C,
  GRID_A1,
  GRID_A2,
  incidentKey,
  insertServices,
} from '../../../kit/services-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(() => subgraph.clock.set(TEST_INSTANT));

const QUEUE = `query ($first: Int! = 20, $after: String, $filter: IncidentQueueFilter, $sort: IncidentSort! = REPORTED_AT) {
  incidents(first: $first, after: $after, filter: $filter, sort: $sort) {
    nodes { id } totalCount pageInfo { hasNextPage endCursor } } }`;
const CITY_READER = testCaller([CITY]);
const ids = (...numbers: number[]) => numbers.map((number) => ({ id: `Incident:${incidentKey(number)}` }));

test.each([
  [{}, [6, 5, 4, 3, 2, 1]],
  [{ open: true }, [6, 5, 4, 3, 1]],
  [{ open: false }, [2]],
  [{ state: 'DISPATCHED' }, [6, 5]],
  [{ state: 'CLOSED' }, [2]],
  [{ category: 'HAZARD' }, [4, 1]],
  [{ category: 'NOISE', open: true }, [6]],
  [{ overdue: true }, [5, 4, 1]],
  [{ overdue: false }, [6, 3, 2]],
  [{ overdue: false, open: true }, [6, 3]],
  [{ reportedFrom: '2026-06-03T02:00:00Z', reportedTo: '2026-06-05T02:00:00Z' }, [4, 3]],
  [{ divisionCode: '330411' }, [5]],
  [{ divisionCode: '330402000000' }, [6, 4, 3, 2, 1]],
  [{ divisionCode: COMMUNITY_A, state: 'HANDLING' }, [1]],
  [{ divisionCode: GRID_A2 }, [3]],
])('the queue filtered by %j, newest first, is one statement', async (filter, expected) => {
  const { data, problems, statements } = await subgraph.run(CITY_READER, QUEUE, { filter });

  expect(problems).toEqual([]);
  expect(data.incidents.nodes).toEqual(ids(...expected));
  expect(data.incidents.totalCount).toBe(expected.length);
  expect(statements).toEqual(['services.incidents']);
});

test.each([
  [{}, [1, 5, 4, 6]],
  [{ overdue: true }, [1, 5, 4]],
  [{ overdue: false }, [6]],
  [{ open: true, category: 'HAZARD' }, [1, 4]],
  [{ state: 'DISPATCHED', divisionCode: '330402' }, [6]],
])('by deadline, %j are open incidents with a deadline, the most urgent first', async (filter, expected) => {
  const { data, problems, statements } = await subgraph.run(CITY_READER, QUEUE, { filter, sort: 'DUE_AT' });

  expect(problems).toEqual([]);
  expect(data.incidents.nodes).toEqual(ids(...expected));
  expect(data.incidents.totalCount).toBe(expected.length);
  expect(statements).toEqual(['services.incidents_due']);
});

test.each([
  [[COUNTY_C], [5]],
  [[COUNTY_AB], [6, 4, 3, 2, 1]],
  [[GRID_A1], [6, 2, 1]],
  [
    [GRID_A2, COUNTY_C],
    [5, 3],
  ],
  [[], []],
])('the queue of %s holds its own incidents only', async (jurisdiction, expected) => {
  const { data } = await subgraph.run(testCaller(jurisdiction), QUEUE);

  expect(data.incidents.nodes).toEqual(ids(...expected));
});

test('a division that overlaps the area is served from either side', async () => {
  const wider = await subgraph.run(testCaller([GRID_A1]), QUEUE, { filter: { divisionCode: COUNTY_AB } });

  expect(wider.data.incidents.nodes).toEqual(ids(6, 2, 1));
});

test('a division outside the area is refused rather than shown as empty', async () => {
  const { data, errors, statements } = await subgraph.run(testCaller([COUNTY_C]), QUEUE, {
    filter: { divisionCode: COMMUNITY_A },
  });

  expect(data).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({ code: 'FILTER_INVALID', filter: 'divisionCode' });
  expect(errors[0]?.message).toContain('辖区');
  expect(statements).toEqual([]);
});

test.each([
  [{ filter: { open: true, state: 'CLOSED' } }, 'FILTER_INVALID'],
  [{ filter: { open: false, state: 'HANDLING' } }, 'FILTER_INVALID'],
  [{ filter: { open: false }, sort: 'DUE_AT' }, 'FILTER_INVALID'],
  [{ filter: { state: 'CLOSED' }, sort: 'DUE_AT' }, 'FILTER_INVALID'],
  [{ filter: { divisionCode: '33' } }, 'FILTER_INVALID'],
  [{ filter: { divisionCode: 'x' } }, 'FILTER_INVALID'],
  [{ filter: { reportedFrom: '2026-06-01T00:00:00Z' }, sort: 'DUE_AT' }, 'FILTER_SORT_NOT_SERVED'],
  [{ first: 0 }, 'PAGE_SIZE_OUT_OF_RANGE'],
  [{ first: 101 }, 'PAGE_SIZE_OUT_OF_RANGE'],
])('what cannot be honoured is refused: %j', async (variables, code) => {
  const { data, errors, statements } = await subgraph.run(CITY_READER, QUEUE, variables);

  expect(data).toBeNull();
  expect(errors.map((error) => error.extensions.code)).toEqual([code]);
  expect(statements).toEqual([]);
});

test.each(['REPORTED_AT', 'DUE_AT'])('pages by %s follow each other, also while the clock moves', async (sort) => {
  const filter = { overdue: true };
  const seen: unknown[] = [];
  let after: string | null = null;
  for (let page = 0; page < 3; page++) {
    subgraph.clock.set(new Date(Date.parse(TEST_INSTANT) + page * 1000 - 5000));
    const { data, problems } = await subgraph.run(CITY_READER, QUEUE, { first: 1, after, filter, sort });
    expect(problems).toEqual([]);
    expect(data.incidents.pageInfo.hasNextPage).toBe(page < 2);
    seen.push(...data.incidents.nodes);
    after = data.incidents.pageInfo.endCursor;
  }

  expect(seen).toEqual(sort === 'DUE_AT' ? ids(1, 5, 4) : ids(5, 4, 1));
});

test('a cursor of another sort or filter, or an altered one, is refused', async () => {
  const { data } = await subgraph.run(CITY_READER, QUEUE, { first: 1 });
  const cursor: string = data.incidents.pageInfo.endCursor;
  const code = async (variables: object) =>
    (await subgraph.run(CITY_READER, QUEUE, { ...variables })).errors[0]?.extensions.code;

  expect(await code({ after: cursor })).toBeUndefined();
  expect(await code({ after: cursor, sort: 'DUE_AT' })).toBe('CURSOR_INVALID');
  expect(await code({ after: cursor, filter: { open: true } })).toBe('CURSOR_INVALID');
  expect(await code({ after: `${cursor.slice(0, -4)}AAAA` })).toBe('CURSOR_INVALID');
});

test('incidents reported in the same instant keep one order over pages', async () => {
  await subgraph.pool.query(
    "UPDATE services.incident SET reported_at = '2026-06-20T00:00:00.123Z' WHERE county_code = $1",
    [COUNTY_AB],
  );
  const seen: { id: string }[] = [];
  let after: string | null = null;
  for (let page = 0; page < 5; page++) {
    const { data } = await subgraph.run(testCaller([COUNTY_AB]), QUEUE, { first: 1, after });
    seen.push(...data.incidents.nodes);
    after = data.incidents.pageInfo.endCursor;
  }

  expect(seen).toEqual(ids(6, 4, 3, 2, 1));
});
