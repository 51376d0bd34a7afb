import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { isBundled } from './is-bundled.ts';
import { projectRoot } from './project-root.ts';

/**
 * Starts a program in a thread of its own, from the bundle where the caller runs from it, else from the sources.
 *
 * @param program path below the project, without extension; the bundle has it by `BESIDE` of `gateway/bundle.mjs`.
 */
export function startThread(program: string, options: WorkerOptions): Worker {
  if (isBundled) return new Worker(pathToFileURL(join(projectRoot, 'dist', `${program}.js`)), options);
  // Threads do not inherit what reads TypeScript; development only.
  const [reader, source] = [
    join(projectRoot, 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs'),
    join(projectRoot, `${program}.ts`),
  ].map((path) => JSON.stringify(pathToFileURL(path)));
  return new Worker(`import(${reader}).then(({ register }) => { register(); return import(${source}); });`, {
    ...options,
    eval: true,
  });
}
