import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the child in `hub.ts` tells about the server that it started or adopted. */
export interface HubReport {
  readonly postgresPath: string;
  readonly pid: number;
  readonly port: number;
  readonly adopted: boolean;
  readonly url: string;
}

export interface HubProcess extends AsyncDisposable {
  readonly pid: number;
  readonly report: HubReport;
  /** `kill -9`: the hub cannot tidy up. */
  kill(): Promise<void>;
  /** SIGTERM: the hub stops its server and gives the folder free. */
  stop(): Promise<void>;
}

/** Spawns the child; `uid` makes it an ordinary user's. */
export function spawnHub(dataFolder: string, uid?: number): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'hub.ts'), dataFolder], {
    ...(uid === undefined ? {} : { uid, gid: uid }),
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts a hub and waits for its report; rejects with what it wrote to stderr when it ends before. */
export async function startHub(dataFolder: string, uid?: number): Promise<HubProcess> {
  const child = spawnHub(dataFolder, uid);
  let output = '';
  let complaint = '';
  const ended = once(child, 'exit');
  child.stderr?.on('data', (text: Buffer) => {
    complaint += text.toString();
  });
  const reported = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: Buffer) => {
      output += text.toString();
      if (output.includes('\n')) resolve();
    });
  });
  await Promise.race([reported, once(child, 'close')]);
  if (!output.includes('\n')) throw new Error(complaint.trim());
  const finish = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the hub ended by itself: ${complaint}`);
    child.kill(signal);
    await ended;
  };
  return {
    pid: child.pid ?? 0,
    report: JSON.parse(output), // written by hub.ts in this very shape
    kill: () => finish('SIGKILL'),
    stop: () => finish('SIGTERM'),
    [Symbol.asyncDispose]: () => finish('SIGTERM'),
  };
}
