/**
 * Prisma's CLI for one subgraph: `npm run prisma -- people migrate status`.
 *
 * DATABASE_URL names the database for the commands that need one; the subgraph's schema is added to it.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prismaEnvironment, prismaPackage, requireSubgraph } from './subgraphs.mjs';

const subgraph = requireSubgraph(process.argv[2], 'Usage: npm run prisma -- <subgraph> <command> [options]');
const cli = join(prismaPackage, 'build', 'index.js');
const config = join(import.meta.dirname, 'prisma.config.mjs');

const { status } = spawnSync(process.execPath, [cli, ...process.argv.slice(3), '--config', config], {
  stdio: 'inherit',
  env: { ...prismaEnvironment, ...process.env, PRISMA_SUBGRAPH: subgraph },
});
process.exitCode = status ?? 1;
