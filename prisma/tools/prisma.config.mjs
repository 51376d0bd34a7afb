/**
 * Prisma's configuration for whichever subgraph PRISMA_SUBGRAPH names; `prisma/tools/prisma.mjs` sets it.
 *
 * Plain data instead of `defineConfig` from `prisma/config`: that import costs more than the rest of the start.
 */
import { join } from 'node:path';
import { prismaFolder } from './subgraphs.mjs';

const subgraph = process.env.PRISMA_SUBGRAPH ?? '';
const folder = join(prismaFolder, subgraph);

/** @param {string | undefined} url */
function withSchema(url) {
  if (!url) return undefined;
  const target = new URL(url);
  target.searchParams.set('schema', subgraph);
  return target.href;
}

const url = withSchema(process.env.DATABASE_URL);
const shadowDatabaseUrl = withSchema(process.env.SHADOW_DATABASE_URL);

/** @type {import('prisma/config').PrismaConfig} */
export default {
  schema: join(folder, 'schema.prisma'),
  migrations: { path: join(folder, 'migrations') },
  datasource: { ...(url ? { url } : {}), ...(shadowDatabaseUrl ? { shadowDatabaseUrl } : {}) },
};
