import { defineMachine } from '../../../kit/machine/state-machine.ts';

export const reportKinds = {
  FORMS_AND_LEDGERS: { zh: '报表台账过多', en: 'Too many forms and ledgers' },
  MEETINGS_AND_PAPERS: { zh: '文山会海', en: 'Too many meetings and papers' },
  EXCESSIVE_INSPECTION: { zh: '检查考核过多过频', en: 'Too many inspections and appraisals' },
  SHIFTED_DUTY: { zh: '责任转嫁', en: 'A duty shifted to the community' },
  INACTION: { zh: '不作为慢作为', en: 'Nothing done, or too slowly' },
} as const;
export type ReportKind = keyof typeof reportKinds;

export interface ReportFacts {
  readonly reportedDepartmentCode: string;
}

/** 举报专区 — a desk that is not the reported department follows each report to its rectification. */
export const reportMachine = defineMachine<ReportFacts>()({
  name: 'FormalismReport',
  zh: '形式主义举报',
  en: 'A report of formalism, tracked to the talk and the rectification.',
  initial: 'FILED',
  states: {
    FILED: { zh: '已举报', en: 'filed', clock: 'REPORT_ACCEPT' },
    ACCEPTED: { zh: '已受理', en: 'accepted', clock: 'REPORT_HANDLE' },
    TALKED: { zh: '已约谈', en: 'talked to', clock: 'REPORT_RECTIFY' },
    RECTIFIED: { zh: '已整改待核验', en: 'rectified, to be verified' },
    CLOSED: { zh: '已办结', en: 'closed', terminal: true },
    DISMISSED: { zh: '不予受理或查否', en: 'dismissed', terminal: true },
  },
  events: {
    ACCEPT: { zh: '受理', en: 'accept it' },
    DISMISS: { zh: '不予受理或查否', en: 'dismiss it' },
    TALK: { zh: '约谈', en: 'hold the talk' },
    RECTIFY: { zh: '报告整改', en: 'report the rectification' },
    RETURN: { zh: '退回重改', en: 'return it as not rectified' },
    CLOSE: { zh: '核验办结', en: 'verify and close it' },
  },
  roles: {
    OTHERS: {
      zh: '被举报部门以外的部门',
      en: 'a department other than the reported one',
      holds: ({ departmentCode }, { reportedDepartmentCode }) => departmentCode !== reportedDepartmentCode,
    },
    REPORTED: {
      zh: '被举报部门',
      en: 'the reported department',
      holds: ({ departmentCode }, { reportedDepartmentCode }) => departmentCode === reportedDepartmentCode,
    },
  },
  inputs: { note: { zh: '说明', en: 'a note' } },
  transitions: [
    { event: 'ACCEPT', from: ['FILED'], to: 'ACCEPTED', right: 'report.handle', roles: ['OTHERS'] },
    {
      ...{ event: 'DISMISS', from: ['FILED', 'ACCEPTED'], to: 'DISMISSED', right: 'report.handle' },
      ...{ roles: ['OTHERS'], inputs: ['note'] },
    },
    { event: 'TALK', from: ['ACCEPTED'], to: 'TALKED', right: 'report.handle', roles: ['OTHERS'], inputs: ['note'] },
    { event: 'RECTIFY', from: ['TALKED'], to: 'RECTIFIED', roles: ['REPORTED'], inputs: ['note'] },
    { event: 'RETURN', from: ['RECTIFIED'], to: 'TALKED', right: 'report.handle', roles: ['OTHERS'], inputs: ['note'] },
    { event: 'CLOSE', from: ['RECTIFIED'], to: 'CLOSED', right: 'report.handle', roles: ['OTHERS'], inputs: ['note'] },
  ],
});
export type ReportState = Parameters<typeof reportMachine.take>[0]['state'];
export type ReportEvent = Parameters<typeof reportMachine.take>[0]['event'];
