import { findUuidKey } from '../../kit/global-id.ts';
import type { EntityReference } from '../../kit/graph/foreign-entity.ts';
import { loadedBelow } from '../../kit/graph/loaded-below.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import { findMembersByPerson, type PartyMemberRow } from '../store/member-rows.ts';
import type { PartyStore } from '../store/party-store.ts';
import { builder, Person } from './builder.ts';
import { MEMBERSHIP } from './cards.ts';
import { PartyMember } from './entities.ts';

/** All persons of a step share one statement. */
function membersOfPersons({ store, caller, trace, loaders, wanted }: SubgraphContext<PartyStore>) {
  return loaders.batch<PartyMemberRow | null>('memberOfPerson', (ids) =>
    findMembersByPerson(store, ids, caller, trace, wanted?.get('PartyMember')),
  );
}

builder.objectField(Person, 'partyMembership', (t) =>
  t.field({
    type: PartyMember,
    nullable: true,
    description: '党员身份 The person as a party member; null for others, and outside the caller’s area.',
    card: { ...MEMBERSHIP, derivedFrom: 'PartyMember of the person' },
    ...loadedBelow({
      keyOf: ({ id }: EntityReference) => findUuidKey('Person', id),
      loaderOf: (_args: object, context: SubgraphContext<PartyStore>) => membersOfPersons(context),
    }),
  }),
);

builder.objectField(Person, 'heldPartyMaterials', (t) =>
  t.stringList({
    nullable: true,
    description:
      '党务登记在库的材料 Codes of the papers that the party register holds of the person: PARTY_MEMBERSHIP. That they are held, not what they say.',
    card: { ...MEMBERSHIP, derivedFrom: 'whether the membership is there' },
    resolve: async ({ id }, _args, context) => {
      const key = findUuidKey('Person', id);
      if (key === undefined) return null;
      const member = await membersOfPersons(context).load(key);
      return member === null ? [] : ['PARTY_MEMBERSHIP'];
    },
  }),
);
