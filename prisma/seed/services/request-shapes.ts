import type { RequestState, ServiceChannel } from '../vocabulary.ts';

interface Step {
  readonly event: string;
  readonly from: string | null;
  readonly to: string;
  readonly at: string;
  readonly note?: string;
}

/** A request as the demo city has it, with the steps that brought it where it stands. */
export interface RequestShape {
  /** Under which operations and tests name it. */
  readonly name?: string;
  readonly item: string;
  readonly state: RequestState;
  readonly channel: ServiceChannel;
  readonly createdAt: string;
  readonly submittedAt: string | null;
  readonly toldAt: string | null;
  readonly startedOn: string | null;
  readonly rating: string | null;
  readonly ratedOn: string | null;
  readonly closedAt: string | null;
  readonly steps: readonly Step[];
}

const at = (day: string, hour = 9) => `${day}T${String(hour).padStart(2, '0')}:00:00+08:00`;

/** The way to a state: day of June 2026 (or a whole date) of each step. */
function shape(
  item: string,
  state: RequestState,
  channel: ServiceChannel,
  days: { readonly created: string; readonly accepted?: string; readonly closed?: string; readonly rated?: string },
  more: { readonly name?: string; readonly rating?: string; readonly told?: true } = {},
): RequestShape {
  const { created, accepted, closed, rated } = days;
  const steps: Step[] = [{ event: 'CHECK_MATERIALS', from: null, to: 'PRE_ACCEPTED', at: at(created) }];
  const take = (event: string, to: RequestState, when: string, note?: string) =>
    steps.push({ event, from: steps.at(-1)?.to ?? null, to, at: when, ...(note === undefined ? {} : { note }) });
  const waits = state === 'PRE_ACCEPTED' || state === 'SUPPLEMENT_REQUIRED';
  if (state === 'SUPPLEMENT_REQUIRED') take('ASK_SUPPLEMENT', 'SUPPLEMENT_REQUIRED', at(created, 10));
  if (!waits) take('SUBMIT', 'SUBMITTED', at(created, 10));
  if (accepted !== undefined) take('ACCEPT', 'ACCEPTED', at(accepted, 11));
  if (closed !== undefined) {
    if (state === 'RETURNED') take('RETURN', 'RETURNED', at(closed, 15), '不符合受理条件，可凭复核结果再次申请');
    else if (state === 'WITHDRAWN') take('WITHDRAW', 'WITHDRAWN', at(closed, 15));
    else take('COMPLETE', 'COMPLETED', at(closed, 15), '已办结');
  }
  if (rated !== undefined) {
    const bad = state === 'RECTIFYING' || state === 'RECTIFIED';
    take(bad ? 'RATE_BADLY' : 'RATE', bad ? 'RECTIFYING' : 'RATED', at(rated, 16));
    if (state === 'RECTIFIED') take('RECTIFY', 'RECTIFIED', at(rated, 17), '已回访并重新办理');
  }
  return {
    ...{ item, state, channel, createdAt: at(created), submittedAt: waits ? null : at(created, 10) },
    ...{ toldAt: waits || more.told === true ? at(created, 10) : null, startedOn: accepted ?? null },
    ...{
      rating: more.rating ?? null,
      ratedOn: rated ?? null,
      closedAt: closed === undefined ? null : at(closed, 15),
      steps,
    },
    ...(more.name === undefined ? {} : { name: more.name }),
  };
}

/** One of each in every community: live, closed, overdue and contested ones. */
export const REQUEST_SHAPES: readonly RequestShape[] = [
  shape('居住证申领', 'PRE_ACCEPTED', 'WINDOW', { created: '2026-06-30' }),
  shape('公租房资格申请', 'SUPPLEMENT_REQUIRED', 'ONLINE', { created: '2026-06-29' }),
  shape('高龄津贴申请', 'SUBMITTED', 'TV_BOX', { created: '2026-06-29' }),
  shape('灵活就业社会保险补贴申请', 'ACCEPTED', 'APP', { created: '2026-06-24', accepted: '2026-06-25' }),
  shape('最低生活保障申请', 'ACCEPTED', 'WINDOW', { created: '2026-06-15', accepted: '2026-06-16' }, { told: true }),
  // Overdue: five working days were promised.
  shape('就业困难人员认定', 'ACCEPTED', 'KIOSK', { created: '2026-06-08', accepted: '2026-06-09' }),
  shape('临时救助申请', 'ACCEPTED', 'GRID_WORKER', { created: '2026-06-11', accepted: '2026-06-12' }),
  shape('异地就医备案', 'COMPLETED', 'MINI_PROGRAM', {
    created: '2026-06-28',
    accepted: '2026-06-29',
    closed: '2026-06-29',
  }),
  shape(
    '失业登记',
    'RATED',
    'WINDOW',
    { created: '2026-05-11', accepted: '2026-05-11', closed: '2026-05-11', rated: '2026-05-12' },
    { rating: 'VERY_SATISFIED' },
  ),
  shape(
    '社会保障卡申领',
    'RATED',
    'KIOSK',
    { created: '2026-04-20', accepted: '2026-04-20', closed: '2026-04-21', rated: '2026-04-22' },
    { rating: 'BASICALLY_SATISFIED' },
  ),
  // Contested: badly rated, to be put right within fifteen working days.
  shape(
    '残疾人证申领',
    'RECTIFYING',
    'WINDOW',
    { created: '2026-05-25', accepted: '2026-05-26', closed: '2026-06-18', rated: '2026-06-22' },
    { rating: 'DISSATISFIED' },
  ),
  shape(
    '医疗救助申请',
    'RECTIFIED',
    'HOTLINE_12345',
    { created: '2026-03-02', accepted: '2026-03-03', closed: '2026-03-20', rated: '2026-03-23' },
    { rating: 'VERY_DISSATISFIED' },
  ),
  shape('住房租赁补贴申请', 'RETURNED', 'ONLINE', {
    created: '2026-06-01',
    accepted: '2026-06-02',
    closed: '2026-06-10',
  }),
  shape('生育登记', 'WITHDRAWN', 'WECHAT', { created: '2026-06-03', closed: '2026-06-04' }),
];

/** Requests that operations name, in the first community that has people. */
export const REQUEST_EXAMPLES: readonly RequestShape[] = [
  shape('居住证申领', 'PRE_ACCEPTED', 'WINDOW', { created: '2026-06-30' }, { name: 'request/pre-accepted' }),
  shape('户口迁移', 'SUBMITTED', 'WINDOW', { created: '2026-06-29' }, { name: 'request/submitted' }),
  shape(
    '居民身份证换领',
    'ACCEPTED',
    'WINDOW',
    { created: '2026-06-24', accepted: '2026-06-25' },
    { name: 'request/accepted' },
  ),
  shape(
    '犬类免疫登记',
    'ACCEPTED',
    'KIOSK',
    { created: '2026-06-15', accepted: '2026-06-16' },
    { name: 'request/overdue' },
  ),
  shape(
    '流动人口居住登记',
    'COMPLETED',
    'TV_BOX',
    { created: '2026-06-29', accepted: '2026-06-29', closed: '2026-06-29' },
    { name: 'request/completed' },
  ),
];
