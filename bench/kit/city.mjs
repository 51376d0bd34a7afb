import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productRequire } from '../servers/product-require.mjs';

const pg = productRequire('pg');

/** The city's Postgres, which the hub of that data folder runs. @param {string} dataFolder */
export function findPostgres(dataFolder) {
  const elsewhere = join(dataFolder, 'POSTGRES_LOCATION');
  const folder = existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8').trim() : join(dataFolder, 'postgres');
  const lines = readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  const password = readFileSync(join(dataFolder, 'secrets', 'postgres-password'))
    .toString('utf8')
    .trim();
  const secret = readFileSync(join(dataFolder, 'secrets', 'hub-secret'))
    .toString('utf8')
    .trim();
  // Everybody takes the socket that the hub takes, where there is one.
  const socket = lines[4] === '' ? '' : `?host=${encodeURIComponent(lines[4] ?? '')}`;
  const url = `postgresql://postgres:${password}@127.0.0.1:${lines[3]}/yiyun${socket}`;
  return { pid: Number(lines[0]), url, secret };
}

/**
 * What the operations ask for: persons of one community who have something in every subgraph, and communities.
 *
 * @param {string} databaseUrl
 */
export async function readCity(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const persons = await client.query(
      `SELECT p.id FROM people.person p JOIN party.party_member m ON m.person_id = p.id
        WHERE p.household_id IS NOT NULL
          AND EXISTS (SELECT FROM services.incident i WHERE i.reporter_person_id = p.id) ORDER BY p.id LIMIT 40`,
    );
    const others = await client.query(
      'SELECT p.id FROM people.person p WHERE p.household_id IS NOT NULL ORDER BY p.id LIMIT 40',
    );
    const communities = await client.query(
      'SELECT community_code AS code FROM people.community_population WHERE resident_count >= 100 ORDER BY 1 LIMIT 8',
    );
    const grids = await client.query(
      'SELECT grid_code AS code FROM organizations.grid WHERE valid_to IS NULL ORDER BY 1',
    );
    const counts = await client.query('SELECT count(*)::int AS persons FROM people.person');
    return {
      personIds: [...persons.rows, ...others.rows].slice(0, 40).map(({ id }) => id),
      communityCodes: communities.rows.map(({ code }) => code),
      gridCodes: grids.rows.map(({ code }) => code),
      persons: counts.rows[0].persons,
    };
  } finally {
    await client.end();
  }
}

/** Runs a program of the product and returns what it prints. @param {readonly string[]} args */
export function runProduct(args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['yiyun.mjs', ...args], {
    cwd: new URL('../..', import.meta.url).pathname,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`yiyun ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}
