import { chmodSync, chownSync, constants, copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresAccount } from './postgres-account.ts';

const OF_ONE_RUN = new Set(['postmaster.pid', 'postmaster.opts']);

/** Copies a cluster that does not run, for the account that is to run it: nobody else may read the copy. */
export function copyCluster(from: string, to: string, account: PostgresAccount | undefined): void {
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (OF_ONE_RUN.has(entry.name)) continue;
    const source = join(from, entry.name);
    const copy = join(to, entry.name);
    if (entry.isDirectory()) copyCluster(source, copy, account);
    else if (entry.isFile()) {
      copyFileSync(source, copy, constants.COPYFILE_FICLONE);
      chmodSync(copy, 0o600);
      if (account !== undefined) chownSync(copy, account.uid, account.gid);
    }
  }
  if (account !== undefined) chownSync(to, account.uid, account.gid);
}
