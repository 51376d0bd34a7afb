import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';

/**
 * @typedef {object} GraphiqlBundle
 * @property {string} outdir Folder of `index.html` and `assets/`.
 * @property {string[]} assets File names under `assets/`.
 * @property {number} bytes Size of the assets, uncompressed.
 * @property {number} gzipBytes Size of what a browser downloads.
 * @property {number} milliseconds How long it took.
 */

/**
 * Bundles the GraphiQL page: `index.html` and content-hashed files under `assets/`, each with a `.gz` beside it.
 *
 * @param {{ root: string, outdir?: string }} options `root`: the checkout; `outdir`: `dist/gateway/graphiql` under it
 *   unless given. `outdir` is emptied first.
 * @returns {Promise<GraphiqlBundle>}
 */
export async function bundleGraphiql({ root, outdir = join(root, 'dist/gateway/graphiql') }) {
  const start = performance.now();
  const sources = join(root, 'gateway/graphiql');
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(sources, 'main.tsx'), join(sources, 'icon.svg')],
    outdir: join(outdir, 'assets'),
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    keepNames: true, // GraphiQL titles its icons after its functions' names
    metafile: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome87', // the browsers of government desktops (360, 信创) follow Chromium by years
    charset: 'utf8',
    jsx: 'automatic',
    tsconfig: join(sources, 'tsconfig.json'),
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'copy' },
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [graphiqlStyle],
  });
  const outputs = Object.entries(metafile.outputs);
  const script = outputs.find(([, output]) => output.cssBundle);
  const icon = outputs.find(([path]) => path.endsWith('.svg'));
  if (!script?.[1].cssBundle || !icon) {
    throw new Error('The bundle lacks its script, style or icon');
  }
  const names = { script: basename(script[0]), style: basename(script[1].cssBundle), icon: basename(icon[0]) };
  const template = await readFile(join(sources, 'index.html'), 'utf8');
  const page = Object.entries(names).reduce((html, [name, file]) => html.replaceAll(`%${name}%`, file), template);
  await writeFile(join(outdir, 'index.html'), page);
  const gzipBytes = await Promise.all(outputs.map(([path]) => compress(resolve(root, path))));
  return {
    outdir,
    assets: outputs.map(([path]) => basename(path)),
    bytes: sum(outputs.map(([, output]) => output.bytes)),
    gzipBytes: sum(gzipBytes),
    milliseconds: Math.round(performance.now() - start),
  };
}

/**
 * GraphiQL's style sheet without its embedded fonts (380 of 418 kB; the page uses the system's) and with `:is(…)`
 * written out, which Chromium knows from version 88.
 *
 * @type {import('esbuild').Plugin}
 */
const graphiqlStyle = {
  name: 'graphiql-style',
  setup(context) {
    context.onLoad({ filter: /[\\/]graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      return { contents: expandIs(css.replace(/@font-face\s*\{[^}]*\}/g, '')), loader: 'css' };
    });
  },
};

/**
 * `:is(a, b) c` becomes `a c, b c`.
 *
 * @param {string} css
 */
function expandIs(css) {
  return css.replace(/^([ \t]*)((?=.*:is\()[^\s@{}][^{}\n]*)\{/gm, (_, indent, selector) => {
    let selectors = [selector.trim()];
    while (selectors.some((one) => one.includes(':is('))) {
      selectors = selectors.flatMap((one) => {
        const parts = /^(.*?):is\(([^()]*)\)(.*)$/.exec(one);
        return parts ? (parts[2] ?? '').split(',').map((choice) => `${parts[1]}${choice.trim()}${parts[3]}`) : [one];
      });
    }
    return `${indent}${selectors.join(', ')} {`;
  });
}

/**
 * @param {string} file
 * @returns {Promise<number>} size of the compressed file
 */
async function compress(file) {
  const compressed = await promisify(gzip)(await readFile(file), { level: 9 });
  await writeFile(`${file}.gz`, compressed);
  return compressed.length;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { outdir, bytes, gzipBytes, milliseconds } = await bundleGraphiql({
    root: fileURLToPath(new URL('../..', import.meta.url)),
  });
  console.log(`${outdir}: ${bytes} bytes, ${gzipBytes} compressed, ${milliseconds} ms`);
}
