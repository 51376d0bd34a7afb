/**
 * `npm run bench [-- --quick] [--json] [--only name,…] [--scale 0.01] [--data-dir …]`: what an operation costs in the
 * hub and in its peers, over the same Postgres and with answers that must be equal. CPU is summed over all processes of
 * a stack and Postgres, from /proc, because it holds under a noisy neighbour where requests per second do not.
 *
 * Writes `bench/results/latest.md` and `latest.svg`. Linux only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgres, readCity, runProduct } from './kit/city.mjs';
import { measureCold } from './kit/cold.mjs';
import { drive, post } from './kit/load.mjs';
import { childrenOf, cpuByThread, microsecondsBetween, residentMebibytes } from './kit/processes.mjs';
import { figuresOf, plot, report } from './kit/report.mjs';
import { stackNames, startStacks } from './kit/stacks.mjs';
import { startServer } from './kit/start-server.mjs';
import { median, quantile } from './kit/statistics.mjs';

const root = new URL('..', import.meta.url).pathname;
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: stackNames.join(',') },
    scale: { type: 'string', default: '0.01' },
    'data-dir': { type: 'string', default: join(root, '.data-bench') },
  },
});
const say = (/** @type {string} */ line) => console.error(line);
const ROUNDS = options.quick ? 3 : 7;
const MILLISECONDS = options.quick ? 1_500 : 4_000;
/** Compilers need some thousand runs of a path; a machine that is too busy for them gets the time at most. */
const WARM = { requests: 2_000, milliseconds: options.quick ? 8_000 : 30_000 };
const CONCURRENCY = 8;

if (!existsSync(join(root, 'bench/node_modules/postgraphile'))) {
  say('installing the peers …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: join(root, 'bench'),
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('the peers cannot be installed');
}

const dataFolder = options['data-dir'];
const hubArguments = ['yiyun.mjs', 'main', '--port', '0', '--scale', options.scale, '--data-dir', dataFolder];
say('starting the hub …');
const hub = await startServer('hub', process.execPath, hubArguments, {});
/** @type {{ stop: () => Promise<void> }[]} */
const started = [hub];
try {
  const postgres = findPostgres(dataFolder);
  const city = await readCity(postgres.url);
  const token = runProduct(['token', 'system', '--data-dir', dataFolder]);
  const operation = (/** @type {string} */ name) =>
    readFileSync(join(root, `bench/operations/${name}.graphql`), 'utf8');
  const federated = ['hub', 'executor', 'monolith', 'Apollo Gateway', 'Hive Gateway'];
  const gridId = `Grid:${city.gridCodes[0]}`;
  /**
   * `stacks`: those that can answer it, all by default. `next`: variables of each further request, where none may be sent twice.
   *
   * @type {Record<string, { operationName: string, variables: Record<string, unknown>[], stacks?: string[], next?: (count: number) => Record<string, unknown> }>}
   */
  const operations = {
    'person-dossier': {
      operationName: 'PersonDossier',
      variables: city.personIds.map((/** @type {string} */ id) => ({ id: `Person:${id}` })),
    },
    'community-page': {
      operationName: 'CommunityPage',
      variables: city.communityCodes.map((/** @type {string} */ statCode) => ({ statCode })),
    },
    'incident-queue': { operationName: 'IncidentQueue', variables: [{ first: 20 }], stacks: federated },
    'name-search': {
      operationName: 'NameSearch',
      variables: ['w', 'li', 'zhangw', 'chen', 'sh'].map((prefix) => ({ prefix })),
      stacks: federated,
    },
    overview: {
      operationName: 'Overview',
      variables: [4, 6, 9, 12].map((digits) => ({ code: city.communityCodes[0].slice(0, digits) })),
      stacks: ['hub', 'executor'], // its parts are no entities: the monolith has no place for them, and two peers run four subgraphs
    },
    'report-incident': {
      operationName: 'ReportIncident',
      variables: [],
      stacks: ['hub'],
      next: (count) => ({
        input: {
          category: 'HAZARD',
          title: '楼道堆放杂物',
          severity: 'GENERAL',
          channel: 'GRID_WORKER',
          gridId,
          idempotencyKey: `bench-${process.pid}-${count}`,
        },
      }),
    },
  };
  const stacks = await startStacks(options.only.split(','), { hub, postgres, token, root, started, say });

  /** @type {Record<string, Record<string, { cpu: number[], throughput: number[], latencies: number[], postgresCpu: number[] }>>} */
  const measured = {};
  /** @type {Record<string, number>} */
  const memory = {};
  for (const [name, { operationName, variables, stacks: able = stackNames, next }] of Object.entries(operations)) {
    const running = stacks.filter((stack) => able.includes(stack.name));
    if (running.length === 0) continue;
    let sent = 0;
    /** @type {Record<string, string[] | (() => string)>} */
    const bodies = {};
    /** @type {string[] | undefined} */
    let expected;
    for (const stack of running) {
      const isPostgraphile = stack.name === 'PostGraphile';
      const query = operation(isPostgraphile ? `${name}.postgraphile` : name);
      if (next !== undefined) {
        bodies[stack.name] = () => JSON.stringify({ operationName, query, variables: next(sent++) });
        continue;
      }
      const own = variables.map((given) =>
        JSON.stringify({
          operationName,
          query,
          variables:
            isPostgraphile && given.id !== undefined ? { id: String(given.id).slice('Person:'.length) } : given,
        }),
      );
      bodies[stack.name] = own;
      const answers = [];
      for (const body of own) answers.push(canonical(await post(stack.target, body)));
      expected ??= answers;
      for (const [index, answer] of answers.entries()) {
        if (answer !== expected[index]) {
          throw new Error(
            `${stack.name} answers ${name} otherwise than ${running[0]?.name}:\n${answer}\n${expected[index]}`,
          );
        }
      }
    }
    say(`${name}: ${running.length} stacks${expected === undefined ? '' : ` give ${expected.length} equal answers`}`);
    /** @type {(typeof measured)[string]} */
    const figures = {};
    for (const stack of running) {
      await drive(stack.target, bodies[stack.name] ?? [], WARM.milliseconds, CONCURRENCY, WARM.requests);
      figures[stack.name] = { cpu: [], throughput: [], latencies: [], postgresCpu: [] };
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const stack of running) {
        const backends = [postgres.pid, ...childrenOf(postgres.pid)];
        const own = stack.pids();
        const before = cpuByThread([...own, ...backends]);
        const { requests, seconds, latencies } = await drive(
          stack.target,
          bodies[stack.name] ?? [],
          MILLISECONDS,
          CONCURRENCY,
        );
        const after = cpuByThread([...own, ...backends]);
        const figure = /** @type {(typeof figures)[string]} */ (figures[stack.name]);
        figure.cpu.push(microsecondsBetween(before, after) / requests);
        const ofPostgres = (/** @type {Map<string, number>} */ all) =>
          new Map([...all].filter(([thread]) => backends.includes(Number(thread.split('/')[0]))));
        figure.postgresCpu.push(microsecondsBetween(ofPostgres(before), ofPostgres(after)) / requests);
        figure.throughput.push(requests / seconds);
        figure.latencies.push(...latencies);
        memory[stack.name] = residentMebibytes(own);
      }
    }
    measured[name] = figures;
  }
  const target = /** @type {import('./kit/load.mjs').Target} */ (stacks.find(({ name }) => name === 'hub')?.target);
  const cold = await measureCold({ target, root, hubPid: hub.pid, personId: city.personIds[0] });
  const compiled = readCompiledShare(root);
  const rows = Object.fromEntries(
    Object.entries(measured).map(([name, figures]) => [
      name,
      Object.fromEntries(
        Object.entries(figures).map(([stack, { cpu, postgresCpu, throughput, latencies }]) => [
          stack,
          {
            cpu: median(cpu),
            postgresCpu: median(postgresCpu),
            throughput: median(throughput),
            p50: median(latencies),
            p99: quantile(latencies, 0.99),
          },
        ]),
      ),
    ]),
  );
  const result = { rows, memory, cold, compiled, persons: city.persons, rounds: ROUNDS, concurrency: CONCURRENCY };
  const figures = figuresOf(result);
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  const markdown = report(result, figures);
  writeFileSync(join(root, 'bench/results/latest.md'), markdown);
  writeFileSync(join(root, 'bench/results/latest.svg'), plot(result));
  console.log(options.json ? JSON.stringify(figures) : markdown);
} finally {
  for (const server of started.reverse()) await server.stop();
}

/** @param {string} folder */
function readCompiledShare(folder) {
  const args = ['--import', 'tsx', join(folder, 'bench/servers/compiled-share.mjs')];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (!stdout.startsWith('{')) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Data alone, keys in one order. @param {string} text */
function canonical(text) {
  const { data, errors } = JSON.parse(text);
  if (errors !== undefined) throw new Error(JSON.stringify(errors).slice(0, 1_000));
  return JSON.stringify(data, (_key, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
