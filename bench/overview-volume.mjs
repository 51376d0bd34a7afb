/**
 * `npm run bench:overview [-- --persons 5500000] [--json]`: what a big screen's overview of every level reads in a city of
 * 55,000 people and in one of 5.5 million, on an embedded Postgres of its own. The people are rows: a hundredth of the
 * demo city's, spread over all of its communities and grids, and then copied there; so are their households, members of
 * the party and incidents. Everything is counted anew by the hub's own counters. Fails when the larger city's overview
 * reads more rows, or more than a third more pages: a descent of an index that is one level deeper looks at four pages
 * instead of three. Indexes that no overview and no counter uses are dropped, to be quick.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';

const { values } = parseArgs({
  options: { persons: { type: 'string', default: '5500000' }, json: { type: 'boolean', default: false } },
});
const FIRST = 55_000;
const COPIES = Math.round(Number(values.persons) / FIRST) - 1;
if (!(COPIES >= 1)) throw new Error(`--persons must be ${2 * FIRST} or more`);
const CODES = {
  city: '3304',
  district: '330402',
  township: '330402007',
  community: '330402007024',
  grid: '330402007024001',
};
const SPREAD = ['people.person', 'people.household', 'party.party_member', 'services.incident'];
const say = (/** @type {string} */ line) => console.error(line);

register();
const { openDataFolder } = await import('../prisma/database/data-folder.ts');
const { startEmbeddedPostgres } = await import('../prisma/database/embedded-postgres.ts');
const { migrate } = await import('../prisma/database/migrate.ts');
const { listMigrationDirectories } = await import('../prisma/database/migration-directories.ts');
const { loadCity } = await import('../prisma/seed/load-city.ts');
const { REFERENCE_INSTANT } = await import('../prisma/seed/reference-instant.ts');
const { executableOperation } = await import('../gateway/execute/executable-operation.ts');
const { openGraph } = await import('../gateway/open-graph.ts');
const { fromClaims } = await import('../subgraphs/kit/caller/caller.ts');
const { fixedClock } = await import('../subgraphs/kit/clock.ts');
const { rights } = await import('../subgraphs/kit/codes/rights.ts');
const { uuidSource } = await import('../subgraphs/kit/ids.ts');
const { OperationTrace } = await import('../subgraphs/kit/operation-trace.ts');
const { PipelinedPool } = await import('../subgraphs/kit/store/pipelined-pool.ts');
const { deriveSealingKeys, keyedHash, seal } = await import('../subgraphs/kit/store/sealing.ts');
const { openSubgraph } = await import('../subgraphs/kit/subgraph-definition.ts');
const { openFigureCounters, subgraphs } = await import('../subgraphs/registry.ts');
const { measuredReads, recordQueries } = await import('../tests/kit/query-plans.ts');

const keys = deriveSealingKeys(Buffer.alloc(32, 7));
const clock = fixedClock(REFERENCE_INSTANT);
const temporary = mkdtempSync(join(tmpdir(), 'yiyun-overview-'));
const folder = await openDataFolder(join(temporary, 'data'));
const postgres = await startEmbeddedPostgres(folder, {
  settings: { fsync: 'off', shared_buffers: '512MB', max_wal_size: '4GB' },
});
const pool = new PipelinedPool({ connectionString: postgres.url('postgres'), max: 6 });
pool.on('error', () => {}); // a connection that ends with its Postgres
try {
  await fill();
  const opened = subgraphs.map((definition) => openSubgraph(definition, { pool, clock, ids: uuidSource, keys }));
  const graph = await openGraph({
    subgraphs: opened,
    remoteUrls: {},
    signatureKey: keys.signature,
    timeoutMilliseconds: 60_000,
    executor: 'compiled',
    runsBeforeCompiling: 0,
    onSubgraphError: (subgraph, error) => say(`${subgraph}: ${String(error)}`),
  });
  const small = await measure(graph);
  await copy();
  const large = await measure(graph);
  report(small, large);
  await graph.close();
} finally {
  await pool.end();
  await postgres.stop();
  await folder.close();
  rmSync(folder.postgresPath, { recursive: true, force: true });
  rmSync(temporary, { recursive: true, force: true });
}

/** A hundredth of the demo city, its people and what belongs to them moved to all of its communities, four grids each. */
async function fill() {
  await migrate({ connectionString: postgres.url('postgres') }, listMigrationDirectories());
  await loadCity(pool, {
    city: 'jiaxing',
    scale: FIRST / 5_550_000,
    seal: (plain) => seal(keys.field, plain),
    keyedHash: (plain) => keyedHash(keys.lookup, plain),
    now: () => REFERENCE_INSTANT,
  });
  for (const table of SPREAD) {
    const { rows } = await pool.query(
      `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', c.conrelid::regclass, c.conname) AS text
         FROM pg_constraint c WHERE c.conrelid = $1::regclass AND c.contype <> 'n'
       UNION ALL SELECT format('DROP INDEX %s', i.indexrelid::regclass) FROM pg_index i
        WHERE i.indrelid = $1::regclass AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
      [table],
    );
    for (const { text } of rows) await pool.query(text);
  }
  await pool.query(`CREATE TABLE place AS
    SELECT row_number() OVER (ORDER BY code) - 1 AS n, left(code, 12) AS community, left(code, 12) || lpad(g::text, 3, '0') AS grid
      FROM (SELECT stat_code AS code FROM organizations.division WHERE level = 'VILLAGE' AND stat_code LIKE '3304%') v
     CROSS JOIN generate_series(1, 4) g`);
  for (const table of SPREAD) {
    await pool.query(`UPDATE ${table} t SET city_code = left(p.grid, 4), county_code = left(p.grid, 6),
        township_code = left(p.grid, 9), community_code = p.community, grid_code = p.grid
      FROM (SELECT ctid, row_number() OVER () % (SELECT count(*) FROM place) AS n FROM ${table}) r
      JOIN place p ON p.n = r.n WHERE t.ctid = r.ctid`);
  }
}

/** Copies every row in its place. Keys need not differ: their constraints are gone. */
async function copy() {
  for (const table of SPREAD) {
    const started = performance.now();
    const { rowCount } = await pool.query(
      `INSERT INTO ${table} SELECT t.* FROM ${table} t CROSS JOIN generate_series(1, ${COPIES}) n`,
    );
    say(`${table}: ${rowCount} more rows in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  }
}

/**
 * Counts everything anew and measures what the documents of the five levels read.
 *
 * @param {Awaited<ReturnType<typeof openGraph>>} graph
 */
async function measure(graph) {
  const started = performance.now();
  for (const counter of openFigureCounters({ pool, clock, ids: uuidSource })) await counter.recount();
  const seconds = (performance.now() - started) / 1_000;
  // What was counted twice lies on twice the pages until it is packed: both cities are measured packed.
  for (const { figures, name } of subgraphs) {
    if (figures !== undefined) await pool.query(`VACUUM (FULL, ANALYZE) ${name}.place_figure`);
  }
  const caller = fromClaims({
    clientId: 'bench',
    kind: 'SYSTEM',
    departmentCode: 'public-security',
    jurisdiction: ['3304'],
    rights: Object.keys(rights),
    purpose: { legalBasis: 'PIPL-13-3', scenario: 'service-handling' },
    unmask: true,
  });
  const levels = [];
  for (const [level, code] of Object.entries(CODES)) {
    const prepared = executableOperation(
      readFileSync(new URL(`../schema/operations/overview-${level}.graphql`, import.meta.url), 'utf8'),
    );
    const ask = async () => {
      const trace = new OperationTrace();
      const answer = await graph.executor.execute({ prepared, variables: { code }, caller, trace });
      if (answer.errors !== undefined && answer.errors.length > 0) throw new Error(answer.errors[0]?.message);
      return answer;
    };
    await ask();
    const queries = await recordQueries(pool, ask);
    let [rows, pages] = [0, 0];
    for (const query of queries) {
      const read = await measuredReads(pool, query);
      rows += Math.round(read.rows);
      pages += read.pages;
    }
    const times = [];
    for (let run = 0; run < 50; run++) {
      const from = performance.now();
      await ask();
      times.push(performance.now() - from);
    }
    levels.push({ level, statements: queries.length, rows, pages, milliseconds: times.sort((a, b) => a - b)[25] ?? 0 });
  }
  const { rows: counts } = await pool.query(
    "SELECT (SELECT count(*) FROM people.person)::int AS rows, (SELECT total FROM people.place_figure WHERE place_code = '3304' AND figure = 'resident') AS kept",
  );
  if (counts[0].rows !== counts[0].kept) throw new Error(`${counts[0].kept} of ${counts[0].rows} people were counted`);
  say(`${counts[0].rows} people counted in ${seconds.toFixed(1)} s`);
  return { persons: counts[0].rows, seconds, levels };
}

/** @typedef {Awaited<ReturnType<typeof measure>>} Measured */

/** @param {Measured} small @param {Measured} large */
function report(small, large) {
  if (values.json) console.log(JSON.stringify({ small, large }));
  const of = (/** @type {number} */ count) => count.toLocaleString('en');
  for (const [index, before] of small.levels.entries()) {
    const after = large.levels[index];
    if (after === undefined) throw new Error(before.level);
    if (!values.json) {
      console.log(
        `${before.level}: ${before.statements} statements; ${of(small.persons)} people: ${before.rows} rows, ${before.pages} pages, ${before.milliseconds.toFixed(1)} ms; ` +
          `${of(large.persons)} people: ${after.rows} rows, ${after.pages} pages, ${after.milliseconds.toFixed(1)} ms`,
      );
    }
    if (after.rows !== before.rows || after.pages > before.pages * (4 / 3)) {
      console.error(`${before.level}: the larger city reads more`);
      process.exitCode = 1;
    }
  }
}
