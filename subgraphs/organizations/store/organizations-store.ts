import { PrismaClient } from '../../../prisma/organizations/client/client.ts';
import type { IdSource } from '../../kit/ids.ts';
import { LateClient } from '../../kit/store/late-client.ts';
import { prismaAdapter } from '../../kit/store/prisma-adapter.ts';
import { SqlDatabase } from '../../kit/store/sql-database.ts';
import type { SubgraphEnvironment } from '../../kit/subgraph-definition.ts';

/** Everything through which the organizations subgraph reaches its data. */
export interface OrganizationsStore {
  readonly database: SqlDatabase;
  readonly prisma: PrismaClient;
  readonly cursorKey: Buffer;
  readonly ids: IdSource;
  close(): Promise<void>;
}

export function openOrganizationsStore(environment: SubgraphEnvironment): OrganizationsStore {
  const prisma = new LateClient(() => new PrismaClient({ adapter: prismaAdapter(environment.pool, 'organizations') }));
  return {
    database: new SqlDatabase('organizations', environment.pool),
    get prisma() {
      return prisma.client;
    },
    cursorKey: environment.keys.cursor,
    ids: environment.ids,
    close: () => prisma.close(),
  };
}
