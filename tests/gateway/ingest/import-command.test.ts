import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleIncidents } from '../../../prisma/seed/services/incidents-sample.ts';
import { datasets } from '../../../subgraphs/datasets.ts';
import type { Receipt } from '../../../subgraphs/kit/ingest/receipt.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { incidentsDataset } from '../../../subgraphs/services/datasets/incidents-dataset.ts';
import { buildPrograms, builtProgram } from '../../kit/built-programs.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { countsOf, datasetCsv, NO_ROWS } from '../../kit/dataset-files.ts';
import { freshDatabase, type TestDatabase } from '../../kit/test-database.ts';

let hub: CityHub;
let department: TestDatabase;
let connection: readonly string[];
const folder = mkdtempSync(join(tmpdir(), 'yiyun-import-command-'));

beforeAll(async () => {
  await buildPrograms();
  department = await freshDatabase('template1');
  hub = await openCityHub('in-process', 'jiaxing', new Map([['HOTLINE', { url: department.url, token: undefined }]]));
  const origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  connection = ['--url', `${origin}/graphql`, '--token', await hub.tokenOf('system')];
}, 300_000);
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await department[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function run(args: readonly string[]): Promise<{ status: unknown; output: string; told: string }> {
  const child = spawn(process.execPath, [...builtProgram('import-command'), ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, told] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    output += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    told += piece;
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  return { status, output, told };
}
async function receiptOf(args: readonly string[]): Promise<Receipt> {
  const { output, told } = await run([...args, ...connection, '--json']);
  expect(output, told).not.toBe('');
  return JSON.parse(output) as Receipt;
}
function keep(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const incidents = (count: number, seed: string) => [...sampleIncidents({ city: 'jiaxing', scale: 0.001, count, seed })];

// Households, people, bodies, incidents, organizations, members: each refers to what came before at most.
test.each(datasets.map(({ name }) => name))(
  'a department’s first hour with %s: describe, sample, import, again',
  async (name) => {
    const described = await run(['--describe', name, '--json']);
    const { columns, right } = JSON.parse(described.output) as { columns: { key: string }[]; right: string };
    expect(right).toMatch(/\.import$/);
    expect(columns.map(({ key }) => key)).toEqual(
      datasets.find((each) => each.name === name)?.columns.map(({ key }) => key),
    );
    const sampled = await run(['--sample', name, '20', '--scale', '0.001', '--seed', 'first-hour']);
    expect(sampled.output.trim().split('\n')).toHaveLength(21);
    const file = keep(`${name}.csv`, sampled.output);
    const first = await receiptOf([name, file]);
    expect(first.reason).toBeNull();
    expect(countsOf(first)).toEqual({ ...NO_ROWS, rows: 20, inserted: 20 });
    expect(countsOf(await receiptOf([name, file]))).toEqual({ ...NO_ROWS, rows: 20, unchanged: 20 });
  },
  120_000,
);

test('--rejected writes the rejected rows of a batch, by its number or its receipt; corrected and imported, they are closed', async () => {
  const rows = incidents(30, 'rejected').map((row, index) => (index === 4 ? { ...row, category: '怪事' } : row));
  const receipt = await receiptOf(['incidents', keep('wrong.csv', datasetCsv(incidentsDataset, rows))]);
  expect(countsOf(receipt)).toEqual({ ...NO_ROWS, rows: 30, inserted: 29, rejected: 1 });
  const byNumber = await run(['--rejected', receipt.batchId, ...connection]);
  expect(byNumber.status).toBe(0);
  const byReceipt = await run(['--rejected', keep('receipt.json', JSON.stringify(receipt)), ...connection]);
  expect(byReceipt.output).toBe(byNumber.output);
  const [header, row, ...more] = byNumber.output.trim().split('\n');
  expect([header?.startsWith('原批次,原行号,拒收原因,外部编号'), more]).toEqual([true, []]);
  expect(row).toContain(`,${rows[4]?.externalNumber},`);
  const corrected = await receiptOf(['incidents', keep('fix.csv', byNumber.output.replace(',怪事,', ',隐患,'))]);
  expect([countsOf(corrected), corrected.corrected]).toEqual([{ ...NO_ROWS, rows: 1, inserted: 1 }, 1]);
});

test.each([
  ['00000000-0000-7000-8000-000000000000', /BATCH_UNKNOWN|没有这个批次/],
  [keep('no-receipt.json', 'not a receipt'), /不是一份 JSON 回执.*is no receipt/s],
])('--rejected of %s ends with 2 and says why', async (named, said) => {
  const { status, output, told } = await run(['--rejected', named, ...connection]);
  expect([status, output]).toEqual([2, '']);
  expect(told).toMatch(said);
});

const COLUMNS = {
  externalNumber: { from: 'gdbh' },
  category: { from: 'lb', codes: { '01': 'HAZARD', '02': 'NOISE' } },
  title: { from: 'bt' },
  channel: { constant: 'HOTLINE_12345' },
  severity: { constant: 'GENERAL' },
  gridCode: { from: 'wg' },
  reportedAt: { from: 'sj', date: 'dd/MM/yyyy HH:mm' },
  state: { from: 'zt', codes: { '0': 'REPORTED', '1': 'HANDLING' } },
};
async function store(document: object, name: string): Promise<void> {
  const file = keep(`${name}.json`, JSON.stringify(document));
  const { status, output, told } = await run([
    ...['incidents', '--store-mapping', file, '--mapping', 'population-register', ...connection],
  ]);
  expect([status, told]).toEqual([0, '']);
  expect(output).toMatch(
    /^population-register · incidents：映射第 \d+ 版已登记 version \d+ of the mapping is stored\n$/,
  );
}
const grid = incidents(1, 'grid')[0]?.gridCode ?? '';

test('--mapping reads a department’s own columns, codes and times; without it, or with another system, nothing is taken', async () => {
  await store({ columns: COLUMNS }, 'command-mapping-1');
  const file = keep(
    'hotline.csv',
    `gdbh,lb,bt,wg,sj,zt\nH-1,01,楼道堆放杂物,${grid},5/6/2026 07:45,0\nH-2,02,夜间施工,${grid},15/06/2026 23:30,1\n`,
  );
  const receipt = await receiptOf(['incidents', file, '--mapping', 'population-register']);
  expect(receipt.reason).toBeNull();
  expect(countsOf(receipt)).toEqual({ ...NO_ROWS, rows: 2, inserted: 2 });
  const { rows } = await hub.pool.query(
    `SELECT external_number, source_system, category, state, reported_at FROM services.incident
      WHERE provenance_id = $1 ORDER BY external_number`,
    [receipt.batchId],
  );
  expect(rows).toEqual([
    {
      ...{ external_number: 'H-1', source_system: 'population-register', category: 'HAZARD', state: 'REPORTED' },
      reported_at: new Date('2026-06-05T07:45:00+08:00'),
    },
    {
      ...{ external_number: 'H-2', source_system: 'population-register', category: 'NOISE', state: 'HANDLING' },
      reported_at: new Date('2026-06-15T23:30:00+08:00'),
    },
  ]);
  expect((await receiptOf(['incidents', file])).reason?.code).toBe('HEADER_MISSING');
  const foreign = await run(['incidents', file, '--mapping', 'grid-platform', ...connection]);
  expect([foreign.status, foreign.output]).toEqual([2, '']);
  expect(foreign.told).toMatch(/没有数据集“incidents”的映射.*has no mapping for incidents/s);
});

test('--from fetches a department’s table by its mapping; what it has no mapping for ends with 2', async () => {
  await department.pool.query('CREATE TABLE gd (gdbh text, lb text, bt text, wg text, sj text, zt text)');
  await department.pool.query(
    `INSERT INTO gd SELECT 'T-' || n, '01', '楼道堆放杂物', $1, '05/06/2026 07:45', '0' FROM generate_series(1, 25) n`,
    [grid],
  );
  await store(
    {
      columns: COLUMNS,
      source: { kind: 'POSTGRES', connection: 'HOTLINE', table: 'public.gd', rowsPerSecond: 100_000 },
    },
    'command-mapping-2',
  );
  const receipt = await receiptOf(['incidents', '--from', 'population-register']);
  expect(receipt.reason).toBeNull();
  expect(countsOf(receipt)).toEqual({ ...NO_ROWS, rows: 25, inserted: 25 });
  const people = await run(['incidents', '--from', 'population-register', ...connection]);
  expect([people.status, people.output]).toEqual([0, expect.stringMatching(/未变 unchanged 25，/)]);
  const unknown = await run(['people', '--from', 'grid-platform', ...connection]);
  expect([unknown.status, unknown.output]).toEqual([2, '']);
  expect(unknown.told).toMatch(/has no mapping for people/);
});

test.each([
  [
    ['--mapping', 'population-register'],
    { columns: { shoeSize: { from: 'xm' } } },
    /MAPPING_INVALID.*was not stored: .*shoeSize/s,
  ],
  [['--mapping', 'nobody'], { columns: COLUMNS }, /SYSTEM_NOT_FOUND/],
  [[], { columns: COLUMNS }, /Name the system that the mapping belongs to with --mapping/],
])('--store-mapping %j of what does not fit ends with 2 and says why', async (named, document, said) => {
  const file = keep('unfit.json', JSON.stringify(document));
  const { status, output, told } = await run(['incidents', '--store-mapping', file, ...named, ...connection]);
  expect([status, output]).toEqual([2, '']);
  expect(told).toMatch(said);
});
