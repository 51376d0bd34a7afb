/**
 * `node yiyun.mjs main|token|subgraph|scenarios …` runs a built program. All that can be wrong before one can speak for
 * itself is said here: a Node that is too old, and a build that is missing.
 */
import { existsSync, readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const [name = 'main', ...args] = process.argv.slice(2);
const program = new URL(`dist/gateway/${name}.js`, import.meta.url);
const { engines } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace('>=', '');

if (isOlder(process.versions.node, needed)) {
  fail(
    `此处为 Node ${process.versions.node}，需要 ${needed} 或更高版本：请升级 Node。`,
    `This is Node ${process.versions.node}, and ${needed} or later is needed: install a newer Node.`,
  );
} else if (!existsSync(program)) {
  fail('尚未构建：请先运行 npm ci。', 'Nothing has been built yet: run npm ci first.');
} else {
  // Node 22 and later keep what they compiled; what cannot be written there is compiled again each time.
  nodeModule.enableCompileCache?.(fileURLToPath(new URL('node_modules/.cache/yiyun', import.meta.url)));
  process.argv = [process.argv[0] ?? 'node', fileURLToPath(program), ...args];
  await import(program.href);
}

/** @param {string} version @param {string} other */
function isOlder(version, other) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

/** @param {string} zh @param {string} en */
function fail(zh, en) {
  console.error(`${zh} ${en}`);
  process.exitCode = 1;
}
