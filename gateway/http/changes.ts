import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { graphProblem, isGraphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { ChangeFeed } from '../../subgraphs/kit/feed/change-feed.ts';
import { changesFor, type ReaderTest } from '../../subgraphs/kit/feed/change-filter.ts';
import type { FeedVector } from '../../subgraphs/kit/feed/feed-cursor.ts';
import type { PlacedEvent } from '../../subgraphs/kit/feed/feed-log.ts';
import { CallerWatch } from '../changes/caller-watch.ts';
import { changeMessage } from '../changes/change-message.ts';
import { followChanges } from '../changes/follow-changes.ts';
import type { StreamSlots } from '../changes/stream-slots.ts';
import { type Identify, IdentityRefused } from '../identity/identify.ts';
import type { Drain } from './drain.ts';
import { reportInternalError } from './error-report.ts';
import { replyProblem } from './problem-reply.ts';

export const CHANGES_ENDPOINT = '/changes';

export interface ChangesHandlerOptions {
  readonly changes: ChangeFeed;
  readonly identify: Identify;
  readonly drain: Drain;
  readonly slots: StreamSlots;
  readonly heartbeatMilliseconds?: number;
}

/** Proxies cut what is silent for a minute or half of one. */
const HEARTBEAT_MILLISECONDS = 15_000;
/** A reader that takes nothing for so long is cut off; it comes back with its last cursor. */
const STUCK_MILLISECONDS = 60_000;
/** How soon a browser comes back after a restart. */
const RETRY = 'retry: 1000\n\n';

/**
 * `GET /changes?types=Incident,alert.raised&divisions=3304&after=…` as server-sent events: each change with its cursor
 * as id, from the given cursor (`Last-Event-ID`, or `after`; `after=oldest` begins with the oldest that is kept) or
 * from now on. A heartbeat carries the newest cursor, so that a reader of rare changes does not fall out of what is
 * kept.
 */
export function createChangesHandler(options: ChangesHandlerOptions) {
  const { changes, drain, identify, slots, heartbeatMilliseconds = HEARTBEAT_MILLISECONDS } = options;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const identity = request.graphqlIdentity;
    if (identity === undefined) throw new Error('changes were reached without a caller');
    let told: ReaderTest;
    let from: FeedVector;
    try {
      told = changesFor(readFilter(request));
      from = await readStart(request, changes);
      // What is too old is told with a status of its own, before anything is streamed.
      await changes.assertKept(from);
    } catch (error) {
      if (!isGraphProblem(error)) throw error;
      return replyProblem(request, reply, error.extensions.code === 'CHANGE_CURSOR_EXPIRED' ? 410 : 400, error);
    }
    const leave = slots.take(identity.caller.clientId);
    if (leave === undefined) {
      return replyProblem(request, reply.header('retry-after', '10'), 429, graphProblem('STREAMS_EXCEEDED'));
    }
    reply.hijack();
    const { raw } = reply;
    const gone = new AbortController();
    raw.once('close', () => gone.abort());
    const watch = new CallerWatch(identify, request.headers.authorization, identity);
    let sent = 0;
    const started = performance.now();
    try {
      raw.writeHead(200, {
        ...headersOf(reply),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      });
      raw.write(`${RETRY}id: ${changes.seal({ vector: from })}\n\n`);
      const following = followChanges({
        feed: changes,
        from,
        told,
        currentCaller: async () => (await watch.current()).caller,
        signal: AbortSignal.any([gone.signal, drain.ending]),
        heartbeatMilliseconds,
      });
      for await (const { events, vector } of following) {
        const blocks = events.map((placed) => changeBlock(changes, placed));
        // Without data it is no event, but its id is remembered.
        if (blocks.length === 0) blocks.push(`: \nid: ${changes.seal({ vector })}\n\n`);
        sent += events.length;
        if (!raw.write(blocks.join(''))) await drained(raw, gone.signal);
      }
      if (!gone.signal.aborted) raw.write(refusalBlock(graphProblem('SHUTTING_DOWN')));
    } catch (error) {
      if (!gone.signal.aborted) {
        const problem =
          error instanceof IdentityRefused
            ? error.problem
            : isGraphProblem(error)
              ? error
              : reportInternalError(request.log, 'a stream of changes failed', error);
        raw.write(refusalBlock(problem));
      }
    } finally {
      leave();
      raw.end();
      const milliseconds = Math.round(performance.now() - started);
      request.log.info({ path: CHANGES_ENDPOINT, client: identity.caller.clientId, sent, milliseconds }, 'stream');
    }
    return reply;
  };
}

function changeBlock(changes: ChangeFeed, placed: PlacedEvent): string {
  return `id: ${changes.seal(placed)}\nevent: change\ndata: ${JSON.stringify(changeMessage(placed.event))}\n\n`;
}

function refusalBlock(problem: { readonly message: string; readonly extensions: unknown }): string {
  return `event: end\ndata: ${JSON.stringify({ message: problem.message, extensions: problem.extensions })}\n\n`;
}

/** Waits until the reader has taken what was written; one that does not for long is cut off. */
async function drained(raw: ServerResponse, gone: AbortSignal): Promise<void> {
  const patience = AbortSignal.timeout(STUCK_MILLISECONDS);
  try {
    await once(raw, 'drain', { signal: AbortSignal.any([gone, patience]) });
  } catch {
    raw.destroy();
  }
}

function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
}

function readFilter({ query }: FastifyRequest): { types?: string[]; divisions?: string[] } {
  const { types, divisions } = query as Record<string, unknown>;
  return {
    ...(typeof types === 'string' ? { types: types.split(',') } : {}),
    ...(typeof divisions === 'string' ? { divisions: divisions.split(',') } : {}),
  };
}

async function readStart({ headers, query }: FastifyRequest, changes: ChangeFeed): Promise<FeedVector> {
  const { after } = query as Record<string, unknown>;
  const cursor = headers['last-event-id'] ?? after;
  if (cursor === undefined || cursor === '') return changes.latest();
  if (cursor === 'oldest') return changes.oldest();
  return changes.open(String(cursor)).vector;
}
