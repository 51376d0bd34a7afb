import type { GraphQLSchema } from 'graphql';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { builder } from './builder.ts';
import './territory/division.ts';
import './territory/community.ts';
import './territory/grid.ts';
import './territory/micro-grid.ts';
import './bodies/committee.ts';
import './workforce/community-worker.ts';
import './workforce/grid-assignment.ts';
import './workforce/person-posts.ts';
import './territory/territory-queries.ts';
import './workforce/workforce-queries.ts';
import './workforce/assign-grid-chief.ts';
import './organization-rule.ts';
import './worker-file/certificate.ts';
import './worker-file/registration.ts';
import './worker-file/training.ts';
import './worker-file/training-figures.ts';
import './worker-file/service-record.ts';
import './worker-file/worker-record.ts';
import './worker-file/register-social-worker.ts';
import './worker-file/record-attendance.ts';
import './worker-file/open-service-record.ts';
import './worker-file/record-in-file.ts';
import './worker-file/set-worker-grade.ts';
import './bodies/organization.ts';
import './bodies/engagement.ts';
import './bodies/engagement-coverage.ts';
import './bodies/fund.ts';
import './bodies/change-bodies.ts';
import './elections/election.ts';
import './elections/run-election.ts';
import './workforce/post.ts';
import './workforce/recruitment.ts';
import './registers/policy.ts';
import './registers/programme.ts';
import './registers/indicator.ts';
import './registers/change-registers.ts';
import './territory/division-change.ts';
import './workforce/create-post.ts';
import './workforce/recruit.ts';

builder.queryType({ description: '查询 Everything that can be read.', card: GRAPH_CARD });
builder.mutationType({ description: '变更 Everything that can be changed.', card: GRAPH_CARD });

export function buildOrganizationsSchema(): GraphQLSchema {
  return builder.toSchema();
}
