/**
 * `npm run bench:feed [-- --events 200000] [--rate 1000] [--seconds 20] [--scale 0.001] [--json]`: how fast one consumer
 * drains the change feed over `GET /changes`, and how late it hears of writes at a steady rate. The consumer is this
 * process, the hub another one, and each event passes the consumer's rights and area and is parsed.
 *
 * Writes are transactions of their own with the outbox statement that every mutation ends with, sent by eight connections
 * straight to Postgres: mutations with all that they do would not reach 1,000 a second on two cores, and the feed sees no
 * difference. The lag counts from the moment that the statement is sent, so its own commit is in it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findPostgres, runProduct } from './kit/city.mjs';
import { cpuByThread, microsecondsBetween } from './kit/processes.mjs';
import { startServer } from './kit/start-server.mjs';
import { quantile } from './kit/statistics.mjs';
import { productRequire } from './servers/product-require.mjs';

const pg = productRequire('pg');
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    scale: { type: 'string', default: '0.001' },
    json: { type: 'boolean', default: false },
  },
});
const [EVENTS, RATE, SECONDS] = [Number(values.events), Number(values.rate), Number(values.seconds)];
const [CONNECTIONS, TICK_MILLISECONDS, ROWS_OF_TRANSACTION] = [8, 10, 500];
const PLACE = '330402001001001';
const data = mkdtempSync(join(tmpdir(), 'yiyun-feed-'));
const hubArguments = ['yiyun.mjs', 'main', '--port', '0', '--scale', values.scale, '--data-dir', data];
const hub = await startServer('hub', process.execPath, hubArguments, { YIYUN_LOG_LEVEL: 'warn' });
try {
  const token = runProduct(['token', 'system', '--data-dir', data]);
  const { url: database } = findPostgres(data);
  const writers = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = new pg.Client({ connectionString: database });
      await client.connect();
      return client;
    }),
  );
  const drain = await measureDrain(writers, token);
  const lag = await measureLag(writers, token);
  await Promise.all(writers.map((client) => client.end()));
  const figures = { ...drain, ...lag };
  if (values.json) console.log(JSON.stringify(figures, null, 2));
  else {
    console.log(
      `取尽 drained ${drain.eventsPerSecond} events/s（${EVENTS} 条 events，一个消费者 one consumer，枢纽每条 hub ${drain.hubMicrosecondsPerEvent} µs CPU）`,
    );
    console.log(
      `延迟 lag p50 ${lag.lagMilliseconds.p50} · p99 ${lag.lagMilliseconds.p99} · 最大 max ${lag.lagMilliseconds.max} ms（${lag.writesPerSecond} 写/秒 writes/s，${SECONDS} 秒 s）`,
    );
  }
} finally {
  await hub.stop();
  rmSync(data, { recursive: true, force: true });
}

/** The statement of `kit/store/write-request`, with `count` events in one transaction. @param {number} count */
function insertEvents(count) {
  return {
    name: `events${count}`,
    text: `INSERT INTO services.outbox (id, ordinal, event_type, entity_type, entity_id, payload, city_code, county_code,
        township_code, community_code, grid_code, occurred_at, provenance_id)
      SELECT made.id, n - 1, 'incident.advanced', 'Incident', 'Incident:' || made.id, '{}', left($2, 4), left($2, 6),
             left($2, 9), left($2, 12), $2, now(), made.id
        FROM generate_series(1, ${count}) n, LATERAL (SELECT coalesce($1::uuid, uuidv7()) AS id WHERE n > 0) made`,
  };
}

/** @param {readonly any[]} writers @param {string} token */
async function measureDrain(writers, token) {
  const after = await latestCursor(token);
  const transactions = Math.ceil(EVENTS / ROWS_OF_TRANSACTION);
  for (let at = 0; at < transactions; at += writers.length) {
    await Promise.all(
      writers
        .slice(0, transactions - at)
        .map((client) => client.query({ ...insertEvents(ROWS_OF_TRANSACTION), values: [null, PLACE] })),
    );
  }
  const wanted = transactions * ROWS_OF_TRANSACTION;
  await writers[0].query('VACUUM ANALYZE services.outbox');
  await delay(1_000);
  const seen = new Set();
  const before = cpuByThread([hub.pid]);
  const started = performance.now();
  for await (const { changeId } of follow(token, after)) {
    seen.add(changeId);
    if (seen.size === wanted) break;
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    events: wanted,
    eventsPerSecond: Math.round(wanted / seconds),
    // What holds on a machine that others keep busy.
    hubMicrosecondsPerEvent: Math.round(microsecondsBetween(before, cpuByThread([hub.pid])) / wanted),
  };
}

/** @param {readonly any[]} writers @param {string} token */
async function measureLag(writers, token) {
  const wanted = RATE * SECONDS;
  /** @type {Map<string, number>} */
  const sentAt = new Map();
  /** @type {number[]} */
  const lags = [];
  const reading = (async () => {
    for await (const { changeId } of follow(token, await latestCursor(token))) {
      const sent = sentAt.get(changeId);
      if (sent === undefined) continue;
      lags.push(performance.now() - sent);
      if (lags.length === wanted) return;
    }
  })();
  await delay(1_000);
  const ids = (await writers[0].query('SELECT uuidv7() AS id FROM generate_series(1, $1)', [wanted])).rows;
  const started = performance.now();
  const queues = writers.map(() => Promise.resolve());
  for (let sent = 0; sent < wanted; ) {
    const due = Math.min(wanted, Math.floor(((performance.now() - started) / 1000) * RATE) + 1);
    for (; sent < due; sent++) {
      const { id } = ids[sent];
      sentAt.set(id, performance.now());
      const to = sent % writers.length;
      queues[to] = queues[to].then(() => writers[to].query({ ...insertEvents(1), values: [id, PLACE] }));
    }
    await delay(TICK_MILLISECONDS);
  }
  await Promise.all(queues);
  const writing = (performance.now() - started) / 1000;
  await Promise.race([reading, delay(30_000).then(() => Promise.reject(new Error('events are missing')))]);
  lags.sort((a, b) => a - b);
  const rounded = (/** @type {number} */ value) => Math.round(value * 10) / 10;
  return {
    writesPerSecond: Math.round(wanted / writing),
    lagMilliseconds: {
      p50: rounded(quantile(lags, 0.5)),
      p99: rounded(quantile(lags, 0.99)),
      max: rounded(lags.at(-1) ?? 0),
    },
  };
}

/** @param {string} token @returns {Promise<string>} */
async function latestCursor(token) {
  const response = await fetch(hub.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ changes(first: 1) { latestCursor } }' }),
  });
  const { data: answer } = /** @type {any} */ (await response.json());
  return answer.changes.latestCursor;
}

/** Changes of incidents behind a cursor, as server-sent events. @param {string} token @param {string} after */
async function* follow(token, after) {
  const stop = new AbortController();
  const response = await fetch(new URL('/changes?types=Incident', hub.url), {
    headers: { authorization: `Bearer ${token}`, 'last-event-id': after },
    signal: stop.signal,
  });
  if (response.status !== 200 || response.body === null) throw new Error(`the feed answers ${response.status}`);
  let text = '';
  try {
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const at = block.indexOf('\ndata: ');
        if (at !== -1) yield JSON.parse(block.slice(at + 7));
      }
    }
  } finally {
    stop.abort();
  }
}
