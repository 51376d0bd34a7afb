import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { reportIncident } from '../../rules/incidents/report-incident.ts';
import { AttachmentInput } from '../attachment.ts';
import { builder } from '../builder.ts';
import { Incident, incidentLoader } from '../entities.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { IncidentCategory, IncidentChannel, IncidentSeverity } from '../vocabulary.ts';

const ReportIncidentInput = builder.inputType('ReportIncidentInput', {
  description: '事件上报 What happened where.',
  fields: (t) => ({
    category: t.field({ type: IncidentCategory, required: true, description: '事件类别 What it is about.' }),
    title: t.string({
      required: true,
      description: '事件标题 2 to 120 characters; no citizen or telephone numbers.',
    }),
    severity: t.field({ type: IncidentSeverity, required: true, description: '严重程度 How grave it is.' }),
    gridId: t.id({
      references: { type: 'Grid', refusal: 'GRID_NOT_FOUND' },
      required: true,
      description: '所在网格 The grid, inside the caller’s area.',
    }),
    channel: t.field({ type: IncidentChannel, required: true, description: '上报渠道 How it came in.' }),
    reporterId: t.id({
      references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
      description: '上报人 The person who reported it, where known.',
    }),
    attachments: t.field({ type: [AttachmentInput], description: '附件 Up to 9 references.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

defineMutation(builder, {
  name: 'reportIncident',
  description: '上报事件 Records an incident in a grid; its deadline starts when it is accepted.',
  card: { source: 'political-legal', right: 'incident.write' },
  input: ReportIncidentInput,
  refusals: plainRefusals,
  run: (input, context) => reportIncident(context, input),
  result: {
    field: 'incident',
    type: Incident,
    description: '事件 The incident.',
    load: ({ incidentId }, context) => incidentLoader.load(incidentId, context),
  },
});
