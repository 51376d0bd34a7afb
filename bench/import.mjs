/**
 * `npm run bench:import [-- --rows 200000] [--scale 0.01] [--json]`: how fast a file of people is taken in, next to a bare
 * COPY of the very rows that it made, into a table of the same columns, indexes and former rows, in the same Postgres.
 * Taken in means validated, sealed, matched, merged, with provenance, events and a receipt. Also what memory it takes:
 * the most that the process which reads the file has, and what the hub (as `npm start` starts it) has before and at most
 * from then until it has done all that follows a file. Linux only (/proc).
 */
import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { findPostgres } from './kit/city.mjs';
import { startHub } from './kit/hub.mjs';
import { atRest, childrenOf, read } from './kit/processes.mjs';
import { productRequire } from './servers/product-require.mjs';

const pg = productRequire('pg');
const { from: copyFrom, to: copyTo } = productRequire('pg-copy-streams');

const root = new URL('..', import.meta.url).pathname;
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000' },
    scale: { type: 'string', default: '0.01' },
    json: { type: 'boolean', default: false },
  },
});
const ROWS = Number(values.rows);
/**
 * Of the file that the hub takes in before it is measured, by a reading process like a large one: what a hub takes of memory
 * for the first work after its start is not what a file takes.
 */
const FIRST_ROWS = 12_000;
/**
 * Of the rows that are made up, a few have the number of somebody who is there already: they are compared with him, and
 * not added.
 */
const MOST_KNOWN_SHARE = 0.001;
/** After a file the hub counts, compares and tells of what has come in; what that takes is measured with it. */
const REST = { milliseconds: 10_000, share: 0.05, most: 90 };
const LOOK_MILLISECONDS = 200;
const data = mkdtempSync(join(tmpdir(), 'yiyun-import-'));
const say = (/** @type {string} */ line) => console.error(line);
const hubArguments = ['--port', '0', '--scale', values.scale, '--data-dir', data];
// The city is loaded by a hub of its own: what that takes is not what an import takes.
await (await startHub(hubArguments, { YIYUN_LOG_LEVEL: 'warn' })).stop();
const hub = await startHub(hubArguments, { YIYUN_LOG_LEVEL: 'warn' });
try {
  await send(makeSample('first', FIRST_ROWS), FIRST_ROWS, 'inserted');
  const file = makeSample('bench', ROWS);
  say(`${ROWS} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB`);

  const settled = new pg.Client({ connectionString: findPostgres(data).url });
  await settled.connect();
  await settled.query('VACUUM ANALYZE people.person');
  await settled.query('CHECKPOINT');
  await settled.end();
  const taken = await send(file, ROWS, 'inserted');
  say(`taken in after ${taken.seconds.toFixed(0)} s`);
  const again = await send(file, ROWS, 'unchanged');

  const client = new pg.Client({ connectionString: findPostgres(data).url });
  await client.connect();
  const copied = join(data, 'rows.copy');
  await client.query('CREATE TABLE public.bare (LIKE people.person INCLUDING ALL)');
  await client.query('INSERT INTO public.bare SELECT * FROM people.person WHERE provenance_id <> $1', [taken.batchId]);
  const batch = `(SELECT * FROM people.person WHERE provenance_id = '${taken.batchId}' ORDER BY id)`;
  await pipeline(client.query(copyTo(`COPY ${batch} TO STDOUT`)), createWriteStream(copied));
  await client.query('VACUUM ANALYZE public.bare');
  await client.query('CHECKPOINT');
  const copying = performance.now();
  await pipeline(createReadStream(copied), client.query(copyFrom('COPY public.bare FROM STDIN')));
  const copySeconds = (performance.now() - copying) / 1000;
  await client.end();

  const perSecond = (/** @type {number} */ seconds) => Math.round(ROWS / seconds);
  const figures = {
    rows: ROWS,
    importRowsPerSecond: perSecond(taken.seconds),
    unchangedRowsPerSecond: perSecond(again.seconds),
    copyRowsPerSecond: perSecond(copySeconds),
    ratio: Math.round((copySeconds / taken.seconds) * 1000) / 1000,
    readerMebibytes: Math.max(taken.readerMebibytes, again.readerMebibytes),
    hubMebibytesBefore: taken.hubMebibytesBefore,
    hubMebibytesPeak: Math.max(taken.hubMebibytesPeak, again.hubMebibytesPeak),
  };
  if (values.json) console.log(JSON.stringify(figures, null, 2));
  else {
    console.log(
      `导入 import ${figures.importRowsPerSecond} rows/s · 重发 the same again ${figures.unchangedRowsPerSecond} rows/s`,
    );
    console.log(`裸 COPY bare ${figures.copyRowsPerSecond} rows/s · 比值 ratio ${figures.ratio}`);
    console.log(`读取进程内存 memory of the reading process ${figures.readerMebibytes} MiB at most`);
    console.log(`枢纽内存 hub memory ${figures.hubMebibytesBefore} → ${figures.hubMebibytesPeak} MiB at most`);
  }
} finally {
  await hub.stop();
  rmSync(data, { recursive: true, force: true });
}

/** @param {string} seed @param {number} rows */
function makeSample(seed, rows) {
  const file = join(data, `${seed}.csv`);
  const sample = ['yiyun.mjs', 'import-command', '--sample', 'people', `${rows}`, '--scale', values.scale];
  const made = spawnSync(process.execPath, [...sample, '--seed', seed], {
    cwd: root,
    stdio: ['ignore', openSync(file, 'w'), 2],
  });
  if (made.status !== 0) throw new Error('no sample could be made');
  return file;
}

/**
 * Sends a file as a department does, and looks at memory meanwhile.
 *
 * @param {string} file @param {number} rows @param {'inserted' | 'unchanged'} outcome what all but those that are known already must end as
 */
async function send(file, rows, outcome) {
  const words = ['yiyun.mjs', 'import-command', 'people', file, '--url', hub.url, '--data-dir', data, '--json'];
  const hubMebibytesBefore = memory(hub.pid).now;
  writeFileSync(`/proc/${hub.pid}/clear_refs`, '5');
  let readerMebibytes = 0;
  const looking = setInterval(() => {
    for (const pid of childrenOf(hub.pid)) {
      if (read(`/proc/${pid}/cmdline`).includes('file-reader')) {
        readerMebibytes = Math.max(readerMebibytes, memory(pid).peak);
      }
    }
  }, LOOK_MILLISECONDS);
  const started = performance.now();
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - started) / 1000;
  clearInterval(looking);
  await atRest(() => [hub.pid], REST);
  const receipt = JSON.parse(output);
  if (receipt.rejected > 0 || receipt[outcome] < rows * (1 - MOST_KNOWN_SHARE)) {
    throw new Error(`not all of ${rows} rows are ${outcome}: ${output.slice(0, 500)}`);
  }
  return {
    batchId: receipt.batchId,
    ...{ seconds, readerMebibytes, hubMebibytesBefore, hubMebibytesPeak: memory(hub.pid).peak },
  };
}

/** Resident memory now and at its greatest since it was last reset. @param {number} pid */
function memory(pid) {
  const status = read(`/proc/${pid}/status`);
  const mebibytes = (/** @type {string} */ name) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
}
