import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExampleOperation } from '../operations/example-operation.ts';
import { type DemoToken, renderGraphiqlPage } from './graphiql-page.ts';
import { pageSecurityHeaders, readPage, registerAssets } from './page-assets.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Answers the GraphiQL page; there once `registerGraphiql` has run. */
    sendGraphiql?(): FastifyReply;
  }
}

/** What the page shows and where it lies. */
export interface GraphiqlOptions {
  /** Output folder of `bundleGraphiql`: `index.html` and `assets/`. */
  assetsFolder: string;
  examples: readonly ExampleOperation[];
  /** Demo mode only: tokens that the page offers to act with. Whoever can open the page can use them. */
  demoTokens?: readonly DemoToken[];
  demoHeaders?: Readonly<Record<string, string>>;
  /** Path of the GraphQL endpoint, for example `/graphql`; the assets are served under `<endpoint>/assets/`. */
  endpoint: string;
}

// GraphiQL's editor and dialogs write style elements and attributes; CodeMirror's style sheet embeds data: images.
const SECURITY_HEADERS = pageSecurityHeaders("'unsafe-inline'");

/**
 * Serves the GraphiQL page's assets and gives replies `sendGraphiql()`.
 *
 * The page itself is answered on the GraphQL route, which names the hook: `app.get('/graphql', { onRequest:
 * graphiqlForBrowsers }, handler)`. The page is made here, once.
 *
 * @throws {Error} when the page has not been built.
 */
export function registerGraphiql(app: FastifyInstance, options: GraphiqlOptions): void {
  const { assetsFolder, demoTokens = [], demoHeaders = {}, endpoint, examples } = options;
  const assetsPath = `${endpoint}/assets`;
  const page = renderGraphiqlPage(readPage(assetsFolder, 'GraphiQL'), assetsPath, {
    endpoint,
    examples,
    demoTokens,
    demoHeaders,
  });

  app.decorateReply('sendGraphiql', function sendGraphiql(this: FastifyReply) {
    return this.headers(SECURITY_HEADERS)
      .header('cache-control', 'no-store') // it may carry demo tokens
      .header('vary', 'accept')
      .type('text/html; charset=utf-8')
      .send(page);
  });

  registerAssets(app, assetsPath, join(assetsFolder, 'assets'), SECURITY_HEADERS);
}

/**
 * A route's `onRequest` hook: answers the page to a browser that opens the GraphQL endpoint, and lets everything else
 * through. A gateway without GraphiQL may keep the hook; it then does nothing.
 */
export function graphiqlForBrowsers(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (wantsGraphiql(request) && reply.sendGraphiql !== undefined) reply.sendGraphiql();
  else done();
}

/** True for a browser's own navigation: a GET that names `text/html` and carries no `query`. */
export function wantsGraphiql(request: FastifyRequest): boolean {
  const query = request.query as Record<string, unknown> | undefined; // Fastify's parser always makes an object
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    query?.query === undefined &&
    /(^|,)\s*text\/html\s*(;|,|$)/i.test(request.headers.accept ?? '')
  );
}
