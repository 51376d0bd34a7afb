import { PrismaClient } from '../../../prisma/people/client/client.ts';
import type { IdSource } from '../../kit/ids.ts';
import { LateClient } from '../../kit/store/late-client.ts';
import { prismaAdapter } from '../../kit/store/prisma-adapter.ts';
import type { SealingKeys } from '../../kit/store/sealing.ts';
import { SqlDatabase } from '../../kit/store/sql-database.ts';
import type { SubgraphEnvironment } from '../../kit/subgraph-definition.ts';

/** Everything through which the people subgraph reaches its data. */
export interface PeopleStore {
  readonly database: SqlDatabase;
  readonly prisma: PrismaClient;
  readonly keys: SealingKeys;
  readonly cursorKey: Buffer;
  readonly ids: IdSource;
  close(): Promise<void>;
}

export function openPeopleStore(environment: SubgraphEnvironment): PeopleStore {
  const prisma = new LateClient(() => new PrismaClient({ adapter: prismaAdapter(environment.pool, 'people') }));
  return {
    database: new SqlDatabase('people', environment.pool),
    get prisma() {
      return prisma.client;
    },
    keys: environment.keys,
    cursorKey: environment.keys.cursor,
    ids: environment.ids,
    close: () => prisma.close(),
  };
}
