/**
 * `npm run bench:schema`: how long `npm run schema -- check` takes against a year's record of 100,000 different
 * operations. A hub with a small demo city; the record is written into its database: every document touches the
 * community's root field and 24 fields picked at random, and was run by two of five clients on days of the last year. The
 * contract that is judged removes the root field that all of them use, and 40 more fields. Exits with 1 beyond 10 s.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from './kit/city.mjs';
import { startServer } from './kit/start-server.mjs';
import { productRequire } from './servers/product-require.mjs';

const DOCUMENTS = 100_000;
const MOST_SECONDS = 10;
const REMOVED = 40;
const pg = productRequire('pg');
const { Kind, parse, print, visit } = productRequire('graphql');
const root = new URL('..', import.meta.url).pathname;

const data = mkdtempSync(join(tmpdir(), 'yiyun-schema-'));
const hub = await startServer(
  'hub',
  process.execPath,
  ['yiyun.mjs', 'main', '--port', '0', '--scale', '0.001', '--data-dir', data],
  {},
);
try {
  const client = new pg.Client({ connectionString: findPostgres(data).url });
  await client.connect();
  await client.query('SELECT setseed(0.5)');
  await client.query(
    `INSERT INTO catalog.recorded_operation
            (hash, name, operation_type, document, coordinates, elements, first_seen_at, last_seen_at)
     SELECT md5(n::text), 'Operation' || n, 'query', 'query Operation' || n || ' { community }',
            ARRAY['Query.community'] || ARRAY(SELECT f.list[1 + floor(random() * cardinality(f.list))::int]
                                                FROM generate_series(1, 24) g WHERE n > 0),
            '{Query,Query.community(statCode:)}', now(), now()
       FROM generate_series(1, $1::int) n, (SELECT array_agg(coordinate) AS list FROM catalog.data_field) f`,
    [DOCUMENTS],
  );
  await client.query(
    `INSERT INTO catalog.operation_usage (operation_hash, client_id, day, request_count, error_count, last_seen_at)
     SELECT md5(n::text), c.ids[1 + (n + k) % cardinality(c.ids)], '2026-06-30'::date - (n * 7 + k) % 360, 10, 0,
            '2026-06-30T02:00:00Z'::timestamptz - make_interval(days => (n * 7 + k) % 360)
       FROM generate_series(1, $1::int) n, generate_series(0, 1) k, (SELECT array_agg(id ORDER BY id) AS ids FROM catalog.client) c`,
    [DOCUMENTS],
  );
  await client.query('ANALYZE catalog.recorded_operation, catalog.operation_usage');
  const { rows } = await client.query('SELECT count(*)::int AS documents FROM catalog.recorded_operation');
  await client.end();

  const file = join(data, 'organizations.graphql');
  writeFileSync(file, without(readFileSync(join(root, 'schema/organizations.graphql'), 'utf8')));
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['yiyun.mjs', 'schema-command', 'check', file, '--hub', hub.url, '--data-dir', data, '--json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 1) throw new Error(`A failed verdict was due: ${status} ${stderr}`);
  const check = JSON.parse(stdout);
  const affected = check.changes.find(({ coordinate }) => coordinate === 'Query.community');
  console.log(
    `${rows[0].documents} documents, ${check.breakingCount} breaking changes, Query.community used by ${affected.usedBy.reduce((sum, { operationCount }) => sum + operationCount, 0)} operations of ${affected.usedBy.length} clients: ${seconds.toFixed(1)} s`,
  );
  process.exitCode = seconds <= MOST_SECONDS ? 0 : 1;
} finally {
  await hub.stop();
  rmSync(data, { recursive: true, force: true });
}

/** The contract without the root field and the first fields of its largest types. @param {string} sdl */
function without(sdl) {
  let left = REMOVED;
  const doc = visit(parse(sdl), {
    ObjectTypeDefinition(node) {
      if (node.name.value === 'Query')
        return { ...node, fields: node.fields.filter(({ name }) => name.value !== 'community') };
      if ((node.interfaces ?? []).length === 0 || left <= 0) return undefined;
      const kept = node.fields.filter(
        ({ name, type }) => name.value === 'id' || type.kind === Kind.LIST_TYPE || left-- <= 0,
      );
      return { ...node, fields: kept };
    },
  });
  return print(doc);
}
