import { startThread } from '../start-thread.ts';
import type { JudgeRequest, SchemaJudgement } from './schema-judgement.ts';

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
  const worker = startThread('subgraphs/kit/schema-check/judge-worker', {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES },
  });
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
