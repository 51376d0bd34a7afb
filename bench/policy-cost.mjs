/**
 * `npm run bench:policy`: what rights, purpose, row scope and the access log cost. One database with the demo city, one
 * hub with each part off, two with all of it on and two with all off, since two processes of the same program differ
 * by some percent; they take turns at the same operations with 64 requests in flight. Compared is the CPU per operation of hub and Postgres (from /proc), which holds under a noisy
 * neighbour. The answers of all must be equal. Exits with 1 when everything together costs more than 10 %.
 *
 * Options: --rounds 5 --milliseconds 1500
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgres, readCity } from './kit/city.mjs';
import { drive, post } from './kit/load.mjs';
import { childrenOf, cpuByThread, microsecondsBetween } from './kit/processes.mjs';
import { startServer } from './kit/start-server.mjs';
import { median } from './kit/statistics.mjs';

const root = new URL('..', import.meta.url).pathname;
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, milliseconds: { type: 'string', default: '1500' } },
});
const ROUNDS = Number(values.rounds);
const MILLISECONDS = Number(values.milliseconds);
const IN_FLIGHT = 64;
const WORST = 1.1;
/** What is off, and in how many processes. */
const VARIANTS = {
  'all on': { off: '', processes: 2 },
  'without rights': { off: 'policy', processes: 1 },
  'without purpose': { off: 'purpose', processes: 1 },
  'without row scope': { off: 'rows', processes: 1 },
  'without ledger': { off: 'ledger', processes: 1 },
  'all off': { off: 'policy,purpose,rows,ledger', processes: 2 },
};
const HEADERS = {
  'x-yiyun-legal-basis': 'PIPL-13-3',
  'x-yiyun-scenario': 'service-handling',
  'x-yiyun-unmask': 'true',
};

const data = mkdtempSync(join(tmpdir(), 'yiyun-policy-'));
/** @type {{ stop: () => Promise<void> }[]} */
const started = [];
try {
  const city = await startServer('hub', process.execPath, ['yiyun.mjs', 'main', '--port', '0', '--data-dir', data], {});
  started.push(city);
  const postgres = findPostgres(data);
  const { personIds, communityCodes } = await readCity(postgres.url);
  const token = spawnSync(process.execPath, ['yiyun.mjs', 'token', 'system', '--data-dir', data], {
    cwd: root,
    encoding: 'utf8',
  }).stdout.trim();
  const dossier = readFileSync(join(root, 'bench/operations/person-dossier.graphql'), 'utf8');
  const list = `query ($code: String!) { community(statCode: $code) { name residents(first: 20) { totalCount
    nodes { name sex ageYears phone birthDate grid { name } } } } }`;
  const publicPage =
    'query ($code: String!) { community(statCode: $code) { name population { residentCount } grids { nodes { name chief { holderName } } } } }';
  /** @type {Record<string, string[]>} */
  const operations = {
    'a person’s dossier': personIds.map((id) => JSON.stringify({ query: dossier, variables: { id: `Person:${id}` } })),
    'a list of 20 residents': communityCodes.map((code) => JSON.stringify({ query: list, variables: { code } })),
    'a public page': communityCodes.map((code) => JSON.stringify({ query: publicPage, variables: { code } })),
  };
  /** @type {{ name: string, pid: number, target: import('./kit/load.mjs').Target, rounds: number[] }[]} */
  const hubs = [];
  const toStart = Object.entries(VARIANTS).flatMap(([name, { off, processes }]) =>
    Array.from({ length: processes }, (_, turn) => ({ name, off, turn })),
  );
  for (const { name, off } of toStart.sort((one, other) => one.turn - other.turn)) {
    const server = await startServer(
      name,
      process.execPath,
      ['--max-semi-space-size=32', '--import', 'tsx', join(root, 'bench/servers/policy-hub.mjs')],
      {
        BENCH_OFF: off,
        BENCH_DATABASE_URL: postgres.url,
        BENCH_SECRET: postgres.secret,
        BENCH_DATA: data,
        BENCH_INSTANT: '2026-06-30T02:00:00.000Z',
        NODE_ENV: 'production',
      },
    );
    started.push(server);
    const purpose = off.includes('purpose') ? {} : HEADERS;
    const target = { url: server.url, headers: { authorization: `Bearer ${token}`, ...purpose } };
    hubs.push({ name, pid: server.pid, target, rounds: [] });
  }
  const names = Object.keys(VARIANTS);
  console.log(
    `CPU µs per operation, hub + Postgres, ${IN_FLIGHT} in flight, median of ${ROUNDS} rounds of ${MILLISECONDS} ms\n`,
  );
  console.log(`| | ${names.join(' | ')} | all on ÷ all off |\n|---|${names.map(() => '---|').join('')}---|`);
  let worst = 0;
  for (const [operation, bodies] of Object.entries(operations)) {
    const answers = await Promise.all(hubs.map(({ target }) => post(target, bodies[0])));
    for (const [index, answer] of answers.entries()) {
      if (answer !== answers[0] || answer.includes('"errors"'))
        throw new Error(`${hubs[index].name} answers otherwise: ${answer.slice(0, 500)}`);
    }
    for (const { target } of hubs) await drive(target, bodies, 2 * MILLISECONDS, IN_FLIGHT);
    for (const hub of hubs) hub.rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      // In turns and in changing order, so that what changes in the course of time meets all alike.
      for (const { pid, target, rounds } of round % 2 === 0 ? hubs : hubs.toReversed()) {
        const pids = () => [pid, postgres.pid, ...childrenOf(postgres.pid)];
        const before = cpuByThread(pids());
        const { requests } = await drive(target, bodies, MILLISECONDS, IN_FLIGHT);
        rounds.push(microsecondsBetween(before, cpuByThread(pids())) / requests);
      }
    }
    const figures = names.map((name) =>
      median(hubs.filter((hub) => hub.name === name).map(({ rounds }) => median(rounds))),
    );
    const ratio = figures[0] / figures[names.length - 1];
    worst = Math.max(worst, ratio);
    console.log(`| ${operation} | ${figures.map((figure) => figure.toFixed(0)).join(' | ')} | ${ratio.toFixed(3)} |`);
  }
  console.log(`\nworst ${worst.toFixed(3)}, bound ${WORST}`);
  process.exitCode = worst <= WORST ? 0 : 1;
} finally {
  for (const server of started.reverse()) await server.stop();
  rmSync(data, { recursive: true, force: true });
}
