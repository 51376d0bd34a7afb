import { type Caller, hasRight } from '../../../kit/caller/caller.ts';
import { globalId } from '../../../kit/global-id.ts';
import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface RequestFacts {
  readonly applicantPersonId: string;
  readonly handlerDepartmentCode: string;
  /** Necessary materials that are missing. */
  readonly missingMaterials: number;
  /** Whether the applicant has been told what is missing: that happens once. */
  readonly told: boolean;
}

/** The person himself, who acts through a token that names him. */
export function isApplicant(caller: Caller, { applicantPersonId }: Pick<RequestFacts, 'applicantPersonId'>): boolean {
  return caller.personId === globalId('Person', applicantPersonId);
}

/** 办件流程 — pre-accepted, submitted, accepted, completed, rated; told once what is missing; a bad rating is put right. */
export const requestMachine = defineMachine<RequestFacts>()({
  name: 'ServiceRequest',
  zh: '办件流程',
  en: 'A request at one window: pre-acceptance, submission, acceptance within promised and legal days, result, rating.',
  initial: 'PRE_ACCEPTED',
  states: {
    PRE_ACCEPTED: { zh: '预受理', en: 'pre-accepted' },
    SUPPLEMENT_REQUIRED: { zh: '待补正', en: 'materials are missing' },
    SUBMITTED: { zh: '已提交', en: 'submitted', clock: 'ONE_TIME_NOTICE' },
    ACCEPTED: { zh: '受理', en: 'accepted', clock: 'SERVICE_PROMISE' },
    COMPLETED: { zh: '办结', en: 'completed' },
    RATED: { zh: '已评价', en: 'rated', terminal: true },
    RECTIFYING: { zh: '差评整改', en: 'badly rated and being put right', clock: 'BAD_RATING_RECTIFICATION' },
    RECTIFIED: { zh: '整改完成', en: 'put right', terminal: true },
    RETURNED: { zh: '退回', en: 'returned', terminal: true },
    WITHDRAWN: { zh: '撤回', en: 'withdrawn', terminal: true },
  },
  events: {
    CHECK_MATERIALS: { zh: '核对材料', en: 'check the materials' },
    SUBMIT: { zh: '提交', en: 'submit it' },
    ASK_SUPPLEMENT: { zh: '一次性告知补正', en: 'tell once what is missing' },
    ACCEPT: { zh: '受理', en: 'accept it' },
    TRANSFER: { zh: '转办', en: 'transfer it' },
    COMPLETE: { zh: '办结', en: 'complete it' },
    RETURN: { zh: '退回', en: 'return it' },
    WITHDRAW: { zh: '撤回', en: 'withdraw it' },
    RATE: { zh: '评价', en: 'rate it' },
    RATE_BADLY: { zh: '差评', en: 'rate it badly' },
    RECTIFY: { zh: '完成整改', en: 'record that it was put right' },
  },
  roles: {
    INTAKE: {
      zh: '受理窗口',
      en: 'the window',
      holds: (caller) => hasRight(caller, 'service-request.intake'),
    },
    APPLICANT: { zh: '申请人', en: 'the applicant', holds: isApplicant },
    HANDLER: {
      zh: '承办部门',
      en: 'the department that handles it',
      holds: (caller, { handlerDepartmentCode }) => caller.departmentCode === handlerDepartmentCode,
    },
  },
  guards: {
    MATERIALS_COMPLETE: {
      zh: '必要材料齐全',
      en: 'all necessary materials are there',
      holds: ({ missingMaterials }) => missingMaterials === 0,
    },
    NOT_TOLD_YET: {
      zh: '尚未告知过（补正内容只能一次性告知）',
      en: 'the applicant has not been told yet (what is missing is told once)',
      holds: ({ told }) => !told,
    },
  },
  inputs: {
    note: { zh: '办理意见', en: 'a note' },
    handlerDepartmentCode: { zh: '承办部门', en: 'the department that handles it' },
    materialCodes: { zh: '需补正的材料', en: 'the materials that are missing' },
    rating: { zh: '评价等级', en: 'the grade' },
  },
  transitions: [
    { event: 'CHECK_MATERIALS', from: ['PRE_ACCEPTED', 'SUPPLEMENT_REQUIRED'], roles: ['INTAKE', 'APPLICANT'] },
    {
      event: 'SUBMIT',
      from: ['PRE_ACCEPTED', 'SUPPLEMENT_REQUIRED'],
      to: 'SUBMITTED',
      roles: ['INTAKE', 'APPLICANT'],
      guards: ['MATERIALS_COMPLETE'],
    },
    {
      event: 'ASK_SUPPLEMENT',
      from: ['PRE_ACCEPTED', 'SUBMITTED'],
      to: 'SUPPLEMENT_REQUIRED',
      right: 'service-request.intake',
      guards: ['NOT_TOLD_YET'],
      inputs: ['materialCodes'],
    },
    {
      event: 'ACCEPT',
      from: ['SUBMITTED'],
      to: 'ACCEPTED',
      right: 'service-request.handle',
      guards: ['MATERIALS_COMPLETE'],
    },
    {
      event: 'TRANSFER',
      from: ['ACCEPTED'],
      right: 'service-request.handle',
      roles: ['HANDLER', 'INTAKE'],
      inputs: ['handlerDepartmentCode', 'note'],
    },
    {
      event: 'COMPLETE',
      from: ['ACCEPTED'],
      to: 'COMPLETED',
      right: 'service-request.handle',
      roles: ['HANDLER'],
      inputs: ['note'],
    },
    {
      event: 'RETURN',
      from: ['SUBMITTED', 'ACCEPTED'],
      to: 'RETURNED',
      right: 'service-request.handle',
      inputs: ['note'],
    },
    {
      event: 'WITHDRAW',
      from: ['PRE_ACCEPTED', 'SUPPLEMENT_REQUIRED', 'SUBMITTED', 'ACCEPTED'],
      to: 'WITHDRAWN',
      roles: ['INTAKE', 'APPLICANT'],
    },
    { event: 'RATE', from: ['COMPLETED'], to: 'RATED', roles: ['INTAKE', 'APPLICANT'], inputs: ['rating'] },
    { event: 'RATE_BADLY', from: ['COMPLETED'], to: 'RECTIFYING', roles: ['INTAKE', 'APPLICANT'], inputs: ['rating'] },
    {
      event: 'RECTIFY',
      from: ['RECTIFYING'],
      to: 'RECTIFIED',
      right: 'service-request.handle',
      roles: ['HANDLER'],
      inputs: ['note'],
    },
  ],
});

export type RequestEvent = Parameters<typeof requestMachine.take>[0]['event'];
