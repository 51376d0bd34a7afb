/**
 * `npm run bench:partitions`: what the queues of incidents cost in one table and in one of 120 monthly partitions, 300,000
 * rows over ten years, one in eleven open, with the same indexes, on an embedded Postgres of its own. Median of 200 runs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';
import { productRequire } from './servers/product-require.mjs';

const ROWS = 300_000;
const MONTHS = 120;
const RUNS = 200;

register();
const { openDataFolder } = await import('../prisma/database/data-folder.ts');
const { startEmbeddedPostgres } = await import('../prisma/database/embedded-postgres.ts');
const pg = productRequire('pg');

const temporary = mkdtempSync(join(tmpdir(), 'yiyun-partitions-'));
const folder = await openDataFolder(join(temporary, 'data'));
const postgres = await startEmbeddedPostgres(folder, { settings: { fsync: 'off', shared_buffers: '256MB' } });
const pool = new pg.Pool({ connectionString: postgres.url('postgres'), max: 1 });
try {
  await fill();
  await pool.query('SET plan_cache_mode = force_generic_plan');
  const { rows } = await pool.query('SELECT id FROM one OFFSET 150000 LIMIT 1');
  const asked = {
    'queue by deadline': `SELECT id FROM @ WHERE city = '3304' AND closed_at IS NULL AND due_at IS NOT NULL ORDER BY due_at, id LIMIT 21`,
    'open queue, newest first': `SELECT id FROM @ WHERE city = '3304' AND closed_at IS NULL ORDER BY reported_at DESC, id DESC LIMIT 21`,
    'open ones counted': `SELECT count(*) FROM @ WHERE city = '3304' AND closed_at IS NULL`,
    'one by id': `SELECT * FROM @ WHERE id = '${rows[0].id}'`,
  };
  for (const [name, text] of Object.entries(asked)) {
    const [one, months] = [await median('one', name, text), await median('months', name, text)];
    console.log(`${name}: one table ${one.toFixed(2)} ms, ${MONTHS} partitions ${months.toFixed(2)} ms`);
  }
} finally {
  await pool.end();
  await postgres.stop();
  await folder.close();
  rmSync(folder.postgresPath, { recursive: true, force: true });
  rmSync(temporary, { recursive: true, force: true });
}

async function fill() {
  const columns = `id uuid NOT NULL, reported_at timestamptz NOT NULL, due_at timestamptz, closed_at timestamptz,
    city text, state text, category text, rest text`;
  await pool.query(`CREATE TABLE one (${columns}, PRIMARY KEY (id))`);
  // A partitioned table's key must hold what it is partitioned by.
  await pool.query(`CREATE TABLE months (${columns}, PRIMARY KEY (id, reported_at)) PARTITION BY RANGE (reported_at)`);
  const month = (/** @type {number} */ count) => new Date(Date.UTC(2016, 6 + count, 1)).toISOString();
  for (let m = 0; m < MONTHS; m++) {
    await pool.query(
      `CREATE TABLE months_${m} PARTITION OF months FOR VALUES FROM ('${month(m)}') TO ('${month(m + 1)}')`,
    );
  }
  await pool.query(`INSERT INTO one
    SELECT gen_random_uuid(), timestamptz '2026-06-30' - n * interval '1040 seconds', timestamptz '2026-07-07' - n * interval '1040 seconds',
           CASE WHEN n % 11 = 0 THEN NULL ELSE now() END, '3304', 'X', 'Y', repeat('x', 120) FROM generate_series(1, ${ROWS}) n`);
  await pool.query('INSERT INTO months SELECT * FROM one');
  for (const table of ['one', 'months']) {
    await pool.query(`CREATE INDEX ON ${table} (city, reported_at, id)`);
    await pool.query(
      `CREATE INDEX ON ${table} (city, reported_at, id) INCLUDE (state, category, due_at) WHERE closed_at IS NULL`,
    );
    await pool.query(
      `CREATE INDEX ON ${table} (city, due_at, id) INCLUDE (state, category) WHERE closed_at IS NULL AND due_at IS NOT NULL`,
    );
    await pool.query(`VACUUM ANALYZE ${table}`);
  }
}

/** @param {string} table @param {string} name @param {string} text */
async function median(table, name, text) {
  const query = { name: `${table} ${name}`, text: text.replace('@', table) };
  /** @type {number[]} */
  const times = [];
  for (let run = -20; run < RUNS; run++) {
    const started = performance.now();
    await pool.query(query);
    if (run >= 0) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[RUNS / 2] ?? 0;
}
