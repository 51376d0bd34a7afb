import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '../project-root.ts';
import type { JudgeRequest, SchemaJudgement } from './schema-judgement.ts';

const PLACE = ['subgraphs', 'kit', 'schema-check'];
const built = join(projectRoot, 'dist', ...PLACE, 'judge-worker.js');
const source = join(projectRoot, ...PLACE, 'judge-worker.ts');
/** Judging a whole city's contracts needs some 300 MB; a contract made to need more must not take the hub with it. */
const MEMORY_MEGABYTES = 1_024;
const TIMEOUT_MILLISECONDS = 60_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * Judges in a thread of its own, one after another: composing takes a second or two, in which the hub answers others.
 *
 * @throws Error when the judgement ran out of time or memory.
 */
export function judgeInWorker(request: JudgeRequest): Promise<SchemaJudgement> {
  const judged = last.then(() => run(request));
  last = judged.catch(() => {});
  return judged;
}

function run(request: JudgeRequest): Promise<SchemaJudgement> {
  // A hub that runs from its bundle has no sources to look at; one that runs from its sources may have an old bundle.
  const fromBundle = import.meta.url.includes('/dist/') && existsSync(built);
  const options = { workerData: request, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES } };
  const worker = fromBundle
    ? new Worker(pathToFileURL(built), options)
    : new Worker(fromSource(), { ...options, eval: true });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('Judging the schema took too long'));
      void worker.terminate();
    }, TIMEOUT_MILLISECONDS);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('The thread that judges schemas ended without a judgement'));
    });
  });
}

/** Threads do not inherit what reads TypeScript; development only. */
function fromSource(): string {
  const reader = pathToFileURL(join(projectRoot, 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs'));
  return `import(${JSON.stringify(reader)}).then(({ register }) => { register(); return import(${JSON.stringify(pathToFileURL(source))}); });`;
}
