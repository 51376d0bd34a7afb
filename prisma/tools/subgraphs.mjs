import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The `prisma/` folder. */
export const prismaFolder = dirname(import.meta.dirname);

/** Where Prisma's CLI lies. */
export const prismaPackage = dirname(createRequire(import.meta.url).resolve('prisma/package.json'));

/** What the CLI needs to be told to stay offline and to work without its native engine. */
export const prismaEnvironment = {
  PRISMA_SCHEMA_ENGINE_BINARY: join(import.meta.dirname, 'schema-engine.mjs'),
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  PRISMA_HIDE_PREVIEW_FLAG_WARNINGS: '1',
};

/** The names of all subgraphs that have a Prisma schema, sorted. */
export function listSubgraphs() {
  return readdirSync(prismaFolder)
    .filter((name) => existsSync(schemaOf(name)))
    .sort();
}

/** Ends the program with a sentence when the name is not a subgraph's.
 * @param {string | undefined} name
 * @param {string} usage */
export function requireSubgraph(name, usage) {
  if (name !== undefined && listSubgraphs().includes(name)) return name;
  console.error(`${usage}\n  <subgraph>: ${listSubgraphs().join(' | ')}`);
  process.exit(1);
}

/** @param {string} subgraph */
export function schemaOf(subgraph) {
  return join(prismaFolder, subgraph, 'schema.prisma');
}

/** What a generated client depends on: schema and Prisma's version.
 * @param {string} subgraph */
export function fingerprint(subgraph) {
  const { version } = JSON.parse(readFileSync(join(prismaPackage, 'package.json'), 'utf8'));
  return `${createHash('sha256')
    .update(readFileSync(schemaOf(subgraph)))
    .digest('hex')} ${version}\n`;
}
