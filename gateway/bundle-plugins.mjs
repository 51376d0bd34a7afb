import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * Escapes what esbuild leaves as it is under `charset: 'ascii'`: regular expressions and tagged templates. V8 keeps the
 * text of a module with one Chinese character in two bytes a character.
 *
 * @returns {import('esbuild').Plugin}
 */
export function asciiPlugin() {
  return {
    name: 'ascii',
    setup(build) {
      build.onLoad({ filter: /\.[mc]?[jt]s$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const contents = isAscii(text) ? text : escapeLiterals(path, text);
        // What is as it was is left to esbuild, which knows its kind of module by its name.
        return contents === text ? undefined : { contents, loader: /ts$/.test(path) ? 'ts' : 'js' };
      });
    },
  };
}

/** @param {string} path @param {string} text */
function escapeLiterals(path, text) {
  /** @type {{ start: number, end: number }[]} */
  const places = [];
  /** @param {import('typescript').Node} node */
  const look = (node) => {
    if (ts.isRegularExpressionLiteral(node) || (ts.isTaggedTemplateExpression(node) && !isRaw(node.tag))) {
      const literal = ts.isTaggedTemplateExpression(node) ? node.template : node;
      const parts = ts.isTemplateExpression(literal)
        ? [literal.head, ...literal.templateSpans.map((span) => span.literal)]
        : [literal];
      for (const part of parts) places.push({ start: part.getStart(source), end: part.end });
    }
    ts.forEachChild(node, look);
  };
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false);
  look(source);
  let escaped = '';
  let at = 0;
  for (const { start, end } of places.sort((a, b) => a.start - b.start)) {
    escaped += text.slice(at, start) + escapeText(text.slice(start, end));
    at = end;
  }
  return escaped + text.slice(at);
}

/** A tag that reads its template as it is written. @param {import('typescript').Expression} tag */
function isRaw(tag) {
  return ts.isPropertyAccessExpression(tag) && tag.name.text === 'raw';
}

/** @param {string} text */
function escapeText(text) {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** @param {string} text */
function isAscii(text) {
  return !/[^\0-\x7f]/.test(text);
}

const COMPILER = /query_compiler_fast_bg\.postgresql\.wasm-base64\.mjs$/;
/** Prisma decodes what it knows of every possible query when a client is made, into some eight megabytes a subgraph. */
const EAGER_NODES = [
  'let i=this.#i(),o={};for(let s=0;s<i;s++){let a=this.#i(),u=this.#a(),m=this.#o(),P=this.#o(),S={flags:this.#s()};u!==0&&(S.scalarMask=u),m!==void 0&&(S.childNodeId=m),P!==void 0&&(S.enumNameIndex=P),o[a]=S}r.push({edges:o})',
  'let i=this.#i(),o={};for(let s=0;s<i;s++){let a=this.#i(),u=this.#o(),m=this.#o(),P={};u!==void 0&&(P.argsNodeId=u),m!==void 0&&(P.outputNodeId=m),o[a]=P}r.push({edges:o})',
];

const DECODER = 'deserialize(){let{inputNodeCount';

/**
 * Makes Prisma's client take the memory of what is written through it: its compiler of queries is read from a file when
 * it is needed, instead of being kept as two texts of it; of the queries that are possible each kind is decoded when it
 * is first asked for; and the values of the last hundred statements, which may be the rows of an import, are not kept
 * for a report that nobody asks for. Fails when the installed version is written differently.
 *
 * @param {string} folder where the compiler is put, and all chunks are
 * @returns {import('esbuild').Plugin}
 */
export function prismaPlugin(folder) {
  return {
    name: 'prisma',
    setup(build) {
      const changed = new Set();
      build.onEnd(() => {
        if (changed.size !== 2) throw new Error(`${import.meta.url}: Prisma's client was not found`);
      });
      build.onLoad({ filter: COMPILER }, async ({ path }) => {
        const text = /"([A-Za-z0-9+/=]{1000,})"/.exec(await readFile(path, 'utf8'))?.[1];
        if (text === undefined) throw new Error(`${path}: no compiler as text`);
        changed.add('compiler');
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, 'query-compiler.wasm'), Buffer.from(text, 'base64'));
        // The generated client gives this to Buffer.from, which asks an object for its value.
        const contents = `import { readFileSync } from 'node:fs';
export const wasm = { valueOf: () => readFileSync(new URL('./query-compiler.wasm', import.meta.url)) };`;
        return { contents, loader: 'js' };
      });
      build.onLoad({ filter: /@prisma\/debug\/dist\/index\.m?js$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        return { contents: replaceOnce(path, text, /MAX_ARGS_HISTORY = 100/, 'MAX_ARGS_HISTORY = 0'), loader: 'js' };
      });
      build.onLoad({ filter: /@prisma\/client\/runtime\/client\.m?js$/ }, async ({ path }) => {
        changed.add('client');
        let contents = replaceOnce(
          path,
          await readFile(path, 'utf8'),
          /(\w+)\.length>\w+&&\1\.shift\(\)/,
          '$1.length=0',
        );
        for (const [index, eager] of EAGER_NODES.entries()) {
          const read = eager.replace('r.push({edges:o})', 'return o');
          const method = `readEdges${index}`;
          contents = replaceOnce(
            path,
            contents,
            eager,
            `let at=this.#r;this.${method}(at);r.push(new LateEdges(this,${index},at))`,
          );
          contents = replaceOnce(path, contents, DECODER, `${method}(at){this.#r=at;${read}}${DECODER}`);
        }
        return { contents: `${contents}\n${LATE_EDGES}`, loader: 'js' };
      });
    },
  };
}

/** @param {string} path @param {string} text @param {string | RegExp} part @param {string} other */
function replaceOnce(path, text, part, other) {
  const changed = text.replace(part, typeof part === 'string' ? () => other : other);
  const again = typeof part === 'string' ? text.split(part).length > 2 : changed.match(part) !== null;
  if (changed === text || again) throw new Error(`${path} is written differently, see ${import.meta.url}: ${part}`);
  return changed;
}

const LATE_EDGES = `class LateEdges {
  #decoder; #kind; #at; #edges;
  constructor(decoder, kind, at) { this.#decoder = decoder; this.#kind = kind; this.#at = at; }
  get edges() {
    return (this.#edges ??= this.#kind === 0 ? this.#decoder.readEdges0(this.#at) : this.#decoder.readEdges1(this.#at));
  }
}
`;
