import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { findPostgresAccount } from './postgres-account.ts';
import { postgresEnvironment } from './postgres-cluster.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';

interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly cluster: string;
  readonly logFile: string;
  readonly port: number;
  readonly log: (line: string) => void;
  /** Called when the server has been started and is waited for. */
  readonly onWaiting: () => void;
}

/** A server that ended before it was ready. */
interface FailedLaunch {
  readonly problem: StartupProblem;
  /** What was in its way, when that may pass: the port, or what is left of a killed server of the same folder. */
  readonly obstacle: 'port' | 'predecessor' | undefined;
}

const logLimitBytes = 10 * 1024 * 1024;

/** Starts a server in a session of its own and waits until it accepts connections. */
export async function launchPostgres(launch: Launch): Promise<Postmaster | FailedLaunch> {
  // Opened here and handed down, in a folder that the Postgres account cannot write: no link can be planted there.
  const output = openSync(launch.logFile, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600);
  if (fstatSync(output).size > logLimitBytes) ftruncateSync(output, 0);
  const logStart = fstatSync(output).size;
  const child = spawn(launch.program, [...launch.args, '-c', `port=${launch.port}`], {
    ...findPostgresAccount(),
    cwd: '/',
    detached: true,
    env: postgresEnvironment,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.unref();
  launch.onWaiting();
  const settled = new AbortController();
  try {
    const exited = once(child, 'exit', settled).then(([code, signal]) => String(code ?? signal));
    exited.catch(() => {}); // aborted when the server is ready
    const outcome = await Promise.race([exited, waitUntilReady(launch, child.pid, settled.signal)]);
    if (typeof outcome !== 'string') return outcome;
    return explain(launch, readFileSync(launch.logFile).subarray(logStart).toString('utf8'), outcome);
  } finally {
    settled.abort();
  }
}

/** A port of the loopback interface that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Waits as long as the server lives, because recovery after a crash may take minutes. */
async function waitUntilReady(launch: Launch, pid: number | undefined, signal: AbortSignal): Promise<Postmaster> {
  let nextReport = performance.now() + 5_000;
  for (;;) {
    const found = await findPostmaster(launch.cluster, { wait: false });
    if (found !== undefined && found.pid === pid && found.ready) return found;
    // The race was decided by the server's end: nobody reads what this returns.
    if (signal.aborted) return new Promise(() => {});
    if (performance.now() > nextReport) {
      launch.log(`Postgres ${pid} is still starting (recovering after a crash, perhaps)`);
      nextReport += 5_000;
    }
    await delay(5);
  }
}

function explain(launch: Launch, output: string, exit: string): FailedLaunch {
  if (output.includes('could not bind')) {
    const problem = new StartupProblem(
      `端口 ${launch.port} 已被占用：请换一个端口，或停止占用它的程序。`,
      `Port ${launch.port} is taken: choose another one, or stop the program that uses it.`,
    );
    return { problem, obstacle: 'port' };
  }
  const lines = output.trim().split('\n');
  const reason = lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? `exit ${exit}`;
  const problem = new StartupProblem(
    `内置数据库无法启动（${reason}）：详见 ${launch.logFile}。`,
    `The embedded database does not start (${reason}): see ${launch.logFile}.`,
  );
  const isPredecessor = /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(output);
  return { problem, obstacle: isPredecessor ? 'predecessor' : undefined };
}
