import { hasRight } from '../../kit/caller/caller.ts';
import { globalId } from '../../kit/global-id.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { defineConflictVocabulary, defineItemConflicts } from '../../kit/graph/item-conflict-types.ts';
import { masks } from '../../kit/graph/masks.ts';
import type { ConflictRow } from '../../kit/store/ingest/conflict-lists.ts';
import { unseal } from '../../kit/store/sealing.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import { householdsDataset } from '../datasets/households-dataset.ts';
import { peopleDataset } from '../datasets/people-dataset.ts';
import type { PeopleStore } from '../store/people-store.ts';
import { builder, PageInfo, Provenance } from './builder.ts';
import { Household, householdLoader, Person, personLoader } from './entities.ts';

const parts = {
  subgraph: 'people',
  pageInfo: PageInfo,
  provenance: Provenance,
  vocabulary: defineConflictVocabulary(builder),
  card: { grade: 3, category: 'PERSONAL' },
  statedCard: { right: 'person.identity', mask: 'all' },
} as const;

function statedValue(
  { item, statedText, statedSealed }: ConflictRow,
  { store, caller }: SubgraphContext<PeopleStore>,
): string {
  const value = statedSealed === null ? (statedText ?? '') : unseal(store.keys.field, statedSealed);
  return item === 'phone' && !hasRight(caller, 'person.contact') ? masks.phone(value) : value;
}

const persons = defineItemConflicts(builder, { ...parts, dataset: peopleDataset, about: 'a person', statedValue });
const households = defineItemConflicts(builder, {
  ...parts,
  dataset: householdsDataset,
  about: 'a household',
  statedValue,
});

builder.objectField(persons.Conflict, 'person', (t) =>
  t.field({
    type: Person,
    nullable: true,
    description: '当事人 The person; null outside the caller’s area.',
    card: KEY_CARD,
    ...personLoader.below(({ entityId }: { readonly entityId: string }) => globalId('Person', entityId)),
  }),
);

builder.objectField(households.Conflict, 'household', (t) =>
  t.field({
    type: Household,
    nullable: true,
    description: '户 The household; null outside the caller’s area.',
    card: KEY_CARD,
    ...householdLoader.below(({ entityId }: { readonly entityId: string }) => globalId('Household', entityId)),
  }),
);

persons.addTo(Person, 'this person');
households.addTo(Household, 'this household');
