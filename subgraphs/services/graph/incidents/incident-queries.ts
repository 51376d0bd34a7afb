import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { dueIncidentList, reportedIncidentList } from '../../store/incidents/incident-list.ts';
import { findIncidentsByNumber, type IncidentRow } from '../../store/incidents/incident-rows.ts';
import { builder } from '../builder.ts';
import { Incident, IncidentConnection, incidentLoader } from '../entities.ts';
import { assertInArea, assertPossible, IncidentQueueFilter } from './incident-filter.ts';

const IncidentSort = builder.enumType('IncidentSort', {
  description: '事件排序 Order of incidents.',
  values: {
    REPORTED_AT: { description: '上报时间 Newest first; any filter.' },
    DUE_AT: {
      description:
        '办理期限 Earliest deadline first: only open incidents that have a deadline; any filter but reportedFrom and reportedTo.',
    },
  },
});

builder.queryFields((t) => ({
  incident: t.field({
    type: Incident,
    nullable: true,
    description: '按编号查事件 An incident by global id; null outside the caller’s area.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => incidentLoader.load(id, context),
  }),
  incidentByNumber: t.field({
    type: Incident,
    nullable: true,
    description: '按事件编号查事件 An incident by its number; null outside the caller’s area.',
    args: { incidentNumber: t.arg.string({ required: true, description: '事件编号 Number that people quote.' }) },
    resolve: (_root, { incidentNumber }, context) =>
      context.loaders
        .get<IncidentRow | null>('incident:number', (numbers) =>
          findIncidentsByNumber(context.store, numbers, context.caller, context.trace),
        )
        .load(incidentNumber),
  }),
  incidents: t.field({
    type: IncidentConnection,
    description: '事件队列 Incidents of the caller’s area.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: IncidentQueueFilter, description: '筛选 Which incidents.' }),
      sort: t.arg({ type: IncidentSort, defaultValue: 'REPORTED_AT', required: true, description: '排序 Order.' }),
    },
    resolve: (_root, { filter, sort, ...page }, context, info) => {
      assertPossible(filter, sort === 'DUE_AT');
      assertInArea(filter?.divisionCode, context.caller);
      const now = context.clock.now();
      const list = sort === 'DUE_AT' ? dueIncidentList(now) : reportedIncidentList(now);
      return rootPage(list, page, { sort, filter: { ...filter } }, context, info);
    },
  }),
}));
