import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { ConsolePageConfig } from './console-page.ts';
import { escapeForScript } from './escape-for-script.ts';
import type { DemoToken } from './graphiql-page.ts';
import { readPage, registerAssets } from './page-assets.ts';

export const CONSOLE_PATH = '/console';

export interface ConsoleOptions {
  /** Output folder of `bundleConsole`: `index.html` and `assets/`. */
  readonly assetsFolder: string;
  /** Demo mode only: tokens that the page offers to act with. Whoever can open the page can use them. */
  readonly demoTokens?: readonly DemoToken[];
  readonly demoHeaders?: Readonly<Record<string, string>>;
  /** Path of the GraphQL endpoint, which all of the page's data comes from. */
  readonly endpoint: string;
}

function securityHeaders(styleNonce: string | undefined): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      // The component library writes style elements of its own and signs them with the nonce.
      `style-src 'self'${styleNonce === undefined ? '' : ` 'nonce-${styleNonce}'`}`,
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
}

/**
 * Serves the stewards' and operators' console. It is a page like any other's: its data comes over the graph, with the
 * token of whoever uses it.
 */
export function registerConsole(app: FastifyInstance, options: ConsoleOptions): void {
  const { assetsFolder, demoHeaders = {}, demoTokens = [], endpoint } = options;
  const template = readPage(assetsFolder, 'console');
  registerAssets(app, `${CONSOLE_PATH}/assets`, join(assetsFolder, 'assets'), securityHeaders(undefined));
  app.get(CONSOLE_PATH, (_request, reply) => {
    const styleNonce = randomBytes(16).toString('base64url');
    const config: ConsolePageConfig = { endpoint, demoTokens, demoHeaders, styleNonce };
    return reply
      .headers(securityHeaders(styleNonce))
      .header('cache-control', 'no-store') // it may carry demo tokens
      .type('text/html; charset=utf-8')
      .send(template.replace('"%config%"', () => escapeForScript(JSON.stringify(config))));
  });
  app.get(`${CONSOLE_PATH}/`, (_request, reply) => reply.redirect(CONSOLE_PATH));
}
