/**
 * `npm run bench:memory [-- --distinct 500] [--heap] [--json] [--scale 0.01] [--data-dir …]`: what the hub weighs, as
 * `npm start` starts it: right after its start, with all distinct operations run several times, and when it has rested.
 * With `--heap` also what its heap holds, by constructor. Linux only (/proc).
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runProduct } from './kit/city.mjs';
import { distinctOperations } from './kit/distinct-operations.mjs';
import { heapSummary } from './kit/heap-summary.mjs';
import { startHub } from './kit/hub.mjs';
import { PURPOSE, tryPost } from './kit/load.mjs';
import { memoryOf } from './kit/processes.mjs';

const root = new URL('..', import.meta.url).pathname;
const { values: options } = parseArgs({
  options: {
    distinct: { type: 'string', default: '500' },
    heap: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    scale: { type: 'string', default: '0.01' },
    'data-dir': { type: 'string' },
  },
});
/** More than a document is run before it is compiled, see `gateway/transport/compile-document.ts`. */
const RUNS = 12;
const REST_MILLISECONDS = 15_000;
const say = (/** @type {string} */ line) => console.error(line);

const data = options['data-dir'] ?? mkdtempSync(join(tmpdir(), 'yiyun-memory-'));
const snapshots = mkdtempSync(join(tmpdir(), 'yiyun-heap-'));
const hubArguments = ['--port', '0', '--scale', options.scale, '--data-dir', data];
// The city is loaded by a hub of its own: what a load takes is not what serving takes.
await (await startHub(hubArguments)).stop();
const hub = await startHub(hubArguments, {
  NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${snapshots}`,
});
try {
  const operations = distinctOperations(root, Number(options.distinct));
  const tokens = Object.fromEntries(
    [...new Set(operations.map(({ role }) => role))].map((role) => [
      role,
      runProduct(['token', role, '--data-dir', data]),
    ]),
  );
  const figures = [];
  const note = (/** @type {string} */ when) => figures.push({ when, ...memoryOf(hub.pid) });
  await delay(2_000);
  note('started');
  let refused = 0;
  for (let run = 0; run < RUNS; run++) {
    for (const { name, role, query, variables, operationName } of operations) {
      const headers = { authorization: `Bearer ${tokens[role]}`, ...PURPOSE };
      const { status, text } = await tryPost(
        { url: hub.url, headers },
        JSON.stringify({ query, variables, operationName }),
      );
      if (status === 200 && !text.startsWith('{"errors"')) continue;
      refused += 1;
      if (run === 0 && refused <= 10) say(`${name}: ${status} ${text.slice(0, 300)}`);
    }
  }
  note(`${operations.length} operations, ${RUNS} times each`);
  await delay(REST_MILLISECONDS);
  note(`${REST_MILLISECONDS / 1000} s later`);
  const metrics = await (await fetch(new URL('/metrics', hub.url))).text();
  const metric = (/** @type {string} */ name) =>
    Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1] ?? Number.NaN);
  const remembered = metric('yiyun_cached_operations');
  const heap = options.heap ? await takeHeap(hub.pid, snapshots) : undefined;
  if (options.json) console.log(JSON.stringify({ figures, remembered, refused, heap }));
  else {
    console.log('| | resident MiB | of it private | of it program files |\n|---|--:|--:|--:|');
    for (const { when, resident, privately, files } of figures)
      console.log(`| ${when} | ${resident.toFixed(0)} | ${privately.toFixed(0)} | ${files.toFixed(0)} |`);
    console.log(`\n${remembered} documents remembered, ${refused} requests without data`);
    const mebibytes = (/** @type {number} */ bytes) => (bytes / 1024 ** 2).toFixed(1);
    console.log(
      `V8 heap used ${mebibytes(metric('nodejs_heap_size_used_bytes'))}, total ${mebibytes(metric('nodejs_heap_size_total_bytes'))}, external ${mebibytes(metric('nodejs_external_memory_bytes'))} MiB`,
    );
    if (heap !== undefined) {
      console.log(`\nlive heap ${mebibytes(heap.bytes)} MiB\n\n| constructor | objects | MiB |\n|---|--:|--:|`);
      for (const { group, count, bytes } of heap.groups) console.log(`| ${group} | ${count} | ${mebibytes(bytes)} |`);
    }
  }
} finally {
  await hub.stop();
  rmSync(snapshots, { recursive: true, force: true });
  if (options['data-dir'] === undefined) rmSync(data, { recursive: true, force: true });
}

/** @param {number} pid @param {string} folder */
async function takeHeap(pid, folder) {
  process.kill(pid, 'SIGUSR2');
  let size = -1;
  for (;;) {
    await delay(2_000);
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.heapsnapshot'));
    if (file === undefined) continue;
    const path = join(folder, file);
    const now = readFileSync(path).length;
    // Written bit by bit: it is whole when it grows no more.
    if (now === size && now > 0) return heapSummary(path);
    size = now;
  }
}
