/**
 * `npm run test:servers` begins with this: what its suites need beyond Node is installed from Debian where it may be, as
 * root and with apt; elsewhere it says what is missing, and the suites say that they are skipped.
 */
import { spawnSync } from 'node:child_process';

const SERVERS = [
  { program: 'nats-server', package: 'nats-server' },
  { program: 'mariadbd', package: 'mariadb-server' },
  { program: 'chromium', package: 'chromium' },
];
const has = (/** @type {string} */ program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const apt = (/** @type {string[]} */ ...args) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });

// Servers lie in a folder that not everybody's path names.
process.env.PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;
const missing = SERVERS.filter(({ program }) => !has(program));
if (missing.length > 0 && process.getuid?.() === 0 && has('apt-get')) {
  const names = missing.map((server) => server.package);
  console.log(`安装 installing from Debian: ${names.join(', ')}`);
  apt('update', '-qq');
  for (const name of names) apt('install', '-y', '-qq', '--no-install-recommends', name);
}
const left = SERVERS.filter(({ program }) => !has(program)).map(({ program }) => program);
if (left.length > 0) console.log(`缺少，相关测试将跳过 missing, what needs them is skipped: ${left.join(', ')}`);
