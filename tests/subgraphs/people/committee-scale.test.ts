import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { CITY, COMMUNITY_A, COMMUNITY_B, COUNTY_C, insertPeople } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  await insertPeople(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const scaleOf = async (
  households: number,
  asOf: string | null,
  code = COMMUNITY_A,
  area: readonly string[] = [CITY],
) => {
  await subgraph.pool.query('UPDATE people.community_population SET household_count = $1', [households]);
  return subgraph.run(
    testCaller(area),
    `query ($r: [_Any!]!, $asOf: LocalDate) { _entities(representations: $r) { ... on Community {
      committeeScale(asOf: $asOf) { householdCount minimum maximum verdict warning legalBasis effectiveFrom } } } }`,
    { r: [{ __typename: 'Community', id: `Community:${code}` }], asOf },
  );
};

test.each([
  [999, '2026-01-01', 'TOO_SMALL', 1000, 3000],
  [1000, '2026-01-01', 'WITHIN', 1000, 3000],
  [3000, '2026-01-01', 'WITHIN', 1000, 3000],
  [3001, '2026-01-01', 'TOO_LARGE', 1000, 3000],
  // The day before, the old law holds.
  [999, '2025-12-31', 'TOO_LARGE', 100, 700],
  [700, '2025-12-31', 'WITHIN', 100, 700],
  [99, '2025-12-31', 'TOO_SMALL', 100, 700],
])(
  'scenario 19, committee-scale: %i households under the law of %s are %s',
  async (households, asOf, verdict, minimum, maximum) => {
    const { data, problems, statements } = await scaleOf(households, asOf);
    expect(problems).toEqual([]);
    const { committeeScale } = data._entities[0];
    expect(committeeScale).toMatchObject({ householdCount: households, verdict, minimum, maximum });
    if (verdict === 'WITHIN') expect(committeeScale.warning).toBeNull();
    else
      for (const part of [`${households} 户`, `${minimum}`, `${maximum}`, '居民委员会组织法'])
        expect(committeeScale.warning).toContain(part);
    expect([...statements].sort()).toEqual(['committee_scale_rules', 'population_of_divisions']);
  },
);

test('today’s law is applied when no day is given, and it names its article', async () => {
  const { data } = await scaleOf(2000, null);
  expect(data._entities[0].committeeScale).toMatchObject({
    verdict: 'WITHIN',
    effectiveFrom: '2026-01-01',
    legalBasis: expect.stringContaining('第三条'),
  });
});

test('a village, a place outside the area, a withheld count and a day before any law have no scale', async () => {
  const scale = async (...given: Parameters<typeof scaleOf>) =>
    (await scaleOf(...given)).data._entities[0].committeeScale;
  expect(await scale(2000, null, `${COMMUNITY_A.slice(0, 9)}201`)).toBeNull();
  expect(await scale(2000, null, COMMUNITY_B, [COUNTY_C])).toBeNull();
  expect(await scale(3, null)).toBeNull();
  expect(await scale(2000, '1989-12-31')).toBeNull();
});
