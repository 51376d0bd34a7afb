import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CITY_DATABASE, ensureDatabase } from '../../prisma/database/ensure-database.ts';
import { migrate } from '../../prisma/database/migrate.ts';
import { migrationDirectory } from '../../prisma/database/migration-directories.ts';
import { openCatalogPort } from '../../subgraphs/catalog/catalog-port.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { startHub } from '../database/hub-process.ts';
import { builtProgram } from '../kit/built-programs.ts';
import { TEST_KEYS, TEST_SECRET } from '../kit/city-database.ts';
import { freshDatabase } from '../kit/test-database.ts';

interface Place extends AsyncDisposable {
  readonly pool: pg.Pool;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A database that is named, as in production. */
async function byAddress(): Promise<Place> {
  const database = await freshDatabase();
  return {
    pool: database.pool,
    args: [],
    environment: { DATABASE_URL: database.url, YIYUN_SECRET: TEST_SECRET.toString('hex') },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** The folder of a hub whose embedded Postgres runs. */
async function byFolder(): Promise<Place> {
  const parent = mkdtempSync(join(tmpdir(), 'yiyun-audit-'));
  // Else the account that runs Postgres for root could not pass.
  chmodSync(parent, 0o711);
  const folder = join(parent, 'data');
  const hub = await startHub(folder);
  mkdirSync(join(folder, 'secrets'), { recursive: true });
  writeFileSync(join(folder, 'secrets', 'hub-secret'), `${TEST_SECRET.toString('hex')}\n`);
  await ensureDatabase(hub.report.url, CITY_DATABASE);
  const url = new URL(hub.report.url);
  url.pathname = `/${CITY_DATABASE}`;
  await migrate({ connectionString: url.href }, [migrationDirectory('catalog')]);
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });
  // The server ends before the last connection of the pool has gone.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    pool,
    args: ['--data-dir', folder],
    environment: {},
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await hub.stop();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

function audit(
  { args, environment }: Place,
  ...command: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...builtProgram('audit-command'), ...command, ...args], {
      cwd: projectRoot,
      env: { PATH: process.env.PATH ?? '', ...environment },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe.each([
  ['DATABASE_URL', byAddress],
  ['--data-dir', byFolder],
] as const)('npm run audit with %s', (_how, open) => {
  let place: Place;
  let published: string;
  beforeAll(async () => {
    place = await open();
    const port = openCatalogPort({
      pool: place.pool,
      clock: fixedClock('2026-06-30T10:00:00+08:00'),
      ids: uuidSource,
      keys: TEST_KEYS,
    });
    const scope = {
      operationHash: 'a'.repeat(64),
      operationName: 'Dossier',
      given: ['Person.birthDate'],
      masked: [],
      unmasked: [],
      refused: [],
    };
    for (let index = 0; index < 6; index++) {
      const subjects = [`Person:01900000-0000-7000-8000-${String(index).padStart(12, '0')}`];
      const who = { clientId: 'client', departmentCode: 'civil-affairs', requestId: `request-${index}` };
      await port.recordAccess([
        { ...who, at: new Date('2026-06-30T02:00:00Z'), decision: 'READ', scope, subjects, rowCount: 1 },
      ]);
    }
    await port.close();
  });
  afterAll(() => place?.[Symbol.asyncDispose]());

  test('an untouched log is intact, and a checkpoint of it can be published', async () => {
    const { code, stdout } = await audit(place, 'verify');
    expect([code, stdout.trim()]).toEqual([0, expect.stringMatching(/^完好 intact: 6 行 lines, 1 条链 chains/)]);
    const checkpoint = await audit(place, 'checkpoint');
    expect(JSON.parse(checkpoint.stdout)).toMatchObject({ number: 1, signature: expect.stringMatching(/^[\w-]{86}$/) });
    published = join(mkdtempSync(join(tmpdir(), 'yiyun-published-')), 'checkpoints.jsonl');
    writeFileSync(published, checkpoint.stdout);
    expect((await audit(place, 'public-key')).stdout).toContain('BEGIN PUBLIC KEY');
    expect((await audit(place, 'verify', '--published', published)).code).toBe(0);
  });

  test('a row that was edited, one that was deleted, and a tail that was cut are found, and it is said which', async () => {
    const { pool } = place;
    const found = async (...statements: string[]) => {
      await pool.query('CREATE TABLE IF NOT EXISTS public.kept AS SELECT * FROM catalog.access_log');
      for (const statement of statements) await pool.query(statement);
      const { code, stdout } = await audit(place, 'verify', '--published', published);
      await pool.query('DELETE FROM catalog.access_log');
      await pool.query('INSERT INTO catalog.access_log SELECT * FROM public.kept');
      return [
        code,
        stdout
          .split('\n')
          .slice(0, -2)
          .map((line) =>
            line
              .split(' ')
              .slice(0, 3)
              .filter((part) => !/^[0-9a-f-]{36}$/.test(part)),
          ),
      ];
    };
    const edited = await found(
      `UPDATE catalog.access_log SET text = replace(text, 'request-2', 'request-9') WHERE sequence = 3`,
    );
    expect(edited).toEqual([1, [expect.arrayContaining(['LINE_EDITED', '#3'])]]);
    expect(await found('DELETE FROM catalog.access_log WHERE sequence = 2')).toEqual([
      1,
      [expect.arrayContaining(['LINES_DELETED', '#2'])],
    ]);
    expect(await found('DELETE FROM catalog.access_log WHERE sequence > 4')).toEqual([
      1,
      [expect.arrayContaining(['TAIL_CUT', '#5–#6'])],
    ]);
    const [code] = await found('TRUNCATE catalog.access_log');
    expect(code).toBe(1);
    expect((await audit(place, 'verify')).code).toBe(0);
  });
});

test('without a hub and without an address it says what to do, and ends with 2', async () => {
  const { code, stderr } = await audit(
    { args: ['--data-dir', join(tmpdir(), 'yiyun-nobody-here')], environment: {} } as unknown as Place,
    'verify',
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining('npm start')]);
});
