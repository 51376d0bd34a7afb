import type { GraphQLSchema } from 'graphql';
import type { ExampleOperation } from '../../operations/example-operation.ts';
import { type ChangelogEntry, changelogPage } from './changelog-page.ts';
import { codePage, codesIndex, stableCodes } from './code-pages.ts';
import { DocumentedSchema } from './documented-schema.ts';
import { type Html, html } from './html.ts';
import { examplesIndex, operationsIndex, startPage, typesIndex } from './index-pages.ts';
import { examplePage, operationPage } from './operation-page.ts';
import { DOCS_PATH, link } from './page-parts.ts';
import { typePage } from './type-page.ts';

export interface DocsSource {
  /** Undefined where the schema is not shown: only the codes are documented then. */
  readonly schema: GraphQLSchema | undefined;
  readonly examples: readonly ExampleOperation[];
  readonly readChangelog: () => Promise<readonly ChangelogEntry[]>;
}

/** 文档 — a page for each type, operation, example and code of a graph, by its path below `/docs`; made when asked for. */
export class DocsSite {
  readonly #pages = new Map<string, { readonly title: string; readonly body: () => Html | Promise<Html> }>();
  readonly #whole: boolean;

  constructor({ schema, examples, readChangelog }: DocsSource) {
    this.#whole = schema !== undefined;
    const add = (path: string, title: string, body: () => Html | Promise<Html>) =>
      this.#pages.set(path, { title, body });
    add('codes', '错误代码 Codes', codesIndex);
    for (const code of stableCodes()) add(`codes/${code.code}`, code.code, () => codePage(code));
    if (schema === undefined) return;
    const graph = new DocumentedSchema(schema, examples);
    add('', '一云图谱文档 Documentation', () => startPage(graph));
    add('operations', '操作 Operations', () => operationsIndex(graph));
    add('types', '类型 Types', () => typesIndex(graph));
    add('examples', '示例 Examples', () => examplesIndex(graph));
    add('changelog', '变更记录 Changelog', async () => changelogPage(await readChangelog()));
    for (const type of graph.types) add(`types/${type.name}`, type.name, () => typePage(type, graph));
    for (const operation of graph.operations) {
      const path = `operations/${operation.kind}/${operation.field.name}`;
      add(path, operation.coordinate, () => operationPage(operation, schema));
    }
    for (const example of examples) add(`examples/${example.name}`, example.title, () => examplePage(example));
  }

  paths(): string[] {
    return [...this.#pages.keys()];
  }

  /** The whole page; undefined where there is none. */
  async render(path: string): Promise<string | undefined> {
    const page = this.#pages.get(path);
    if (page === undefined) return undefined;
    const sections: readonly [string, string][] = [
      ['operations', '操作 Operations'],
      ['types', '类型 Types'],
      ['examples', '示例 Examples'],
      ['codes', '错误代码 Codes'],
      ['changelog', '变更记录 Changelog'],
    ];
    const shown = sections.filter(([name]) => this.#whole || name === 'codes');
    return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · 一云 Yiyun</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${DOCS_PATH}/style.css"></head>
<body><header><strong>一云</strong><nav>${shown.map(([name, title]) => html`${link(name, title)} `)}</nav></header>
<main>${await page.body()}</main></body></html>
`.text;
  }
}
