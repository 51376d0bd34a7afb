import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { config } from './config.ts';

/** An error of an answer: what is missing and whom to ask is in its message, in both languages. */
export interface GraphError {
  readonly message: string;
  readonly code: string | undefined;
  readonly path: readonly (string | number)[] | undefined;
}

export interface GraphAnswer<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphError[];
}

interface RawAnswer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** The token that everything is asked with; empty while nobody has signed in. */
export const TokenContext = createContext('');

/** Runs one operation with the user's own rights. Never throws: an unreachable hub is an error like any other. */
export async function ask<Data>(
  token: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
): Promise<GraphAnswer<Data>> {
  try {
    const response = await fetch(config.endpoint, {
      method: 'POST',
      headers: { ...graphHeaders(token), accept: 'application/graphql-response+json, application/json;q=0.9' },
      body: JSON.stringify({ query, variables }),
      ...(signal === undefined ? {} : { signal }),
    });
    const { data, errors = [] } = (await response.json()) as RawAnswer; // a GraphQL endpoint answers nothing else
    return {
      // The shape that the operation asks for; a test validates every operation against the contract.
      data: (data ?? null) as Data | null,
      errors: errors.map(({ message, path, extensions }) => ({ message, path, code: extensions?.code })),
    };
  } catch (error) {
    if (signal?.aborted) return { data: null, errors: [] };
    const reason = error instanceof Error ? error.message : String(error);
    return {
      data: null,
      errors: [{ message: `枢纽没有应答 | The hub does not answer: ${reason}`, code: 'UNREACHABLE', path: undefined }],
    };
  }
}

/** Who asks and, in the demo, what for. */
export function graphHeaders(token: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
    ...(config.demoTokens.some((demo) => demo.token === token) ? purposeHeaders() : {}),
  };
}

/** The demo's stated purpose, without lifting masks: the console shows what one may see masked. */
function purposeHeaders(): Record<string, string> {
  const { 'x-yiyun-unmask': _, ...purpose } = config.demoHeaders;
  return purpose;
}

export interface Asked<Data> extends GraphAnswer<Data> {
  readonly loading: boolean;
  readonly askedAt: Date | undefined;
  readonly again: () => void;
}

/**
 * Asks when the page is shown and whenever the variables change; with `everyMilliseconds` again and again, keeping the
 * last answer on screen meanwhile. `undefined` variables ask nothing yet.
 */
export function useGraph<Data>(
  query: string,
  variables: Readonly<Record<string, unknown>> | undefined,
  everyMilliseconds?: number,
): Asked<Data> {
  const token = useContext(TokenContext);
  const [answer, setAnswer] = useState<GraphAnswer<Data> & { askedAt?: Date }>({ data: null, errors: [] });
  const [loading, setLoading] = useState(variables !== undefined);
  const key = JSON.stringify(variables ?? null);
  const shown = useRef('');
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables, `round` for being asked again
  useEffect(() => {
    if (variables === undefined || token === '') return;
    const controller = new AbortController();
    const what = `${token} ${query} ${key}`;
    if (shown.current !== what) {
      setAnswer({ data: null, errors: [] });
      shown.current = what;
    }
    setLoading(true);
    void ask<Data>(token, query, variables, controller.signal).then((given) => {
      if (controller.signal.aborted) return;
      setAnswer({ ...given, askedAt: new Date() });
      setLoading(false);
    });
    return () => controller.abort();
  }, [token, query, key, round]);
  useEffect(() => {
    if (everyMilliseconds === undefined) return;
    const timer = setInterval(() => {
      if (!document.hidden) setRound((last) => last + 1);
    }, everyMilliseconds);
    return () => clearInterval(timer);
  }, [everyMilliseconds]);
  const again = useCallback(() => setRound((last) => last + 1), []);
  return { data: answer.data, errors: answer.errors, askedAt: answer.askedAt, loading, again };
}
