import type { SubgraphDefinition } from '../kit/subgraph-definition.ts';
import { buildOrganizationsSchema } from './graph/schema.ts';
import { type OrganizationsStore, openOrganizationsStore } from './store/organizations-store.ts';

/** 区划、组织与队伍 — the territory from province to micro-grid, the committees, the workforce and its posts. */
export const organizations: SubgraphDefinition<OrganizationsStore> = {
  name: 'organizations',
  entities: ['Division', 'Community', 'Grid', 'MicroGrid', 'Committee', 'CommunityWorker', 'GridAssignment'],
  buildSchema: buildOrganizationsSchema,
  openStore: openOrganizationsStore,
};
