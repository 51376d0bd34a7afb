import { dueDate } from '../../../subgraphs/kit/calendar/deadline.ts';
import type { DeadlineRule } from '../../../subgraphs/kit/calendar/deadline-rule.ts';
import { getRuleInForce } from '../../../subgraphs/kit/calendar/deadline-rule.ts';
import { builtInCalendar } from '../../../subgraphs/kit/calendar/working-calendar.ts';
import { REFERENCE_INSTANT } from '../reference-instant.ts';
import { exampleId } from '../services/example-ids.ts';
import type { ExampleStep } from './sharing-examples.ts';

/** Who acts in a matter, and under which clock it waits, by state. */
export interface MatterParties {
  /** Department that takes a step. */
  actorOf(event: string, from: string | null): string;
  /** Rule and department of the clock that runs in a state; undefined where nobody has to act. */
  dutyIn(state: string): { readonly rule: string; readonly department: string } | undefined;
}

/** The rows of a matter's steps and duties. */
export interface MatterHistory {
  readonly steps: readonly object[];
  readonly duties: readonly object[];
}

/** When a step of a day was taken: in the morning, in China. */
export function momentOf(day: string): string {
  return `${day}T09:30:00+08:00`;
}

/** A matter's history: one row for each step, and for each clock that ran or runs, counted on China's working days. */
export function matterHistory(
  subject: { readonly type: string; readonly id: string },
  steps: readonly ExampleStep[],
  parties: MatterParties,
  rules: readonly DeadlineRule[],
): MatterHistory {
  const today = REFERENCE_INSTANT.slice(0, 10);
  const stepRows: object[] = [];
  const dutyRows: object[] = [];
  for (const [index, [event, to, day, note]] of steps.entries()) {
    const from = index === 0 ? null : (steps[index - 1]?.[1] ?? null);
    stepRows.push({
      subject_id: subject.id,
      ordinal: index + 1,
      subject_type: subject.type,
      event,
      from_state: from,
      to_state: to,
      at: momentOf(day),
      actor_department_code: parties.actorOf(event, from),
      note: note ?? null,
    });
    const duty = parties.dutyIn(to);
    if (duty === undefined) continue;
    const rule = getRuleInForce(rules, duty.rule, day);
    const { dueOn, certainty, calendarVersion } = dueDate(builtInCalendar, day, rule);
    const next = steps[index + 1]?.[2];
    dutyRows.push({
      id: exampleId(`duty/${subject.id}/${index}`),
      subject_type: subject.type,
      subject_id: subject.id,
      department_code: duty.department,
      rule_code: rule.code,
      rule_effective_from: rule.effectiveFrom,
      started_on: day,
      due_on: dueOn,
      certainty,
      calendar_version: calendarVersion,
      met_at: next === undefined ? null : momentOf(next),
      // The hub's clockwork has told of it on the morning after.
      escalated_at: next === undefined && dueOn < today ? momentOf(builtInCalendar.addWorkingDays(dueOn, 1)) : null,
    });
  }
  return { steps: stepRows, duties: dutyRows };
}
