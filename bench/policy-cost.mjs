/**
 * `npm run bench:policy`: what rights, purpose, row scope and the access log cost. One database with the demo city, one
 * hub with all of it on, one with all of it off, and with `--parts` one with each part off; they take turns at the same
 * operations with 64 requests in flight. All live in one process, which compiles what they share once: two processes of
 * the same program differ by up to a fifth for as long as they run, which is more than what is compared. Several such
 * processes are measured one after another. Nothing is measured before each hub has answered so many requests that its
 * code is compiled: a compiler at work costs more than what is compared. Compared is the CPU per operation of hub and
 * Postgres (from /proc), which holds under a noisy neighbour. The answers of all must be equal. Exits with 1 when
 * everything together costs more than 10 %.
 *
 * Options: --processes 4 --rounds 12 --milliseconds 1000 --warm 15000 (requests) --parts (each part off by itself, too)
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgres, readCity } from './kit/city.mjs';
import { nodeFlags, startEnvironment } from './kit/hub.mjs';
import { drive, PURPOSE, post } from './kit/load.mjs';
import { childrenOf, cpuByThread, microsecondsBetween } from './kit/processes.mjs';
import { startServer } from './kit/start-server.mjs';
import { median } from './kit/statistics.mjs';

const root = new URL('..', import.meta.url).pathname;
const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '12' },
    milliseconds: { type: 'string', default: '1000' },
    warm: { type: 'string', default: '15000' },
    parts: { type: 'boolean', default: false },
  },
});
const ROUNDS = Number(values.rounds);
const MILLISECONDS = Number(values.milliseconds);
const WARM = { requests: Number(values.warm), milliseconds: 90_000 };
const IN_FLIGHT = 64;
const WORST = 1.1;
/** What is off. */
const VARIANTS = {
  'all on': '',
  'without rights': 'policy',
  'without purpose': 'purpose',
  'without row scope': 'rows',
  'without ledger': 'ledger',
  'all off': 'policy,purpose,rows,ledger',
};
const ENDS = ['all on', 'all off'];
/** The hubs of each process: Postgres takes four such beside the city's. */
const TURNS = [
  ...Array.from({ length: Number(values.processes) }, (_, turn) => (turn % 2 === 0 ? ENDS : [...ENDS].reverse())),
  ...(values.parts
    ? [
        ['all on', 'without rights', 'without purpose', 'all off'],
        ['all off', 'without row scope', 'without ledger', 'all on'],
      ]
    : []),
];

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
  /** Medians of the rounds, one for each process. @type {Record<string, Record<string, number[]>>} */
  const cpu = Object.fromEntries(
    Object.keys(operations).map((operation) => [
      operation,
      Object.fromEntries(Object.keys(VARIANTS).map((name) => [name, []])),
    ]),
  );
  /** All on to all off, one for each process. @type {Record<string, number[]>} */
  const ratios = Object.fromEntries(Object.keys(operations).map((operation) => [operation, []]));
  for (const turn of TURNS) {
    const offs = turn.map((name) => VARIANTS[/** @type {keyof typeof VARIANTS} */ (name)]);
    const server = await startServer(
      'hubs',
      process.execPath,
      [...nodeFlags, '--import', 'tsx', join(root, 'bench/servers/policy-hub.mjs')],
      {
        ...startEnvironment,
        BENCH_OFF: offs.join(';'),
        BENCH_DATABASE_URL: postgres.url,
        BENCH_SECRET: postgres.secret,
        BENCH_DATA: data,
        BENCH_INSTANT: '2026-06-30T02:00:00.000Z',
        NODE_ENV: 'production',
      },
    );
    started.push(server);
    const urls = [...server.output.matchAll(/^HUB (\S+)$/gm)].map(([, url]) => url);
    const hubs = turn.map((name, index) => {
      const purpose = offs[index].includes('purpose') ? {} : PURPOSE;
      return { name, target: { url: urls[index], headers: { authorization: `Bearer ${token}`, ...purpose } } };
    });
    for (const [operation, bodies] of Object.entries(operations)) {
      const answers = await Promise.all(hubs.map(({ target }) => post(target, bodies[0])));
      for (const [index, answer] of answers.entries()) {
        if (answer !== answers[0] || answer.includes('"errors"'))
          throw new Error(`${hubs[index].name} answers otherwise: ${answer.slice(0, 500)}`);
      }
      for (const { target } of hubs) await drive([target], bodies, WARM.milliseconds, IN_FLIGHT, WARM.requests);
      const rounds = hubs.map(() => /** @type {number[]} */ ([]));
      for (let round = 0; round < ROUNDS; round++) {
        // In turns and in changing order, so that what changes in the course of time meets all alike.
        const order = [...hubs.entries()];
        for (const [index, { target }] of round % 2 === 0 ? order : order.reverse()) {
          const pids = () => [server.pid, postgres.pid, ...childrenOf(postgres.pid)];
          const before = cpuByThread(pids());
          const { requests } = await drive([target], bodies, MILLISECONDS, IN_FLIGHT);
          rounds[index].push(microsecondsBetween(before, cpuByThread(pids())) / requests);
        }
      }
      for (const [index, { name }] of hubs.entries()) cpu[operation][name].push(median(rounds[index]));
      // Round by round, which lie side by side in time.
      const [on, without] = ENDS.map((end) => rounds[turn.indexOf(end)]);
      ratios[operation].push(median(on.map((figure, round) => figure / without[round])));
    }
    await server.stop();
  }
  const names = Object.keys(VARIANTS).filter((name) => TURNS.some((turn) => turn.includes(name)));
  console.log(
    `CPU µs per operation, hub + Postgres, ${IN_FLIGHT} in flight, median of ${TURNS.length} processes, in each of ${ROUNDS} rounds of ${MILLISECONDS} ms\n`,
  );
  console.log(`| | ${names.join(' | ')} | all on ÷ all off |\n|---|${names.map(() => '---|').join('')}---|`);
  let worst = 0;
  for (const [operation, byName] of Object.entries(cpu)) {
    const figures = names.map((name) => median(byName[name]));
    const ratio = median(ratios[operation]);
    worst = Math.max(worst, ratio);
    console.log(
      `| ${operation} | ${figures.map((figure) => figure.toFixed(0)).join(' | ')} | ${ratio.toFixed(3)} (${ratios[operation].map((one) => one.toFixed(2)).join(', ')}) |`,
    );
  }
  console.log(`\nworst ${worst.toFixed(3)}, bound ${WORST}`);
  process.exitCode = worst <= WORST ? 0 : 1;
} finally {
  for (const server of started.reverse()) await server.stop();
  rmSync(data, { recursive: true, force: true });
}
