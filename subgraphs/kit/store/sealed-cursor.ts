import { createHash } from 'node:crypto';
import { graphProblem } from '../codes/problems.ts';
import { sealRepeatably, unseal } from './sealing.ts';

/**
 * A cursor holds the sort values of its row, so it is sealed: nobody reads a name out of it, nobody forges a place
 * outside his list. It belongs to one list with one filter and one sort, and the same row always has the same one.
 */
export function sealCursor(key: Buffer, listKey: string, values: readonly unknown[]): string {
  return sealRepeatably(key, JSON.stringify([digest(listKey), ...values])).toString('base64url');
}

/** Opens a cursor of the same list, filter and sort. Throws CURSOR_INVALID for anything else. */
export function openCursor(key: Buffer, listKey: string, cursor: string): readonly unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(unseal(key, Buffer.from(cursor, 'base64url')));
  } catch {
    throw graphProblem('CURSOR_INVALID');
  }
  if (!Array.isArray(content) || content[0] !== digest(listKey)) throw graphProblem('CURSOR_INVALID');
  return content.slice(1);
}

function digest(listKey: string): string {
  return createHash('sha256').update(listKey).digest('base64url').slice(0, 16);
}
