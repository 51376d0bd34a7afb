import { globalId } from '../../kit/global-id.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { defineImports } from '../../kit/graph/import-types.ts';
import { defineConflictVocabulary, defineItemConflicts } from '../../kit/graph/item-conflict-types.ts';
import { partyMembersDataset } from '../datasets/party-members-dataset.ts';
import { partyOrganizationsDataset } from '../datasets/party-organizations-dataset.ts';
import { builder, PageInfo, Provenance } from './builder.ts';
import { MEMBERSHIP } from './cards.ts';
import { memberLoader, organizationLoader, PartyMember, PartyOrganization } from './entities.ts';

defineImports(builder, PageInfo, {
  subgraph: 'party',
  title: 'Party',
  datasets: [partyOrganizationsDataset, partyMembersDataset],
});

const parts = {
  subgraph: 'party',
  pageInfo: PageInfo,
  provenance: Provenance,
  vocabulary: defineConflictVocabulary(builder),
  statedValue: ({ statedText }: { readonly statedText: string | null }) => statedText ?? '',
} as const;

const organizations = defineItemConflicts(builder, {
  ...parts,
  dataset: partyOrganizationsDataset,
  about: 'a party organization',
  card: { grade: 2, category: 'GOVERNMENT' },
  statedCard: {},
});
/** A conflict says of nobody that he is a member: the member and what was stated need the right to memberships. */
const members = defineItemConflicts(builder, {
  ...parts,
  dataset: partyMembersDataset,
  about: 'a party member',
  card: { grade: 2, category: 'GOVERNMENT' },
  statedCard: { ...MEMBERSHIP, mask: 'all' },
});

builder.objectField(organizations.Conflict, 'partyOrganization', (t) =>
  t.field({
    type: PartyOrganization,
    nullable: true,
    description: '党组织 The organization.',
    card: KEY_CARD,
    ...organizationLoader.below(({ entityId }: { readonly entityId: string }) =>
      globalId('PartyOrganization', entityId),
    ),
  }),
);

builder.objectField(members.Conflict, 'partyMember', (t) =>
  t.field({
    type: PartyMember,
    nullable: true,
    description: '党员 The member; null outside the caller’s area.',
    card: MEMBERSHIP,
    ...memberLoader.below(({ entityId }: { readonly entityId: string }) => globalId('PartyMember', entityId)),
  }),
);

organizations.addTo(PartyOrganization, 'this organization');
members.addTo(PartyMember, 'this member');
