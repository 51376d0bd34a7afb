import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { createFile, errorCode } from './atomic-file.ts';
import { findProcessIdentity } from './process-identity.ts';

export const lockFileName = 'LOCK';

/** The right to use a folder alone, held by this process until it is released or the process ends. */
export interface FolderLock {
  release(): void;
}

interface Holder {
  pid: number;
  identity: string;
  token: string;
}

/**
 * Takes the folder for this process alone.
 *
 * The lock is a file that names its holder by pid and start time, so that neither a killed holder nor a recycled
 * pid blocks the next start: a stale lock is replaced silently.
 *
 * @throws StartupProblem when a living process (this one included) holds the folder; it names the pid.
 */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, lockFileName);
  const token = randomBytes(8).toString('hex');
  const identity = findProcessIdentity(process.pid) ?? '';
  const content = `${JSON.stringify({ pid: process.pid, identity, token } satisfies Holder)}\n`;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (createFile(path, content)) {
      return {
        release: () => {
          if (readHolder(path)?.token === token) rmSync(path, { force: true });
        },
      };
    }
    const holder = readHolder(path);
    if (holder !== undefined && findProcessIdentity(holder.pid) === holder.identity) throw inUse(folder, holder.pid);
    removeStale(path, holder?.token, token);
  }
  throw inUse(folder, undefined);
}

/**
 * Moves the stale lock away before it is deleted: of two starters that both found it stale, the slower one may hold
 * the quicker one's new lock in its hands, sees that by the token, and puts it back.
 */
function removeStale(path: string, staleToken: string | undefined, ownToken: string): void {
  const aside = join(path, '..', `.${lockFileName}.${ownToken.slice(0, 12)}`);
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (readHolder(aside)?.token !== staleToken) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
}

function readHolder(path: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, identity, token } = value as Partial<Record<keyof Holder, unknown>>; // checked in the next line
    return typeof pid === 'number' && typeof identity === 'string' && typeof token === 'string'
      ? { pid, identity, token }
      : undefined;
  } catch {
    return undefined;
  }
}

function inUse(folder: string, pid: number | undefined): StartupProblem {
  const who = pid === undefined ? '' : ` ${pid}`;
  return new StartupProblem(
    `数据目录 ${folder} 正被进程${who} 使用：请先停止该进程，或另选数据目录。`,
    `The data folder ${folder} is in use by process${who}: stop that process first, or choose another folder.`,
  );
}
