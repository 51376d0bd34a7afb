import type { Caller } from '../../../kit/caller/caller.ts';
import { defineMachine } from '../../../kit/machine/state-machine.ts';
import { isOverdue } from './overdue.ts';

/** What the machine looks at. */
export interface IncidentFacts {
  readonly handlerDepartmentCode: string | null;
  readonly severity: string;
  readonly dueAt: Date | null;
  readonly closedAt: Date | null;
  readonly extensionAskedWorkingDays: number | null;
  readonly extensionCount: number;
  /** How often it may be put off, by the rule in force. */
  readonly extensionLimit: number;
  readonly now: Date;
}

const isHandler = (caller: Caller, { handlerDepartmentCode }: IncidentFacts): boolean =>
  handlerDepartmentCode !== null && caller.departmentCode === handlerDepartmentCode;

/** 事件闭环 — reported, accepted, triaged, dispatched, handled, verified, evaluated, closed. */
export const incidentMachine = defineMachine<IncidentFacts>()({
  name: 'Incident',
  zh: '事件闭环',
  en: 'The loop of an incident, from report to close; it may be returned, put off and supervised on the way.',
  initial: 'REPORTED',
  states: {
    REPORTED: { zh: '上报', en: 'reported' },
    ACCEPTED: { zh: '受理', en: 'accepted', clock: 'INCIDENT_*' },
    TRIAGED: { zh: '分流', en: 'triaged' },
    DISPATCHED: { zh: '交办', en: 'dispatched' },
    HANDLING: { zh: '处置', en: 'being handled' },
    FEEDBACK: { zh: '反馈', en: 'reported back' },
    VERIFYING: { zh: '核查', en: 'being verified' },
    EVALUATED: { zh: '评价', en: 'evaluated' },
    CLOSED: { zh: '结案', en: 'closed', terminal: true },
  },
  events: {
    ACCEPT: { zh: '受理', en: 'accept it' },
    REJECT: { zh: '不予受理', en: 'reject it' },
    TRIAGE: { zh: '分流', en: 'triage it' },
    DISPATCH: { zh: '交办', en: 'dispatch it' },
    START: { zh: '开始处置', en: 'start handling' },
    RETURN: { zh: '退回', en: 'return it' },
    FEED_BACK: { zh: '反馈', en: 'report back' },
    VERIFY: { zh: '核查', en: 'verify it' },
    REWORK: { zh: '重新处置', en: 'have it reworked' },
    EVALUATE: { zh: '评价', en: 'evaluate it' },
    CLOSE: { zh: '结案', en: 'close it' },
    ASK_EXTENSION: { zh: '申请延期', en: 'ask for an extension' },
    GRANT_EXTENSION: { zh: '同意延期', en: 'grant the extension' },
    REFUSE_EXTENSION: { zh: '不同意延期', en: 'refuse the extension' },
    SUPERVISE: { zh: '督办', en: 'supervise it' },
  },
  roles: { HANDLER: { zh: '承办部门', en: 'the handling department', holds: isHandler } },
  guards: {
    NOT_OVERDUE: { zh: '尚未超期', en: 'it is not overdue', holds: (facts) => !isOverdue(facts, facts.now) },
    EXTENSION_LEFT: {
      zh: '尚有延期次数',
      en: 'an extension is left',
      holds: (facts) => facts.extensionCount < facts.extensionLimit,
    },
    EXTENSION_ASKED: {
      zh: '已申请延期',
      en: 'an extension was asked for',
      holds: (facts) => facts.extensionAskedWorkingDays !== null,
    },
    NO_EXTENSION_ASKED: {
      zh: '没有待批的延期申请',
      en: 'no extension waits for an answer',
      holds: (facts) => facts.extensionAskedWorkingDays === null,
    },
    OVERDUE_OR_GRAVE: {
      zh: '已超期或较大以上事件',
      en: 'it is overdue, major or severe',
      holds: (facts) => facts.severity !== 'GENERAL' || isOverdue(facts, facts.now),
    },
  },
  inputs: {
    note: { zh: '办理意见', en: 'a note' },
    handlerDepartmentCode: { zh: '承办部门', en: 'the handling department' },
    extraWorkingDays: { zh: '延期工作日数', en: 'the working days asked for' },
    satisfaction: { zh: '满意度', en: 'how satisfied the reporter is' },
  },
  transitions: [
    { event: 'ACCEPT', from: ['REPORTED'], to: 'ACCEPTED', right: 'incident.handle' },
    { event: 'REJECT', from: ['REPORTED'], to: 'CLOSED', right: 'incident.handle', inputs: ['note'] },
    { event: 'TRIAGE', from: ['ACCEPTED'], to: 'TRIAGED', right: 'incident.handle' },
    {
      event: 'DISPATCH',
      from: ['TRIAGED'],
      to: 'DISPATCHED',
      right: 'incident.handle',
      inputs: ['handlerDepartmentCode'],
    },
    { event: 'START', from: ['DISPATCHED'], to: 'HANDLING', roles: ['HANDLER'] },
    { event: 'RETURN', from: ['DISPATCHED', 'HANDLING'], to: 'TRIAGED', roles: ['HANDLER'], inputs: ['note'] },
    { event: 'FEED_BACK', from: ['HANDLING'], to: 'FEEDBACK', roles: ['HANDLER'], inputs: ['note'] },
    { event: 'VERIFY', from: ['FEEDBACK'], to: 'VERIFYING', right: 'incident.handle' },
    { event: 'REWORK', from: ['VERIFYING'], to: 'HANDLING', right: 'incident.handle', inputs: ['note'] },
    {
      event: 'EVALUATE',
      from: ['VERIFYING'],
      to: 'EVALUATED',
      right: 'incident.handle',
      inputs: ['satisfaction'],
    },
    { event: 'CLOSE', from: ['EVALUATED'], to: 'CLOSED', right: 'incident.handle' },
    {
      event: 'ASK_EXTENSION',
      from: ['DISPATCHED', 'HANDLING'],
      roles: ['HANDLER'],
      guards: ['NOT_OVERDUE', 'EXTENSION_LEFT', 'NO_EXTENSION_ASKED'],
      inputs: ['note', 'extraWorkingDays'],
    },
    {
      event: 'GRANT_EXTENSION',
      from: ['DISPATCHED', 'HANDLING'],
      right: 'incident.supervise',
      guards: ['EXTENSION_ASKED'],
    },
    {
      event: 'REFUSE_EXTENSION',
      from: ['DISPATCHED', 'HANDLING'],
      right: 'incident.supervise',
      guards: ['EXTENSION_ASKED'],
      inputs: ['note'],
    },
    {
      event: 'SUPERVISE',
      from: ['ACCEPTED', 'TRIAGED', 'DISPATCHED', 'HANDLING', 'FEEDBACK', 'VERIFYING'],
      right: 'incident.supervise',
      guards: ['OVERDUE_OR_GRAVE'],
      inputs: ['note'],
    },
  ],
});
