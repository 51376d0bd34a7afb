import { dueDate } from '../../../kit/calendar/deadline.ts';
import { dateInChina } from '../../../kit/clock.ts';
import type { CatalogTransaction } from '../../store/department-system-rows.ts';
import type { MatterType } from '../../store/matters/duty-rows.ts';
import { getRule, insertDuty, insertStep, meetDuty } from '../../store/matters/matter-writes.ts';
import type { Act } from './act.ts';

/** Who has to act next, under which clock. */
export interface NextDuty {
  readonly departmentCode: string;
  readonly ruleCode: string;
}

export interface RecordedStep {
  readonly subjectType: MatterType;
  readonly subjectId: string;
  readonly event: string;
  readonly from: string | null;
  readonly to: string;
  readonly note: string | null;
  /** Undefined where nobody has to act. */
  readonly next: NextDuty | undefined;
}

/**
 * Writes a step of a matter: its history, the end of the duty that it meets, and the next duty with its last day. A step
 * that leaves the state as it is lets the clock run on.
 */
export async function recordStep(
  transaction: CatalogTransaction,
  act: Act,
  step: RecordedStep,
  provenanceId: string,
): Promise<void> {
  const { caller, calendar, clock, store } = act;
  const { subjectType, subjectId, event, from, to, note, next } = step;
  const at = clock.now();
  const actorDepartmentCode = caller.departmentCode;
  await insertStep(transaction, {
    subjectType,
    subjectId,
    event,
    fromState: from,
    toState: to,
    at,
    actorDepartmentCode,
    note,
    provenanceId,
  });
  if (from === to) return;
  await meetDuty(transaction, subjectId, at);
  if (next === undefined) return;
  const startedOn = dateInChina(at);
  const rule = await getRule(transaction, next.ruleCode, startedOn);
  await insertDuty(transaction, {
    ...dueDate(calendar, startedOn, rule),
    id: store.ids.next(),
    subjectType,
    subjectId,
    departmentCode: next.departmentCode,
    rule,
    startedOn,
    provenanceId,
  });
}
