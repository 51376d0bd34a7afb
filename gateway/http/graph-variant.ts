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
  const find = async (shown: string, isPreview: boolean) => {
    if (!isPreview) return await variants.contract(shown);
    return shown === AFTER_REMOVALS ? await variants.afterRemovals() : 'UNKNOWN';
  };
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const { contract, preview } = (request.query ?? {}) as Readonly<Record<string, unknown>>; // as its parser makes it
    const name = preview ?? contract ?? request.headers[CONTRACT_HEADER];
    if (name === undefined) {
      done();
      return;
    }
    const shown = String(name).slice(0, 64);
    find(shown, preview !== undefined).then((found) => {
      if (found === 'UNKNOWN') {
        replyProblem(request, reply, 404, graphProblem('GRAPH_VARIANT_UNKNOWN', { name: shown }));
      } else if (found === 'BROKEN') {
        replyProblem(request, reply, 503, graphProblem('GRAPH_VARIANT_BROKEN', { name: shown }));
      } else {
        request.graphOperations = found;
        done();
      }
    }, done);
  };
}
