import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface RequestSubject {
  readonly requestingDepartment: string;
  readonly providingDepartment: string;
  readonly attribute: string;
  /** Whether the provider has already told what is missing. */
  readonly supplemented: boolean;
  /** Whether the running duty is overdue. */
  readonly overdue: boolean;
}

/** 共享申请: asked, answered, delivered; refused with reasons, and disputed in three steps (decree 809). */
export const requestMachine = defineMachine<RequestSubject>()({
  name: 'SharingRequest',
  zh: '共享申请',
  en: 'A department asks another for data.',
  initial: 'SUBMITTED',
  states: {
    SUBMITTED: { zh: '待答复', en: 'submitted', clock: 'SHARING_ANSWER_CONDITIONAL' },
    SUPPLEMENT_REQUIRED: { zh: '待补正', en: 'to be supplemented', clock: 'SHARING_SUPPLEMENT' },
    APPROVED: { zh: '同意共享', en: 'approved', clock: 'SHARING_DELIVERY' },
    DELIVERED: { zh: '已提供', en: 'delivered', terminal: true },
    REFUSED: { zh: '不同意共享', en: 'refused' },
    DISPUTE_NEGOTIATION: { zh: '争议协商', en: 'negotiated between the parties', clock: 'SHARING_DISPUTE_NEGOTIATION' },
    DISPUTE_MEDIATION: { zh: '主管部门协调', en: 'mediated by the data authority', clock: 'SHARING_DISPUTE_MEDIATION' },
    DISPUTE_RULING: { zh: '上级裁定', en: 'before the common superior authority', clock: 'SHARING_DISPUTE_RULING' },
    REFUSAL_FINAL: { zh: '不予共享终结', en: 'finally refused', terminal: true },
    WITHDRAWN: { zh: '已撤回', en: 'withdrawn', terminal: true },
  },
  events: {
    REQUEST_SUPPLEMENT: { zh: '一次性告知补正', en: 'tell once what is missing' },
    SUPPLEMENT: { zh: '补正', en: 'supplement it' },
    APPROVE: { zh: '同意共享', en: 'approve it' },
    REFUSE: { zh: '不同意共享', en: 'refuse it' },
    CONFIRM_DELIVERY: { zh: '确认收到', en: 'confirm the delivery' },
    WITHDRAW: { zh: '撤回', en: 'withdraw it' },
    ACCEPT_REFUSAL: { zh: '接受不予共享', en: 'accept the refusal' },
    DISPUTE: { zh: '提出争议', en: 'dispute the refusal' },
    CONCEDE: { zh: '协商同意', en: 'agree in negotiation' },
    REFER: { zh: '提请下一步处理', en: 'refer it to the next step' },
    DECIDE_TO_SHARE: { zh: '决定共享', en: 'decide that it is shared' },
    DECIDE_NOT_TO_SHARE: { zh: '决定不予共享', en: 'decide that it is not shared' },
    URGE: { zh: '督办', en: 'urge the department that is late' },
  },
  roles: {
    REQUESTER: {
      zh: '需求部门',
      en: 'the requesting department',
      holds: (caller, { requestingDepartment }) => caller.departmentCode === requestingDepartment,
    },
    PROVIDER: {
      zh: '提供部门',
      en: 'the providing department',
      holds: (caller, { providingDepartment }) => caller.departmentCode === providingDepartment,
    },
  },
  guards: {
    NOT_YET_TOLD: {
      zh: '尚未告知过补正（只能一次性告知）',
      en: 'nothing was asked for yet (what is missing is told once)',
      holds: ({ supplemented }) => !supplemented,
    },
    CONDITIONAL: {
      zh: '属有条件共享（无条件共享不得拒绝）',
      en: 'it is shared on conditions (unconditional sharing is not refused)',
      holds: ({ attribute }) => attribute !== 'UNCONDITIONAL',
    },
    OVERDUE: { zh: '已逾期', en: 'it is overdue', holds: ({ overdue }) => overdue },
  },
  inputs: { note: { zh: '理由或说明', en: 'the reason' } },
  transitions: [
    {
      event: 'REQUEST_SUPPLEMENT',
      from: ['SUBMITTED'],
      to: 'SUPPLEMENT_REQUIRED',
      right: 'sharing.write',
      roles: ['PROVIDER'],
      guards: ['NOT_YET_TOLD'],
      inputs: ['note'],
    },
    {
      event: 'SUPPLEMENT',
      from: ['SUPPLEMENT_REQUIRED'],
      to: 'SUBMITTED',
      right: 'sharing.write',
      roles: ['REQUESTER'],
      inputs: ['note'],
    },
    { event: 'APPROVE', from: ['SUBMITTED'], to: 'APPROVED', right: 'sharing.write', roles: ['PROVIDER'] },
    {
      event: 'REFUSE',
      from: ['SUBMITTED'],
      to: 'REFUSED',
      right: 'sharing.write',
      roles: ['PROVIDER'],
      guards: ['CONDITIONAL'],
      inputs: ['note'],
    },
    {
      event: 'CONFIRM_DELIVERY',
      from: ['APPROVED'],
      to: 'DELIVERED',
      right: 'sharing.write',
      roles: ['REQUESTER'],
    },
    {
      event: 'WITHDRAW',
      from: ['SUBMITTED', 'SUPPLEMENT_REQUIRED'],
      to: 'WITHDRAWN',
      right: 'sharing.write',
      roles: ['REQUESTER'],
    },
    {
      event: 'ACCEPT_REFUSAL',
      from: ['REFUSED', 'DISPUTE_NEGOTIATION', 'DISPUTE_MEDIATION'],
      to: 'REFUSAL_FINAL',
      right: 'sharing.write',
      roles: ['REQUESTER'],
    },
    {
      event: 'DISPUTE',
      from: ['REFUSED'],
      to: 'DISPUTE_NEGOTIATION',
      right: 'sharing.write',
      roles: ['REQUESTER'],
      inputs: ['note'],
    },
    {
      event: 'CONCEDE',
      from: ['DISPUTE_NEGOTIATION'],
      to: 'APPROVED',
      right: 'sharing.write',
      roles: ['PROVIDER'],
    },
    {
      event: 'REFER',
      from: ['DISPUTE_NEGOTIATION'],
      to: 'DISPUTE_MEDIATION',
      right: 'sharing.write',
      roles: ['REQUESTER', 'PROVIDER'],
      inputs: ['note'],
    },
    {
      event: 'REFER',
      from: ['DISPUTE_MEDIATION'],
      to: 'DISPUTE_RULING',
      right: 'sharing.review',
      inputs: ['note'],
    },
    {
      event: 'DECIDE_TO_SHARE',
      from: ['DISPUTE_MEDIATION', 'DISPUTE_RULING'],
      to: 'APPROVED',
      right: 'sharing.review',
      inputs: ['note'],
    },
    {
      event: 'DECIDE_NOT_TO_SHARE',
      from: ['DISPUTE_RULING'],
      to: 'REFUSAL_FINAL',
      right: 'sharing.review',
      inputs: ['note'],
    },
    {
      event: 'URGE',
      from: [
        'SUBMITTED',
        'SUPPLEMENT_REQUIRED',
        'APPROVED',
        'DISPUTE_NEGOTIATION',
        'DISPUTE_MEDIATION',
        'DISPUTE_RULING',
      ],
      right: 'sharing.review',
      guards: ['OVERDUE'],
      inputs: ['note'],
    },
  ],
});

export type RequestEvent =
  | 'REQUEST_SUPPLEMENT'
  | 'SUPPLEMENT'
  | 'APPROVE'
  | 'REFUSE'
  | 'CONFIRM_DELIVERY'
  | 'WITHDRAW'
  | 'ACCEPT_REFUSAL'
  | 'DISPUTE'
  | 'CONCEDE'
  | 'REFER'
  | 'DECIDE_TO_SHARE'
  | 'DECIDE_NOT_TO_SHARE'
  | 'URGE';
