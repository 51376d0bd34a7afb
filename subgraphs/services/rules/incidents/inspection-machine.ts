import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface InspectionFacts {
  /** `YYYY-MM-DD`. */
  readonly plannedOn: string;
  readonly today: string;
  readonly departments: readonly string[];
}

/** 联合检查 — planned by one or several departments, held once for all of them; nobody cancels the others' visit. */
export const inspectionMachine = defineMachine<InspectionFacts>()({
  name: 'Inspection',
  zh: '联合检查',
  en: 'A visit to one organization, by all departments that planned one within the merging window.',
  initial: 'PLANNED',
  states: {
    PLANNED: { zh: '已计划', en: 'planned' },
    DONE: { zh: '已检查', en: 'done', terminal: true },
    CANCELLED: { zh: '已取消', en: 'cancelled', terminal: true },
  },
  events: {
    HOLD: { zh: '完成检查', en: 'record that it was held' },
    LEAVE: { zh: '退出', en: 'leave it to the others' },
    CANCEL: { zh: '取消', en: 'cancel it' },
  },
  roles: {
    PART: {
      zh: '参检部门',
      en: 'a department that takes part',
      holds: ({ departmentCode }, { departments }) => departments.includes(departmentCode),
    },
  },
  guards: {
    DUE: { zh: '检查日期已到', en: 'its day has come', holds: ({ plannedOn, today }) => plannedOn <= today },
    JOINT: { zh: '还有其他参检部门', en: 'others take part', holds: ({ departments }) => departments.length > 1 },
    SOLE: {
      zh: '没有其他参检部门',
      en: 'nobody else takes part',
      holds: ({ departments }) => departments.length === 1,
    },
  },
  inputs: { note: { zh: '说明', en: 'a note' } },
  transitions: [
    {
      ...{ event: 'HOLD', from: ['PLANNED'], to: 'DONE', right: 'inspection.plan', roles: ['PART'] },
      ...{ guards: ['DUE'], inputs: ['note'] },
    },
    {
      event: 'LEAVE',
      from: ['PLANNED'],
      right: 'inspection.plan',
      roles: ['PART'],
      guards: ['JOINT'],
      inputs: ['note'],
    },
    {
      ...{ event: 'CANCEL', from: ['PLANNED'], to: 'CANCELLED', right: 'inspection.plan', roles: ['PART'] },
      ...{ guards: ['SOLE'], inputs: ['note'] },
    },
  ],
});
export type InspectionEvent = Parameters<typeof inspectionMachine.take>[0]['event'];
