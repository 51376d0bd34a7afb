import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import { insertProvenance, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { plannedReads, recordQueries } from '../../kit/query-plans.ts';
import { expectDone, expectRefused } from '../../kit/refusals.ts';
import { CITY, COMMUNITY_A, COMMUNITY_C, COUNTY_AB } from '../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let key = 0;
const caller = testCaller([COUNTY_AB], 'volunteer.record', 'volunteer.certify');
const certifier = { ...caller, departmentCode: 'subdistrict' };

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertProvenance(subgraph.pool, 'services');
  // Communities 1 to 4 of one township with 40, 30, 7 and 3 volunteers; each of them 60 minutes; two of three active.
  await subgraph.pool.query(`INSERT INTO services.volunteer_registration (person_id, registered_on, certified_minutes, last_active_on, city_code, county_code, township_code, community_code, provenance_id)
    SELECT gen_random_uuid(), '2025-01-01', 60, CASE WHEN n % 3 = 0 THEN date '2025-06-29' ELSE date '2025-06-30' END, '3304', '330411', '330411001', '33041100100' || c, '${TEST_PROVENANCE_ID}'
      FROM (VALUES (1, 40), (2, 30), (3, 7), (4, 3)) AS communities(c, many), generate_series(1, many) n`);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const nextKey = () => `ranking-${++key}`;
const RANKING = `query ($code: String!) { volunteerRanking(divisionCode: $code) {
  own { registeredCount activeCount serviceHours hoursPerVolunteer }
  parts { division { id } registeredCount activeCount serviceHours } } }`;
const ask = async (code: string) => (await subgraph.run(testCaller([]), RANKING, { code })).data.volunteerRanking;

test('J52: registered and active volunteers and their hours are summed at each level, the most hours first', async () => {
  const city = await ask(CITY);
  // 3 of 3, 6 of 9 … the day 365 days ago still counts.
  expect(city.own).toEqual({ registeredCount: 80, activeCount: 54, serviceHours: 80, hoursPerVolunteer: 1 });
  expect(city.parts).toEqual([
    { division: { id: 'Division:330411000000' }, registeredCount: 80, activeCount: 54, serviceHours: 80 },
  ]);
  expect((await ask('330411')).parts[0].division.id).toBe('Division:330411001000');
  expect((await ask('330402')).own).toEqual({
    registeredCount: 0,
    activeCount: 0,
    serviceHours: 0,
    hoursPerVolunteer: null,
  });
});

test('J52: counts of few people are withheld, and no subtraction gives them', async () => {
  const { own, parts } = await ask('330411001');
  const shown = (part: { registeredCount: number | null }) => part.registeredCount;
  expect(
    parts.find((part: { division: { id: string } }) => part.division.id === 'Division:330411001004'),
  ).toMatchObject({
    ...{ registeredCount: null, activeCount: null, serviceHours: null },
  });
  // Were the others all shown, the fourth were the rest: at least one more is withheld wherever the sum is shown.
  for (const column of ['registeredCount', 'activeCount'] as const) {
    const withheld = parts.filter((part: Record<string, unknown>) => part[column] === null);
    expect(own[column] === null || withheld.length !== 1, column).toBe(true);
  }
  expect(parts.map(shown).filter((count: number | null) => count !== null && count < 5)).toEqual([]);
  expect((await ask('330411001004')).own.registeredCount).toBeNull();
});

test('the sums come out of one index, in one statement beside the rules', async () => {
  const queries = await recordQueries(subgraph.pool, () => ask(CITY));
  expect(queries).toHaveLength(2);
  const sums = queries.find(({ text }) => text.includes('volunteer_registration'));
  await subgraph.pool.query(`INSERT INTO services.volunteer_registration (person_id, registered_on, city_code, county_code, township_code, community_code, provenance_id)
    SELECT gen_random_uuid(), '2025-01-01', '33' || lpad((5 + n % 40)::text, 2, '0'), '330502', '330502001', '33050200100' || n % 9, '${TEST_PROVENANCE_ID}' FROM generate_series(1, 20000) n`);
  await subgraph.pool.query('VACUUM ANALYZE services.volunteer_registration');
  const reads = await plannedReads(subgraph.pool, sums ?? { text: '' });
  expect(reads).toContain('volunteer_registration_city_idx');
  expect(reads).not.toContain('Seq Scan');
});

test('a person registers once, and certified hours count for him from then on, those of before included', async () => {
  const personId = `Person:${testUuid(9)}`;
  const communityId = `Community:${COMMUNITY_A}`;
  const serve = async (startsAt: string, minutes: number) => {
    const { activity } = await expectDone(
      subgraph,
      caller,
      'openActivity',
      {
        communityId,
        kind: 'PATROL',
        title: '平安巡查',
        startsAt,
        endsAt: new Date(Date.parse(startsAt) + 7_200_000).toISOString(),
        capacity: 5,
        idempotencyKey: nextKey(),
      },
      'activity { id }',
    );
    const { record } = await expectDone(
      subgraph,
      caller,
      'recordVolunteering',
      { activityId: activity.id, personId, minutes, idempotencyKey: nextKey() },
      'record { recordId }',
    );
    await expectDone(
      subgraph,
      certifier,
      'certifyVolunteering',
      { recordId: record.recordId, idempotencyKey: nextKey() },
      'volunteer { serviceHours }',
    );
  };
  const registration = async () =>
    (
      await subgraph.pool.query(
        `SELECT certified_minutes AS minutes, last_active_on::text AS active FROM services.volunteer_registration WHERE person_id = $1`,
        [testUuid(9)],
      )
    ).rows;
  await serve('2026-06-28T01:00:00Z', 60);
  expect(await registration()).toEqual([]);
  const input = { personId, communityId };
  await expectRefused(
    subgraph,
    caller,
    'registerVolunteer',
    { ...input, communityId: `Community:${COMMUNITY_C}`, idempotencyKey: nextKey() },
    'COMMUNITY_NOT_FOUND',
    'input.communityId',
  );
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      subgraph.run(
        caller,
        'mutation ($input: RegisterVolunteerInput!) { registerVolunteer(input: $input) { __typename ... on Refusal { code } } }',
        { input: { ...input, idempotencyKey: nextKey() } },
      ),
    ),
  );
  const codes = answers.map(({ data }) => data.registerVolunteer.code ?? 'done');
  expect(codes.filter((code) => code === 'done')).toHaveLength(1);
  expect(new Set(codes)).toEqual(new Set(['done', 'VOLUNTEER_ALREADY_REGISTERED']));
  expect(await registration()).toEqual([{ minutes: 60, active: '2026-06-30' }]);
  await serve('2026-06-29T01:00:00Z', 45);
  expect(await registration()).toEqual([{ minutes: 105, active: '2026-06-30' }]);
});
