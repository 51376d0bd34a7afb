/**
 * `npm run bench:identity [-- --scale 0.01]`: how fast the hub compares the records of a city with each other, by itself and
 * beside its other work, for those that may be of one person. Counted from nothing compared to all compared.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findPostgres } from './kit/city.mjs';
import { startServer } from './kit/start-server.mjs';
import { productRequire } from './servers/product-require.mjs';

const pg = productRequire('pg');
const { values } = parseArgs({ options: { scale: { type: 'string', default: '0.01' } } });
const WHOLE_CITY = 5_500_000;
const data = mkdtempSync(join(tmpdir(), 'yiyun-identity-'));
const hub = await startServer(
  'hub',
  process.execPath,
  ['yiyun.mjs', 'main', '--port', '0', '--scale', values.scale, '--data-dir', data],
  { YIYUN_LOG_LEVEL: 'warn' },
);
try {
  const client = new pg.Client({ connectionString: findPostgres(data).url });
  await client.connect();
  const { rows: totals } = await client.query('SELECT count(*)::int AS count FROM people.person');
  const people = totals[0].count;
  /** How many are still to be compared. */
  const left = async () => {
    const { rows } = await client.query(
      `SELECT EXISTS (SELECT FROM people.person WHERE id > coalesce((SELECT last_id FROM people.identity_scan), '00000000-0000-0000-0000-000000000000')) AS left`,
    );
    return rows[0].left;
  };
  while (await left()) await delay(500);
  await client.query('VACUUM ANALYZE people.person');
  await client.query("UPDATE people.identity_scan SET last_id = '00000000-0000-0000-0000-000000000000'");
  const started = performance.now();
  while (await left()) await delay(50);
  const seconds = (performance.now() - started) / 1000;
  const { rows: found } = await client.query('SELECT count(*)::int AS count FROM people.identity_candidate');
  await client.end();
  const perSecond = people / seconds;
  console.log(
    `${people} 人 people: ${seconds.toFixed(1)} s, ${Math.round(perSecond)} 条/秒 records/s, ${found[0].count} 对 pairs`,
  );
  console.log(`${WHOLE_CITY} 人 people at this rate: ${Math.round(WHOLE_CITY / perSecond / 60)} 分钟 minutes`);
} finally {
  await hub.stop();
  rmSync(data, { recursive: true, force: true });
}
