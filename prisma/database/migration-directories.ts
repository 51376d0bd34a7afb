import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The Postgres schema of a subgraph and the folder with its migrations. */
export interface MigrationDirectory {
  readonly schema: string;
  readonly directory: string;
}

/** The migrations of one subgraph; found from the sources and from the compiled `dist` alike. */
export function migrationDirectory(subgraph: string): MigrationDirectory {
  return { schema: subgraph, directory: join(findPackageRoot(), 'prisma', subgraph, 'migrations') };
}

/** The migrations of every subgraph that has a `prisma/<subgraph>/schema.prisma`, in the order of their names. */
export function listMigrationDirectories(): MigrationDirectory[] {
  const folder = join(findPackageRoot(), 'prisma');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'schema.prisma')))
    .sort()
    .map(migrationDirectory);
}

function findPackageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error(`no package.json above ${import.meta.dirname}`);
    folder = dirname(folder);
  }
  return folder;
}
