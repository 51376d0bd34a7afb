import type { DatasetDeclaration } from '../kit/ingest/dataset.ts';
import type { QualityRule } from '../kit/quality/quality-rule.ts';
import type { SubgraphDefinition } from '../kit/subgraph-definition.ts';
import { buildCatalogSchema } from './graph/schema.ts';
import { sampleFields } from './rules/knowledge/sample-fields.ts';
import { proposalMachine } from './rules/proposals/proposal-machine.ts';
import { measureQuality } from './rules/quality/measure-quality.ts';
import { submissionMachine } from './rules/register/submission-machine.ts';
import { requestMachine } from './rules/sharing/request-machine.ts';
import { ticketMachine } from './rules/verification/ticket-machine.ts';
import { type CatalogStore, openCatalogStore } from './store/catalog-store.ts';

/** 目录 — what the graph itself is: systems, data cards, operations, versions; and `node(id)` over all entities. */
export function catalog(
  foreignTypes: readonly string[],
  subgraphNames: readonly string[],
  datasets: readonly DatasetDeclaration[] = [],
  qualityRules: readonly QualityRule[] = [],
): SubgraphDefinition<CatalogStore> {
  return {
    name: 'catalog',
    entities: [
      'DepartmentSystem',
      'DataField',
      'CatalogueSubmission',
      'SharingRequest',
      'SharingGrant',
      'VerificationTicket',
      'SchemaProposal',
    ],
    machines: [submissionMachine, requestMachine, ticketMachine, proposalMachine],
    timedWork: [sampleFields, measureQuality],
    buildSchema: () => buildCatalogSchema(foreignTypes),
    openStore: (environment) => openCatalogStore(environment, subgraphNames, datasets, qualityRules),
  };
}
