import { endOfDay } from '../../../kit/calendar/china-day.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import { lockAdmissionItem } from '../../store/burden/admission-rows.ts';
import { insertTask, lockTask, updateTaskState } from '../../store/burden/task-rows.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import { commitFunding, lockFunding } from '../../store/projects/funding-rows.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { keepAgreedEnd, stopTerms } from '../terms/run-term.ts';
import { type TaskEvent, type TaskState, taskMachine } from './task-machine.ts';

export interface TaskWritten {
  readonly taskId: string;
}

interface TaskInput {
  readonly communityId: string;
  readonly title: string;
  readonly dueOn: string;
  readonly idempotencyKey: string;
}

export interface AssignTaskInput extends TaskInput {
  readonly admissionItemId?: string | null | undefined;
}

/** Largest fee that is believed. */
const MAX_FEE_YUAN = 100_000_000;

/** 交办 — asks of a community what stands on its county's list for the caller's department; anything else is refused with the basis. */
export function assignTask(call: ServicesCall, input: AssignTaskInput): Promise<TaskWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'assignTask', 'community-task', input, async (transaction, provenanceId) => {
    const checked = checkTask(call, input);
    if (isRefusal(checked)) return checked;
    const rule = await getRuleInForce(transaction, 'ADMISSION_OFF_LIST', dateInChina(clock.now()));
    const offList = refuse('TASK_OFF_LIST', 'input.admissionItemId', { basis: rule.legalBasis });
    const id = findUuidKey('AdmissionItem', input.admissionItemId);
    // Locked, so that the item does not leave the list in the same moment.
    const item = id === undefined ? null : await lockAdmissionItem(transaction, id);
    if (item === null || item.state !== 'IN_FORCE' || item.countyCode !== checked.place.countyCode) return offList;
    if (item.departmentCode !== caller.departmentCode) return offList;
    return insert(
      call,
      transaction,
      input,
      checked,
      { admissionItemId: item.id, fundingId: null, feeYuan: 0 },
      provenanceId,
    );
  });
}

export interface CommissionTaskInput extends TaskInput {
  readonly fundingId: string;
  readonly feeYuan: number;
}

/** 委托 — asks of a community what is off the list, for a fee out of money of the caller's department that is still there. */
export function commissionTask(call: ServicesCall, input: CommissionTaskInput): Promise<TaskWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'commissionTask', 'community-task', input, async (transaction, provenanceId) => {
    const checked = checkTask(call, input);
    if (isRefusal(checked)) return checked;
    const { feeYuan } = input;
    if (!Number.isInteger(feeYuan) || feeYuan <= 0) {
      const rule = await getRuleInForce(transaction, 'ADMISSION_OFF_LIST', dateInChina(clock.now()));
      return refuse('COMMISSION_WITHOUT_FEE', 'input.feeYuan', { basis: rule.legalBasis });
    }
    if (feeYuan > MAX_FEE_YUAN) return refuse('NUMBER_OUT_OF_RANGE', 'input.feeYuan', { min: 1, max: MAX_FEE_YUAN });
    const id = findUuidKey('Funding', input.fundingId);
    const funding = id === undefined ? null : await lockFunding(transaction, id);
    if (funding === null || !checked.place.communityCode.startsWith(funding.divisionCode)) {
      return refuse('FUNDING_NOT_FOUND', 'input.fundingId');
    }
    if (funding.departmentCode !== caller.departmentCode) return refuse('FUNDING_NOT_YOURS', 'input.fundingId');
    if (!(await commitFunding(transaction, funding.id, feeYuan))) {
      const left = (funding.budgetYuan ?? 0) - funding.committedYuan;
      return refuse('FUNDING_INSUFFICIENT', 'input.feeYuan', { left });
    }
    return insert(
      call,
      transaction,
      input,
      checked,
      { admissionItemId: null, fundingId: funding.id, feeYuan },
      provenanceId,
    );
  });
}

interface CheckedTask {
  readonly place: Place;
  readonly title: string;
}

function checkTask({ caller, clock }: ServicesCall, input: TaskInput): CheckedTask | Refusal {
  const place = communityPlace(findCommunityCode(input.communityId) ?? '');
  if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
  const title = plainText(input.title, 'input.title', 2, 120);
  if (isRefusal(title)) return title;
  if (input.dueOn < dateInChina(clock.now())) return refuse('DATE_IN_PAST', 'input.dueOn');
  return { place, title };
}

async function insert(
  { store, caller, clock }: ServicesCall,
  transaction: ServicesTransaction,
  { dueOn }: TaskInput,
  { place, title }: CheckedTask,
  ground: { admissionItemId: string | null; fundingId: string | null; feeYuan: number },
  provenanceId: string,
) {
  const id = store.ids.next();
  const assignedAt = clock.now();
  await insertTask(transaction, {
    ...{ id, title, ...ground, state: taskMachine.initial, assignedAt, dueOn, provenanceId, ...place },
    departmentCode: caller.departmentCode,
  });
  const agreed = { ruleCode: 'ASSIGNED_TERM', startedOn: dateInChina(assignedAt), dueAt: endOfDay(dueOn) };
  await keepAgreedEnd(transaction, { entityType: 'CommunityTask', id, place }, agreed);
  await insertStep(transaction, {
    ...{ subjectId: id, event: 'ASSIGN', from: null, to: taskMachine.initial, at: assignedAt, provenanceId },
    actorDepartmentCode: caller.departmentCode,
  });
  return written(id, 'communityTask.assigned', { feeYuan: ground.feeYuan }, place, ground.fundingId === null ? 2 : 3);
}

export interface AdvanceTaskInput {
  readonly taskId: string;
  readonly event: TaskEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes a step of a task; one that was commissioned and does not come about gives its fee back to the money that it came from. */
export function advanceTask(call: ServicesCall, input: AdvanceTaskInput): Promise<TaskWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'advanceTask', 'community-task', input, async (transaction, provenanceId) => {
    const id = findUuidKey('CommunityTask', input.taskId);
    const task = id === undefined ? null : await lockTask(transaction, id);
    if (task === null || !coversPlace(caller, task)) return refuse('TASK_NOT_FOUND', 'input.taskId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const taken = taskMachine.take({
      // Written by this machine only.
      ...{ event: input.event, state: task.state as TaskState, caller, given: { ...input } },
      ...{ subject: { assignedBy: task.departmentCode }, culprit: 'input.event' },
    });
    if (isRefusal(taken)) return taken;
    await updateTaskState(transaction, task.id, taken.to);
    if (taskMachine.isTerminal(taken.to)) await stopTerms(transaction, task.id);
    const released = (taken.to === 'RETURNED' || taken.to === 'WITHDRAWN') && task.fundingId !== null;
    if (released && task.fundingId !== null && !(await commitFunding(transaction, task.fundingId, -task.feeYuan))) {
      throw new Error(`the fee of task ${task.id} was never committed`);
    }
    await insertStep(transaction, {
      ...{
        subjectId: task.id,
        ...taken,
        at: clock.now(),
        note,
        provenanceId,
        actorDepartmentCode: caller.departmentCode,
      },
    });
    return written(task.id, 'communityTask.stepped', { event: taken.event, toState: taken.to }, task, released ? 3 : 2);
  });
}

function written(id: string, eventType: string, more: object, place: Place, rowCount: number) {
  const answer = { taskId: globalId('CommunityTask', id) };
  const event = { eventType, entityType: 'CommunityTask', entityId: answer.taskId };
  return { answer, rowCount, events: [{ ...event, payload: { ...answer, ...more }, place }] };
}
