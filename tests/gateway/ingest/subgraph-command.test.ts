import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_PURPOSE_HEADERS } from '../../../gateway/identity/demo-purpose.ts';
import { samplePeople } from '../../../prisma/seed/people/people-sample.ts';
import type { Receipt } from '../../../subgraphs/kit/ingest/receipt.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { peopleDataset } from '../../../subgraphs/people/datasets/people-dataset.ts';
import { buildPrograms, builtProgram } from '../../kit/built-programs.ts';
import { publishedCityDatabase, TEST_SECRET } from '../../kit/city-database.ts';
import { publish } from '../../kit/city-hub.ts';
import { countsOf, datasetCsv, NO_ROWS, sendDataset } from '../../kit/dataset-files.ts';
import { type StartedProgram, startProgram } from '../../kit/started-program.ts';
import type { TestDatabase } from '../../kit/test-database.ts';

// `npm run subgraph -- people`, `… organizations` and `npm start` as three processes, as README.md shows it.
let database: TestDatabase;
let people: StartedProgram;
let organizations: StartedProgram;
let hub: StartedProgram;
let environment: Readonly<Record<string, string>>;
let token: string;
const data = mkdtempSync(join(tmpdir(), 'yiyun-subgraph-command-'));

beforeAll(async () => {
  await buildPrograms();
  database = await publishedCityDatabase('jiaxing', publish);
  environment = { DATABASE_URL: database.url, YIYUN_SECRET: TEST_SECRET.toString('hex') };
  const serve = (name: string) => startProgram('subgraph', [name, '--port', '0'], environment);
  [people, organizations] = await Promise.all([serve('people'), serve('organizations')]);
  hub = await startProgram('main', ['--port', '0', '--scale', '0.001', '--data-dir', data], {
    ...environment,
    ...{ SUBGRAPH_PEOPLE_URL: people.url, SUBGRAPH_ORGANIZATIONS_URL: organizations.url },
  });
  token = run('token', ['system', '--data-dir', data]).trim();
}, 300_000);
afterAll(async () => {
  for (const program of [hub, people, organizations]) await program?.[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  rmSync(data, { recursive: true, force: true });
});

function run(name: string, args: readonly string[]): string {
  return execFileSync(process.execPath, [...builtProgram(name), ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
const sample = (count: number, seed: string) =>
  [...samplePeople({ city: 'jiaxing', scale: 0.001, count, seed })] as unknown as Record<string, string>[];

function importFile(name: string, text: string): Receipt {
  const path = join(data, name);
  writeFileSync(path, text);
  return JSON.parse(run('import-command', ['people', path, '--url', hub.url, '--token', token, '--json'])) as Receipt;
}

async function ask(query: string, variables: Record<string, unknown> = {}) {
  const response = await fetch(hub.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...DEMO_PURPOSE_HEADERS },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as {
    data: Record<string, unknown> | null;
    errors?: { extensions: { code: string; subgraph?: string } }[];
  };
}
const BY_NUMBER = 'query ($number: String!) { personByCitizenId(citizenId: $number) { name } }';

test('a file that a process of its own reads is taken in, once, and its rows are read through the subgraph’s process', async () => {
  const rows = sample(12_000, 'command-large');
  const text = datasetCsv(peopleDataset, rows);
  expect(Buffer.byteLength(text)).toBeGreaterThan(1024 * 1024);

  expect(countsOf(importFile('large.csv', text))).toEqual({ ...NO_ROWS, rows: 12_000, inserted: 12_000 });
  expect(countsOf(importFile('large.csv', text))).toEqual({ ...NO_ROWS, rows: 12_000, unchanged: 12_000 });

  const { data: found, errors } = await ask(BY_NUMBER, { number: rows[11_999]?.citizenId });
  expect(found, JSON.stringify(errors)).toEqual({ personByCitizenId: { name: rows[11_999]?.name } });
});

test('with the subgraph’s process gone, files are taken in all the same, and its rows are there when it is back', async () => {
  const [row] = sample(1, 'command-gone');
  await people.kill();

  expect(countsOf(importFile('gone.csv', datasetCsv(peopleDataset, [row ?? {}])))).toEqual({
    ...{ ...NO_ROWS, rows: 1, inserted: 1 },
  });
  const { data: missing, errors } = await ask(BY_NUMBER, { number: row?.citizenId });
  expect(missing).toEqual({ personByCitizenId: null });
  expect(errors?.map(({ extensions: { code, subgraph } }) => [code, subgraph])).toEqual([
    ['SUBGRAPH_UNAVAILABLE', 'people'],
  ]);

  people = await startProgram('subgraph', ['people', '--port', new URL(people.url).port], environment);
  const back = await ask(BY_NUMBER, { number: row?.citizenId });
  expect(back.data, JSON.stringify(back.errors)).toEqual({
    personByCitizenId: { name: row?.name },
  });
});

test('with the subgraph gone that knows the places, a file is refused by its name with nothing written, and taken later', async () => {
  const csv = datasetCsv(peopleDataset, sample(3, 'command-places'));
  const origin = new URL(hub.url).origin;
  const persons = async () =>
    (await database.pool.query('SELECT count(*)::int AS count FROM people.person')).rows[0]?.count;
  const before = await persons();
  await organizations.kill();

  const { status, receipt } = await sendDataset(origin, token, 'people', csv);
  expect([status, receipt.state, receipt.reason?.code]).toEqual([422, 'REFUSED', 'SUBGRAPH_SILENT']);
  expect(receipt.reason?.messageEn).toContain('organizations');
  expect(countsOf(receipt)).toEqual({ ...NO_ROWS, rows: 3, rejected: 3 });
  expect(await persons()).toBe(before);

  const port = new URL(organizations.url).port;
  organizations = await startProgram('subgraph', ['organizations', '--port', port], environment);
  expect(countsOf((await sendDataset(origin, token, 'people', csv)).receipt)).toEqual({
    ...{ ...NO_ROWS, rows: 3, inserted: 3 },
  });
});
