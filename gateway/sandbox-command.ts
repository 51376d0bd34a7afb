import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run sandbox`: the demo city with switchable failures, for teams that build before any department connects. Every
 * start is the same city anew, with the same ids; with `--data-dir` it is kept instead. Takes the options of `npm start`.
 */
const args = process.argv.slice(2);
process.env.YIYUN_SANDBOX = 'on';
if (!args.some((arg) => arg.startsWith('--data-dir')) && process.env.YIYUN_DATA_DIR === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'yiyun-sandbox-'));
  chmodSync(folder, 0o711); // else the account that runs Postgres for root cannot pass
  process.env.YIYUN_DATA_DIR = folder;
  // The hub has stopped its Postgres by then.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
await import('./main.ts');
