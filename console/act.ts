import { useCallback, useContext, useRef, useState } from 'react';
import { ask, type GraphError, TokenContext } from './graph.ts';

/** What a mutation answers instead: in words, and which input is to blame. */
interface Refusal {
  readonly code: string;
  readonly culprit: string;
  readonly messageZh: string;
  readonly messageEn: string;
}

export interface Act {
  /** Resolves with the success, or with undefined: then `problems` say why. */
  readonly run: (input: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly busy: boolean;
  readonly problems: readonly GraphError[];
}

/**
 * Runs a mutation whose one field is called `act`, with the user's own rights. The same input is sent with the same
 * idempotency key until it has been answered: what was cut off is not done twice.
 */
export function useAct(mutation: string): Act {
  const token = useContext(TokenContext);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly GraphError[]>([]);
  const sent = useRef({ what: '', key: '' });
  const run = useCallback(
    async (input: Readonly<Record<string, unknown>>) => {
      const what = JSON.stringify(input);
      if (sent.current.what !== what) sent.current = { what, key: newKey() };
      setBusy(true);
      const variables = { input: { ...input, idempotencyKey: sent.current.key } };
      const { data, errors } = await ask<{ act: Partial<Refusal> | null }>(token, mutation, variables);
      setBusy(false);
      const act = data?.act;
      if (act == null) {
        setProblems(errors);
        return undefined;
      }
      sent.current = { what: '', key: '' };
      if (act.code === undefined) {
        setProblems([]);
        return act;
      }
      setProblems([{ message: `${act.messageZh} | ${act.messageEn}`, code: act.code, path: undefined }]);
      return undefined;
    },
    [mutation, token],
  );
  return { run, busy, problems };
}

/** `crypto.randomUUID` is there over HTTPS only. */
function newKey(): string {
  return `console-${[...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
