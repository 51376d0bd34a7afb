import type { FastifyReply, FastifyRequest } from 'fastify';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { OperationCache } from '../operations/prepare.ts';
import { AFTER_REMOVALS, type GraphVariants } from '../serving/graph-variants.ts';
import { replyProblem } from './problem-reply.ts';

/** Chooses a contract; `?contract=` does the same. */
export const CONTRACT_HEADER = 'x-yiyun-contract';

declare module 'fastify' {
  interface FastifyRequest {
    /** The variant of the graph that the request chooses; undefined for the whole. */
    graphOperations?: OperationCache;
  }
}

/** Has a request answered by the variant of the graph that it names: a contract, or the graph after the removals. */
export function chooseGraphVariant(variants: GraphVariants) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { contract, preview } = (request.query ?? {}) as Readonly<Record<string, unknown>>; // as its parser makes it
    const header = request.headers[CONTRACT_HEADER];
    const name = preview ?? contract ?? header;
    if (name === undefined) return undefined;
    const shown = String(name).slice(0, 64);
    const found =
      preview === undefined
        ? await variants.contract(shown)
        : shown === AFTER_REMOVALS
          ? await variants.afterRemovals()
          : 'UNKNOWN';
    if (found === 'UNKNOWN')
      return replyProblem(request, reply, 404, graphProblem('GRAPH_VARIANT_UNKNOWN', { name: shown }));
    if (found === 'BROKEN')
      return replyProblem(request, reply, 503, graphProblem('GRAPH_VARIANT_BROKEN', { name: shown }));
    request.graphOperations = found;
    return undefined;
  };
}
