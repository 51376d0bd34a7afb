import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../../prisma/services/client/client.ts';
import type { IdSource } from '../../kit/ids.ts';
import { keyedHash } from '../../kit/store/sealing.ts';
import { SqlDatabase } from '../../kit/store/sql-database.ts';
import type { SubgraphEnvironment } from '../../kit/subgraph-definition.ts';

/** Everything through which the services subgraph reaches its data. */
export interface ServicesStore {
  readonly database: SqlDatabase;
  readonly prisma: PrismaClient;
  readonly cursorKey: Buffer;
  /** Turns incident ids into case codes and back. */
  readonly caseKey: Buffer;
  /** Turns ids of reports into receipt codes and back. */
  readonly receiptKey: Buffer;
  /** Hashes voters, so that a ballot names nobody. */
  readonly voterKey: Buffer;
  readonly ids: IdSource;
  close(): Promise<void>;
}

export function openServicesStore(environment: SubgraphEnvironment): ServicesStore {
  const prisma = new PrismaClient({ adapter: new PrismaPg(environment.pool, { schema: 'services' }) });
  return {
    database: new SqlDatabase('services', environment.pool),
    prisma,
    cursorKey: environment.keys.cursor,
    caseKey: keyedHash(environment.keys.lookup, 'yiyun/case-code'),
    receiptKey: keyedHash(environment.keys.lookup, 'yiyun/report-receipt'),
    voterKey: keyedHash(environment.keys.lookup, 'yiyun/voter'),
    ids: environment.ids,
    close: () => prisma.$disconnect(),
  };
}
