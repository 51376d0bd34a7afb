import { setTimeout as delay } from 'node:timers/promises';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { JetStreamLog, type JetStreamOptions, type StoredChange } from './jetstream-log.ts';
import { type ChangeSource, readChanges, type ToldChange } from './read-changes.ts';

export interface RelayOptions {
  readonly source: ChangeSource;
  readonly target: JetStreamOptions;
  /** Where to begin when the stream knows of no change: `oldest`, or a cursor. */
  readonly from: string;
  /** Begin there even though the stream knows better. */
  readonly anew: boolean;
  readonly signal: AbortSignal;
  /** Told of each failure that is tried again. */
  readonly onTrouble: (error: unknown) => void;
  readonly onProgress?: (relayed: number) => void;
}

/** After failures; receivers that come back must not find a crowd. */
const PAUSE_MILLISECONDS = [100, 300, 1_000, 3_000, 10_000];
/** Messages under way at a time. */
const BATCH = 500;

/**
 * Relays the changes that a client may learn of from the hub to a JetStream stream: in commit order per subgraph, at
 * least once towards the stream and once in it, from where the stream says it has come. Nothing is kept here: killed at
 * any moment, it goes on from the stream's last message.
 */
export async function relayChanges(options: RelayOptions): Promise<void> {
  const { signal, onTrouble } = options;
  let anew = options.anew;
  for (let failures = 0; !signal.aborted; ) {
    try {
      await relayOnce({ ...options, anew }, () => {
        failures = 0;
        anew = false;
      });
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof StartupProblem) throw error;
      onTrouble(error);
    }
    const pause = PAUSE_MILLISECONDS[Math.min(failures++, PAUSE_MILLISECONDS.length - 1)] ?? 0;
    await delay(pause, undefined, { signal }).catch(() => {});
  }
}

async function relayOnce(
  { source, target, from, anew, signal, onProgress }: RelayOptions,
  onStored: () => void,
): Promise<void> {
  const log = await JetStreamLog.open(target);
  try {
    const known = await log.cursor();
    for await (const told of readChanges(source, anew ? from : (known ?? from), signal)) {
      const changes = told.filter((one): one is StoredChange => one.change !== undefined);
      for (let at = 0; at < changes.length; at += BATCH) await log.append(changes.slice(at, at + BATCH));
      const newest = told.at(-1) as ToldChange; // there is one
      if (newest.change === undefined) await log.mark(newest.cursor);
      onStored();
      onProgress?.(changes.length);
    }
  } finally {
    await log.close();
  }
}
