import type { SubgraphDefinition } from '../kit/subgraph-definition.ts';
import { buildServicesSchema } from './graph/schema.ts';
import { openServicesStore, type ServicesStore } from './store/services-store.ts';

/** 服务与治理 — what is done for and with residents: facilities, service items and incidents. */
export const services: SubgraphDefinition<ServicesStore> = {
  name: 'services',
  entities: ['Facility', 'ServiceItem', 'Incident'],
  buildSchema: buildServicesSchema,
  openStore: openServicesStore,
};
