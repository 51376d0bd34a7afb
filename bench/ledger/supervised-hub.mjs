import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { findPostgres } from '../kit/city.mjs';

const ROOT = new URL('../..', import.meta.url).pathname;

/**
 * A hub on a fixed port that is started again whenever it ends, as a service manager does.
 *
 * @param {readonly string[]} args of the hub's program
 */
export function superviseHub(args) {
  let stopping = false;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  let starts = 0;
  const run = async () => {
    while (!stopping) {
      starts++;
      child = spawn(process.execPath, ['yiyun.mjs', 'main', ...args], {
        cwd: ROOT,
        env: { ...process.env, YIYUN_LOG_LEVEL: 'error' },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      await new Promise((resolve) => child?.once('exit', resolve));
      // One that cannot start must not be started a thousand times a second.
      if (!stopping) await delay(100);
    }
  };
  const running = run();
  return {
    get starts() {
      return starts;
    },
    get pid() {
      return child?.pid ?? 0;
    },
    kill() {
      child?.kill('SIGKILL');
    },
    async stop() {
      stopping = true;
      child?.kill('SIGTERM');
      await running;
    },
  };
}

/** `kill -9` of the server and all that it has started, so that nobody writes anything any more. @param {string} data */
export function killPostgres(data) {
  const { pid } = findPostgres(data);
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  for (const one of [pid, ...children.split('\n').map(Number)]) {
    try {
      if (one > 0) process.kill(one, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Waits until the hub answers. @param {string} url of its GraphQL endpoint */
export async function untilReady(url, seconds = 60) {
  const end = performance.now() + seconds * 1000;
  const ready = new URL('/health/ready', url);
  while (performance.now() < end) {
    const status = await fetch(ready).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await delay(50);
  }
  throw new Error(`the hub was not ready within ${seconds} s`);
}
