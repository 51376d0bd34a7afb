/**
 * `npm run figures`: the figures of the README, on this machine. Starts the hub as a newcomer does, with an empty data
 * folder, then again; and runs the operation that touches all five subgraphs. Prints a Markdown table.
 *
 * CPU is summed over the hub and its Postgres from /proc (Linux only), because it holds under a noisy neighbour where
 * wall time does not.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFlags, startEnvironment } from './kit/hub.mjs';

const root = new URL('..', import.meta.url).pathname;
const data = mkdtempSync(join(tmpdir(), 'yiyun-figures-'));
const ROUNDS = 5;
const REQUESTS = 200;
const WARM_UP = 300;

/** @typedef {{ child: import('node:child_process').ChildProcess, url: string, seconds: number, rows: number }} Hub */

/** @returns {Promise<Hub>} */
async function startHub() {
  const started = performance.now();
  const child = spawn(process.execPath, [...nodeFlags, 'dist/gateway/main.js', '--port', '0', '--data-dir', data], {
    cwd: root,
    env: { ...process.env, ...startEnvironment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    const url = /http:\/\/\S+\/graphql/.exec(text)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    const rows = Number([...text.matchAll(/([\d,]+) 行 rows/g)].at(-1)?.[1]?.replaceAll(',', '') ?? 0);
    return { child, url, seconds: (performance.now() - started) / 1000, rows };
  }
  throw new Error(`The hub ended before it was ready:\n${text}`);
}

/** @param {Hub} hub */
async function stopHub(hub) {
  hub.child.kill('SIGTERM');
  await new Promise((resolve) => hub.child.once('exit', resolve));
}

/** Processes of the hub: itself, and the Postgres of its data folder with its backends. @param {number} hubPid */
function processes(hubPid) {
  const location = spawnSync('cat', [join(data, 'POSTGRES_LOCATION')], { encoding: 'utf8' }).stdout.trim();
  const pidFile = join(location === '' ? join(data, 'postgres') : location, 'cluster', 'postmaster.pid');
  const postmaster = Number(readFileSync(pidFile, 'utf8').split('\n', 1)[0]);
  const backends = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster);
  return { hub: [hubPid], postgres: [postmaster, ...backends.map(Number)] };
}

/** @param {string | number} pid */
function stat(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** @param {string} pid */
function parentOf(pid) {
  try {
    return Number(stat(pid)[1]);
  } catch {
    return -1;
  }
}

const ticksPerSecond = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);

/** @type {Map<number, number>} */
const lastSeen = new Map();

/** User and system CPU in microseconds; what a backend that has ended since used is what it had when last seen. @param {readonly number[]} pids */
function cpuMicroseconds(pids) {
  return pids.reduce((sum, pid) => {
    try {
      const fields = stat(pid);
      lastSeen.set(pid, ((Number(fields[11]) + Number(fields[12])) * 1e6) / ticksPerSecond);
    } catch {
      // Gone.
    }
    return sum + (lastSeen.get(pid) ?? 0);
  }, 0);
}

/** @param {number} pid */
function residentMebibytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const first = await startHub();
await stopHub(first);
const second = await startHub();
try {
  const token = spawnSync(process.execPath, ['dist/gateway/token.js', 'system', '--data-dir', data], {
    cwd: root,
    encoding: 'utf8',
  }).stdout.trim();
  const name = 'community-at-a-glance';
  const query = readFileSync(join(root, `schema/operations/${name}.graphql`), 'utf8');
  const variables = JSON.parse(readFileSync(join(root, `schema/operations/${name}.variables.json`), 'utf8'));
  const ask = async () => {
    const started = performance.now();
    const response = await fetch(second.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const answer = await response.json();
    if (response.status !== 200 || answer.errors !== undefined) throw new Error(JSON.stringify(answer));
    return performance.now() - started;
  };
  const cold = await ask();
  for (let i = 0; i < WARM_UP; i++) await ask();
  const hubPid = second.child.pid ?? 0;
  const milliseconds = [];
  const hubCpu = [];
  const postgresCpu = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { hub, postgres } = processes(hubPid);
    const before = [cpuMicroseconds(hub), cpuMicroseconds(postgres)];
    for (let i = 0; i < REQUESTS; i++) milliseconds.push(await ask());
    hubCpu.push((cpuMicroseconds(hub) - (before[0] ?? 0)) / REQUESTS);
    postgresCpu.push((cpuMicroseconds(postgres) - (before[1] ?? 0)) / REQUESTS);
  }
  console.log(`| 项目 What | 数值 Figure |
|---|---|
| 首次启动至可用 first start until ready, ${first.rows.toLocaleString('en')} rows loaded | ${first.seconds.toFixed(1)} s |
| 其中装载 load within it | ${Math.round(first.rows / (first.seconds - second.seconds)).toLocaleString('en')} rows/s |
| 再次启动至可用 start until ready, after that | ${second.seconds.toFixed(1)} s |
| \`${name}\`（五个子图 five subgraphs）, first request | ${cold.toFixed(0)} ms |
| the same, warm, median of ${ROUNDS * REQUESTS} one after another | ${median(milliseconds).toFixed(1)} ms |
| its CPU per request: hub + Postgres, median of ${ROUNDS} rounds | ${(median(hubCpu) / 1000).toFixed(2)} + ${(median(postgresCpu) / 1000).toFixed(2)} ms |
| hub's memory after that (resident) | ${residentMebibytes(hubPid).toFixed(0)} MiB |`);
} finally {
  await stopHub(second);
  const location = spawnSync('cat', [join(data, 'POSTGRES_LOCATION')], { encoding: 'utf8' }).stdout.trim();
  if (location.startsWith('/var/lib/yiyun/')) rmSync(location, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
}
