import type { GraphQLSchema } from 'graphql';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { builder } from './builder.ts';
import './party-organization.ts';
import './party-member.ts';
import './territory-party.ts';
import './person-party.ts';
import './party-queries.ts';
import './imports.ts';
import './transfer-membership.ts';
import './life/meeting.ts';
import './life/post-claim.ts';
import './life/supervision-finding.ts';
import './linkage/engagement.ts';
import './linkage/engagement-mutations.ts';
import './linkage/list-entry.ts';
import './linkage/volunteer-station.ts';
import './development/member-category.ts';
import './development/develop-member.ts';
import './establish-organization.ts';
import './overview/place-party.ts';
import './overview/indicator-party.ts';

builder.queryType({ description: '查询 Everything that can be read.', card: GRAPH_CARD });
builder.mutationType({ description: '变更 Everything that can be changed.', card: GRAPH_CARD });

export function buildPartySchema(): GraphQLSchema {
  return builder.toSchema({ sortSchema: false });
}
