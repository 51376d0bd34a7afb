/**
 * Builds everything that `npm start` needs: the Prisma clients, the bundled programs and the GraphiQL page, all below
 * `dist/` and `prisma/<subgraph>/client/`. Runs by itself at the end of `npm ci`; needs no network and no database.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

/** @param {string} command @param {readonly string[]} args @returns {Promise<void>} */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args.join(' ')} failed with ${code}`))));
  });
}

if (!existsSync(join(root, 'node_modules/esbuild'))) {
  // `npm ci --omit=dev` on a copy that was built elsewhere: nothing to build with, and nothing to build.
  const built = existsSync(join(root, 'dist/gateway/main.js'));
  console.log(
    built
      ? '一云：无开发依赖，沿用已构建的 dist/。 No development dependencies; the existing dist/ is used.'
      : '一云：缺少开发依赖且没有 dist/，请先运行 npm ci。 Nothing is built and nothing can be: run npm ci without --omit=dev.',
  );
  process.exit(built ? 0 : 1);
}

await run(process.execPath, [join(root, 'prisma/tools/generate.mjs')]);
const { bundlePrograms } = await import('./gateway/bundle.mjs');
const { bundleGraphiql } = await import('./gateway/graphiql/bundle.mjs');
const { bundleConsole } = await import('./console/bundle.mjs');
await Promise.all([bundlePrograms({ root }), bundleGraphiql({ root }), bundleConsole({ root })]);
