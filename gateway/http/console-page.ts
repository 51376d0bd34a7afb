import type { DemoToken } from './graphiql-page.ts';

/** What the server tells the page; it travels as JSON inside the page, never in a URL. */
export interface ConsolePageConfig {
  readonly endpoint: string;
  /** Empty outside demo mode; then people paste a token of theirs. */
  readonly demoTokens: readonly DemoToken[];
  readonly demoHeaders: Readonly<Record<string, string>>;
  /** Without it no style of the page's library is applied. */
  readonly styleNonce: string;
}
