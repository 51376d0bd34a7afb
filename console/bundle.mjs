import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/**
 * @typedef {object} ConsoleBundle
 * @property {string} outdir Folder of `index.html` and `assets/`.
 * @property {Record<string, number>} gzipBytes What a browser downloads, by file.
 * @property {number} milliseconds How long it took.
 */

/**
 * Bundles the console: `index.html` and content-hashed files under `assets/`, each with a `.gz` beside it. Charts are a
 * chunk of their own, loaded by the pages that draw.
 *
 * @param {{ root: string, outdir?: string }} options `root`: the checkout; `outdir`: `dist/console` under it unless given.
 * @returns {Promise<ConsoleBundle>}
 */
export async function bundleConsole({ root, outdir = join(root, 'dist/console') }) {
  const start = performance.now();
  // Vite takes JSX's development form wherever this says anything else.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  await build({
    mode: 'production',
    root: join(root, 'console'),
    base: '/console/',
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [react()],
    build: {
      outDir: outdir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4_000,
      target: 'chrome88', // the browsers of government desktops follow Chromium by years; antd needs :where()
    },
  });
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  const assets = join(outdir, 'assets');
  // Fonts are compressed as they are.
  const files = (await readdir(assets)).filter((file) => !file.endsWith('.woff2'));
  const sizes = await Promise.all(files.map(async (file) => [file, await compress(join(assets, file))]));
  return { outdir, gzipBytes: Object.fromEntries(sizes), milliseconds: Math.round(performance.now() - start) };
}

/** @param {string} file @returns {Promise<number>} size of the compressed file */
async function compress(file) {
  const compressed = await promisify(gzip)(await readFile(file), { level: 9 });
  await writeFile(`${file}.gz`, compressed);
  return compressed.length;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { gzipBytes, milliseconds } = await bundleConsole({ root: fileURLToPath(new URL('..', import.meta.url)) });
  for (const [file, bytes] of Object.entries(gzipBytes)) console.log(`${file}: ${bytes} bytes compressed`);
  console.log(`${milliseconds} ms`);
}
