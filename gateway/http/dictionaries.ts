import type { FastifyInstance, onRequestAsyncHookHandler, onRequestHookHandler } from 'fastify';
import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { replyProblem } from './problem-reply.ts';

export const DICTIONARIES_PATH = '/dictionaries';

export interface DictionariesOptions {
  readonly catalog: Pick<CatalogPort, 'findDictionary'>;
  readonly onRequest: readonly (onRequestHookHandler | onRequestAsyncHookHandler)[];
}

/**
 * `GET /dictionaries/<name>` gives a code list with its version as the entity tag: who sends it back is told that
 * nothing has changed (304). `?version=` gives an earlier one, which never changes.
 */
export function registerDictionaries(app: FastifyInstance, { catalog, onRequest }: DictionariesOptions): void {
  app.get<{ Params: { name: string }; Querystring: { version?: unknown } }>(
    `${DICTIONARIES_PATH}/:name`,
    // Fastify takes lists of both kinds, and has a type for lists of one only.
    { onRequest: onRequest as onRequestHookHandler[] },
    async (request, reply) => {
      const { version } = request.query;
      const found = await catalog.findDictionary(
        request.params.name,
        typeof version === 'string' ? version : undefined,
      );
      if (found === null) return replyProblem(request, reply, 404, graphProblem('DICTIONARY_UNKNOWN'));
      const tag = `"${found.version}"`;
      reply
        .header('etag', tag)
        .header('vary', 'authorization')
        .header('cache-control', `private, ${version === undefined ? 'no-cache' : 'max-age=31536000, immutable'}`);
      if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
      const { name, kind, nameZh, nameEn, standard, edition, source, entries, publishedAt, replacedAt } = found;
      return reply.type('application/json; charset=utf-8').send(
        JSON.stringify({
          ...{ name, version: found.version, kind, nameZh, nameEn, standard, edition, source },
          ...{ publishedAt, replacedAt, entries },
        }),
      );
    },
  );
}

/** Weak tags match, too: a proxy that compresses makes them of ours. */
function matches(header: string | undefined, tag: string): boolean {
  return (header?.split(',') ?? []).some((part) => ['*', tag, `W/${tag}`].includes(part.trim()));
}
