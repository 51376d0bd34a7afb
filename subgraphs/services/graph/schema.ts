import type { GraphQLSchema } from 'graphql';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { builder } from './builder.ts';
import './facility.ts';
import './facility-queries.ts';
import './community-facilities.ts';
import './service-item.ts';
import './incident.ts';
import './incident-transition.ts';
import './incident-queries.ts';
import './territory-incidents.ts';
import './person-incidents.ts';
import './report-incident.ts';

builder.queryType({ description: '查询 Everything that can be read.', card: GRAPH_CARD });
builder.mutationType({ description: '变更 Everything that can be changed.', card: GRAPH_CARD });

export function buildServicesSchema(): GraphQLSchema {
  return builder.toSchema();
}
