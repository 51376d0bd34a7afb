import { defineMachine } from '../../../kit/machine/state-machine.ts';
import type { ElderAlertState } from '../../store/care/elder-alert-rows.ts';

export const elderAlertEvents = ['acknowledge', 'resolve', 'dismiss'] as const;
export type ElderAlertEvent = (typeof elderAlertEvents)[number];

/** 养老预警: raised by a device or a carer, taken on by somebody, resolved or found to be a false alarm. */
export const elderAlertMachine = defineMachine<object>()({
  name: 'ElderAlert',
  zh: '养老预警',
  en: 'Alert about an elder.',
  initial: 'RAISED' satisfies ElderAlertState,
  states: {
    RAISED: { zh: '已触发', en: 'raised' },
    ACKNOWLEDGED: { zh: '已响应', en: 'acknowledged' },
    RESOLVED: { zh: '已处置', en: 'resolved', terminal: true },
    FALSE_ALARM: { zh: '误报', en: 'false alarm', terminal: true },
  },
  events: {
    acknowledge: { zh: '响应', en: 'acknowledge' },
    resolve: { zh: '处置完成', en: 'resolve' },
    dismiss: { zh: '确认误报', en: 'dismiss' },
  },
  inputs: { note: { zh: '处置说明', en: 'a note of what was done' } },
  transitions: [
    { event: 'acknowledge', from: ['RAISED'], to: 'ACKNOWLEDGED' },
    { event: 'resolve', from: ['ACKNOWLEDGED'], to: 'RESOLVED', inputs: ['note'] },
    { event: 'dismiss', from: ['RAISED', 'ACKNOWLEDGED'], to: 'FALSE_ALARM', inputs: ['note'] },
  ],
});
