/**
 * `npm run bench [-- --quick] [--json] [--only name,…] [--scale 0.01] [--data-dir …]`: what an operation costs in the
 * hub and in its peers, over the same Postgres and with answers that must be equal. CPU is summed over all processes of
 * a stack and Postgres, from /proc, because it holds under a noisy neighbour where requests per second do not.
 *
 * Writes `bench/results/latest.md` and `latest.svg`. Linux only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgres, readCity, runProduct } from './kit/city.mjs';
import { measureCold } from './kit/cold.mjs';
import { startHub } from './kit/hub.mjs';
import { drive } from './kit/load.mjs';
import { bodiesFor, demandEqualAnswers, documentOf, operationsFor } from './kit/operations.mjs';
import { cpuByThread, cpuOfFamily, microsecondsBetween, residentMebibytes } from './kit/processes.mjs';
import { figuresOf, plot, report } from './kit/report.mjs';
import { stackNames, startStacks } from './kit/stacks.mjs';
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
/** A compiler at work costs more than what is compared; `--quick` cannot wait until it has finished everywhere. */
const WARM = { requests: 15_000, milliseconds: options.quick ? 7_000 : 60_000 };
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
say('starting the hub …');
const hub = await startHub(['--port', '0', '--scale', options.scale, '--data-dir', dataFolder]);
/** @type {{ stop: () => Promise<void> }[]} */
const started = [hub];
try {
  const postgres = findPostgres(dataFolder);
  const city = await readCity(postgres.url);
  const token = runProduct(['token', 'system', '--data-dir', dataFolder]);
  const operations = operationsFor(city, { quick: options.quick });
  const stacks = await startStacks(options.only.split(','), {
    ...{ hub, postgres, token, root, started, say, dataFolder, scale: options.scale },
  });

  /** @type {Record<string, Record<string, { cpu: number[], throughput: number[], latencies: number[], postgresCpu: number[] }>>} */
  const measured = {};
  /** @type {Record<string, number>} */
  const memory = {};
  for (const [name, operation] of Object.entries(operations)) {
    const running = stacks.filter((stack) => operation.stacks.includes(stack.name));
    if (running.length === 0) continue;
    const { next, operationName } = operation;
    let sent = 0;
    const bodies = Object.fromEntries(
      running.map(({ name: stack }) => [
        stack,
        next === undefined
          ? bodiesFor(root, name, operation, stack)
          : () => JSON.stringify({ operationName, query: documentOf(root, name), variables: next(sent++) }),
      ]),
    );
    const equal = next === undefined ? await demandEqualAnswers(root, name, operation, running) : 0;
    say(`${name}: ${running.length} stacks${equal === 0 ? '' : ` give ${equal} equal answers`}`);
    /** @type {(typeof measured)[string]} */
    const figures = {};
    for (const stack of running) {
      await drive(stack.targets, bodies[stack.name] ?? [], WARM.milliseconds, CONCURRENCY, WARM.requests);
      figures[stack.name] = { cpu: [], throughput: [], latencies: [], postgresCpu: [] };
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const stack of running) {
        const own = stack.pids();
        const [before, ofPostgresBefore] = [cpuByThread(own), cpuOfFamily(postgres.pid)];
        const { requests, seconds, latencies } = await drive(
          stack.targets,
          bodies[stack.name] ?? [],
          MILLISECONDS,
          CONCURRENCY,
        );
        const ofStack = microsecondsBetween(before, cpuByThread(own)) / requests;
        const ofPostgres = microsecondsBetween(ofPostgresBefore, cpuOfFamily(postgres.pid)) / requests;
        const figure = /** @type {(typeof figures)[string]} */ (figures[stack.name]);
        figure.cpu.push(ofStack + ofPostgres);
        figure.postgresCpu.push(ofPostgres);
        figure.throughput.push(requests / seconds);
        figure.latencies.push(...latencies);
        memory[stack.name] = residentMebibytes(own);
      }
    }
    measured[name] = figures;
  }
  const target = /** @type {import('./kit/load.mjs').Target} */ (stacks.find(({ name }) => name === 'hub')?.targets[0]);
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
