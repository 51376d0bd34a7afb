import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExampleOperation } from '../operations/example-operation.ts';
import { type DemoToken, renderGraphiqlPage } from './graphiql-page.ts';

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

const CONTENT_TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    // GraphiQL's editor and dialogs write style elements and attributes
    "style-src 'self' 'unsafe-inline'",
    // CodeMirror's style sheet embeds its marks as data: images
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * Serves the GraphiQL page's assets and gives replies `sendGraphiql()`.
 *
 * The page itself is answered on the GraphQL route, which names the hook: `app.get('/graphql', { onRequest:
 * graphiqlForBrowsers }, handler)`. Everything is read into memory here, once.
 *
 * @throws {Error} when the page has not been built.
 */
export function registerGraphiql(app: FastifyInstance, options: GraphiqlOptions): void {
  const { assetsFolder, demoTokens = [], demoHeaders = {}, endpoint, examples } = options;
  const assetsPath = `${endpoint}/assets`;
  const page = renderGraphiqlPage(readPage(assetsFolder), assetsPath, { endpoint, examples, demoTokens, demoHeaders });
  const assets = readAssets(join(assetsFolder, 'assets'));

  app.decorateReply('sendGraphiql', function sendGraphiql(this: FastifyReply) {
    return this.headers(SECURITY_HEADERS)
      .header('cache-control', 'no-store') // it may carry demo tokens
      .header('vary', 'accept')
      .type('text/html; charset=utf-8')
      .send(page);
  });

  app.get<{ Params: { file: string } }>(`${assetsPath}/:file`, (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    const asset = assets.get(request.params.file);
    if (!asset) {
      return reply.code(404).type('text/plain; charset=utf-8').send('没有这个文件 / No such file\n');
    }
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(asset.type);
    return acceptsGzip(request) ? reply.header('content-encoding', 'gzip').send(asset.gzip) : reply.send(asset.plain);
  });
}

/**
 * A route's `onRequest` hook: answers the page to a browser that opens the GraphQL endpoint, and lets everything else
 * through. A gateway without GraphiQL may keep the hook; it then does nothing.
 */
export async function graphiqlForBrowsers(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  return wantsGraphiql(request) ? reply.sendGraphiql?.() : undefined;
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

interface Asset {
  type: string;
  plain: Buffer;
  gzip: Buffer;
}

function readPage(folder: string): string {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8');
  } catch (cause) {
    throw new Error(
      `${folder}: GraphiQL 页面尚未构建，请运行 npm run build / The GraphiQL page has not been built: run npm run build`,
      { cause },
    );
  }
}

function readAssets(folder: string): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const file of readdirSync(folder)) {
    const type = CONTENT_TYPES[extname(file)];
    if (type) {
      const path = join(folder, file);
      assets.set(file, { type, plain: readFileSync(path), gzip: readFileSync(`${path}.gz`) });
    }
  }
  return assets;
}

function acceptsGzip(request: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))/i.test(request.headers['accept-encoding'] ?? '');
}
