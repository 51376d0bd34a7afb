import { globalId } from '../../../kit/global-id.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineConflictVocabulary, defineItemConflicts } from '../../../kit/graph/item-conflict-types.ts';
import { organizationsDataset } from '../../datasets/organizations-dataset.ts';
import { builder, PageInfo, Provenance } from '../builder.ts';
import { Organization, organizationLoader } from '../entities.ts';

const organizations = defineItemConflicts(builder, {
  subgraph: 'organizations',
  dataset: organizationsDataset,
  pageInfo: PageInfo,
  provenance: Provenance,
  vocabulary: defineConflictVocabulary(builder),
  about: 'a body',
  card: { grade: 2, category: 'GOVERNMENT' },
  statedCard: {},
  statedValue: ({ statedText }) => statedText ?? '',
});

builder.objectField(organizations.Conflict, 'organization', (t) =>
  t.field({
    type: Organization,
    nullable: true,
    description: '组织机构 The body.',
    card: KEY_CARD,
    ...organizationLoader.below(({ entityId }: { readonly entityId: string }) => globalId('Organization', entityId)),
  }),
);

organizations.addTo(Organization, 'this body');
