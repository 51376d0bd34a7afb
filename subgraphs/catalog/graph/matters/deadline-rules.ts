import type { CalendarYear, Holiday } from '../../../kit/calendar/calendar-year.ts';
import { type DueDate, deadlineAt, dueDate } from '../../../kit/calendar/deadline.ts';
import { type DeadlineRule, findRuleInForce } from '../../../kit/calendar/deadline-rule.ts';
import { findDeadlineRules } from '../../store/matters/deadline-rule-rows.ts';
import { builder, Deadline } from '../builder.ts';
import { CATALOG_CARD } from '../entities.ts';

const Rule = builder.objectRef<DeadlineRule>('DeadlineRule').implement({
  description: '期限规则 How long something may take, by which law, since when.',
  card: CATALOG_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '规则代码 Code of the rule.' }),
    titleZh: t.exposeString('titleZh', { description: '规则名称 The duty.' }),
    titleEn: t.exposeString('titleEn', { description: '英文名称 The same in English.' }),
    amount: t.exposeInt('amount', { description: '天数 Length of the term.', card: { unit: '天 days' } }),
    unit: t.exposeString('unit', { description: '单位 WORKING_DAY or CALENDAR_DAY.' }),
    legalBasis: t.exposeString('legalBasis', { description: '法律依据 Law and article.' }),
    basisConfirmed: t.exposeBoolean('basisConfirmed', {
      description: '依据已核对 Whether the figure was checked against a public source of the law.',
    }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'LocalDate', description: '生效日 Since when.' }),
  }),
});

const HolidayType = builder.objectRef<Holiday>('Holiday').implement({
  description: '节假日 Days off of one holiday.',
  card: CATALOG_CARD,
  fields: (t) => ({
    name: t.exposeString('name', { description: '名称 Name of the holiday.' }),
    from: t.expose('from', { type: 'LocalDate', description: '首日 First day off.' }),
    to: t.expose('to', { type: 'LocalDate', description: '末日 Last day off.' }),
  }),
});

const Year = builder.objectRef<CalendarYear>('WorkingCalendarYear').implement({
  description: '年度工作日历 Which days of a year are worked.',
  card: CATALOG_CARD,
  fields: (t) => ({
    year: t.exposeInt('year', { description: '年份 The year.', card: { unit: '年 year' } }),
    published: t.boolean({
      description: '是否已发布 Whether the State Council’s notice is out; otherwise it is computed.',
      resolve: ({ status }) => status === 'PUBLISHED',
    }),
    version: t.exposeInt('version', {
      description: '版本 Version; 0 for a computed year.',
      card: { unit: '版 version' },
    }),
    source: t.exposeString('source', { description: '依据 The notice, or the law it is computed from.' }),
    holidays: t.field({
      type: [HolidayType],
      description: '节假日 Days off.',
      resolve: ({ holidays }) => [...holidays],
    }),
    makeUpDays: t.field({
      type: ['LocalDate'],
      description: '调休上班日 Saturdays and Sundays that are worked.',
      resolve: ({ makeUpDays }) => [...makeUpDays],
    }),
  }),
});

builder.queryFields((t) => ({
  deadlineRules: t.field({
    type: [Rule],
    description: '期限规则清单 Every rule in every version.',
    card: CATALOG_CARD,
    resolve: (_root, _args, { store, trace }) => findDeadlineRules(store, trace),
  }),
  workingCalendarYears: t.field({
    type: [Year],
    description: '工作日历 The years on which deadlines are counted.',
    card: CATALOG_CARD,
    resolve: (_root, _args, { calendar }) => [...calendar.years],
  }),
  deadlineOf: t.field({
    type: Deadline,
    nullable: true,
    description:
      '期限试算 The deadline of a duty that begins on a day; null when no rule is in force or no calendar is known.',
    card: CATALOG_CARD,
    args: {
      ruleCode: t.arg.string({ required: true, description: '规则代码 Code of the rule.' }),
      startedOn: t.arg({ type: 'LocalDate', required: true, description: '起算日 Day on which it begins.' }),
    },
    resolve: async (_root, { ruleCode, startedOn }, { store, trace, calendar, clock }) => {
      const rule = findRuleInForce(await findDeadlineRules(store, trace), ruleCode, startedOn);
      if (rule === undefined) return null;
      let due: DueDate;
      try {
        due = dueDate(calendar, startedOn, rule);
      } catch (error) {
        if (error instanceof RangeError) return null;
        throw error;
      }
      return deadlineAt(calendar, due, rule, clock.now());
    },
  }),
}));
