import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Names that a crash between the two steps of an atomic write may leave behind. */
export const temporaryFileName = /^\.[a-z0-9_.-]+\.[0-9a-f]{12}$/i;

/** Writes the file so that any reader, also after a power cut, sees all of it or the one before. */
export function replaceFile(path: string, content: string | Buffer, mode = 0o600): void {
  const temporary = writeTemporary(path, content, mode);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Like {@link replaceFile}, but leaves an existing file alone and then returns false. */
export function createFile(path: string, content: string | Buffer, mode = 0o600): boolean {
  const temporary = writeTemporary(path, content, mode);
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(path));
  return true;
}

/** Makes the names inside a folder survive a power cut. */
export function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The code of a system error (`ENOENT` …), or undefined for anything else that was thrown. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function writeTemporary(path: string, content: string | Buffer, mode: number): string {
  const slash = path.lastIndexOf('/') + 1;
  const temporary = `${path.slice(0, slash)}.${path.slice(slash)}.${randomBytes(6).toString('hex')}`;
  const descriptor = openSync(temporary, 'wx', mode);
  try {
    writeSync(descriptor, typeof content === 'string' ? Buffer.from(content) : content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return temporary;
}
