import type { ExecutionResult } from 'graphql';
import { type Caller, toClaims } from '../../subgraphs/kit/caller/caller.ts';
import { BoundedCache } from '../operations/bounded-cache.ts';

/** Who subscribes to the same thing is told of an event at about the same time. */
const SHARED_MILLISECONDS = 2_000;
const CAPACITY = 2_000;

/**
 * The answer to one event, made once for all who asked the same with the same rights: a hundred screens of one desk
 * cost what one does.
 */
export class SharedAnswers {
  readonly #answers = new BoundedCache<{ readonly at: number; readonly answer: Promise<ExecutionResult> }>(
    CAPACITY,
    CAPACITY,
  );
  readonly #callerKeys = new WeakMap<Caller, string>();

  answer(question: string, caller: Caller, cursor: string, make: () => Promise<ExecutionResult>) {
    const key = `${cursor} ${this.#callerKey(caller)} ${question}`;
    const known = this.#answers.get(key);
    const now = performance.now();
    if (known !== undefined && now - known.at < SHARED_MILLISECONDS) return known.answer;
    const answer = make();
    this.#answers.set(key, { at: now, answer }, 1);
    return answer;
  }

  #callerKey(caller: Caller): string {
    const known = this.#callerKeys.get(caller);
    if (known !== undefined) return known;
    const claims = toClaims(caller);
    const key = JSON.stringify({ ...claims, rights: [...claims.rights].sort() });
    this.#callerKeys.set(caller, key);
    return key;
  }
}
