import { GraphQLEnumType } from 'graphql';
import { expect, test } from 'vitest';
import { partyMemberCategories, partyOrganizationKinds } from '../../../prisma/seed/vocabulary.ts';
import { buildPartySchema } from '../../../subgraphs/party/graph/schema.ts';

test.each([
  ['PartyOrganizationKind', partyOrganizationKinds],
  ['PartyMemberCategory', partyMemberCategories],
])('%s has the values of the demo city', (name, values) => {
  const type = buildPartySchema().getType(name);

  expect(type).toBeInstanceOf(GraphQLEnumType);
  expect(
    (type as GraphQLEnumType)
      .getValues()
      .map((value) => value.name)
      .toSorted(),
  ).toEqual(values.toSorted());
});
