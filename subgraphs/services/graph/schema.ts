import type { GraphQLSchema } from 'graphql';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { builder } from './builder.ts';
import './deliberation/deliberation.ts';
import './deliberation/deliberation-mutations.ts';
import './deliberation/disclosure.ts';
import './volunteering/volunteering.ts';
import './facilities/facility.ts';
import './facilities/facility-queries.ts';
import './facilities/community-facilities.ts';
import './items/service-item.ts';
import './items/service-guide.ts';
import './items/publish-service-guide.ts';
import './window/service-request.ts';
import './window/request-queries.ts';
import './window/open-request.ts';
import './window/advance-request.ts';
import './window/agency.ts';
import './window/order-service.ts';
import './certificates/certificate-item.ts';
import './certificates/issued-certificate.ts';
import './incidents/incident.ts';
import './incidents/incident-transition.ts';
import './incidents/incident-queries.ts';
import './incidents/territory-incidents.ts';
import './incidents/person-incidents.ts';
import './incidents/report-incident.ts';
import './incidents/advance-incident.ts';
import './incidents/submit-appeal.ts';
import './incidents/ingest-vision-event.ts';
import './incidents/case-progress.ts';
import './incidents/alert.ts';
import './incidents/inspection.ts';
import './incidents/mediation.ts';
import './incidents/incident-board.ts';
import './overview/place-matters.ts';

builder.queryType({ description: '查询 Everything that can be read.', card: GRAPH_CARD });
builder.mutationType({ description: '变更 Everything that can be changed.', card: GRAPH_CARD });

export function buildServicesSchema(): GraphQLSchema {
  return builder.toSchema();
}
