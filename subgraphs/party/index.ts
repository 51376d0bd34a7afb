import type { SubgraphDefinition } from '../kit/subgraph-definition.ts';
import { partyMembersDataset } from './datasets/party-members-dataset.ts';
import { partyOrganizationsDataset } from './datasets/party-organizations-dataset.ts';
import { partyQuality } from './datasets/party-quality.ts';
import { buildPartySchema } from './graph/schema.ts';
import { developmentMachine } from './rules/development/development-machine.ts';
import { supervisionMachine } from './rules/life/supervision.ts';
import { partyFigures } from './store/figures/figure-sources.ts';
import { openPartyStore, type PartyStore } from './store/party-store.ts';

/** 党建 — party organizations from the city's committee to the micro-grid's group, and who belongs to them. */
export const party: SubgraphDefinition<PartyStore> = {
  name: 'party',
  datasets: [partyOrganizationsDataset, partyMembersDataset],
  qualityRules: partyQuality,
  entities: ['PartyOrganization', 'PartyMember', 'ListEntry'],
  machines: [supervisionMachine, developmentMachine],
  figures: partyFigures,
  buildSchema: buildPartySchema,
  openStore: openPartyStore,
};
