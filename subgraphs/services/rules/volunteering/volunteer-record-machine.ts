import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface VolunteerRecordFacts {
  readonly recordedByDepartmentCode: string;
}

/** 服务时长 — recorded by one, certified by another; hours that are disputed are corrected or struck out before. */
export const volunteerRecordMachine = defineMachine<VolunteerRecordFacts>()({
  name: 'VolunteerRecord',
  zh: '志愿服务时长',
  en: 'A volunteer’s hours: recorded, disputed where they are wrong, certified by another department than recorded them.',
  initial: 'RECORDED',
  states: {
    RECORDED: { zh: '待认定', en: 'recorded' },
    DISPUTED: { zh: '有异议', en: 'disputed' },
    CERTIFIED: { zh: '已认定', en: 'certified', terminal: true },
    STRUCK_OUT: { zh: '已撤销', en: 'struck out', terminal: true },
  },
  events: {
    CERTIFY: { zh: '认定', en: 'certify them' },
    DISPUTE: { zh: '提出异议', en: 'dispute them' },
    CORRECT: { zh: '更正时长', en: 'correct them' },
    STRIKE_OUT: { zh: '撤销', en: 'strike them out' },
  },
  roles: {
    RECORDER: {
      zh: '记录单位',
      en: 'the department that recorded them',
      holds: ({ departmentCode }, { recordedByDepartmentCode }) => departmentCode === recordedByDepartmentCode,
    },
    OTHERS: {
      zh: '记录单位以外的单位',
      en: 'another department than recorded them',
      holds: ({ departmentCode }, { recordedByDepartmentCode }) => departmentCode !== recordedByDepartmentCode,
    },
  },
  inputs: { note: { zh: '说明', en: 'a note' }, minutes: { zh: '更正后的时长', en: 'the corrected minutes' } },
  transitions: [
    { event: 'CERTIFY', from: ['RECORDED'], to: 'CERTIFIED', right: 'volunteer.certify', roles: ['OTHERS'] },
    { event: 'DISPUTE', from: ['RECORDED'], to: 'DISPUTED', right: 'volunteer.record', inputs: ['note'] },
    {
      ...{ event: 'CORRECT', from: ['DISPUTED'], to: 'RECORDED', right: 'volunteer.record' },
      ...{ roles: ['RECORDER'], inputs: ['note', 'minutes'] },
    },
    {
      ...{ event: 'STRIKE_OUT', from: ['DISPUTED'], to: 'STRUCK_OUT', right: 'volunteer.certify' },
      ...{ roles: ['OTHERS'], inputs: ['note'] },
    },
  ],
});
export type VolunteerRecordState = Parameters<typeof volunteerRecordMachine.take>[0]['state'];
export type VolunteerRecordEvent = Parameters<typeof volunteerRecordMachine.take>[0]['event'];
