import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { defineMachine } from '../../../kit/machine/state-machine.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { lockAlert, updateAlert } from '../../store/incidents/alert-rows.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';

/** 预警处置 — raised by a rule, acknowledged, then resolved or dismissed with a reason. */
export const alertMachine = defineMachine<object>()({
  name: 'Alert',
  zh: '预警',
  en: 'An alert that a rule raised over the live data.',
  initial: 'RAISED',
  states: {
    RAISED: { zh: '已发出', en: 'raised' },
    ACKNOWLEDGED: { zh: '已响应', en: 'acknowledged' },
    RESOLVED: { zh: '已消除', en: 'resolved', terminal: true },
    DISMISSED: { zh: '已排除', en: 'dismissed', terminal: true },
  },
  events: {
    ACKNOWLEDGE: { zh: '响应', en: 'acknowledge it' },
    RESOLVE: { zh: '消除', en: 'resolve it' },
    DISMISS: { zh: '排除', en: 'dismiss it' },
  },
  inputs: { note: { zh: '处置说明', en: 'what was done or why not' } },
  transitions: [
    { event: 'ACKNOWLEDGE', from: ['RAISED'], to: 'ACKNOWLEDGED', right: 'incident.handle' },
    { event: 'RESOLVE', from: ['ACKNOWLEDGED'], to: 'RESOLVED', right: 'incident.handle', inputs: ['note'] },
    { event: 'DISMISS', from: ['RAISED', 'ACKNOWLEDGED'], to: 'DISMISSED', right: 'incident.handle', inputs: ['note'] },
  ],
});

export type AlertEvent = Parameters<typeof alertMachine.take>[0]['event'];

export interface AdvanceAlertInput {
  readonly alertId: string;
  readonly event: AlertEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes one step with an alert. */
export function advanceAlert(call: ServicesCall, input: AdvanceAlertInput): Promise<{ alertId: string } | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'advanceAlert', 'alert', input, async (transaction, provenanceId) => {
    const id = findUuidKey('Alert', input.alertId);
    const alert = id === undefined ? null : await lockAlert(transaction, id);
    if (alert === null || !coversPlace(caller, alert)) return refuse('ALERT_NOT_FOUND', 'input.alertId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const taken = alertMachine.take({
      ...{ event: input.event, state: alert.state, subject: {}, caller, given: { ...input }, culprit: 'input.event' },
    });
    if (isRefusal(taken)) return taken;
    const at = clock.now();
    await updateAlert(transaction, alert.id, taken.to, alertMachine.isTerminal(taken.to) ? at : null);
    await insertStep(transaction, {
      ...{ subjectId: alert.id, ...taken, at, note, provenanceId, actorDepartmentCode: caller.departmentCode },
    });
    const answer = { alertId: globalId('Alert', alert.id) };
    const payload = { ...answer, event: taken.event, toState: taken.to, level: alert.level };
    const event = { eventType: 'alert.advanced', entityType: 'Alert', entityId: answer.alertId, payload, place: alert };
    return { answer, rowCount: 2, events: [event] };
  });
}
