import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { GRAPH_CARD } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** 字典 — one versioned code list below `schema/standards/`. */
export interface CodeList {
  readonly standard: string;
  readonly name: string;
  readonly version: string;
  readonly source: string;
  readonly codes: readonly { readonly code: string; readonly name: string }[];
}

export interface CodeValueShape {
  readonly standard: string;
  readonly code: string;
  readonly name: string;
}

/** A code list as a lookup from code to its printed form. Unknown codes are shown as they are, never invented. */
export interface CodeLookup {
  readonly list: CodeList;
  of(code: string): CodeValueShape;
  has(code: string): boolean;
}

/** Reads `schema/standards/<file>.json`. Throws when the file is missing or not a code list. */
export function readCodeList(file: string): CodeLookup {
  const path = join(projectRoot, 'schema', 'standards', `${file}.json`);
  const list = JSON.parse(readFileSync(path, 'utf8')) as CodeList;
  if (!Array.isArray(list.codes) || typeof list.standard !== 'string') throw new Error(`${path} is not a code list`);
  const byCode = new Map(list.codes.map(({ code, name }) => [code, { standard: list.standard, code, name }]));
  return {
    list,
    of: (code) => byCode.get(code) ?? { standard: list.standard, code, name: '未收录' },
    has: (code) => byCode.has(code),
  };
}

/** Declares the `CodeValue` that all subgraphs share. Once per subgraph. */
export function defineCodeValue<Store>(builder: GraphBuilder<Store>) {
  return builder.objectRef<CodeValueShape>('CodeValue').implement({
    description: '代码值 A value of a code list: its standard, code and Chinese name.',
    card: GRAPH_CARD,
    directives: { shareable: {} },
    fields: (t) => ({
      standard: t.exposeString('standard', { description: '标准号 The code list, e.g. GB/T 4761.' }),
      code: t.exposeString('code', { description: '代码 Code in the list.' }),
      name: t.exposeString('name', { description: '名称 Chinese name of the code.' }),
    }),
  });
}
