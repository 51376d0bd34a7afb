import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface BookingFacts {
  readonly startsAt: Date;
  readonly now: Date;
}

/** 设施预约 — booked, then cancelled before it begins, or used or missed. */
export const bookingMachine = defineMachine<BookingFacts>()({
  name: 'FacilityBooking',
  zh: '设施预约',
  en: 'A booking of a facility; its time is free again once it is cancelled.',
  initial: 'BOOKED',
  states: {
    BOOKED: { zh: '已预约', en: 'booked' },
    CANCELLED: { zh: '已取消', en: 'cancelled', terminal: true },
    USED: { zh: '已使用', en: 'used', terminal: true },
    MISSED: { zh: '未到场', en: 'missed', terminal: true },
  },
  events: {
    CANCEL: { zh: '取消', en: 'cancel it' },
    ATTEND: { zh: '到场使用', en: 'note that it is used' },
    MISS: { zh: '登记未到场', en: 'note that nobody came' },
  },
  guards: {
    NOT_BEGUN: { zh: '尚未开始', en: 'it has not begun', holds: ({ startsAt, now }) => startsAt > now },
    BEGUN: { zh: '已经开始', en: 'it has begun', holds: ({ startsAt, now }) => startsAt <= now },
  },
  inputs: { note: { zh: '说明', en: 'a note' } },
  transitions: [
    {
      event: 'CANCEL',
      from: ['BOOKED'],
      to: 'CANCELLED',
      right: 'facility.book',
      guards: ['NOT_BEGUN'],
      inputs: ['note'],
    },
    { event: 'ATTEND', from: ['BOOKED'], to: 'USED', right: 'facility.book', guards: ['BEGUN'] },
    { event: 'MISS', from: ['BOOKED'], to: 'MISSED', right: 'facility.book', guards: ['BEGUN'] },
  ],
});

export type BookingEvent = Parameters<typeof bookingMachine.take>[0]['event'];
