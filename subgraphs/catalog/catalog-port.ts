import type { CatalogPort } from '../kit/catalog-port.ts';
import type { SubgraphEnvironment } from '../kit/subgraph-definition.ts';
import { openCatalogStore } from './store/catalog-store.ts';
import { replaceOperationDocuments } from './store/chain/scenario-rows.ts';
import { findClientGrant, insertClients, sumClientVersions } from './store/client-rows.ts';
import { insertSchemaVersions, replaceDataFields } from './store/published-writes.ts';
import { insertDefaultPurposes, readPurposeRegistry } from './store/purpose-rows.ts';
import { addUsage } from './store/usage-writes.ts';

/** The catalogue as the gateway knows it. */
export function openCatalogPort(environment: SubgraphEnvironment): CatalogPort & { close(): Promise<void> } {
  const store = openCatalogStore(environment);
  const { clock } = environment;
  return {
    findClient: (clientId) => findClientGrant(store, clientId),
    grantVersion: () => sumClientVersions(store),
    ensureClients: (clients) => insertClients(store, clients, clock.now()),
    readPurposes: () => readPurposeRegistry(store, clock.now()),
    ensurePurposes: () => insertDefaultPurposes(store),
    recordUsage: (usages) => (usages.length === 0 ? Promise.resolve() : addUsage(store, usages)),
    publishSchemas: (schemas) => insertSchemaVersions(store, schemas, clock.now()),
    publishDataFields: (fields) => replaceDataFields(store, fields, clock.now()),
    publishOperations: (operations) => replaceOperationDocuments(store, operations, clock.now()),
    close: () => store.close(),
  };
}
