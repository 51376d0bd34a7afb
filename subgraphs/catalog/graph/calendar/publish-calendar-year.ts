import { isRefusal } from '../../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { type CalendarYearPublished, publishCalendarYear } from '../../rules/calendar/publish-calendar-year.ts';
import { builder, refusalTypes } from '../builder.ts';
import { IDEMPOTENCY_KEY } from '../matters/payload.ts';

const HolidayInput = builder.inputType('HolidayInput', {
  description: '节假日 Days off of one holiday.',
  fields: (t) => ({
    name: t.string({ required: true, description: '名称 Name of the holiday.' }),
    from: t.field({ type: 'LocalDate', required: true, description: '首日 First day off.' }),
    to: t.field({ type: 'LocalDate', required: true, description: '末日 Last day off.' }),
  }),
});

const Input = builder.inputType('PublishWorkingCalendarYearInput', {
  description: '工作日历 The State Council’s notice on the holidays of a year.',
  fields: (t) => ({
    year: t.int({ required: true, description: '年份 The year.' }),
    source: t.string({ required: true, description: '依据 Title and date of the notice.' }),
    holidays: t.field({ type: [HolidayInput], required: true, description: '节假日 Days off.' }),
    makeUpDays: t.field({
      type: ['LocalDate'],
      required: true,
      description: '调休上班日 Weekend days that are worked.',
    }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const Success = builder
  .objectRef<CalendarYearPublished & { __typename: 'PublishWorkingCalendarYearSuccess' }>(
    'PublishWorkingCalendarYearSuccess',
  )
  .implement({
    description: '工作日历已发布 The calendar is loaded, and deadlines have been counted anew.',
    card: GRAPH_CARD,
    fields: (t) => ({
      year: t.exposeInt('year', { description: '年份 The year.', card: { unit: '年 year' } }),
      version: t.exposeInt('version', { description: '版本 Its version.', card: { unit: '版 version' } }),
      recountedDeadlines: t.exposeInt('recounted', {
        description: '重算期限数 Running deadlines of the catalogue that touch the year.',
        card: { unit: '项 deadlines' },
      }),
      movedDeadlines: t.exposeInt('moved', {
        description: '变动期限数 Those of them whose last day has moved.',
        card: { unit: '项 deadlines' },
      }),
    }),
  });

const Payload = builder.unionType('PublishWorkingCalendarYearPayload', {
  description: '发布结果 Done, or why not.',
  types: [Success, refusalTypes.InvalidInput, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationField('publishWorkingCalendarYear', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    description: '发布年度工作日历 Loads the published calendar of a year; deadlines that touch it move and say so.',
    card: { right: 'sharing.review' },
    args: { input: t.arg({ type: Input, required: true, description: '输入 The notice.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await publishCalendarYear(context, input);
      return isRefusal(result) ? result : { __typename: 'PublishWorkingCalendarYearSuccess' as const, ...result };
    },
  }),
);
