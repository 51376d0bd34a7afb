import { isRefusal } from '../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { type IncidentReported, reportIncident } from '../rules/report-incident.ts';
import { builder, refusalTypes } from './builder.ts';
import { Incident, incidentLoader } from './entities.ts';
import { IncidentCategory, IncidentChannel, IncidentSeverity } from './vocabulary.ts';

const ReportIncidentInput = builder.inputType('ReportIncidentInput', {
  description: '事件上报 What happened where.',
  fields: (t) => ({
    category: t.field({ type: IncidentCategory, required: true, description: '事件类别 What it is about.' }),
    title: t.string({
      required: true,
      description: '事件标题 2 to 120 characters; no citizen or telephone numbers.',
    }),
    severity: t.field({ type: IncidentSeverity, required: true, description: '严重程度 How grave it is.' }),
    gridId: t.id({ required: true, description: '所在网格 The grid, inside the caller’s area.' }),
    channel: t.field({ type: IncidentChannel, required: true, description: '上报渠道 How it came in.' }),
    reporterId: t.id({ description: '上报人 The person who reported it, where known.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

const ReportIncidentSuccess = builder
  .objectRef<IncidentReported & { __typename: 'ReportIncidentSuccess' }>('ReportIncidentSuccess')
  .implement({
    description: '上报完成 The incident was recorded.',
    card: GRAPH_CARD,
    fields: (t) => ({
      incident: t.field({
        type: Incident,
        nullable: true,
        description: '事件 The incident; null when it has left the caller’s area since.',
        resolve: ({ incidentId }, _args, context) => incidentLoader.load(incidentId, context),
      }),
    }),
  });

const ReportIncidentPayload = builder.unionType('ReportIncidentPayload', {
  description: '上报结果 Done, or why not.',
  types: [ReportIncidentSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationFields((t) => ({
  reportIncident: t.field({
    type: ReportIncidentPayload,
    nullable: true,
    description: '上报事件 Records an incident in a grid; its deadline starts when it is accepted.',
    card: { source: 'political-legal', right: 'incident.write' },
    args: { input: t.arg({ type: ReportIncidentInput, required: true, description: '输入 What to report.' }) },
    resolve: async (_root, { input }, { store, caller, clock, loaders }) => {
      const result = await reportIncident(store, caller, clock, input);
      loaders.clear();
      return isRefusal(result) ? result : { __typename: 'ReportIncidentSuccess' as const, ...result };
    },
  }),
}));
