import { PrismaClient } from '../../../prisma/services/client/client.ts';
import { FollowCodes } from '../../kit/follow-codes.ts';
import type { IdSource } from '../../kit/ids.ts';
import { LateClient } from '../../kit/store/late-client.ts';
import { prismaAdapter } from '../../kit/store/prisma-adapter.ts';
import { keyedHash } from '../../kit/store/sealing.ts';
import { SqlDatabase } from '../../kit/store/sql-database.ts';
import type { SubgraphEnvironment } from '../../kit/subgraph-definition.ts';

/** Everything through which the services subgraph reaches its data. */
export interface ServicesStore {
  readonly database: SqlDatabase;
  readonly prisma: PrismaClient;
  readonly cursorKey: Buffer;
  /** Turns ids into the codes under which their progress is followed, and back. */
  readonly codes: FollowCodes;
  /** Hashes voters, so that a ballot names nobody. */
  readonly voterKey: Buffer;
  readonly ids: IdSource;
  close(): Promise<void>;
}

export function openServicesStore(environment: SubgraphEnvironment): ServicesStore {
  const prisma = new LateClient(() => new PrismaClient({ adapter: prismaAdapter(environment.pool, 'services') }));
  return {
    database: new SqlDatabase('services', environment.pool),
    get prisma() {
      return prisma.client;
    },
    cursorKey: environment.keys.cursor,
    codes: new FollowCodes(environment.keys.lookup),
    voterKey: keyedHash(environment.keys.lookup, 'yiyun/voter'),
    ids: environment.ids,
    close: () => prisma.close(),
  };
}
