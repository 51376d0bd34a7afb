import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { submitAppeal, submitMyAppeal } from '../../rules/incidents/submit-appeal.ts';
import { builder } from '../builder.ts';
import { incidentLoader } from '../entities.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { ownCall } from '../own-call.ts';
import { progressId } from '../progress.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { IncidentCategory, IncidentChannel } from '../vocabulary.ts';
import { CaseProgress, caseLoader } from './case-progress.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];
const appealFields = (t: InputFields, where: string) => ({
  category: t.field({ type: IncidentCategory, required: true, description: '事件类别 What it is about.' }),
  title: t.string({ required: true, description: '诉求 2 to 120 characters; no citizen or telephone numbers.' }),
  gridId: t.id({
    references: { type: 'Grid', refusal: 'GRID_NOT_FOUND' },
    required: true,
    description: `所在网格 The grid${where}.`,
  }),
  channel: t.field({ type: IncidentChannel, required: true, description: '渠道 How it came in.' }),
  idempotencyKey: idempotencyKey(t),
});

const SubmitAppealInput = builder.inputType('SubmitAppealInput', {
  description: '居民诉求 What a resident asks for.',
  fields: (t) => ({
    ...appealFields(t, ', inside the caller’s area'),
    residentId: t.id({
      references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
      description: '居民 Who asks, where known.',
    }),
  }),
});

defineMutation(builder, {
  name: 'submitAppeal',
  description:
    '提交诉求 Takes a resident’s appeal as an incident and hands back its case code, to follow it without an account.',
  card: { source: 'political-legal', right: 'incident.write' },
  input: SubmitAppealInput,
  refusals: plainRefusals,
  run: (input, context) => submitAppeal(context, input),
  result: {
    field: 'case',
    type: CaseProgress,
    description: '办理进度 Progress under the case code.',
    load: ({ incidentId }, context) => incidentLoader.load(incidentId, context),
  },
});

defineMutation(builder, {
  name: 'submitMyAppeal',
  description:
    '本人诉求 Takes the appeal of the person whom the token names, wherever he is, and hands back its case code.',
  card: { source: 'political-legal', right: 'own.submit' },
  input: builder.inputType('SubmitMyAppealInput', {
    description: '本人诉求 What the person of the token asks for.',
    fields: (t) => appealFields(t, ''),
  }),
  refusals: plainRefusals,
  run: (input, context) => submitMyAppeal(ownCall(context), input),
  result: {
    field: 'case',
    type: CaseProgress,
    description: '办理进度 Progress under the case code.',
    load: ({ incidentId }, context) =>
      caseLoader.load(progressId('CaseProgress', incidentId.slice(incidentId.indexOf(':') + 1), context), context),
  },
});
