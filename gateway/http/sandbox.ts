import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { FAULTS, type FaultSwitches } from '../sandbox/faults.ts';
import { replyProblem } from './problem-reply.ts';

export const SANDBOX_PATH = '/sandbox/faults';

/**
 * The switches of a sandbox: `GET` shows how each subgraph behaves, `POST` with `{"party": "down"}` changes it. Only a
 * sandbox has them, and a page of another origin cannot reach them: JSON needs its consent.
 */
export function registerSandbox(app: FastifyInstance, faults: FaultSwitches): void {
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
