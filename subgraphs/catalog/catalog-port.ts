import type { CatalogPort, WebhookDeliveries } from '../kit/catalog-port.ts';
import type { ExportWork } from '../kit/exports/export-work.ts';
import type { SourceWork } from '../kit/ingest/sources/source-work.ts';
import { OperationTrace } from '../kit/operation-trace.ts';
import type { SubgraphEnvironment } from '../kit/subgraph-definition.ts';
import { runClocks } from './rules/matters/run-clocks.ts';
import { publishGraph } from './rules/versions/publish-graph.ts';
import { findPublishedYears } from './store/calendar/calendar-rows.ts';
import { openCatalogStore } from './store/catalog-store.ts';
import { findClientGrant, insertClients, sumClientVersions } from './store/clients/client-rows.ts';
import { hasLiveSecret } from './store/clients/client-secret-rows.ts';
import { findTrustedText } from './store/clients/manifest-rows.ts';
import { openOidcStates } from './store/clients/oidc-states.ts';
import { findDictionary } from './store/dictionaries/dictionary-rows.ts';
import { openExportWork } from './store/exports/export-work.ts';
import { addFieldLatencies } from './store/external/latency-writes.ts';
import { indexDataFields } from './store/field-search.ts';
import { checkpointKeys, signCheckpoint } from './store/ledger/ledger-checkpoint.ts';
import { dropExpiredMonths } from './store/ledger/ledger-retention.ts';
import { LedgerWriter } from './store/ledger/ledger-writer.ts';
import { WrittenLines } from './store/ledger/written-lines.ts';
import { insertDefaultPurposes, readPurposeRegistry } from './store/purpose-rows.ts';
import { openSourceWork } from './store/sources/source-work.ts';
import { addUsage } from './store/usage-writes.ts';
import { findGraphState, findVersionTexts, noteGraphLoad } from './store/versions/graph-release.ts';
import { openWebhookDeliveries } from './store/webhooks/webhook-deliveries.ts';

/**
 * The catalogue as the gateway knows it.
 *
 * @param subgraphs whose tables lie in this database: their writes get their lines in the access log.
 */
export function openCatalogPort(
  environment: SubgraphEnvironment,
  subgraphs: readonly string[] = ['catalog'],
): CatalogPort & {
  /** What the dispatcher of webhooks works on. */
  readonly webhooks: WebhookDeliveries;
  /** What the runner of exports works on. */
  readonly exports: ExportWork;
  /** Mappings of department systems, and what fetching from them works on. */
  readonly sources: SourceWork;
  close(): Promise<void>;
} {
  const store = openCatalogStore(environment);
  const { clock } = environment;
  const ledger = new LedgerWriter(environment.pool, environment.ids, environment.keys);
  const written = new WrittenLines(
    environment.pool,
    new LedgerWriter(environment.pool, environment.ids, environment.keys),
  );
  const signing = checkpointKeys(environment.keys.checkpoint);
  return {
    findClient: (clientId) => findClientGrant(store, clientId, clock.now()),
    isClientSecret: (clientId, secret) => hasLiveSecret(store, clientId, secret, new Date()),
    oidcStates: openOidcStates(store),
    webhooks: openWebhookDeliveries(environment.pool, environment.keys.field, environment.ids),
    exports: openExportWork(environment.pool, environment.ids),
    sources: openSourceWork(environment.pool),
    findTrustedText: (hash) => findTrustedText(store, hash),
    findDictionary: (name, version) => findDictionary(store, name, version, new OperationTrace()),
    readSchemaVersions: (graph, take) =>
      store.prisma.schemaVersion.findMany({
        where: { graph },
        orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
        take,
        select: { hash: true, sdl: true, publishedAt: true },
      }),
    grantVersion: () => sumClientVersions(store),
    ensureClients: (clients) => insertClients(environment.pool, clients, clock.now()),
    readPurposes: () => readPurposeRegistry(store, clock.now()),
    ensurePurposes: () => insertDefaultPurposes(environment.pool),
    readCalendarYears: () => findPublishedYears(environment.pool),
    runClocks: () => runClocks(store, clock),
    dropExpiredAccess: async () => (await dropExpiredMonths(environment.pool, environment.keys, clock.now())).dropped,
    recordUsage: (usages) => (usages.length === 0 ? Promise.resolve() : addUsage(store, usages)),
    recordAccess: (records) => ledger.append(records),
    recordWrites: (isSubject) => written.record(subgraphs, isSubject),
    signCheckpoint: () => signCheckpoint(environment.pool, signing, clock.now()),
    publishGraph: (graph) => publishGraph(environment.pool, store, graph, clock.now()),
    graphState: () => findGraphState(environment.pool, clock.now()),
    findRelease: () => findVersionTexts(environment.pool),
    recordFieldLatency: (reports) => addFieldLatencies(environment.pool, reports),
    noteGraphLoad: (load) => noteGraphLoad(environment.pool, load, new Date()),
    indexDataFields: () => indexDataFields(environment.pool),
    close: () => store.close(),
  };
}
