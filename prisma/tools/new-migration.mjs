/**
 * Writes the next migration of a subgraph: `npm run migration -- people add_phone`.
 *
 * Replays the subgraph's migrations into a throw-away embedded Postgres and lets Prisma print the difference to
 * `schema.prisma`; needs no network and no database of yours.
 *
 * What a Prisma schema cannot say (partial and expression indexes, `include`, `nulls not distinct`, check and exclusion
 * constraints) is written by hand below the marker that ends each migration. Prisma itself overlooks partial and
 * expression indexes and constraints; it would drop the other indexes made by hand, so their drops are left out here.
 * To drop one, write that by hand, too. Trigram, BRIN and descending indexes belong into the schema:
 * `@@index([name(ops: raw("gin_trgm_ops"))], type: Gin)`. With no difference an empty migration is written, for hand.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';
import { prismaFolder, requireSubgraph } from './subgraphs.mjs';

const marker = '-- by hand';
const usage = 'Usage: npm run migration -- <subgraph> <what_it_does>';
const subgraph = requireSubgraph(process.argv[2], usage);
const purpose = process.argv[3] ?? '';
if (!/^[a-z][a-z0-9_]{2,60}$/.test(purpose)) {
  console.error(`${usage}\n  <what_it_does>: lower-case words joined by underscores, for instance add_phone`);
  process.exit(1);
}

const unregister = register();
const { openDataFolder } = await import('../database/data-folder.ts');
const { startEmbeddedPostgres } = await import('../database/embedded-postgres.ts');
const { migrate } = await import('../database/migrate.ts');
const { migrationDirectory } = await import('../database/migration-directories.ts');
const { StartupProblem } = await import('../../subgraphs/kit/codes/startup-problem.ts');
await unregister();

try {
  const script = keepIndexesByHand(await printDifference());
  const folder = join(prismaFolder, subgraph, 'migrations', `${timestamp()}_${purpose}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'migration.sql'),
    `${script.trim()}\n\n${marker}: kept when later migrations are generated\n`,
  );
  writeFileSync(join(folder, '..', 'migration_lock.toml'), 'provider = "postgresql"\n');
  console.log(`${join(folder, 'migration.sql')}${/^(?!--)\S/m.test(script) ? '' : ' (no difference: empty)'}`);
} catch (error) {
  if (!(error instanceof StartupProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** @returns {Promise<string>} */
async function printDifference() {
  const temporary = mkdtempSync(join(tmpdir(), 'yiyun-migration-'));
  const dataFolder = await openDataFolder(join(temporary, 'data'));
  try {
    const postgres = await startEmbeddedPostgres(dataFolder, { settings: { fsync: 'off', shared_buffers: '32MB' } });
    try {
      await migrate({ connectionString: postgres.url('postgres') }, [migrationDirectory(subgraph)]);
      return runPrismaDiff(postgres.url('postgres'), join(temporary, 'migration.sql'));
    } finally {
      await postgres.stop();
    }
  } finally {
    await dataFolder.close();
    rmSync(dataFolder.postgresPath, { recursive: true, force: true });
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {string} url
 * @param {string} output a file, because the CLI ends before a piped stdout has been read */
function runPrismaDiff(url, output) {
  const schema = join(prismaFolder, subgraph, 'schema.prisma');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...[join(import.meta.dirname, 'prisma.mjs'), subgraph, 'migrate', 'diff'],
      ...['--from-config-datasource', '--to-schema', schema, '--script', '--output', output],
    ],
    { encoding: 'utf8', env: { ...process.env, DATABASE_URL: url } },
  );
  if (status !== 0) {
    console.error(stderr || stdout);
    throw new StartupProblem(
      `Prisma 无法比较 ${schema}：原因见上。`,
      `Prisma cannot compare ${schema}: the reason stands above.`,
    );
  }
  return readFileSync(output, 'utf8');
}

/** @param {string} script */
function keepIndexesByHand(script) {
  const { directory } = migrationDirectory(subgraph);
  const byHand = new Set();
  for (const name of existsSync(directory) ? readdirSync(directory) : []) {
    const file = join(directory, name, 'migration.sql');
    const [, below = ''] = existsSync(file) ? readFileSync(file, 'utf8').split(marker) : [];
    for (const [, index] of below.matchAll(/\bcreate\s+(?:unique\s+)?index\s+(?:if\s+not\s+exists\s+)?"?(\w+)/gi)) {
      byHand.add(index);
    }
  }
  return script.replaceAll(/^-- DropIndex\nDROP INDEX "(\w+)";\n*/gm, (drop, index) => (byHand.has(index) ? '' : drop));
}

/** Prisma's own form: 20260131235959, UTC. */
function timestamp() {
  return new Date().toISOString().replace(/\D/g, '').slice(0, 14);
}
