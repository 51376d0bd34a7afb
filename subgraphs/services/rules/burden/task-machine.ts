import { defineMachine } from '../../../kit/machine/state-machine.ts';

export interface TaskFacts {
  readonly assignedBy: string;
}

/** 社区交办事项 — on the list, or commissioned for a fee; a community may return what does not belong to it. */
export const taskMachine = defineMachine<TaskFacts>()({
  name: 'CommunityTask',
  zh: '社区交办事项',
  en: 'What a department asks of a community, on the list or for a fee.',
  initial: 'ASSIGNED',
  states: {
    ASSIGNED: { zh: '已交办', en: 'assigned' },
    ACCEPTED: { zh: '已承接', en: 'taken on' },
    DONE: { zh: '已完成', en: 'done', terminal: true },
    RETURNED: { zh: '已退回', en: 'returned', terminal: true },
    WITHDRAWN: { zh: '已撤回', en: 'withdrawn', terminal: true },
  },
  events: {
    ACCEPT: { zh: '承接', en: 'take it on' },
    COMPLETE: { zh: '完成', en: 'record that it is done' },
    RETURN: { zh: '退回', en: 'return it' },
    WITHDRAW: { zh: '撤回', en: 'withdraw it' },
  },
  roles: {
    ASSIGNER: {
      zh: '交办部门',
      en: 'the department that assigned it',
      holds: ({ departmentCode }, { assignedBy }) => departmentCode === assignedBy,
    },
  },
  inputs: { note: { zh: '说明', en: 'a note' } },
  transitions: [
    { event: 'ACCEPT', from: ['ASSIGNED'], to: 'ACCEPTED', right: 'task.handle' },
    { event: 'COMPLETE', from: ['ACCEPTED'], to: 'DONE', right: 'task.handle', inputs: ['note'] },
    { event: 'RETURN', from: ['ASSIGNED'], to: 'RETURNED', right: 'task.handle', inputs: ['note'] },
    {
      ...{ event: 'WITHDRAW', from: ['ASSIGNED', 'ACCEPTED'], to: 'WITHDRAWN', right: 'task.assign' },
      ...{ roles: ['ASSIGNER'], inputs: ['note'] },
    },
  ],
});

export type TaskState = Parameters<typeof taskMachine.take>[0]['state'];
export type TaskEvent = Parameters<typeof taskMachine.take>[0]['event'];
