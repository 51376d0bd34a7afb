import type { Caller } from '../../kit/caller/caller.ts';
import { tierOf } from '../../kit/store/place-scope.ts';

/** Whether any of an area lies in the caller's jurisdiction: one of the two codes is a prefix of the other. */
export function overlapsArea(caller: Caller, code: string): boolean {
  return caller.jurisdiction.some((own) => tierOf(own) !== undefined && (own.startsWith(code) || code.startsWith(own)));
}
