import { findUuidKey } from '../../../kit/global-id.ts';
import { type PageArguments, pageArguments, pagesBelow } from '../../../kit/graph/connection.ts';
import type { EntityReference } from '../../../kit/graph/foreign-entity.ts';
import { loadedBelow } from '../../../kit/graph/loaded-below.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { personIncidentList } from '../../store/incidents/incident-list.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Person } from '../builder.ts';
import { IncidentConnection } from '../entities.ts';

const BELOW_REPORTER = { column: 't.reporter_person_id', cast: 'uuid' } as const;
const NEWEST_FIRST = { sort: 'REPORTED_AT', filter: {} };

builder.objectField(Person, 'reportedIncidents', (t) =>
  t.field({
    type: IncidentConnection,
    nullable: true,
    description: '上报的事件 Incidents inside the caller’s area that the person reported, newest first.',
    card: {
      source: 'political-legal',
      sharing: 'CONDITIONAL',
      grade: 3,
      category: 'PERSONAL',
      right: 'incident.reporter',
    },
    args: pageArguments(t.arg),
    ...loadedBelow({
      keyOf: ({ id }: EntityReference) => findUuidKey('Person', id),
      loaderOf: (page: PageArguments, context: SubgraphContext<ServicesStore>, info) =>
        pagesBelow(personIncidentList, BELOW_REPORTER, page, NEWEST_FIRST, context, info),
    }),
  }),
);
