import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { advanceIncident } from '../../rules/incidents/advance-incident.ts';
import { incidentMachine } from '../../rules/incidents/incident-machine.ts';
import { builder } from '../builder.ts';
import { Incident, incidentLoader } from '../entities.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum } from '../machine-events.ts';
import { stepRefusals } from '../refusal-lists.ts';
import { Satisfaction } from '../vocabulary.ts';

const IncidentEvent = eventEnum('IncidentEvent', incidentMachine);

const AdvanceIncidentInput = builder.inputType('AdvanceIncidentInput', {
  description: '事件流转 One step with an incident.',
  fields: (t) => ({
    incidentId: t.id({ required: true, description: '事件 The incident, inside the caller’s area.' }),
    event: t.field({ type: IncidentEvent, required: true, description: '流转 What to do.' }),
    note: t.string({ description: '办理意见 2 to 500 characters; no citizen or telephone numbers.' }),
    handlerDepartmentCode: t.string({ description: '承办部门代码 Whom to dispatch it to.' }),
    extraWorkingDays: t.int({ description: '延期工作日数 Working days asked for.' }),
    satisfaction: t.field({ type: Satisfaction, description: '满意度 How satisfied the reporter is.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

defineMutation(builder, {
  name: 'advanceIncident',
  description:
    '事件流转 Takes one step with an incident; `availableTransitions` of the incident says which, by whom and with what.',
  card: { source: 'political-legal', right: 'incident.dispose' },
  input: AdvanceIncidentInput,
  refusals: stepRefusals,
  run: (input, context) => advanceIncident(context, input),
  result: {
    field: 'incident',
    type: Incident,
    description: '事件 The incident as it stands now.',
    load: ({ incidentId }, context) => incidentLoader.load(incidentId, context),
  },
});
