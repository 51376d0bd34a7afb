import { parentPort } from 'node:worker_threads';

/** The other end of `runInThread`: answers one request after another for as long as the thread is kept. */
export function answerInThread<Request, Answer>(answer: (request: Request) => Answer | Promise<Answer>): void {
  parentPort?.on('message', (request: Request) => {
    Promise.resolve()
      .then(() => answer(request))
      .then(
        (result) => parentPort?.postMessage({ result }),
        (error: unknown) =>
          parentPort?.postMessage({ message: error instanceof Error ? error.message : String(error) }),
      );
  });
}
