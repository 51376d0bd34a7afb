import { type Deadline, deadlineAt, dueDate } from '../../kit/calendar/deadline.ts';
import { dateInChina } from '../../kit/clock.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import { deadlineRule } from '../rules/term.ts';
import { findGovernanceRules, type GovernanceRuleRow } from '../store/governance-rule-rows.ts';
import type { ServicesStore } from '../store/services-store.ts';
import { builder } from './builder.ts';

const GovernanceRuleKind = builder.enumType('GovernanceRuleKind', {
  description: '规则种类 What a rule sets.',
  values: {
    DEADLINE: { description: '期限 How long something may take.' },
    QUORUM: { description: '法定人数 How many must take part and agree.' },
    THRESHOLD: { description: '阈值 A limit.' },
    FLOOR: { description: '下限 A least size.' },
    ALERT: { description: '预警规则 When an alert is raised.' },
    WINDOW: { description: '合并窗口 How far apart things still count as one.' },
  },
});

const GovernanceRule = builder.objectRef<GovernanceRuleRow>('GovernanceRule').implement({
  description: '治理规则 Law or a local rule as versioned configuration, with its basis.',
  card: { source: 'justice', sharing: 'UNCONDITIONAL', grade: 1, category: 'PUBLIC', updateCycle: 'ON_CHANGE' },
  fields: (t) => ({
    code: t.exposeString('code', { description: '规则代码 Stable code.' }),
    kind: t.field({ type: GovernanceRuleKind, description: '规则种类 Kind.', resolve: (rule) => rule.kind }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'LocalDate', description: '生效日 First day in force.' }),
    titleZh: t.exposeString('titleZh', { description: '名称 Title in Chinese.' }),
    titleEn: t.exposeString('titleEn', { description: '英文名称 Title in English.' }),
    amount: t.exposeFloat('amount', {
      nullable: true,
      description: '数值 The figure, in `unit`; null where the parameters say it all.',
    }),
    unit: t.exposeString('unit', { nullable: true, description: '计量单位 Unit of the figure.' }),
    parameters: t.string({
      description: '参数 What is particular to its kind, as JSON text.',
      resolve: (rule) => JSON.stringify(rule.parameters),
    }),
    legalBasis: t.exposeString('legalBasis', { description: '依据 Law and article, or 待补.' }),
    basisConfirmed: t.exposeBoolean('basisConfirmed', {
      description: '依据已核对 Whether the figure was checked against the text of the law.',
    }),
  }),
});

builder.queryField('governanceRules', (t) =>
  t.field({
    type: [GovernanceRule],
    description: '治理规则 Rules with all their versions, by code; some dozens.',
    args: { kind: t.arg({ type: GovernanceRuleKind, description: '规则种类 Only this kind.' }) },
    resolve: async (_root, { kind }, context) =>
      (await allRules(context)).filter((rule) => kind == null || rule.kind === kind),
  }),
);

function allRules(context: SubgraphContext<ServicesStore>): Promise<GovernanceRuleRow[]> {
  return context.loaders
    .get<GovernanceRuleRow[]>('governanceRules', async (keys) => {
      const rules = await findGovernanceRules(context.store, context.trace);
      return keys.map(() => rules);
    })
    .load('all');
}

/** The version of a rule that was in force at an instant; one statement per operation reads them all. */
export async function ruleInForce(
  code: string,
  at: Date,
  context: SubgraphContext<ServicesStore>,
): Promise<GovernanceRuleRow> {
  const on = dateInChina(at);
  const rule = (await allRules(context)).filter((own) => own.code === code && own.effectiveFrom <= on).at(-1);
  if (rule === undefined) throw new Error(`no governance rule ${code} is in force on ${on}`);
  return rule;
}

/** A kept last day as the deadline that people read: what is left of it at `now`, how sure it is, by which rule. */
export function deadlineOf(
  rule: GovernanceRuleRow,
  startedOn: string,
  dueOn: string,
  now: Date,
  { calendar }: SubgraphContext<ServicesStore>,
): Deadline {
  const due = {
    dueOn,
    certainty: calendar.certaintyOf(startedOn, dueOn),
    calendarVersion: calendar.versionOf(startedOn, dueOn),
  };
  return deadlineAt(calendar, due, deadlineRule(rule), now);
}

/** A term that began on a day, counted on the calendar as it stands, so that a published year moves it at once. */
export async function termOf(
  ruleCode: string,
  startedOn: string,
  context: SubgraphContext<ServicesStore>,
): Promise<Deadline> {
  const rule = deadlineRule(await ruleInForce(ruleCode, new Date(`${startedOn}T04:00:00Z`), context));
  return deadlineAt(context.calendar, dueDate(context.calendar, startedOn, rule), rule, context.clock.now());
}
