import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CityState } from '../../../prisma/seed/city-state.ts';
import { cityRegisters } from '../../../prisma/seed/organizations/city-registers.ts';
import { cityProfiles } from '../../../prisma/seed/profile/profiles.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { insertRows } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations } from '../../kit/organizations-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await insertOrganizations(subgraph.pool);
  for (const city of ['hangzhou', 'xuzhou', 'yantai', 'sanya', 'jiaxing'] as const) {
    const { 'organizations.indicator': indicators = [], 'organizations.indicator_target': targets = [] } =
      cityRegisters(new CityState(cityProfiles[city]));
    await insertRows(
      subgraph.pool,
      'organizations.indicator',
      indicators.map((row) => ({ ...row })),
    );
    await insertRows(
      subgraph.pool,
      'organizations.indicator_target',
      targets.map((row) => ({ ...row })),
    );
  }
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(() => subgraph.pool.query('TRUNCATE organizations.indicator_report'));

let calls = 0;
const REPORT = { code: 'XZ.function', divisionCode: '3203', day: '2026-06-01', value: 96 };
async function report(input: object = {}, area = '3203') {
  const before = await subgraph.rowCounts();
  const { data, problems } = await subgraph.run(
    testCaller([area], 'organization.write'),
    `mutation ($input: ReportIndicatorInput!) { answer: reportIndicator(input: $input) { __typename
       ... on ReportIndicatorSuccess { report { divisionCode day value note provenance { kind systemCode } } }
       ... on Refusal { code culprit messageZh } } }`,
    { input: { idempotencyKey: `report-${calls++}`, ...REPORT, ...input } },
  );
  expect(problems).toEqual([]);
  const after = await subgraph.rowCounts();
  return { ...data.answer, written: Object.keys(after).filter((table) => after[table] !== before[table]) };
}
const read = async (asOf: string, divisionCode = '3203') => {
  const { data, problems, statements } = await subgraph.run(
    testCaller([]),
    `{ indicators(divisionCode: "${divisionCode}", code: "XZ.function", asOf: "${asOf}") { computed reports { day value } targets { operator value year met } } }`,
  );
  expect(problems).toEqual([]);
  return { ...data.indicators[0], statements };
};

test('X01: a figure that no formula gives is met by what was last reported for the division, as on the day', async () => {
  expect(await report()).toMatchObject({
    report: {
      divisionCode: '3203',
      day: '2026-06-01',
      value: 96,
      note: null,
      provenance: { kind: 'MUTATION', systemCode: 'test-client' },
    },
    written: ['idempotency', 'indicator_report', 'outbox', 'provenance'],
  });
  await report({ day: '2026-06-20', value: 94, note: '复核后更正' });
  const target = { operator: 'AT_LEAST', value: 95, year: null };
  expect(await read('2026-05-31')).toMatchObject({ computed: null, reports: [], targets: [{ ...target, met: null }] });
  expect(await read('2026-06-01')).toMatchObject({ targets: [{ ...target, met: true }] });
  const latest = await read('2026-06-30');
  expect(latest).toMatchObject({ reports: [{ value: 94 }, { value: 96 }], targets: [{ ...target, met: false }] });
  expect(latest.statements).toEqual(['indicators', 'indicator_reports', 'indicator_targets']);
});

test.each([
  ['an unknown indicator', { code: 'XZ.none' }, 'INDICATOR_NOT_FOUND', 'input.code'],
  ['another city', { divisionCode: '3304' }, 'DIVISION_NOT_FOUND', 'input.divisionCode'],
  ['a day to come', { day: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.day'],
  ['more than all', { value: 101 }, 'INDICATOR_VALUE_INVALID', 'input.value'],
])('%s is refused, and nothing is written', async (_what, input, code, culprit) => {
  expect(await report(input)).toMatchObject({ code, culprit, written: [] });
});

test('of 50 who report one day at once, one does', async () => {
  const answers = await fiftyAtOnce('reportIndicator', (at) => report({ value: at }));
  expect(answers.filter(({ __typename }) => __typename === 'ReportIndicatorSuccess')).toHaveLength(1);
  const codes = new Set(answers.flatMap(({ code }) => code ?? []));
  expect([...codes].every((code) => ['INDICATOR_REPORTED', 'CONCURRENT_CHANGE'].includes(code))).toBe(true);
});

test('scenario 22: a city’s whole board is answered in few statements, and what is flagged says why', async () => {
  for (const city of ['3301', '4602', '3203', '3706', '3304']) {
    const { data, problems, statements } = await subgraph.run(
      testCaller([]),
      `{ indicators(divisionCode: "${city}", asOf: "2026-06-30") { code formula computed reported flagged flagNote targets { met } reports { value } } }`,
    );
    expect(problems).toEqual([]);
    expect(data.indicators.length).toBeGreaterThan(5);
    for (const { code, formula, computed, flagged, flagNote } of data.indicators) {
      expect([code, flagged]).toEqual([code, flagNote !== null]);
      if (formula === null) expect([code, computed]).toEqual([code, null]);
    }
    expect(new Set(statements).size).toBe(statements.length);
  }
});
