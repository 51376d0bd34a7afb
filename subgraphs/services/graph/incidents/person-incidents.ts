import { findUuidKey } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import { personIncidentList } from '../../store/incidents/incident-list.ts';
import { builder, Person } from '../builder.ts';
import { IncidentConnection } from '../entities.ts';

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
    resolve: ({ id }, page, context, info) => {
      const key = findUuidKey('Person', id);
      if (key === undefined) return null;
      return pageBelow(
        personIncidentList,
        { column: 't.reporter_person_id', cast: 'uuid', key },
        page,
        NEWEST_FIRST,
        context,
        info,
      );
    },
  }),
);
