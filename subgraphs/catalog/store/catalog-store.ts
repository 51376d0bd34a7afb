import { PrismaClient } from '../../../prisma/catalog/client/client.ts';
import { ChangeFeed } from '../../kit/feed/change-feed.ts';
import { SqlOutbox } from '../../kit/feed/sql-outbox.ts';
import type { IdSource } from '../../kit/ids.ts';
import type { DatasetDeclaration } from '../../kit/ingest/dataset.ts';
import type { QualityRule } from '../../kit/quality/quality-rule.ts';
import { LateClient } from '../../kit/store/late-client.ts';
import { prismaAdapter } from '../../kit/store/prisma-adapter.ts';
import { type SqlConnection, SqlDatabase } from '../../kit/store/sql-database.ts';
import type { SubgraphEnvironment } from '../../kit/subgraph-definition.ts';
import { STRICT_TARGETS, type TargetPolicy } from '../../kit/webhooks/target-policy.ts';
import { SubjectHasher } from './ledger/subject-hash.ts';

/** Everything through which the catalog subgraph reaches its data. */
export interface CatalogStore {
  readonly database: SqlDatabase;
  readonly prisma: PrismaClient;
  /** For what belongs to no operation's reads. */
  readonly pool: SqlConnection;
  readonly cursorKey: Buffer;
  /** From which departments' own subgraphs get their keys. */
  readonly signatureKey: Buffer;
  /** Seals the secrets of webhooks. */
  readonly fieldKey: Buffer;
  /** Where webhooks may be sent to. */
  readonly webhookTargets: TargetPolicy;
  /** What departments can send: mappings are proved against it. */
  readonly datasets: readonly DatasetDeclaration[];
  /** What is expected of the rows of all subgraphs' datasets. */
  readonly qualityRules: readonly QualityRule[];
  readonly ids: IdSource;
  /** Finds subjects in the access log. */
  readonly subjectHasher: SubjectHasher;
  /** 变更流: the events of all subgraphs. */
  readonly changes: ChangeFeed;
  close(): Promise<void>;
}

/** @param subgraphs whose events are shown, where the process does not follow them itself. */
export function openCatalogStore(
  environment: SubgraphEnvironment,
  subgraphs: readonly string[] = ['catalog'],
  datasets: readonly DatasetDeclaration[] = [],
  qualityRules: readonly QualityRule[] = [],
): CatalogStore {
  const { pool, ids, keys } = environment;
  const own =
    environment.changes === undefined
      ? new ChangeFeed({ outboxes: [new SqlOutbox(pool, subgraphs, ids)], keys })
      : undefined;
  const prisma = new LateClient(() => new PrismaClient({ adapter: prismaAdapter(environment.pool, 'catalog') }));
  return {
    database: new SqlDatabase('catalog', environment.pool),
    get prisma() {
      return prisma.client;
    },
    pool,
    cursorKey: environment.keys.cursor,
    signatureKey: environment.keys.signature,
    fieldKey: environment.keys.field,
    datasets,
    qualityRules,
    webhookTargets: environment.webhookTargets ?? STRICT_TARGETS,
    ids: environment.ids,
    subjectHasher: new SubjectHasher(environment.keys.subject),
    changes: environment.changes ?? (own as ChangeFeed), // one of the two is there
    close: async () => {
      await own?.close();
      await prisma.close();
    },
  };
}
