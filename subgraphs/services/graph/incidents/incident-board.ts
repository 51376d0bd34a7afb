import { graphProblem } from '../../../kit/codes/problems.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { requireDivisionCode } from '../../../kit/store/division-filter.ts';
import { overlapsArea } from '../../rules/area-overlap.ts';
import { type IncidentBoardRow, readIncidentBoard } from '../../store/incidents/incident-board.ts';
import { workList } from '../../store/incidents/incident-list.ts';
import { builder } from '../builder.ts';
import { IncidentConnection } from '../entities.ts';
import { INCIDENT_CARD } from './incident-card.ts';

const IncidentBoardRowType = builder.objectRef<IncidentBoardRow>('IncidentBoardRow').implement({
  description: '事件态势 Open incidents of one division or grid.',
  card: { ...INCIDENT_CARD, unit: '件 incidents', derivedFrom: 'count of Incident where closedAt is null' },
  fields: (t) => ({
    code: t.exposeString('code', {
      description: '区划或网格代码 6, 9, 12 or 15 digits; ask again with it to drill down.',
      card: { derivedFrom: 'key' },
    }),
    open: t.exposeInt('open', { description: '未结 Open.' }),
    overdue: t.exposeInt('overdue', { description: '超期 Open and past their deadline now.' }),
    unaccepted: t.exposeInt('unaccepted', { description: '未受理 Reported and not accepted yet.' }),
  }),
});

builder.queryFields((t) => ({
  incidentBoard: t.field({
    type: [IncidentBoardRowType],
    description:
      '事件态势 Open incidents of a division by the divisions (or grids) below it, inside the caller’s area.',
    args: {
      divisionCode: t.arg.string({ required: true, description: '区划或网格代码 4, 6, 9, 12 or 15 digits.' }),
    },
    resolve: (_root, { divisionCode }, { store, caller, clock, trace }) => {
      const code = requireDivisionCode('divisionCode', divisionCode, [4, 6, 9, 12, 15]);
      if (!overlapsArea(caller, code)) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'divisionCode',
          reasonZh: '该区划不在您的辖区内',
          reasonEn: 'this division lies outside your area',
        });
      }
      return readIncidentBoard(store, code, caller, clock.now(), trace);
    },
  }),
  myWorkItems: t.field({
    type: IncidentConnection,
    description:
      '我的待办 Open incidents that the caller’s department handles in its area, the earliest deadline first.',
    args: pageArguments(t.arg),
    resolve: (_root, page, context, info) =>
      rootPage(workList(context.caller.departmentCode), page, { sort: 'DUE_AT', filter: {} }, context, info),
  }),
}));
