/** CPU and memory of processes, from /proc (Linux). */

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A file of /proc; what has just ended reads as nothing. @param {string} path */
export function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** @param {number} pid */
export function childrenOf(pid) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      const text = read(`/proc/${candidate}/stat`);
      return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === pid;
    });
}

/** Nanoseconds on a CPU, by thread: what has ended in between is not counted. @param {readonly number[]} pids */
export function cpuByThread(pids) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const pid of pids) {
    let threads;
    try {
      threads = readdirSync(`/proc/${pid}/task`);
    } catch {
      continue;
    }
    for (const thread of threads) {
      const spent = Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]);
      if (Number.isFinite(spent)) found.set(`${pid}/${thread}`, spent);
    }
  }
  return found;
}

/** The same of a process and its children, those included that it has started only now. @param {number} pid */
export const cpuOfFamily = (pid) => cpuByThread([pid, ...childrenOf(pid)]);

/** @param {ReadonlyMap<string, number>} before @param {ReadonlyMap<string, number>} after */
export function microsecondsBetween(before, after) {
  let sum = 0;
  for (const [thread, spent] of after) sum += spent - (before.get(thread) ?? 0);
  return sum / 1000;
}

/** Resident memory in MiB. @param {readonly number[]} pids */
export function residentMebibytes(pids) {
  return pids.reduce(
    (sum, pid) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024,
    0,
  );
}

/**
 * Memory of a process in MiB: resident, what of it no other process shares, and what of it are pages of files.
 *
 * @param {number} pid
 */
export function memoryOf(pid) {
  const kibibytes = (/** @type {string} */ text, /** @type {string} */ name) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const rollup = read(`/proc/${pid}/smaps_rollup`);
  const status = read(`/proc/${pid}/status`);
  return {
    resident: kibibytes(rollup, 'Rss') / 1024,
    privately: (kibibytes(rollup, 'Private_Clean') + kibibytes(rollup, 'Private_Dirty')) / 1024,
    files: kibibytes(status, 'RssFile') / 1024,
  };
}

/**
 * Waits until the processes have taken less than a share of a core for some time.
 *
 * @param {() => readonly number[]} pids @param {{ milliseconds: number, share: number, most: number }} rest how long, what share, and how many such times it is waited at most
 * @returns {Promise<boolean>} false when they are at work still
 */
export async function atRest(pids, { milliseconds, share, most }) {
  for (let turn = 0; turn < most; turn++) {
    const before = cpuByThread(pids());
    await delay(milliseconds);
    if (microsecondsBetween(before, cpuByThread(pids())) / 1000 < milliseconds * share) return true;
  }
  return false;
}
