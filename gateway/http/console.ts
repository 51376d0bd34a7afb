import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { ConsolePageConfig } from './console-page.ts';
import { escapeForScript } from './escape-for-script.ts';
import type { DemoToken } from './graphiql-page.ts';
import { pageSecurityHeaders, readPage, registerAssets } from './page-assets.ts';

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

/**
 * Serves the stewards' and operators' console. It is a page like any other's: its data comes over the graph, with the
 * token of whoever uses it.
 */
export function registerConsole(app: FastifyInstance, options: ConsoleOptions): void {
  const { assetsFolder, demoHeaders = {}, demoTokens = [], endpoint } = options;
  const template = readPage(assetsFolder, 'console');
  registerAssets(app, `${CONSOLE_PATH}/assets`, join(assetsFolder, 'assets'), pageSecurityHeaders(''));
  app.get(CONSOLE_PATH, (_request, reply) => {
    const styleNonce = randomBytes(16).toString('base64url');
    const config: ConsolePageConfig = { endpoint, demoTokens, demoHeaders, styleNonce };
    return (
      reply
        // The component library writes style elements of its own and signs them with the nonce.
        .headers(pageSecurityHeaders(`'nonce-${styleNonce}'`))
        .header('cache-control', 'no-store') // it may carry demo tokens
        .type('text/html; charset=utf-8')
        .send(template.replace('"%config%"', () => escapeForScript(JSON.stringify(config))))
    );
  });
  app.get(`${CONSOLE_PATH}/`, (_request, reply) => reply.redirect(CONSOLE_PATH));
}
