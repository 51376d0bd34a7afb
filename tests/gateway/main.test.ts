import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDemoKey } from '../../gateway/identity/demo-keys.ts';
import { createTokenVerifier, demoParties } from '../../gateway/identity/tokens.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { builtProgram } from '../kit/built-programs.ts';
import { cityDatabase, TEST_SECRET } from '../kit/city-database.ts';
import type { TestDatabase } from '../kit/test-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'yiyun-main-'));
// Else the account that runs Postgres for root could not pass, and its folder would be placed elsewhere.
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the programs as an operator would, with nothing of this process's environment but the path. */
function run(
  program: 'main' | 'token' | 'subgraph' | 'scenarios',
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...builtProgram(program), ...args], {
      cwd: projectRoot,
      env: { PATH: process.env.PATH ?? '', ...environment },
    });
    let stdout = '';
    let stderr = '';
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

/** Runs beside all tests of this file, the last of which looks at what it has done by itself. */
let serving: { readonly database: TestDatabase; readonly hub: ChildProcess };
beforeAll(async () => {
  const database = await cityDatabase();
  // A term and a duty that have passed, of which nobody was told yet.
  await database.pool.query(
    `UPDATE services.running_term SET told_at = NULL WHERE subject_id = (SELECT subject_id FROM services.running_term ORDER BY due_at LIMIT 1)`,
  );
  await database.pool.query('UPDATE catalog.duty SET escalated_at = NULL');
  expect(await doneByItself(database)).toEqual({ terms: 0, alertClock: 0, duties: 0, statistics: 0, scan: 0 });
  const args = ['--port', '0', '--scale', '0.001', '--data-dir', join(folder, 'serving')];
  const hub = spawn(process.execPath, [...builtProgram('main'), ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH ?? '', DATABASE_URL: database.url, YIYUN_SECRET: TEST_SECRET.toString('hex') },
    stdio: 'ignore',
  });
  serving = { database, hub };
});
afterAll(async () => {
  if (serving.hub.exitCode === null) {
    serving.hub.kill('SIGTERM');
    await once(serving.hub, 'exit');
  }
  await serving.database[Symbol.asyncDispose]();
});

/** What the timed work of each subgraph leaves. */
async function doneByItself({ pool } = serving.database): Promise<Record<string, number> | undefined> {
  const { rows } = await pool.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM services.outbox WHERE event_type ~ 'overdue|passed|lapsed') AS terms,
            (SELECT count(*)::int FROM services.alert_clock WHERE evaluated_until IS NOT NULL) AS "alertClock",
            (SELECT count(*)::int FROM catalog.outbox WHERE event_type = 'duty.overdue') AS duties,
            (SELECT count(DISTINCT sampled_at)::int FROM catalog.field_statistic) AS statistics,
            (SELECT count(*)::int FROM people.identity_scan) AS scan`,
  );
  return rows[0];
}

describe('npm start', () => {
  test('with an unknown option says so in one line and touches nothing', async () => {
    const data = join(folder, 'unknown');

    const { code, stdout, stderr } = await run('main', ['--data-dir', data, '--ctiy', 'sanya']);

    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      '无法识别选项“--ctiy”：运行 npm start -- --help 可查看全部选项。 Unknown option "--ctiy": run npm start -- --help to see them all.\n',
    );
    expect(existsSync(data)).toBe(false);
  });

  test('on a port that is taken says so before anything else is touched', async () => {
    const data = join(folder, 'port');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const { code, stderr } = await run('main', ['--data-dir', data, '--port', String(port)]);
    await new Promise((resolve) => server.close(resolve));

    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is taken`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(data)).toBe(false);
  });

  test('in a folder that is somebody else’s leaves it as it is', async () => {
    const data = mkdtempSync(join(folder, 'foreign-'));
    writeFileSync(join(data, 'thesis.docx'), 'years of work');

    const { code, stderr } = await run('main', ['--data-dir', data, '--port', '0']);

    expect(code).toBe(1);
    expect(stderr).toContain('is not a data folder of Yiyun');
    expect(readdirSync(data)).toEqual(['thesis.docx']);
  });

  test('with a database that cannot be reached names it without its password', async () => {
    const { code, stderr } = await run('main', ['--data-dir', join(folder, 'database'), '--port', '0'], {
      DATABASE_URL: 'postgresql://yiyun:s3cret@127.0.0.1:1/city',
    });

    expect(code).toBe(1);
    expect(stderr).toContain('Cannot connect to the database 127.0.0.1:1/city');
    expect(stderr).not.toContain('s3cret');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('without a build says what to run, in one line', async () => {
    const checkout = mkdtempSync(join(folder, 'unbuilt-'));
    for (const file of ['yiyun.mjs', 'package.json']) copyFileSync(join(projectRoot, file), join(checkout, file));

    const child = spawnSync(process.execPath, [join(checkout, 'yiyun.mjs'), 'main'], { encoding: 'utf8' });

    expect([child.status, child.stdout]).toEqual([1, '']);
    expect(child.stderr).toBe('尚未构建：请先运行 npm ci。 Nothing has been built yet: run npm ci first.\n');
    expect(readdirSync(checkout)).toEqual(['package.json', 'yiyun.mjs']);
  });

  test('--help explains itself and ends well', async () => {
    const { code, stdout, stderr } = await run('main', ['--help']);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: npm start');
  });
});

describe('a subgraph that exists only elsewhere', () => {
  test('and does not answer is told before a database is set up', async () => {
    const data = join(folder, 'nope');

    const { code, stderr } = await run('main', ['--data-dir', data, '--port', '0'], {
      SUBGRAPH_NOPE_URL: 'http://127.0.0.1:1/graphql',
    });

    expect(code).toBe(1);
    expect(stderr).toContain('check name and address of SUBGRAPH_NOPE_URL');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(data, 'postgres', 'cluster'))).toBe(false);
  });
});

describe('npm run subgraph', () => {
  test('--help explains itself and ends well', async () => {
    const { code, stdout, stderr } = await run('subgraph', ['--help']);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: npm run subgraph');
  });

  test.each([
    [['nobody'], 'Name one subgraph'],
    [['people', '--prot', '1'], 'Unknown option "--prot"'],
    [['people', '--port'], '--port lacks its value'],
    [['people', '--port', 'x'], '--port must be a whole number'],
  ])('%j fails in one line', async (args, sentence) => {
    const { code, stdout, stderr } = await run('subgraph', args);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('npm run scenarios', () => {
  test.each([
    [['--nope'], "That is not how it is used (Unknown option '--nope')"],
    [['--url', 'nonsense'], '--url is invalid'],
    [['--url', 'http://127.0.0.1:1/', '--token', 'x'], 'does not answer as a hub does'],
    [['--url', 'http://127.0.0.1:1/', '--token', 'a b'], '--token is invalid'],
    [['--url', 'http://127.0.0.1:1/', '--data-dir', '/nonexistent'], '/nonexistent'],
    [['--city', 'paris'], 'No document needs paris'],
  ])('%j fails in one line', async (args, sentence) => {
    const { code, stdout, stderr } = await run('scenarios', args);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('npm run token', () => {
  test('prints a token of the role, and nothing else', async () => {
    const key = await openDemoKey(folder);

    const { code, stdout, stderr } = await run('token', ['steward', '--data-dir', folder]);

    expect([code, stderr]).toEqual([0, '']);
    const verifier = createTokenVerifier({ jwks: [key.publicJwk] }, demoParties);
    expect(await verifier.verify(stdout.trim())).toEqual({ clientId: 'demo-steward' });
  });

  test.each([
    [[], 'name one of system, frontend, steward'],
    [['nobody'], 'name one of system, frontend, steward'],
    [['system', '--data-dir', '/nonexistent'], '/nonexistent'],
    [['system', '--unknown', 'x'], 'Unknown option "--unknown"'],
    [['system', '--data-dir'], '--data-dir lacks its value'],
    [['system', '--worker', 'CommunityWorker:1'], '--worker goes with grid only'],
    [['grid'], 'A grid token needs --worker'],
  ])('%j fails in one line', async (args, sentence) => {
    const { code, stdout, stderr } = await run('token', args);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test('a hub does by itself what time brings: late terms and duties are told of, alert rules, doubles and statistics looked after', async () => {
  const done = {
    terms: 1,
    alertClock: 1,
    duties: expect.toSatisfy((count: number) => count > 0),
    statistics: 1,
    scan: 1,
  };
  await vi.waitFor(async () => expect(await doneByItself()).toEqual(done), { timeout: 100_000, interval: 1_000 });
});
