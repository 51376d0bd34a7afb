import type { GraphQLSchema } from 'graphql';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { builder } from './builder.ts';
import './person.ts';
import './household.ts';
import './dwelling.ts';
import './residence.ts';
import './person-queries.ts';
import './match-persons.ts';
import './find-person.ts';
import './territory-people.ts';
import './seasonal-residents.ts';
import './committee-scale.ts';
import './change-residence.ts';
import './care/care-tag.ts';
import './care/elder-alert.ts';
import './care/change-care.ts';
import './addresses/standard-address.ts';
import './moves/follow-division-change.ts';
import './addresses/find-address.ts';
import './addresses/change-addresses.ts';
import './statistics/population-release.ts';
import './imports.ts';
import './item-conflict.ts';
import './identity/person-merge.ts';
import './identity/identity-candidate.ts';
import './identity/change-identity.ts';
import './overview/place-population.ts';
import './overview/indicator-people.ts';
import './checks/department-check.ts';
import './checks/held-materials.ts';

builder.queryType({ description: '查询 Everything that can be read.', card: GRAPH_CARD });
builder.mutationType({ description: '变更 Everything that can be changed.', card: GRAPH_CARD });

export function buildPeopleSchema(): GraphQLSchema {
  return builder.toSchema({ sortSchema: false });
}
