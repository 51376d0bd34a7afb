import { PrismaClient } from '../../../prisma/party/client/client.ts';
import type { IdSource } from '../../kit/ids.ts';
import { LateClient } from '../../kit/store/late-client.ts';
import { prismaAdapter } from '../../kit/store/prisma-adapter.ts';
import { SqlDatabase } from '../../kit/store/sql-database.ts';
import type { SubgraphEnvironment } from '../../kit/subgraph-definition.ts';

/** Everything through which the party subgraph reaches its data. */
export interface PartyStore {
  readonly database: SqlDatabase;
  readonly prisma: PrismaClient;
  readonly cursorKey: Buffer;
  readonly ids: IdSource;
  close(): Promise<void>;
}

export function openPartyStore(environment: SubgraphEnvironment): PartyStore {
  const prisma = new LateClient(() => new PrismaClient({ adapter: prismaAdapter(environment.pool, 'party') }));
  return {
    database: new SqlDatabase('party', environment.pool),
    get prisma() {
      return prisma.client;
    },
    cursorKey: environment.keys.cursor,
    ids: environment.ids,
    close: () => prisma.close(),
  };
}
