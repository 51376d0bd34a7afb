/**
 * `npm run bench:conflicts [-- --rows 50000]`: what a conflict between departments costs to write down, by how many of its
 * indexes there are: none but the key, one per part as lists without a state would do with, and all that lists need.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgres } from './kit/city.mjs';
import { startServer } from './kit/start-server.mjs';
import { productRequire } from './servers/product-require.mjs';

const pg = productRequire('pg');
const { values } = parseArgs({ options: { rows: { type: 'string', default: '50000' } } });
const rows = Number(values.rows);
/** As many conflicts as a batch of an import may bring. */
const ROWS_PER_STATEMENT = 1_000;
const ROUNDS = 3;
const PARTS = ['department', 'source', 'standing'].map((part) => `item_conflict_${part}_newest_idx`);

const data = mkdtempSync(join(tmpdir(), 'yiyun-conflicts-'));
const hub = await startServer(
  'hub',
  process.execPath,
  ['yiyun.mjs', 'main', '--port', '0', '--scale', '0.001', '--data-dir', data],
  { YIYUN_LOG_LEVEL: 'warn' },
);
const client = new pg.Client({ connectionString: findPostgres(data).url });
try {
  await client.connect();
  const { rows: found } = await client.query(
    "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'people' AND tablename = 'item_conflict' AND indexname NOT LIKE '%_pkey'",
  );
  const names = found.map(({ name }) => name);
  const sets = [[], names.filter((name) => PARTS.includes(name)), names];
  /** Microseconds per conflict, the best of some rounds. */
  const best = sets.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [place, kept] of sets.entries()) best[place] = Math.min(best[place], await microsecondsPerRow(kept));
  }
  sets.forEach((kept, place) => {
    const times = (best[place] / best[0]).toFixed(1);
    console.log(`${kept.length} 个索引 indexes: ${best[place].toFixed(1)} µs 每条 a conflict, ×${times}`);
  });

  /** Writes conflicts as a merge of a batch does, with these indexes and the key alone; leaves nothing behind. */
  async function microsecondsPerRow(kept) {
    await client.query('BEGIN');
    for (const name of names) if (!kept.includes(name)) await client.query(`DROP INDEX people.${name}`);
    const started = performance.now();
    for (let first = 0; first < rows; first += ROWS_PER_STATEMENT) {
      await client.query(
        `INSERT INTO people.item_conflict (entity_type, entity_id, item, coordinate, department, source_department, stated_text,
                stated_key, standing_provenance_id, standing_department, rule, state, stated_at, provenance_id)
         SELECT 'Person', gen_random_uuid(), 'education', 'Person.education', known[1 + n % 5], known[1 + n / 5 % 5], '20', 'x',
                '01900000-0000-7000-8000-000000000001', known[1 + n / 25 % 5], 'SOURCE_STANDS',
                CASE WHEN n % 20 = 0 THEN 'OPEN' ELSE 'AGREED' END, timestamptz '2026-06-30' + n * interval '1 second',
                '01900000-0000-7000-8000-000000000001'
           FROM generate_series($1::int, $2::int) n,
                (SELECT ARRAY['civil-affairs', 'public-security', 'education', 'housing', 'health'] AS known) departments`,
        [first, Math.min(first + ROWS_PER_STATEMENT, rows) - 1],
      );
    }
    const elapsed = performance.now() - started;
    await client.query('ROLLBACK');
    return (elapsed * 1_000) / rows;
  }
} finally {
  await client.end();
  await hub.stop();
  rmSync(data, { recursive: true, force: true });
}
