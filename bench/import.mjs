/**
 * `npm run bench:import [-- --rows 200000] [--scale 0.01] [--json]`: how fast a file of people is taken in, next to a bare
 * COPY of the very rows that it made, into a table of the same columns, indexes and former rows, in the same Postgres.
 * Taken in means validated, sealed, matched, merged, with provenance, events and a receipt. Also the hub's greatest
 * memory while it does so. Linux only (/proc).
 */
import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { findPostgres } from './kit/city.mjs';
import { startServer } from './kit/start-server.mjs';
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
const data = mkdtempSync(join(tmpdir(), 'yiyun-import-'));
const say = (/** @type {string} */ line) => console.error(line);
const hubArguments = ['yiyun.mjs', 'main', '--port', '0', '--scale', values.scale, '--data-dir', data];
// The city is loaded by a hub of its own: what that takes is not what an import takes.
await (await startServer('loader', process.execPath, hubArguments, { YIYUN_LOG_LEVEL: 'warn' })).stop();
const hub = await startServer('hub', process.execPath, hubArguments, { YIYUN_LOG_LEVEL: 'warn' });
try {
  const file = join(data, 'people.csv');
  const sample = [
    'yiyun.mjs',
    'import-command',
    '--sample',
    'people',
    values.rows,
    '--scale',
    values.scale,
    '--seed',
    'bench',
  ];
  const made = spawnSync(process.execPath, sample, { cwd: root, stdio: ['ignore', openSync(file, 'w'), 2] });
  if (made.status !== 0) throw new Error('no sample could be made');
  say(`${ROWS} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB`);

  const settled = new pg.Client({ connectionString: findPostgres(data).url });
  await settled.connect();
  await settled.query('VACUUM ANALYZE people.person');
  await settled.query('CHECKPOINT');
  await settled.end();
  const before = memory(hub.pid);
  writeFileSync(`/proc/${hub.pid}/clear_refs`, '5');
  const send = ['yiyun.mjs', 'import-command', 'people', file, '--url', hub.url, '--data-dir', data, '--json'];
  const started = performance.now();
  const sent = spawnSync(process.execPath, send, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const importSeconds = (performance.now() - started) / 1000;
  const receipt = JSON.parse(sent.stdout);
  if (receipt.inserted !== ROWS)
    throw new Error(`${receipt.inserted} of ${ROWS} rows were taken in: ${sent.stdout.slice(0, 500)}`);
  const peak = memory(hub.pid);

  const again = performance.now();
  const second = JSON.parse(
    spawnSync(process.execPath, send, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout,
  );
  const againSeconds = (performance.now() - again) / 1000;
  if (second.unchanged !== ROWS) throw new Error('the same file again changed something');

  const client = new pg.Client({ connectionString: findPostgres(data).url });
  await client.connect();
  const copied = join(data, 'rows.copy');
  await client.query('CREATE TABLE public.bare (LIKE people.person INCLUDING ALL)');
  await client.query('INSERT INTO public.bare SELECT * FROM people.person WHERE provenance_id <> $1', [
    receipt.batchId,
  ]);
  const batch = `(SELECT * FROM people.person WHERE provenance_id = '${receipt.batchId}' ORDER BY id)`;
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
    importRowsPerSecond: perSecond(importSeconds),
    unchangedRowsPerSecond: perSecond(againSeconds),
    copyRowsPerSecond: perSecond(copySeconds),
    ratio: Math.round((copySeconds / importSeconds) * 1000) / 1000,
    hubMebibytesBefore: before.now,
    hubMebibytesPeak: peak.peak,
  };
  if (values.json) console.log(JSON.stringify(figures, null, 2));
  else {
    console.log(
      `导入 import ${figures.importRowsPerSecond} rows/s · 重发 the same again ${figures.unchangedRowsPerSecond} rows/s`,
    );
    console.log(`裸 COPY bare ${figures.copyRowsPerSecond} rows/s · 比值 ratio ${figures.ratio}`);
    console.log(`枢纽内存 hub memory ${figures.hubMebibytesBefore} → ${figures.hubMebibytesPeak} MiB at most`);
  }
} finally {
  await hub.stop();
  rmSync(data, { recursive: true, force: true });
}

/** Resident memory now and at its greatest since it was last reset. @param {number} pid */
function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (/** @type {string} */ name) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
}
