import type { FastifyReply, FastifyRequest } from 'fastify';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { RegisteredDocuments } from '../operations/registered-documents.ts';
import { replyProblem } from './problem-reply.ts';

/**
 * Fills in the text of a document that a request names by its hash alone: as `documentId` (`sha256:<hex>`) or as
 * `extensions.persistedQuery.sha256Hash`, in the body or in the query string. Everything after it sees the request as
 * if the text had been sent.
 */
export function fillRegisteredDocument(documents: RegisteredDocuments) {
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const identity = request.graphqlIdentity;
    const params = request.method === 'GET' ? paramsOfUrl(request) : paramsOfBody(request.body);
    const hash = params === undefined ? undefined : hashNamed(params);
    if (identity === undefined || params === undefined || hash === undefined) {
      done();
      return;
    }
    documents.find(identity, hash).then((text) => {
      if (text === undefined) {
        const { clientId: client } = identity.caller;
        replyProblem(request, reply, 404, graphProblem('DOCUMENT_NOT_REGISTERED', { client, hash }));
        return;
      }
      if (request.method === 'GET') request.raw.url = urlWith(request, text);
      else request.body = JSON.stringify({ ...params, query: text });
      done();
    }, done);
  };
}

/**
 * The hash that stands for the text: `documentId`, or `extensions.persistedQuery.sha256Hash`. An empty text is none, for
 * protocols that demand one.
 */
export function hashNamed({ query, documentId, extensions }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof query === 'string' && query !== '') return undefined;
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  const named = documentId ?? (isObject(persisted) ? persisted.sha256Hash : undefined);
  return typeof named === 'string' ? /^(?:sha256:)?([0-9a-f]{64})$/.exec(named)?.[1] : undefined;
}

function paramsOfBody(body: unknown): Record<string, unknown> | undefined {
  if (typeof body !== 'string') return undefined;
  // Nearly all requests carry their text, and are not read twice for this.
  return body.includes('"documentId"') || body.includes('"sha256Hash"') ? readObject(body) : undefined;
}

function paramsOfUrl({ url, query }: FastifyRequest): Record<string, unknown> | undefined {
  if (!/[?&](documentId|extensions)=/.test(url) || !isObject(query)) return undefined;
  const { extensions } = query;
  return { ...query, extensions: typeof extensions === 'string' ? readObject(extensions) : undefined };
}

function urlWith(request: FastifyRequest, text: string): string {
  const [path = '', search = ''] = request.url.split(/\?(.*)/s);
  const params = new URLSearchParams(search);
  params.delete('documentId');
  params.set('query', text);
  return `${path}?${params}`;
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined; // said so by what reads it next
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
