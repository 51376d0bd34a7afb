/**
 * Generates the Prisma clients of all subgraphs (or of those named) whose schema changed; needs no database.
 *
 * Loading the CLI takes most of the time, so one process generates several clients: the CLI's modules are loaded
 * afresh each time the event loop runs empty. Two processes share the work.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  fingerprint,
  listSubgraphs,
  prismaEnvironment,
  prismaFolder,
  prismaPackage,
  requireSubgraph,
  schemaOf,
} from './subgraphs.mjs';

const ownPath = fileURLToPath(import.meta.url);

if (process.argv[2] === '--in-this-process') {
  generateInThisProcess(process.argv.slice(3));
} else {
  const named = process.argv
    .slice(2)
    .map((name) => requireSubgraph(name, 'Usage: node prisma/tools/generate.mjs [<subgraph> …]'));
  const wanted = named.length > 0 ? named : listSubgraphs();
  const stale = wanted.filter((subgraph) => readStamp(subgraph) !== fingerprint(subgraph));
  const halves =
    availableParallelism() > 1 ? [stale.filter((_, i) => i % 2 === 0), stale.filter((_, i) => i % 2 === 1)] : [stale];
  const codes = await Promise.all(halves.filter((half) => half.length > 0).map(generateInChild));
  process.exitCode = codes.find((code) => code !== 0) ?? 0;
}

/** @param {string[]} subgraphs
 * @returns {Promise<number>} the exit code */
function generateInChild(subgraphs) {
  const child = spawn(process.execPath, [ownPath, '--in-this-process', ...subgraphs], { stdio: 'inherit' });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

/** @param {string[]} subgraphs */
function generateInThisProcess(subgraphs) {
  Object.assign(process.env, prismaEnvironment);
  const require = createRequire(import.meta.url);
  const cli = join(prismaPackage, 'build', 'index.js');
  /** @type {string | undefined} */
  let current;
  const next = () => {
    // The CLI ends the process by itself when it fails, so whatever gets here was generated.
    if (current !== undefined) writeFileSync(stampOf(current), fingerprint(current));
    current = subgraphs.shift();
    if (current === undefined) return;
    for (const path of Object.keys(require.cache)) if (path.startsWith(prismaPackage)) delete require.cache[path];
    process.argv = [process.execPath, cli, 'generate', '--schema', schemaOf(current), '--no-hints'];
    require(cli);
  };
  process.on('beforeExit', next);
  next();
}

/** @param {string} subgraph */
function readStamp(subgraph) {
  try {
    return readFileSync(stampOf(subgraph), 'utf8');
  } catch {
    return undefined;
  }
}

/** Written last, so that an interrupted generation is not taken for a finished one.
 * @param {string} subgraph */
function stampOf(subgraph) {
  return join(prismaFolder, subgraph, 'client', '.fingerprint');
}
