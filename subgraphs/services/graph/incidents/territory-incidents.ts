import { findCodeKey } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { overlapsArea } from '../../rules/area-overlap.ts';
import { countOpenIncidents } from '../../store/incidents/incident-counts.ts';
import { reportedIncidentList } from '../../store/incidents/incident-list.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Community, Grid } from '../builder.ts';
import { IncidentConnection } from '../entities.ts';
import { assertPossible, IncidentFilter } from './incident-filter.ts';

const COUNT_CARD: DataCard = {
  source: 'political-legal',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
  unit: '件 incidents',
  derivedFrom: 'count of Incident where closedAt is null',
};

/** The count inside the caller's area; null where none of the territory is: a zero would be a wrong one. */
async function openIncidentCount(
  tier: 'community' | 'grid',
  code: string | undefined,
  context: SubgraphContext<ServicesStore>,
): Promise<number | null> {
  const { caller, loaders, store, trace } = context;
  if (code === undefined || !overlapsArea(caller, code)) return null;
  return loaders
    .get<number>(`${tier}:openIncidentCount`, (codes) => countOpenIncidents(store, tier, codes, caller, trace))
    .load(code);
}

builder.objectFields(Community, (t) => ({
  incidents: t.field({
    type: IncidentConnection,
    description: '事件 Incidents of the community inside the caller’s area, newest first.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: IncidentFilter, description: '筛选 Which incidents.' }),
    },
    resolve: ({ id }, { filter, ...page }, context, info) => {
      assertPossible(filter, false);
      return pageBelow(
        { ...reportedIncidentList(context.clock.now()), name: 'services.community_incidents' },
        { column: 't.community_code', cast: 'text', key: findCodeKey('Community', 12, id) ?? '' },
        page,
        { sort: 'REPORTED_AT', filter: { ...filter } },
        context,
        info,
      );
    },
  }),
  openIncidentCount: t.int({
    nullable: true,
    description: '未结事件数 Open incidents inside the caller’s area; null where none of the community lies in it.',
    card: COUNT_CARD,
    resolve: ({ id }, _args, context) => openIncidentCount('community', findCodeKey('Community', 12, id), context),
  }),
}));

builder.objectFields(Grid, (t) => ({
  incidents: t.field({
    type: IncidentConnection,
    description: '事件 Incidents of the grid inside the caller’s area, newest first.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: IncidentFilter, description: '筛选 Which incidents.' }),
    },
    resolve: ({ id }, { filter, ...page }, context, info) => {
      assertPossible(filter, false);
      return pageBelow(
        { ...reportedIncidentList(context.clock.now()), name: 'services.grid_incidents' },
        { column: 't.grid_code', cast: 'text', key: findCodeKey('Grid', 15, id) ?? '' },
        page,
        { sort: 'REPORTED_AT', filter: { ...filter } },
        context,
        info,
      );
    },
  }),
  openIncidentCount: t.int({
    nullable: true,
    description: '未结事件数 Open incidents of the grid; null outside the caller’s area.',
    card: COUNT_CARD,
    resolve: ({ id }, _args, context) => openIncidentCount('grid', findCodeKey('Grid', 15, id), context),
  }),
}));
