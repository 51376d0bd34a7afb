import { runInThread } from './run-in-thread.ts';
import type { JudgeRequest, SchemaJudgement } from './schema-judgement.ts';

/**
 * Judges in a thread of its own, one after another: composing takes a second or two, in which the hub answers others.
 * What was judged a moment ago is not judged again.
 *
 * @throws Error when the judgement ran out of time or memory.
 */
export function judgeInWorker(request: JudgeRequest): Promise<SchemaJudgement> {
  return runInThread<SchemaJudgement>('subgraphs/kit/schema-check/judge-worker', request);
}
