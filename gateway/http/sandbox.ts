import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CityRestored } from '../../prisma/seed/city-snapshot.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { FAULTS, type FaultSwitches } from '../sandbox/faults.ts';
import { replyProblem } from './problem-reply.ts';

export const SANDBOX_PATH = '/sandbox/faults';
export const RESET_PATH = '/sandbox/reset';

/** What only a sandbox has. */
export interface Sandbox {
  readonly faults: FaultSwitches;
  /** Puts the city back as it was. */
  readonly reset: () => Promise<CityRestored>;
}

/**
 * The switches of a sandbox: `GET` shows how each subgraph behaves, `POST` with `{"party": "down"}` changes it, and
 * `POST` to the other path puts back the city with the same ids, every subgraph up. Only a sandbox has them, and a page
 * of another origin cannot reach them: JSON needs its consent.
 */
export function registerSandbox(app: FastifyInstance, { faults, reset }: Sandbox): void {
  const show = (reply: FastifyReply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify({ subgraphs: faults.current(), faults: FAULTS }));
  app.get(SANDBOX_PATH, (_request, reply) => show(reply));
  app.post(SANDBOX_PATH, (request, reply) => {
    const wanted = isJson(request) ? readObject(request.body) : undefined;
    const unknown = wanted === undefined ? '' : faults.change(wanted);
    if (unknown === undefined) return show(reply);
    const known = Object.keys(faults.current()).join(', ');
    return replyProblem(
      request,
      reply,
      400,
      graphProblem('SANDBOX_FAULT_UNKNOWN', { known, faults: FAULTS.join(', ') }),
    );
  });
  let resetting: Promise<CityRestored> | undefined;
  app.post(RESET_PATH, async (request, reply) => {
    if (!isJson(request)) return replyProblem(request, reply, 415, graphProblem('MEDIA_TYPE_UNSUPPORTED'));
    // Who asks while it is being put back gets the same city.
    resetting ??= reset().finally(() => {
      resetting = undefined;
    });
    const restored = await resetting;
    faults.change(Object.fromEntries(Object.keys(faults.current()).map((subgraph) => [subgraph, 'up'])));
    return reply
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ ...restored, subgraphs: faults.current() }));
  });
}

function isJson(request: FastifyRequest): boolean {
  return /^application\/json\b/i.test(request.headers['content-type'] ?? '');
}

function readObject(body: unknown): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(String(body));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>) // told apart just before
      : undefined;
  } catch {
    return undefined;
  }
}
