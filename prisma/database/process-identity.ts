import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * What tells a process from a later one that was given the same pid: boot id and start time.
 *
 * Undefined when no such process lives; a zombie counts as dead, because an init that reaps nothing (usual in
 * containers) would otherwise keep a killed process "alive" for ever.
 */
export function findProcessIdentity(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  if (process.platform === 'win32') return answersSignals(pid) ? 'alive' : undefined;
  if (process.platform !== 'linux') return askPs(pid, 'lstart=');
  const stat = readProcFile(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The command name stands in parentheses and may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === undefined || 'ZXx'.includes(state) || startTicks === undefined) return undefined;
  return `${readProcFile('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${startTicks}`;
}

/**
 * Whether the process is a Postgres server that serves this cluster folder as this user.
 *
 * Reads the command line, not `/proc/<pid>/exe`: root without CAP_SYS_PTRACE (every ordinary container) may not
 * read the latter of another user's process.
 */
export function isPostgresOf(pid: number, clusterPath: string, uid: number | undefined): boolean {
  if (process.platform !== 'linux') {
    const command = askPs(pid, 'command=');
    return command !== undefined && /(^|\/)postgres /.test(command) && command.includes(` -D ${clusterPath} `);
  }
  try {
    if (uid !== undefined && statSync(`/proc/${pid}`).uid !== uid) return false;
  } catch {
    return false;
  }
  const words = readProcFile(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
  return basename(words[0] ?? '') === 'postgres' && words[words.indexOf('-D') + 1] === clusterPath;
}

/** Waits until the process is gone; false when it still lives after the time given. */
export async function waitForEnd(pid: number, identity: string, withinMilliseconds: number): Promise<boolean> {
  const deadline = performance.now() + withinMilliseconds;
  while (findProcessIdentity(pid) === identity) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

function readProcFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function askPs(pid: number, column: string): string | undefined {
  try {
    const answer = execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    });
    return answer.trim() || undefined;
  } catch {
    return undefined;
  }
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
