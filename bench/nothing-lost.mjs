/**
 * `npm run nothing-lost [-- --kills 24] [--control] [--json]`: clients report incidents and send files while the hub,
 * Postgres, a follower of the change feed, the relay to JetStream and its nats-server (where there is one) are killed
 * (`kill -9`) again and again. Each client keeps a ledger of what it
 * has sent and what was acknowledged; at the end everything acknowledged must be there, once, with its one event, and
 * the follower and the stream must have every event, the stream once. Exit code 1 when anything is lost, double or torn.
 *
 * `--control` kills Postgres alone, with `synchronous_commit = off` and a slow WAL writer: that must lose something, or
 * this could not tell. Linux only.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findPostgres, runProduct } from './kit/city.mjs';
import { natsServer, startBus } from './ledger/bus.mjs';
import { killPostgres, superviseHub, untilReady } from './ledger/supervised-hub.mjs';
import { verify } from './ledger/verify.mjs';
import { openLedger, sendFiles, writeIncidents } from './ledger/writers.mjs';
import { productRequire } from './servers/product-require.mjs';

const pg = productRequire('pg');
const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    control: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const isControl = values.control;
const KILLS = Number(values.kills ?? (isControl ? 4 : 24));
const [WRITERS, ROWS_OF_FILE, FILES] = [6, 200, 400];
/** The guard of the embedded Postgres starts it again five times in ten minutes; a new hub counts anew. */
const TURNS = isControl
  ? ['postgres']
  : natsServer === undefined
    ? ['hub', 'postgres', 'follower', 'postgres', 'hub', 'both']
    : ['hub', 'postgres', 'relay', 'follower', 'both', 'relay', 'bus'];

const data = mkdtempSync(join(tmpdir(), 'yiyun-ledger-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}/graphql`;
const hub = superviseHub(['--port', String(port), '--scale', '0.001', '--data-dir', data]);
/** @type {import('node:child_process').ChildProcess | undefined} */
let follower;
/** @type {Awaited<ReturnType<typeof startBus>> | undefined} */
let bus;
const seen = join(data, 'seen.txt');
const say = (/** @type {string} */ line) => values.json || console.error(line);
try {
  await untilReady(url);
  const token = runProduct(['token', 'system', '--data-dir', data]);
  const follow = () => spawn(process.execPath, [join(import.meta.dirname, 'ledger/follower.mjs'), url, token, seen]);
  if (!isControl) follower = follow();
  if (!isControl && natsServer !== undefined) bus = await startBus({ data, url, port: await freePort() });
  if (!isControl && natsServer === undefined)
    say('没有 nats-server，不含转发 without nats-server, and so without the relay');
  const before = await atFirst();
  const files = sampleFiles();
  const stop = new AbortController();
  const target = { url, token, signal: stop.signal, gridId: `Grid:${before.grid}` };
  const incidents = openLedger();
  const sent = openLedger();
  const working = [
    ...Array.from({ length: WRITERS }, (_, index) => writeIncidents(target, `w${index}`, incidents)),
    sendFiles(target, files, sent),
  ];
  const kills = { hub: 0, postgres: 0, follower: 0, relay: 0, bus: 0 };
  const killed = () => Object.values(kills).reduce((sum, count) => sum + count, 0);
  for (let turn = 0; killed() < KILLS; turn++) {
    // Something has been acknowledged since the last kill, and more is under way.
    const known = incidents.acknowledged.size;
    while (incidents.acknowledged.size < known + 20) await delay(20);
    await delay(Math.random() * 300);
    const which = TURNS[turn % TURNS.length];
    if (which === 'hub' || which === 'both') {
      hub.kill();
      kills.hub++;
    }
    if (which === 'postgres' || which === 'both') {
      killPostgres(data);
      kills.postgres++;
    }
    if (which === 'follower') {
      follower?.kill('SIGKILL');
      kills.follower++;
      follower = follow();
    }
    if (which === 'relay') {
      bus?.killRelay();
      kills.relay++;
    }
    if (which === 'bus') {
      await bus?.killServer();
      kills.bus++;
    }
    say(
      `kill ${turn + 1}: ${which}, ${incidents.acknowledged.size} incidents and ${sent.acknowledged.size} files so far`,
    );
    // The control loses its hub's prepared answers, too; everybody else finds the way back alone.
    await untilReady(url);
  }
  stop.abort();
  await Promise.all(working);
  // The line of a write follows it; a hub looks for those of its forerunners every two seconds.
  await delay(5_000);
  const found = await verify(findPostgres(data).url, {
    ...{ incidents, files: sent, rowsOfFile: ROWS_OF_FILE },
    ...{ personsBefore: before.persons, residentsBefore: before.residents },
  });
  const unseen = isControl ? 0 : await untilSeen(found.changeIds);
  const relayed = bus === undefined ? undefined : await untilRelayed(bus, found.changeIds);
  const audit = spawnSync(process.execPath, ['yiyun.mjs', 'audit-command', 'verify', '--data-dir', data], {
    cwd: join(import.meta.dirname, '..'),
  });
  const figures = {
    kills,
    incidents: { sent: incidents.sent.size, acknowledged: incidents.acknowledged.size, retried: incidents.retried },
    files: { sent: sent.sent.size, acknowledged: sent.acknowledged.size, retried: sent.retried, rows: ROWS_OF_FILE },
    refused: [...incidents.refused, ...sent.refused].length,
    lost: found.lost,
    duplicates: found.duplicates,
    torn: found.torn,
    eventsUnseen: unseen,
    writesUnlogged: found.unlogged,
    ...(relayed === undefined ? {} : { relayed }),
    accessLogWhole: audit.status === 0,
  };
  if (values.json) console.log(JSON.stringify(figures, null, 2));
  else {
    console.log(
      `kill -9：枢纽 hub ${kills.hub}，数据库 Postgres ${kills.postgres}，跟随者 follower ${kills.follower}，转发 relay ${kills.relay}，总线 bus ${kills.bus}` +
        ` · 已确认 acknowledged ${figures.incidents.acknowledged} 事件 incidents、${sent.acknowledged.size * ROWS_OF_FILE} 人 persons` +
        ` · 重试 retried ${incidents.retried + sent.retried}`,
    );
    console.log(
      `丢失 lost ${found.lost} · 重复 duplicates ${found.duplicates} · 残缺 torn ${found.torn} · 未收到的变更 events unseen ${unseen} · 未记入日志的写入 writes unlogged ${found.unlogged} · 访问日志完整 access log whole: ${figures.accessLogWhole}`,
    );
    if (relayed !== undefined) {
      console.log(
        `总线 JetStream：${relayed.messages} 条 messages · 缺失 missing ${relayed.missing} · 重复 twice ${relayed.twice}`,
      );
    }
  }
  const { missing = 0, twice = 0 } = relayed ?? {};
  const isWhole =
    found.duplicates + found.torn + found.unlogged + unseen + missing + twice + figures.refused === 0 &&
    figures.accessLogWhole;
  process.exitCode = isControl ? (found.lost > 0 ? 0 : 1) : found.lost === 0 && isWhole ? 0 : 1;
} finally {
  follower?.kill('SIGKILL');
  bus?.stop();
  await hub.stop();
  rmSync(data, { recursive: true, force: true });
}

/** What was there before, and for the control the settings that lose. */
async function atFirst() {
  const client = new pg.Client({ connectionString: findPostgres(data).url });
  await client.connect();
  if (isControl) {
    await client.query("ALTER SYSTEM SET synchronous_commit = 'off'");
    await client.query("ALTER SYSTEM SET wal_writer_delay = '10s'");
    await client.query("ALTER SYSTEM SET wal_writer_flush_after = '512MB'");
    await client.query('SELECT pg_reload_conf()');
    await delay(500);
  }
  const { rows } = await client.query(
    `SELECT (SELECT count(*)::int FROM people.person) AS persons,
            (SELECT sum(resident_count)::int FROM people.community_population) AS residents,
            (SELECT grid_code FROM people.person LIMIT 1) AS grid`,
  );
  await client.end();
  return rows[0];
}

function sampleFiles() {
  const text = runProduct(['import-command', '--sample', 'people', String(ROWS_OF_FILE * FILES), '--seed', 'ledger']);
  const [header, ...lines] = text.split('\n');
  return Array.from({ length: FILES }, (_, index) =>
    [header, ...lines.slice(index * ROWS_OF_FILE, (index + 1) * ROWS_OF_FILE), ''].join('\n'),
  );
}

/** Waits for the follower to catch up; returns how many of these changes it has not seen. @param {readonly string[]} ids */
async function untilSeen(ids) {
  const end = performance.now() + 30_000;
  for (;;) {
    const lines = existsSync(seen) ? readFileSync(seen, 'utf8').split('\n') : [];
    const known = new Set(lines.map((line) => line.split(' ')[0]));
    const unseen = ids.filter((id) => !known.has(id)).length;
    if (unseen === 0 || performance.now() > end) return unseen;
    await delay(200);
  }
}

/**
 * Waits for the relay to catch up; how many of these changes the stream lacks, and how many it holds twice.
 *
 * @param {NonNullable<typeof bus>} from @param {readonly string[]} ids
 */
async function untilRelayed(from, ids) {
  const end = performance.now() + 60_000;
  for (;;) {
    const held = await from.read();
    const known = new Set(held);
    const missing = ids.filter((id) => !known.has(id)).length;
    if (missing === 0 || performance.now() > end) {
      return { messages: held.length, missing, twice: held.length - known.size };
    }
    await delay(500);
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
