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
  /** Symbols are those of enums; a list whose codes are the only symbols, such as GB/T 2260, has none. */
  readonly codes: readonly { readonly code: string; readonly symbol?: string; readonly name: string }[];
}

export interface CodeValueShape {
  readonly standard: string;
  readonly version: string;
  readonly code: string;
  readonly symbol: string | null;
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
  const { standard, version } = list;
  const byCode = new Map(
    list.codes.map(({ code, symbol = null, name }) => [code, { standard, version, code, symbol, name }]),
  );
  return {
    list,
    of: (code) => byCode.get(code) ?? { standard, version, code, symbol: null, name: '未收录' },
    has: (code) => byCode.has(code),
  };
}

/** Declares the `CodeValue` that all subgraphs share. Once per subgraph. */
export function defineCodeValue<Store>(builder: GraphBuilder<Store>) {
  return builder.objectRef<CodeValueShape>('CodeValue').implement({
    description: '代码值 A value of a code list: its standard and version, symbol, code and Chinese name.',
    card: GRAPH_CARD,
    directives: { shareable: {} },
    fields: (t) => ({
      standard: t.exposeString('standard', { description: '标准号 The code list, e.g. GB/T 4761.' }),
      version: t.exposeString('version', { description: '版本 Edition of the code list.' }),
      code: t.exposeString('code', { description: '代码 Code in the list.' }),
      symbol: t.exposeString('symbol', {
        nullable: true,
        description:
          '枚举名 Name of the value as of an enum, e.g. ELDEST_SON; null where the code itself is the symbol.',
      }),
      name: t.exposeString('name', { description: '名称 Chinese name of the code.' }),
    }),
  });
}
