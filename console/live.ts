import { useContext, useEffect, useState } from 'react';
import { config } from './config.ts';
import { graphHeaders, TokenContext } from './graph.ts';

const FIRST_WAIT_MILLISECONDS = 1_000;
const LONGEST_WAIT_MILLISECONDS = 30_000;

/**
 * Follows a subscription as long as the page is shown, over server-sent events (which intranet proxies let through), and
 * comes back by itself when it was cut off. `onAgain` is told when it has: what was missed must be asked for.
 *
 * @returns whether it is being told at this moment.
 */
export function useLive<Data>(
  subscription: string,
  variables: Readonly<Record<string, unknown>> | undefined,
  onData: (data: Data) => void,
  onAgain: () => void,
): boolean {
  const token = useContext(TokenContext);
  const [live, setLive] = useState(false);
  const key = JSON.stringify(variables ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables; the callbacks are the page's own
  useEffect(() => {
    if (variables === undefined || token === '') return;
    const controller = new AbortController();
    void (async () => {
      let wait = FIRST_WAIT_MILLISECONDS;
      for (let round = 0; !controller.signal.aborted; round++) {
        try {
          await follow<Data>(token, subscription, variables, controller.signal, {
            onOpen: () => {
              wait = FIRST_WAIT_MILLISECONDS;
              setLive(true);
              if (round > 0) onAgain();
            },
            onData,
          });
        } catch {
          // The next round tries again; the page says meanwhile that it is not being told.
        }
        if (controller.signal.aborted) return;
        setLive(false);
        await new Promise((resolve) => setTimeout(resolve, wait));
        wait = Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS);
      }
    })();
    return () => {
      controller.abort();
      setLive(false);
    };
  }, [token, subscription, key]);
  return live;
}

interface Listener<Data> {
  readonly onOpen: () => void;
  readonly onData: (data: Data) => void;
}

/** One connection, until it ends. A refused one throws. */
async function follow<Data>(
  token: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  { onData, onOpen }: Listener<Data>,
): Promise<void> {
  const response = await fetch(config.endpoint, {
    method: 'POST',
    headers: { ...graphHeaders(token), accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  if (!response.ok || response.body === null) throw new Error(`not followed: ${response.status}`);
  onOpen();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  for (let text = ''; ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const line = block.split('\n').find((one) => one.startsWith('data: '));
      if (line === undefined || !block.includes('event: next')) continue;
      // The shape that the subscription asks for; a test validates it against the contract.
      const { data } = JSON.parse(line.slice('data: '.length)) as { data?: Data | null };
      if (data != null) onData(data);
    }
  }
}
