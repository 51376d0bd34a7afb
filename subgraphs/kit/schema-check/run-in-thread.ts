import { createHash } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../start-thread.ts';

/** Judging a whole city's contracts needs some 300 MB; a contract made to need more must not take the hub with it. */
const MEMORY_MEGABYTES = 1_024;
const TIMEOUT_MILLISECONDS = 60_000;
/** Who changes the graph asks several times in a row, and starting a thread takes as long as an answer. */
const IDLE_MILLISECONDS = 60_000;
/** A proposal is judged when it is reviewed and, mostly unchanged, when it is published. */
const REMEMBERED = 4;

let last: Promise<unknown> = Promise.resolve();
/** Answers, those on their way included, the oldest first. */
const answers = new Map<string, Promise<unknown>>();
const threads = new Map<string, { readonly worker: Worker; idle: NodeJS.Timeout | undefined }>();

/**
 * Has a program answer a request in a thread of its own, one after another. What depends on nothing but the request is
 * answered once: the last few answers are remembered.
 *
 * @throws Error when it ran out of time or memory.
 */
export function runInThread<Answer>(program: string, request: object): Promise<Answer> {
  const key = createHash('sha256').update(program).update(JSON.stringify(request)).digest('base64');
  const known = answers.get(key);
  if (known !== undefined) return known as Promise<Answer>; // of the same program, which gives answers of one type
  const answer = last.then(() => ask<Answer>(program, request));
  last = answer.catch(() => answers.delete(key));
  answers.set(key, answer);
  for (const oldest of [...answers.keys()].slice(0, -REMEMBERED)) answers.delete(oldest);
  return answer;
}

function ask<Answer>(program: string, request: object): Promise<Answer> {
  const thread = threads.get(program) ?? open(program);
  clearTimeout(thread.idle);
  const { worker } = thread;
  worker.ref();
  return new Promise<Answer>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('Composing or judging the graph took too long'));
      void worker.terminate();
    }, TIMEOUT_MILLISECONDS);
    const failed = (error?: unknown) =>
      reject(error instanceof Error ? error : new Error('The thread that composes graphs ended without an answer'));
    worker.once('error', failed).once('exit', failed);
    worker.once('message', (answer: { readonly result: Answer } | { readonly message: string }) => {
      worker.off('error', failed).off('exit', failed);
      clearTimeout(timer);
      if ('result' in answer) resolve(answer.result);
      else reject(new Error(answer.message));
    });
    worker.postMessage(request);
  }).finally(() => {
    worker.unref();
    thread.idle = setTimeout(() => void worker.terminate(), IDLE_MILLISECONDS);
    thread.idle.unref();
  });
}

function open(program: string) {
  const worker = startThread(program, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES } });
  const thread = { worker, idle: undefined as NodeJS.Timeout | undefined };
  threads.set(program, thread);
  worker.on('exit', () => {
    clearTimeout(thread.idle);
    if (threads.get(program) === thread) threads.delete(program);
  });
  // A listener that stays: what happens between two requests must not end the process.
  worker.on('error', () => {});
  return thread;
}
