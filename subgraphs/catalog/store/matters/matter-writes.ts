import type { DueDate } from '../../../kit/calendar/deadline.ts';
import { type DeadlineRule, getRuleInForce } from '../../../kit/calendar/deadline-rule.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';
import type { MatterType } from './duty-rows.ts';

export interface NewStep {
  readonly subjectType: MatterType;
  readonly subjectId: string;
  readonly event: string;
  readonly fromState: string | null;
  readonly toState: string;
  readonly at: Date;
  readonly actorDepartmentCode: string;
  readonly note: string | null;
  readonly provenanceId: string;
}

/** Adds a step to the history of a matter, whose row the caller of this holds locked (or has just made). */
export async function insertStep(transaction: CatalogTransaction, step: NewStep): Promise<void> {
  const { _max } = await transaction.matterStep.aggregate({
    where: { subjectId: step.subjectId },
    _max: { ordinal: true },
  });
  await transaction.matterStep.create({ data: { ...step, ordinal: (_max.ordinal ?? 0) + 1 } });
}

/** Ends the running duty of a matter, if there is one. */
export async function meetDuty(transaction: CatalogTransaction, subjectId: string, metAt: Date): Promise<void> {
  await transaction.duty.updateMany({ where: { subjectId, metAt: null }, data: { metAt } });
}

export interface NewDuty extends DueDate {
  readonly id: string;
  readonly subjectType: MatterType;
  readonly subjectId: string;
  readonly departmentCode: string;
  readonly rule: DeadlineRule;
  readonly startedOn: string;
  readonly provenanceId: string;
}

export async function insertDuty(transaction: CatalogTransaction, duty: NewDuty): Promise<void> {
  const { rule, startedOn, dueOn, ...columns } = duty;
  await transaction.duty.create({
    data: {
      ...columns,
      ruleCode: rule.code,
      ruleEffectiveFrom: new Date(rule.effectiveFrom),
      startedOn: new Date(startedOn),
      dueOn: new Date(dueOn),
    },
  });
}

/** The rule of this code for a matter that begins on a day (`YYYY-MM-DD`). Throws when none is in force. */
export async function getRule(transaction: CatalogTransaction, code: string, on: string): Promise<DeadlineRule> {
  const rows = await transaction.deadlineRule.findMany({ where: { code } });
  const rules = rows.map(({ effectiveFrom, unit, ...row }) => ({
    ...row,
    // Written by migrations and stewards only, in the two units that the type names.
    unit: unit as DeadlineRule['unit'],
    effectiveFrom: effectiveFrom.toISOString().slice(0, 10),
  }));
  return getRuleInForce(rules, code, on);
}
