import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { asciiPlugin, prismaPlugin } from './bundle-plugins.mjs';

const PROGRAMS = [
  'main',
  'token',
  'subgraph',
  'scenarios',
  'audit-command',
  'build-cluster',
  'build-contracts',
  'schema-command',
  'sandbox-command',
  'operations-command',
  'import-command',
  'relay-command',
];
/** Programs that run beside the hub, in threads or processes of their own. */
const BESIDE = [
  'subgraphs/kit/schema-check/compose-worker.ts',
  'subgraphs/kit/schema-check/judge-worker.ts',
  'subgraphs/file-reader.ts',
  'gateway/documentation/changelog-worker.ts',
  'prisma/seed/loading/city-worker.ts',
];

/** How code of the product is compiled. @satisfies {import('esbuild').BuildOptions} */
export const COMPILED = /** @type {const} */ ({
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Node keeps the text of what it runs: escaped and without its white space it takes a third of the memory.
  charset: 'ascii',
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'error',
});
/** graphql-js looks twice at everything otherwise. */
export const IN_PRODUCTION = { 'process.env.NODE_ENV': '"production"' };

/**
 * Bundles the programs into `dist/gateway/<program>.js` and shared chunks: opening some 1,500 files one by one took a
 * third of a start. What is only imported in some cases (the composer, the stitching executor, the generator of the demo
 * city) stays in chunks of its own. Types are checked by `npm run check`.
 *
 * @param {{ root: string }} options the checkout
 */
export async function bundlePrograms({ root }) {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folder = join(root, 'dist');
  await Promise.all(
    ['chunks', 'contracts', 'subgraphs', 'prisma'].map((name) =>
      rm(join(folder, name), { recursive: true, force: true }),
    ),
  );
  await build({
    absWorkingDir: root,
    entryPoints: [...PROGRAMS.map((name) => `gateway/${name}.ts`), ...BESIDE],
    outbase: '.',
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    ...COMPILED,
    splitting: true,
    plugins: [prismaPlugin(join(folder, 'chunks')), asciiPlugin()],
    sourcemap: true,
    sourcesContent: false,
    // Native programs, what is found by its place, and the issuer, which few starts need; pg-native is not installed.
    external: [
      '@graphql-hive/router-query-planner',
      'oidc-provider',
      ...Object.keys(optionalDependencies),
      'pg-native',
    ],
    define: { ...IN_PRODUCTION, BUNDLED: 'true' },
    // CommonJS packages inside the bundle still ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
    },
    legalComments: 'none',
  });
  await Promise.all(['build-contracts', 'build-cluster'].map((name) => run(join(folder, `gateway/${name}.js`))));
}

/** @param {string} program @returns {Promise<void>} */
function run(program) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} failed with ${code}`))));
  });
}
