import { join } from 'node:path';
import { build } from 'esbuild';
import { COMPILED, IN_PRODUCTION } from '../../gateway/bundle.mjs';

/**
 * Builds servers that run the product's own code as the hub is built: a compiler that runs them from source keeps the
 * names of functions, which costs each closure of a request a call. Packages are the product's, of which each process has
 * one copy.
 *
 * @param {string} root the checkout @param {readonly string[]} names of files in `bench/servers`
 * @returns {Promise<(name: string) => string>} where each lies
 */
export async function buildServers(root, names) {
  const folder = join(root, 'dist', 'bench'); // as deep as their sources, and beside the product's packages
  await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => `bench/servers/${name}.mjs`),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    ...COMPILED,
    packages: 'external',
    define: IN_PRODUCTION,
  });
  return (name) => join(folder, `${name}.mjs`);
}
