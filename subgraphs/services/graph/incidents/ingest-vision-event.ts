import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { ingestVisionEvent, type VisionEventIngested } from '../../rules/incidents/ingest-vision-event.ts';
import { AttachmentInput } from '../attachment.ts';
import { builder } from '../builder.ts';
import { Incident, incidentLoader } from '../entities.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { IncidentCategory } from '../vocabulary.ts';

const VisionSighting = builder.objectRef<VisionEventIngested>('VisionSighting').implement({
  description: '识别结果 What became of a sighting.',
  card: GRAPH_CARD,
  fields: (t) => ({
    duplicate: t.exposeBoolean('duplicate', { description: '是否重复 Whether it is an incident already known.' }),
    incident: t.field({
      type: Incident,
      nullable: true,
      description: '事件 The incident, new or known.',
      resolve: ({ incidentId }, _args, context) => incidentLoader.load(incidentId, context),
    }),
  }),
});

const IngestVisionEventInput = builder.inputType('IngestVisionEventInput', {
  description: '视频识别 What a camera recognised.',
  fields: (t) => ({
    cameraCode: t.string({ required: true, description: '摄像机编码 4 to 40 letters, digits or hyphens.' }),
    category: t.field({ type: IncidentCategory, required: true, description: '事件类别 What was recognised.' }),
    title: t.string({ required: true, description: '事件标题 2 to 120 characters.' }),
    gridId: t.id({
      references: { type: 'Grid', refusal: 'GRID_NOT_FOUND' },
      required: true,
      description: '所在网格 The grid, inside the caller’s area.',
    }),
    seenAt: t.field({ type: 'DateTime', required: true, description: '识别时间 When it was seen.' }),
    attachments: t.field({ type: [AttachmentInput], description: '附件 Pictures, by reference.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

defineMutation(builder, {
  name: 'ingestVisionEvent',
  description: '接入视频识别 Turns a sighting into an incident, or counts it to the one already open.',
  card: { source: 'political-legal', right: 'vision.ingest' },
  input: IngestVisionEventInput,
  refusals: plainRefusals,
  run: (input, context) => ingestVisionEvent(context, input),
  result: {
    field: 'sighting',
    type: VisionSighting,
    description: '识别结果 What became of it.',
    load: (answer) => answer,
  },
});
