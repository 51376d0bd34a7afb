/**
 * `npm run bench:scale [-- --large 0.1] [--small 0.01] [--data-dir …] [--json]`: Jiaxing at 1:100 and at 1:1. Loads both as
 * `npm start -- --scale …` does, or takes them from the data folder (where they stay: `<data-dir>/<scale>`), says how long
 * each took to load, what memory the hub had at most while it did, and how long a start over a loaded city takes. Then the
 * same operations, for the same persons and places, in turns on both: CPU per request of hub and Postgres (from /proc,
 * medians of the rounds), and how many times that of the smaller city the larger one takes. Exits with 1 when that is more
 * than 1.2 anywhere. Linux only; a city at 1:1 takes some 25 GB of disk.
 *
 * Further options: --rounds 7 --milliseconds 2000 --warm 6000 (requests)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgres, readCity, runProduct } from './kit/city.mjs';
import { startHub } from './kit/hub.mjs';
import { drive, PURPOSE, post } from './kit/load.mjs';
import { bodiesFor, operationsFor } from './kit/operations.mjs';
import { atRest, childrenOf, cpuByThread, cpuOfFamily, microsecondsBetween, read } from './kit/processes.mjs';
import { median } from './kit/statistics.mjs';
import { productRequire } from './servers/product-require.mjs';

const pg = productRequire('pg');
const root = new URL('..', import.meta.url).pathname;
const { values } = parseArgs({
  options: {
    large: { type: 'string', default: '1' },
    small: { type: 'string', default: '0.01' },
    'data-dir': { type: 'string' },
    rounds: { type: 'string', default: '7' },
    milliseconds: { type: 'string', default: '2000' },
    warm: { type: 'string', default: '6000' },
    json: { type: 'boolean', default: false },
  },
});
const CONCURRENCY = 8;
const WORST = 1.2;
const WARM_MILLISECONDS = 60_000;
/**
 * A hub raises what has fallen due since the city's instant once after its load, and compares all people of the city: two
 * seconds of every five, for minutes. Nothing is measured before it has rested for two such rounds.
 */
const REST = { milliseconds: 11_000, share: 0.05, most: 100 };
const OPERATIONS = ['person-dossier', 'community-page', 'incident-queue', 'name-search', 'overview'];
const COUNTED = {
  persons: 'people.person',
  households: 'people.household',
  microGrids: 'organizations.micro_grid',
  partyMembers: 'party.party_member',
  incidents: 'services.incident',
};
const say = (/** @type {string} */ line) => console.error(line);

/** @typedef {{ scale: string, hub: import('./kit/start-server.mjs').Server, postgres: ReturnType<typeof findPostgres>, target: import('./kit/load.mjs').Target, figures: Record<string, number | null> }} City */

const data = values['data-dir'] ?? mkdtempSync(join(tmpdir(), 'yiyun-scale-'));
/** @type {City[]} */
const cities = [];
try {
  for (const scale of [values.small, values.large]) cities.push(await openCity(scale));
  for (const { scale, hub, postgres } of cities) {
    const pids = () => [hub.pid, postgres.pid, ...childrenOf(postgres.pid)];
    if (!(await atRest(pids, REST))) say(`${scale}: 仍在忙 still at work of its own`);
  }
  const [small, large] = /** @type {[City, City]} */ (/** @type {unknown} */ (cities));
  // A community is the same at every scale: both are asked for the same.
  const operations = operationsFor(await readCity(small.postgres.url));
  /** @type {Record<string, { small: number, large: number, smallPostgres: number, largePostgres: number, ratio: number }>} */
  const measured = {};
  for (const name of OPERATIONS) {
    const operation = /** @type {import('./kit/operations.mjs').Operation} */ (operations[name]);
    const bodies = bodiesFor(root, name, operation, 'hub');
    for (const { target } of cities) {
      const answer = await post(target, /** @type {string} */ (bodies[0]));
      if (answer.includes('"errors"')) throw new Error(`${name}: ${answer.slice(0, 500)}`);
      await drive([target], bodies, WARM_MILLISECONDS, CONCURRENCY, Number(values.warm));
    }
    const figures = cities.map(() => ({ all: /** @type {number[]} */ ([]), postgres: /** @type {number[]} */ ([]) }));
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [index, city] of cities.entries()) {
        const { all, postgres } = await measureRound(city, bodies);
        figures[index]?.all.push(all);
        figures[index]?.postgres.push(postgres);
      }
    }
    const [a, b] = figures.map(({ all, postgres }) => ({ all: median(all), postgres: median(postgres) }));
    measured[name] = {
      small: Math.round(a.all),
      large: Math.round(b.all),
      smallPostgres: Math.round(a.postgres),
      largePostgres: Math.round(b.postgres),
      ratio: Math.round((b.all / a.all) * 100) / 100,
    };
    say(`${name}: ${JSON.stringify(measured[name])}`);
  }
  const result = { small: small.figures, large: large.figures, operations: measured };
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else report(result);
  const beyond = Object.entries(measured).filter(([, { ratio }]) => ratio > WORST);
  if (beyond.length > 0) {
    process.exitCode = 1;
    say(`超过 ${WORST} 倍 more than ${WORST} times: ${beyond.map(([name]) => name).join(', ')}`);
  }
} finally {
  for (const { hub } of cities) await hub.stop();
  if (values['data-dir'] === undefined) rmSync(data, { recursive: true, force: true });
}

/** Loads the city where it is not there yet, and starts a hub over it. @param {string} scale @returns {Promise<City>} */
async function openCity(scale) {
  const folder = join(data, scale);
  const words = ['--port', '0', '--scale', scale, '--data-dir', folder];
  let loads = false;
  say(`${scale}: starting …`);
  const loading = await startHub(
    words,
    {},
    {
      onOutput: (text) => {
        if (/Loading /.test(text)) loads = true;
        for (const line of text.split('\n')) if (/loading \d+ %/.test(line)) say(`  ${line}`);
      },
    },
  );
  const peak = /VmHWM:\s+(\d+)/.exec(read(`/proc/${loading.pid}/status`))?.[1];
  await loading.stop();
  // What is measured is a hub that has not loaded anything.
  const starting = performance.now();
  const hub = await startHub(words);
  const startSeconds = (performance.now() - starting) / 1000;
  const postgres = findPostgres(folder);
  const token = runProduct(['token', 'system', '--data-dir', folder]);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows: loaded } = await client.query(
    `SELECT row_count::int AS rows, extract(epoch FROM loaded_at - started_at)::float8 AS "loadSeconds",
            pg_database_size(current_database())::float8 AS bytes FROM catalog.loaded_city`,
  );
  /** @type {Record<string, number>} */
  const counts = {};
  for (const [name, table] of Object.entries(COUNTED)) {
    counts[name] = (await client.query(`SELECT count(*)::int AS count FROM ${table}`)).rows[0].count;
  }
  await client.end();
  const figures = {
    scale: Number(scale),
    loadSeconds: Math.round(loaded[0].loadSeconds * 10) / 10,
    rows: loaded[0].rows,
    ...counts,
    databaseGigabytes: Math.round(loaded[0].bytes / 1e8) / 10,
    hubMebibytesWhileLoading: loads ? Math.round(Number(peak) / 1024) : null,
    startSeconds: Math.round(startSeconds * 10) / 10,
  };
  say(`${scale}: ${JSON.stringify(figures)}`);
  return {
    scale,
    hub,
    postgres,
    target: { url: hub.url, headers: { authorization: `Bearer ${token}`, ...PURPOSE } },
    figures,
  };
}

/** Microseconds of CPU per request. @param {City} city @param {readonly string[]} bodies */
async function measureRound({ hub, postgres, target }, bodies) {
  const [before, ofPostgresBefore] = [cpuByThread([hub.pid]), cpuOfFamily(postgres.pid)];
  const { requests } = await drive([target], bodies, Number(values.milliseconds), CONCURRENCY);
  const own = microsecondsBetween(before, cpuByThread([hub.pid])) / requests;
  const ofPostgres = microsecondsBetween(ofPostgresBefore, cpuOfFamily(postgres.pid)) / requests;
  return { all: own + ofPostgres, postgres: ofPostgres };
}

/** @param {{ small: City['figures'], large: City['figures'], operations: Record<string, { small: number, large: number, smallPostgres: number, largePostgres: number, ratio: number }> }} result */
function report({ small, large, operations }) {
  const number = (/** @type {number | null | undefined} */ value) => (value ?? '—').toLocaleString('en');
  console.log(`| 规模 scale | ${small.scale} | ${large.scale} |\n|---|--:|--:|`);
  for (const name of Object.keys(small).slice(1)) {
    console.log(`| ${name} | ${number(small[name])} | ${number(large[name])} |`);
  }
  console.log(`\n| CPU µs per request (of it Postgres) | ${small.scale} | ${large.scale} | ratio |`);
  console.log('|---|--:|--:|--:|');
  for (const [name, figure] of Object.entries(operations)) {
    const [a, b] = [`${figure.small} (${figure.smallPostgres})`, `${figure.large} (${figure.largePostgres})`];
    console.log(`| ${name} | ${a} | ${b} | ${figure.ratio} |`);
  }
}
