import type { Deadline } from '../calendar/deadline.ts';
import { GRAPH_CARD } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Declares the `Deadline` that all subgraphs share. Once per subgraph. */
export function defineDeadline<Store>(builder: GraphBuilder<Store>) {
  const certainty = builder.enumType('DeadlineCertainty', {
    description: '期限确定性 Whether a deadline may still move.',
    values: {
      FINAL: { description: '确定 Counted on published calendars only.' },
      PROVISIONAL: { description: '暂定 Touches a year whose holidays are not published yet; it may move.' },
    },
  });
  const unit = builder.enumType('DeadlineUnit', {
    description: '期限单位 What a term is counted in.',
    values: {
      WORKING_DAY: { description: '工作日 Working days, with make-up days (调休).' },
      CALENDAR_DAY: { description: '自然日 Calendar days; a last day off moves to the next working day.' },
    },
  });
  return builder.objectRef<Deadline>('Deadline').implement({
    description: '办理期限 Until when something has to be done, by which rule.',
    card: GRAPH_CARD,
    directives: { shareable: {} },
    fields: (t) => ({
      dueOn: t.expose('dueOn', { type: 'LocalDate', description: '截止日期 Last day in time.' }),
      dueAt: t.expose('dueAt', {
        type: 'DateTime',
        description: '截止时刻 24:00 of that day: the first moment too late.',
      }),
      overdue: t.exposeBoolean('overdue', { description: '是否逾期 Whether it has passed.' }),
      workingDaysLeft: t.exposeInt('workingDaysLeft', {
        description: '剩余工作日 Working days left after today; 0 on the last day, negative when late.',
        card: { unit: '工作日 working days' },
      }),
      certainty: t.field({
        type: certainty,
        description: '期限确定性 Whether it may still move.',
        resolve: (deadline) => deadline.certainty,
      }),
      calendarVersion: t.exposeString('calendarVersion', {
        description: '工作日历版本 Calendars it was counted on, year.version.',
      }),
      ruleCode: t.string({ description: '期限规则代码 Code of the rule.', resolve: ({ rule }) => rule.code }),
      ruleTitleZh: t.string({ description: '期限规则 The duty, in Chinese.', resolve: ({ rule }) => rule.titleZh }),
      ruleTitleEn: t.string({ description: '期限规则英文 The duty, in English.', resolve: ({ rule }) => rule.titleEn }),
      termAmount: t.int({
        description: '期限天数 Length of the term, in `termUnit`.',
        card: { unit: '天 days' },
        resolve: ({ rule }) => rule.amount,
      }),
      termUnit: t.field({ type: unit, description: '期限单位 Its unit.', resolve: ({ rule }) => rule.unit }),
      legalBasis: t.string({ description: '法律依据 Law and article.', resolve: ({ rule }) => rule.legalBasis }),
      basisConfirmed: t.boolean({
        description: '依据已核对 Whether the figure was checked against the text of the law.',
        resolve: ({ rule }) => rule.basisConfirmed,
      }),
      ruleEffectiveFrom: t.field({
        type: 'LocalDate',
        description: '规则生效日 Since when the rule is in force.',
        resolve: ({ rule }) => rule.effectiveFrom,
      }),
    }),
  });
}
