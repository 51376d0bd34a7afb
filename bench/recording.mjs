/**
 * `npm run bench:recording`: what the record of operations costs of a request. A hub with a small demo city answers
 * some ordinary operations of eight kinds; its CPU and Postgres' per request come from /proc. What recording takes is
 * measured apart, on the same database: noting each of as many requests as 200/s are within the five seconds between two
 * reports, and writing that report, CPU of this process and of Postgres together. Exits with 1 beyond 1 %.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, readCity } from './kit/city.mjs';
import { drive, post } from './kit/load.mjs';
import { childrenOf, cpuByThread, microsecondsBetween } from './kit/processes.mjs';
import { startServer } from './kit/start-server.mjs';
import { median } from './kit/statistics.mjs';

const root = new URL('..', import.meta.url).pathname;
const ROUNDS = 5;
const MILLISECONDS = 1_500;
/** 200 requests/s within five seconds. */
const REQUESTS = 1_000;
const WORST = 0.01;

const data = mkdtempSync(join(tmpdir(), 'yiyun-recording-'));
const hub = await startServer(
  'hub',
  process.execPath,
  ['yiyun.mjs', 'main', '--port', '0', '--scale', '0.001', '--data-dir', data],
  {},
);
try {
  const postgres = findPostgres(data);
  const { communityCodes, personIds } = await readCity(postgres.url);
  const token = spawnSync(process.execPath, ['yiyun.mjs', 'token', 'system', '--data-dir', data], {
    cwd: root,
    encoding: 'utf8',
  }).stdout.trim();
  const headers = {
    authorization: `Bearer ${token}`,
    'x-yiyun-legal-basis': 'PIPL-13-3',
    'x-yiyun-scenario': 'service-handling',
  };
  const target = { url: hub.url, headers };
  const dossier = readFileSync(join(root, 'bench/operations/person-dossier.graphql'), 'utf8');
  const list = `query Residents($code: String!) { community(statCode: $code) { name residents(first: 20) { totalCount
    nodes { name sex ageYears phone birthDate grid { name } } } } }`;
  const bodies = [
    ...personIds.map((id) => JSON.stringify({ query: dossier, variables: { id: `Person:${id}` } })),
    ...communityCodes.map((code) => JSON.stringify({ query: list, variables: { code } })),
  ];
  await post(target, bodies[0] ?? '');
  await drive([target], bodies, MILLISECONDS, 16);
  const pids = () => [hub.pid, postgres.pid, ...childrenOf(postgres.pid)];
  const perRequest = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = cpuByThread(pids());
    const { requests } = await drive([target], bodies, MILLISECONDS, 16);
    perRequest.push(microsecondsBetween(before, cpuByThread(pids())) / requests);
  }

  const measured = spawnSync(process.execPath, ['--import', 'tsx', 'bench/servers/recorder.mjs'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      BENCH_DATABASE_URL: postgres.url,
      BENCH_POSTGRES_PID: String(postgres.pid),
      BENCH_REQUESTS: String(REQUESTS),
    },
  });
  if (measured.status !== 0) throw new Error(measured.stderr);
  const recording = JSON.parse(measured.stdout.trim().split('\n').at(-1) ?? '{}');
  const whole = median(perRequest);
  const share = recording.microsecondsPerRequest / whole;
  console.log(
    `recording ${recording.microsecondsPerRequest.toFixed(2)} µs of ${whole.toFixed(0)} µs CPU per request: ${(share * 100).toFixed(2)} % (noting ${recording.notedMicroseconds.toFixed(2)} µs; a report of ${recording.operations} operations for ${REQUESTS} requests ${recording.reportMicroseconds.toFixed(0)} µs)`,
  );
  process.exitCode = share <= WORST ? 0 : 1;
} finally {
  await hub.stop();
  rmSync(data, { recursive: true, force: true });
}
