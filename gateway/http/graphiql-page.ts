import type { ExampleOperation } from '../operations/example-operation.ts';
import { escapeForScript } from './escape-for-script.ts';

/** A token of the demo city that the page offers to act with; never issued outside demo mode. */
export interface DemoToken {
  role: 'system' | 'frontend' | 'steward';
  /** Chinese name of the role, for example 部门系统; the page adds the English one. */
  titleZh: string;
  /** The bare token, without `Bearer`. */
  token: string;
}

/** What the server tells the page; it travels as JSON inside the page, never in a URL. */
export interface GraphiqlPageConfig {
  /** Path that the page sends its operations to. */
  endpoint: string;
  examples: readonly ExampleOperation[];
  /** Empty outside demo mode; then the page neither fills in nor keeps any header. */
  demoTokens: readonly DemoToken[];
  /** Headers that a first visit starts with in demo mode, beside the token. */
  demoHeaders: Readonly<Record<string, string>>;
}

/** Fills the built `index.html`: where its assets are, and its configuration. */
export function renderGraphiqlPage(template: string, assetsPath: string, config: GraphiqlPageConfig): string {
  // the configuration last and through a function: nothing that an example says is read as a placeholder
  return template
    .replaceAll('%assets%', () => assetsPath)
    .replace('"%config%"', () => escapeForScript(JSON.stringify(config)));
}
