import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { findPostmaster } from './postmaster.ts';

/** What a process beside the hub sees of its data folder; it locks nothing and creates nothing. */
export interface HubFolder {
  /** Connection string of the Postgres that runs now, or undefined while none runs. */
  findDatabaseUrl(database: string): Promise<string | undefined>;
  readSecret(name: string): Buffer;
}

/**
 * Looks at the data folder of a hub from another process of the same user.
 *
 * @throws StartupProblem when no hub has been started in this folder yet.
 */
export function besideHub(folder: string): HubFolder {
  const readSecret = (name: string): Buffer => {
    const path = join(folder, 'secrets', name);
    if (!existsSync(path)) {
      throw new StartupProblem(
        `${folder} 里还没有一云的数据：请先用 npm start 启动一次枢纽，或用 --data-dir 指定它的数据目录。`,
        `There is no hub's data in ${folder} yet: start the hub once with npm start, or name its folder with --data-dir.`,
      );
    }
    return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  };
  return {
    readSecret,
    findDatabaseUrl: async (database) => {
      const location = join(folder, 'POSTGRES_LOCATION');
      const postgresPath = existsSync(location) ? readFileSync(location, 'utf8').trim() : join(folder, 'postgres');
      const server = await findPostmaster(join(postgresPath, 'cluster'), { wait: false });
      if (server === undefined || !server.ready) return undefined;
      const password = readSecret('postgres-password').toString('hex');
      return `postgresql://postgres:${password}@127.0.0.1:${server.port}/${database}`;
    },
  };
}
