import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cityDatabase } from '../kit/city-database.ts';
import { openTestGraph, systemCaller, type TestGraph } from '../kit/test-graph.ts';

type Database = Awaited<ReturnType<typeof cityDatabase>>;

const GRID = 'Grid:330402007024001';
const NO_GRID = 'Grid:330402007024999';
const NO_PERSON = 'Person:019f0000-0000-7000-8000-000000000000';
const REPORT = `mutation ($input: ReportIncidentInput!) {
  reportIncident(input: $input) {
    __typename
    ... on ReportIncidentSuccess { incident { id grid { id } } }
    ... on Refusal { code culprit }
  }
}`;
let keys = 0;
const input = (overrides: object = {}) => ({
  ...{ category: 'HAZARD', title: '楼道堆放杂物', severity: 'GENERAL', gridId: GRID, channel: 'GRID_WORKER' },
  idempotencyKey: `reference-${keys++}`,
  ...overrides,
});

let database: Database;
beforeAll(async () => {
  database = await cityDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** Rows that a mutation of services leaves. */
async function written(): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select (select count(*)::int from services.incident) as incidents, (select count(*)::int from services.outbox) as events,
            (select count(*)::int from services.inspection) as inspections,
            (select count(*)::int from services.idempotency) as keys, (select count(*)::int from services.provenance) as provenance`,
  );
  return rows[0];
}

/** A person of the city whose places all lie outside the grid of `GRID`. */
async function somebody(): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    "select id from people.person where grid_code <> '330402007024001' limit 1",
  );
  if (rows[0] === undefined) throw new Error('nobody lives outside the grid');
  return `Person:${rows[0].id}`;
}

describe.each([
  ['in-process', 'compiled'],
  ['in-process', 'stitching'],
  ['http', 'compiled'],
  ['http', 'stitching'],
] as const)('%s, %s', (mode, executor) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await openTestGraph({ pool: database.pool, mode, executor });
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  test.each([
    ['a grid that does not exist', { gridId: NO_GRID }, 'GRID_NOT_FOUND', 'input.gridId'],
    ['another entity as a grid', { gridId: 'Community:330402007024' }, 'GRID_NOT_FOUND', 'input.gridId'],
    ['a malformed grid', { gridId: 'Grid:x' }, 'GRID_NOT_FOUND', 'input.gridId'],
    ['an empty id', { gridId: '' }, 'GRID_NOT_FOUND', 'input.gridId'],
    ['a reporter who does not exist', { reporterId: NO_PERSON }, 'PERSON_NOT_FOUND', 'input.reporterId'],
  ])('%s is refused by name, and nothing is written', async (_what, overrides, code, culprit) => {
    const before = await written();
    const { data, errors } = await graph.run(REPORT, { input: input(overrides) });

    expect(errors).toBeUndefined();
    expect(data).toEqual({ reportIncident: { __typename: 'NotFoundRefusal', code, culprit } });
    expect(await written()).toEqual(before);
  });

  test('a person outside the caller’s area may not be named', async () => {
    const before = await written();
    const elsewhere = systemCaller({ jurisdiction: ['330402007024001'] });
    const { data } = await graph.run(REPORT, { input: input({ reporterId: await somebody() }) }, elsewhere);
    expect(data).toMatchObject({ reportIncident: { code: 'PERSON_NOT_FOUND', culprit: 'input.reporterId' } });
    expect(await written()).toEqual(before);
  });

  test('what exists is written, and of two mutations of one operation only the one that names nothing real is refused', async () => {
    const { data, errors } = await graph.run(
      `mutation ($a: ReportIncidentInput!, $grid: ID!) {
        good: reportIncident(input: $a) { __typename ...Report }
        bad: reportIncident(input: { category: HAZARD, title: "楼道堆放杂物", severity: GENERAL, gridId: $grid, channel: GRID_WORKER, idempotencyKey: "reference-literal" }) { __typename ...Report }
      }
      fragment Report on ReportIncidentPayload { ... on ReportIncidentSuccess { incident { grid { id } } } ... on Refusal { code culprit } }`,
      { a: input({ reporterId: await somebody() }), grid: NO_GRID },
    );

    expect(errors).toBeUndefined();
    expect(data).toEqual({
      good: { __typename: 'ReportIncidentSuccess', incident: { grid: { id: GRID } } },
      bad: { __typename: 'NotFoundRefusal', code: 'GRID_NOT_FOUND', culprit: 'input.gridId' },
    });
  });

  test('a community that does not exist is refused, and no visit is planned', async () => {
    const before = await written();
    const { data, errors } = await graph.run(
      'mutation ($input: PlanInspectionInput!) { planInspection(input: $input) { __typename ... on Refusal { code culprit } } }',
      {
        input: {
          ...{ organizationUscc: '91330400MA28A0000X', communityId: 'Community:330402007999', plannedOn: '2026-07-06' },
          ...{ matter: '消防安全检查', idempotencyKey: `reference-${keys++}` },
        },
      },
    );

    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ planInspection: { code: 'COMMUNITY_NOT_FOUND', culprit: 'input.communityId' } });
    expect(await written()).toEqual(before);
  });

  test('with the owner of a named entity down the mutation fails by its name, and nothing is written', async () => {
    await using broken = await openTestGraph({ pool: database.pool, mode, executor, down: ['organizations'] });
    const before = await written();
    const { data, errors } = await broken.run(REPORT, { input: input() });

    expect(data?.reportIncident ?? null).toBeNull();
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'organizations' },
    ]);
    expect(await written()).toEqual(before);
  });
});

test('the same key gets its first answer although the owner does not show the reporter any more', async () => {
  await using graph = await openTestGraph({ pool: database.pool });
  const reporterId = await somebody();
  const variables = { input: input({ reporterId }) };
  const first = await graph.run(REPORT, variables);
  const before = await written();
  // From the one grid the incident is seen, and nobody who lives in another.
  const grid = systemCaller({ jurisdiction: ['330402007024001'] });
  const again = await graph.run(REPORT, variables, grid);
  const anew = await graph.run(REPORT, { input: input({ reporterId }) }, grid);

  expect(first.data).toMatchObject({ reportIncident: { __typename: 'ReportIncidentSuccess' } });
  expect(again.data).toEqual(first.data);
  expect(anew.data).toMatchObject({ reportIncident: { code: 'PERSON_NOT_FOUND' } });
  expect(await written()).toEqual(before);
});

test('the owners are asked in one statement each', async () => {
  await using graph = await openTestGraph({ pool: database.pool });
  const document = 'mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }';
  const { statements } = await graph.run(document, { input: input({ reporterId: await somebody() }) });

  expect(statements).toMatchObject({ organizations: 1, people: 1 });
});
