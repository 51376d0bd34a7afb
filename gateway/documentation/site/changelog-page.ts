import type { ContractChange } from './contract-changes.ts';
import { type Html, html, table } from './html.ts';
import { joined } from './page-parts.ts';

/** One version of the contract, the newest first. */
export interface ChangelogEntry {
  readonly version: string;
  /** ISO instant; undefined where only the contract itself is known. */
  readonly publishedAt: string | undefined;
  /** Undefined for the first version. */
  readonly changes: readonly ContractChange[] | undefined;
}

export function changelogPage(entries: readonly ChangelogEntry[]): Html {
  return joined([
    html`<h1>变更记录 Changelog</h1>`,
    ...entries.map(({ version, publishedAt, changes }) =>
      joined([
        html`<h2 id="${version}">${version.slice(0, 12)} <small>${publishedAt ?? ''}</small></h2>`,
        changes === undefined
          ? html`<p>首个版本 The first version.</p>`
          : changes.length === 0
            ? html`<p>客户端所见无变化 Nothing that clients see has changed.</p>`
            : table(
                ['坐标 Coordinate', '变更', 'Change'],
                changes.map(({ coordinate, zh, en, breaking }) => [
                  html`<code>${coordinate}</code>`,
                  breaking ? html`<span class="breaking">不兼容</span> ${zh}` : zh,
                  en,
                ]),
              ),
      ]),
    ),
    entries.length === 0 ? html`<p>尚无版本 No version yet.</p>` : undefined,
  ]);
}
