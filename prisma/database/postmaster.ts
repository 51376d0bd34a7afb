import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './atomic-file.ts';
import { findPostgresAccount } from './postgres-account.ts';
import { findProcessIdentity, isPostgresOf, waitForEnd } from './process-identity.ts';

/** A living Postgres server as its folder's `postmaster.pid` describes it. */
export interface Postmaster {
  readonly pid: number;
  /** What tells it from a later process with the same pid. */
  readonly identity: string;
  readonly port: number;
  /** Whether it accepts connections. */
  readonly ready: boolean;
  /** Whether it was started with these arguments and a port. */
  hasArguments(args: readonly string[]): boolean;
}

/**
 * Finds the living server of this very cluster folder; a stale `postmaster.pid` whose pid was given to another
 * program finds nothing.
 *
 * @param options.wait waits (at most 60 s) for a server that is found starting or stopping; on by default.
 */
export async function findPostmaster(cluster: string, options = { wait: true }): Promise<Postmaster | undefined> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const found = readPostmaster(cluster);
    if (found === undefined || found.ready || !options.wait || performance.now() > deadline) return found;
    await delay(20);
  }
}

function readPostmaster(cluster: string): Postmaster | undefined {
  // Lines: pid, folder, start time, port, socket folder, address, shared memory, status.
  const lines = readFile(join(cluster, 'postmaster.pid'))?.split('\n');
  const pid = Number(lines?.[0]);
  const identity = findProcessIdentity(pid);
  const uid = findPostgresAccount()?.uid ?? process.getuid?.();
  if (identity === undefined || !isPostgresOf(pid, cluster, uid)) return undefined;
  return {
    pid,
    identity,
    port: Number(lines?.[3]),
    ready: lines?.[7]?.trim() === 'ready',
    // Postgres writes its own command line there: program, then each argument in quotes.
    hasArguments: (args) => {
      const start = args.map((word) => ` "${word}"`).join('');
      return readFile(join(cluster, 'postmaster.opts'))?.includes(`${start} "-c" "port=`) ?? false;
    },
  };
}

/**
 * Removes a `postmaster.pid` that names no server of this folder; Postgres by itself would refuse to start when the
 * pid was given to another program of the same user.
 */
export function removeStalePidFile(cluster: string): void {
  const path = join(cluster, 'postmaster.pid');
  if (readFile(path) !== undefined && readPostmaster(cluster) === undefined) rmSync(path, { force: true });
}

/** SIGINT ends sessions and writes a checkpoint; SIGQUIT leaves the rest to recovery at the next start. */
export async function stopPostmaster({ pid, identity }: Pick<Postmaster, 'pid' | 'identity'>): Promise<void> {
  const steps = [
    { signal: 'SIGINT', milliseconds: 20_000 },
    { signal: 'SIGQUIT', milliseconds: 8_000 },
    { signal: 'SIGKILL', milliseconds: 2_000 },
  ] as const;
  for (const { signal, milliseconds } of steps) {
    // Looked at each time: the pid may belong to somebody else by now.
    if (findProcessIdentity(pid) !== identity) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (errorCode(error) !== 'ESRCH') throw error;
    }
    if (await waitForEnd(pid, identity, milliseconds)) return;
  }
  throw new Error(`Postgres ${pid} does not end`);
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
