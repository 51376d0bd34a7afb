import type { GraphQLSchema } from 'graphql';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { builder } from './builder.ts';
import './division.ts';
import './community.ts';
import './grid.ts';
import './micro-grid.ts';
import './committee.ts';
import './community-worker.ts';
import './grid-assignment.ts';
import './person-posts.ts';
import './territory-queries.ts';
import './workforce-queries.ts';
import './assign-grid-chief.ts';

builder.queryType({ description: '查询 Everything that can be read.', card: GRAPH_CARD });
builder.mutationType({ description: '变更 Everything that can be changed.', card: GRAPH_CARD });

export function buildOrganizationsSchema(): GraphQLSchema {
  return builder.toSchema();
}
