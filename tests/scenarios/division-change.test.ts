import { afterAll, beforeAll, expect, test } from 'vitest';
import { cityDatabase } from '../kit/city-database.ts';
import { openTestGraph, type TestGraph } from '../kit/test-graph.ts';

const FROM = '330402007024';
const GRID = `${FROM}002`;
const TO = '330402007099';
let database: Awaited<ReturnType<typeof cityDatabase>>;
let graph: TestGraph;

beforeAll(async () => {
  database = await cityDatabase();
  graph = await openTestGraph({ pool: database.pool });
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

test('a part of a community is split off, and its residents are told to follow by what the territory says of it', async () => {
  const { rows } = await database.pool.query(
    'SELECT count(*)::int AS residents FROM people.person WHERE grid_code = $1',
    [GRID],
  );
  expect(rows[0].residents).toBeGreaterThan(0);
  const split = await graph.run(
    'mutation ($input: ChangeDivisionInput!) { changeDivision(input: $input) { __typename ... on Refusal { code culprit } } }',
    {
      input: {
        ...{ kind: 'SPLIT', fromCode: FROM, toCode: TO, toName: '示例新社区', gridIds: [`Grid:${GRID}`] },
        ...{ effectiveOn: '2026-06-20', idempotencyKey: 'split-off-a-grid' },
      },
    },
  );
  expect(split.data).toEqual({ changeDivision: { __typename: 'ChangeDivisionSuccess' } });
  const follow = await graph.run(
    `mutation ($input: FollowDivisionChangeInput!) { followDivisionChange(input: $input) { __typename
       ... on Refusal { code culprit }
       ... on FollowDivisionChangeSuccess { division { code residentMoves { fromGridCode toGridCode effectiveOn movedAt } } } } }`,
    { input: { divisionId: `Division:${FROM}`, idempotencyKey: 'residents-follow-the-grid' } },
  );
  expect(follow.errors).toBeUndefined();
  expect(follow.data).toEqual({
    followDivisionChange: {
      __typename: 'FollowDivisionChangeSuccess',
      division: {
        code: FROM,
        residentMoves: [{ fromGridCode: GRID, toGridCode: `${TO}002`, effectiveOn: '2026-06-20', movedAt: null }],
      },
    },
  });
});
