import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../../prisma/catalog/client/client.ts';
import type { IdSource } from '../../kit/ids.ts';
import { SqlDatabase } from '../../kit/store/sql-database.ts';
import type { SubgraphEnvironment } from '../../kit/subgraph-definition.ts';
import { SubjectHasher } from './ledger/subject-hash.ts';

/** Everything through which the catalog subgraph reaches its data. */
export interface CatalogStore {
  readonly database: SqlDatabase;
  readonly prisma: PrismaClient;
  readonly cursorKey: Buffer;
  readonly ids: IdSource;
  /** Finds subjects in the access log. */
  readonly subjectHasher: SubjectHasher;
  close(): Promise<void>;
}

export function openCatalogStore(environment: SubgraphEnvironment): CatalogStore {
  const prisma = new PrismaClient({ adapter: new PrismaPg(environment.pool, { schema: 'catalog' }) });
  return {
    database: new SqlDatabase('catalog', environment.pool),
    prisma,
    cursorKey: environment.keys.cursor,
    ids: environment.ids,
    subjectHasher: new SubjectHasher(environment.keys.subject),
    close: () => prisma.$disconnect(),
  };
}
