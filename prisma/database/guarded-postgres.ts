import { setTimeout as delay } from 'node:timers/promises';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { DataFolder } from './data-folder.ts';
import { type EmbeddedPostgresOptions, type RunningPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { findProcessIdentity } from './process-identity.ts';

export interface GuardedPostgresOptions extends EmbeddedPostgresOptions {
  /** Told, once, when the server cannot be brought back; nothing is tried any more then. */
  readonly onGivenUp: (problem: StartupProblem) => void;
  /** Waits between attempts to bring it back, in order; their number bounds the attempts. */
  readonly backOffMilliseconds?: readonly number[];
}

const LOOK_MILLISECONDS = 500;
const BACK_OFF_MILLISECONDS: readonly number[] = [0, 500, 1_000, 2_000, 4_000];
/** A server that lived that long before it died begins with all attempts again. */
const CALM_MILLISECONDS = 10 * 60_000;

/**
 * Starts (or adopts) the embedded Postgres and brings it back when it dies under the hub, killed for its memory most
 * likely: on the same port, so that connection strings stay true. What had been committed is there again after
 * recovery; what was under way has failed.
 */
export async function startGuardedPostgres(
  folder: Pick<DataFolder, 'postgresPath' | 'readSecret'>,
  options: GuardedPostgresOptions,
): Promise<RunningPostgres> {
  const { onGivenUp, backOffMilliseconds = BACK_OFF_MILLISECONDS, ...startOptions } = options;
  const { log = () => {} } = startOptions;
  const first = await startEmbeddedPostgres(folder, startOptions);
  const stopping = new AbortController();
  let current = first;

  const bringBack = async (attempt: number): Promise<RunningPostgres | undefined> => {
    const wait = backOffMilliseconds[attempt];
    if (wait === undefined || stopping.signal.aborted) return undefined;
    await delay(wait);
    if (stopping.signal.aborted) return undefined;
    try {
      return await startEmbeddedPostgres(folder, { ...startOptions, port: first.port });
    } catch (error) {
      log(`Postgres cannot be started again: ${error instanceof StartupProblem ? error.messageEn : String(error)}`);
      return undefined;
    }
  };
  const guard = async (): Promise<void> => {
    let attempt = 0;
    let identity = findProcessIdentity(current.pid);
    let since = performance.now();
    for (;;) {
      await delay(LOOK_MILLISECONDS, undefined, { ref: false });
      if (stopping.signal.aborted) return;
      if (identity !== undefined && findProcessIdentity(current.pid) === identity) continue;
      log(`Postgres ${current.pid} has died; starting it again`);
      if (performance.now() - since > CALM_MILLISECONDS) attempt = 0;
      let again: RunningPostgres | undefined;
      while (again === undefined && attempt < backOffMilliseconds.length && !stopping.signal.aborted) {
        again = await bringBack(attempt++);
      }
      if (again === undefined) {
        if (!stopping.signal.aborted) onGivenUp(givenUp());
        return;
      }
      current = again;
      identity = findProcessIdentity(again.pid);
      since = performance.now();
      log(`Postgres runs again as ${again.pid}`);
    }
  };
  const guarding = guard();
  let stopped: Promise<void> | undefined;
  return {
    ...first,
    get pid() {
      return current.pid;
    },
    stop: () =>
      (stopped ??= (async () => {
        stopping.abort();
        // One that is just being started must not outlive the hub.
        await Promise.race([guarding, delay(2 * LOOK_MILLISECONDS)]);
        await current.stop();
      })()),
  };
}

function givenUp(): StartupProblem {
  return new StartupProblem(
    '内置数据库意外终止且无法重新启动：请查看数据目录中 postgres/server.log 的末尾（常见原因是内存或磁盘不足），处理后重新运行 npm start。',
    'The embedded database died and cannot be started again: see the end of postgres/server.log in the data folder (memory or disk, most often), then run npm start again.',
  );
}
