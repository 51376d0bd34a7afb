import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExamples } from '../../gateway/operations/examples.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { cityDatabase } from '../kit/city-database.ts';
import type { TestDatabase } from '../kit/test-database.ts';
import { openTestGraph, systemCaller, type TestGraph } from '../kit/test-graph.ts';

/** What the demo city shows of activities, facilities and their ledger, held against the tables themselves. */
const examples = readExamples(join(projectRoot, 'schema', 'operations'));

let database: TestDatabase;
let graph: TestGraph;

beforeAll(async () => {
  database = await cityDatabase();
  graph = await openTestGraph({ pool: database.pool });
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Data = any;

async function run(name: string): Promise<Data> {
  const example = examples.find((one) => one.name === name);
  const { data, errors } = await graph.run(example?.document ?? '', example?.variables ?? {}, systemCaller());
  expect(errors ?? []).toEqual([]);
  return JSON.parse(JSON.stringify(data));
}
const value = async (text: string) => Number((await database.pool.query({ text, rowMode: 'array' })).rows[0]?.[0]);

test('J17, J51, X23: moral panels, patrols and campaigns against fraud are activities, the latest first, all counted', async () => {
  const open = `mutation ($input: OpenActivityInput!) {
    openActivity(input: $input) { __typename ... on Refusal { code culprit } } }`;
  for (const [index, kind] of ['PATROL', 'MORAL_PANEL', 'FAMILY_VALUES', 'CULTURE'].entries()) {
    const input = {
      ...{ communityId: 'Community:330402007024', kind, title: '邻里活动', capacity: 30 },
      ...{ startsAt: `2026-08-0${index + 1}T09:00:00+08:00`, endsAt: `2026-08-0${index + 1}T11:00:00+08:00` },
      idempotencyKey: `services-of-a-city-${index}`,
    };
    const { data, errors } = await graph.run(open, { input }, systemCaller());
    expect([errors, (data as Data).openActivity]).toEqual([undefined, { __typename: 'OpenActivitySuccess' }]);
  }
  const { activities } = await run('activities');
  expect(activities.totalCount).toBe(await value('SELECT count(*) FROM services.activity'));
  expect(activities.nodes.slice(0, 4).map(({ kind }: Data) => kind)).toEqual([
    'CULTURE',
    'FAMILY_VALUES',
    'MORAL_PANEL',
    'PATROL',
  ]);
  expect(activities.nodes.map(({ kind }: Data) => kind)).toContain('ANTI_FRAUD');
  const begun: string[] = activities.nodes.map(({ startsAt }: Data) => startsAt);
  expect(begun).toEqual([...begun].sort().reverse());
});

test('J29: rooms to talk in are facilities of a kind', async () => {
  const { deliberationRooms } = await run('facilities-by-kind');
  expect(deliberationRooms.totalCount).toBe(
    await value("SELECT count(*) FROM services.facility WHERE kind = 'DELIBERATION_ROOM'"),
  );
  expect(deliberationRooms.totalCount).toBeGreaterThan(0);
  expect(new Set(deliberationRooms.nodes.map(({ kind }: Data) => kind))).toEqual(new Set(['DELIBERATION_ROOM']));
});

test('Y07: the ledger’s averages are computed from its rows and stored nowhere', async () => {
  const { facilityLedger } = await run('facility-ledger');
  expect(facilityLedger.map(({ urban }: Data) => urban).sort()).toEqual([false, true]);
  expect(facilityLedger.some(({ facilityCount }: Data) => facilityCount > 0)).toBe(true);
  for (const { facilityCount, totalSquareMetres, averageSquareMetres } of facilityLedger) {
    if (facilityCount === 0) expect(averageSquareMetres).toBeNull();
    else expect(Math.abs(averageSquareMetres - totalSquareMetres / facilityCount)).toBeLessThan(0.1);
  }
  const stored = await value(
    "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'services' AND column_name LIKE '%average%'",
  );
  expect(stored).toBe(0);
});
