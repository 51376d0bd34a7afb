import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const CONTENT_TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

interface Asset {
  readonly type: string;
  readonly path: string;
  /** Fonts are compressed as they are. */
  readonly hasGzip: boolean;
}

/** A page's `index.html` as it was built. @throws {Error} when it has not been. */
export function readPage(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8');
  } catch (cause) {
    throw new Error(
      `${folder}: ${name} 页面尚未构建，请运行 npm run build / The ${name} page has not been built: run npm run build`,
      { cause },
    );
  }
}

/**
 * Serves a page's content-hashed files, each but fonts with its `.gz` beside it. A browser asks for one once, so they
 * stay on disk.
 */
export function registerAssets(
  app: FastifyInstance,
  path: string,
  folder: string,
  headers: Readonly<Record<string, string>>,
): void {
  const assets = findAssets(folder);
  app.get<{ Params: { file: string } }>(`${path}/:file`, async (request, reply) => {
    reply.headers(headers);
    const asset = assets.get(request.params.file);
    if (!asset) {
      return reply.code(404).type('text/plain; charset=utf-8').send('没有这个文件 / No such file\n');
    }
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(asset.type);
    if (!asset.hasGzip || !acceptsGzip(request)) return reply.send(await readFile(asset.path));
    return reply.header('content-encoding', 'gzip').send(await readFile(`${asset.path}.gz`));
  });
}

function findAssets(folder: string): Map<string, Asset> {
  const files = new Set(readdirSync(folder));
  const assets = new Map<string, Asset>();
  for (const file of files) {
    const type = CONTENT_TYPES[extname(file)];
    if (type) assets.set(file, { type, path: join(folder, file), hasGzip: files.has(`${file}.gz`) });
  }
  return assets;
}

function acceptsGzip(request: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))/i.test(request.headers['accept-encoding'] ?? '');
}

/**
 * What a page may load and who may frame it: its own scripts, images, fonts and requests alone.
 *
 * @param styles what the policy allows beside style sheets of its own.
 */
export function pageSecurityHeaders(styles: string): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self'${styles === '' ? '' : ` ${styles}`}`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}
