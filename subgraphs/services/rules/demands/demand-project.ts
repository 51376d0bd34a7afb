import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import {
  demandsOfProject,
  insertDemand,
  insertEvaluation,
  insertProject,
  lockDemand,
  lockProject,
  readProjectFacts,
  updateDemand,
  updateProject,
} from '../../store/demands/demand-rows.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import type { ServiceField } from '../projects/vocabulary.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { startTerm, stopTerms } from '../terms/run-term.ts';
import {
  type DemandSource,
  type DemandState,
  demandMachine,
  type EvaluationSide,
  type ProjectEvent,
  type ProjectState,
  projectMachine,
} from './demand-machine.ts';

export interface RecordDemandInput {
  readonly communityId: string;
  readonly source: DemandSource;
  readonly field: ServiceField;
  readonly title: string;
  readonly idempotencyKey: string;
}

/** 精准发现 — records a demand that one of the three lines or the stewards' station has found. */
export function recordDemand(call: ServicesCall, input: RecordDemandInput): Promise<{ demandId: string } | Refusal> {
  const { store, caller, clock, calendar } = call;
  return writeServices(call, 'recordDemand', 'demand', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const title = plainText(input.title, 'input.title', 2, 120);
    if (isRefusal(title)) return title;
    const id = store.ids.next();
    const foundAt = clock.now();
    const { source, field } = input;
    const start = { ruleCode: 'DEMAND_ANSWER', startedOn: dateInChina(foundAt) };
    const { dueOn: answerDueOn } = await startTerm(calendar, transaction, { entityType: 'Demand', id, place }, start);
    await insertDemand(transaction, {
      ...{ id, title, source, field, state: demandMachine.initial, foundAt, answerDueOn, provenanceId, ...place },
    });
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'FIND', from: null, to: demandMachine.initial, at: foundAt, provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    return writtenDemand(id, 'demand.recorded', { source, field }, place, 2);
  });
}

export interface AnswerDemandInput {
  readonly demandId: string;
  readonly note: string;
  readonly idempotencyKey: string;
}

/** Answers a demand that becomes no project. */
export function answerDemand(call: ServicesCall, input: AnswerDemandInput): Promise<{ demandId: string } | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'answerDemand', 'demand', input, async (transaction, provenanceId) => {
    const id = findUuidKey('Demand', input.demandId);
    const demand = id === undefined ? null : await lockDemand(transaction, id);
    if (demand === null || !coversPlace(caller, demand)) return refuse('DEMAND_NOT_FOUND', 'input.demandId');
    const note = plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const taken = demandMachine.take({
      // Written by this machine only.
      ...{ event: 'ANSWER', state: demand.state as DemandState, caller, given: { ...input } },
      ...{ subject: {}, culprit: 'input.demandId' },
    });
    if (isRefusal(taken)) return taken;
    await updateDemand(transaction, demand.id, { state: taken.to });
    await stopTerms(transaction, demand.id);
    await insertStep(transaction, {
      ...{ subjectId: demand.id, ...taken, at: clock.now(), note, provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    return writtenDemand(demand.id, 'demand.answered', {}, demand, 2);
  });
}

export interface ProjectWritten {
  readonly projectId: string;
}

export interface OpenDemandProjectInput {
  readonly communityId: string;
  readonly field: ServiceField;
  readonly title: string;
  readonly demandIds: readonly string[];
  readonly idempotencyKey: string;
}

const MAX_DEMANDS = 100;

/** Opens a project out of demands of one community and one field that are in none yet. */
export function openDemandProject(
  call: ServicesCall,
  input: OpenDemandProjectInput,
): Promise<ProjectWritten | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'openDemandProject', 'demand-project', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const title = plainText(input.title, 'input.title', 2, 120);
    if (isRefusal(title)) return title;
    // In the order of their ids, so that two projects never wait for each other in a circle.
    const demandIds = [...new Set(input.demandIds)].sort();
    if (demandIds.length < 1 || demandIds.length > MAX_DEMANDS) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.demandIds', { min: 1, max: MAX_DEMANDS });
    }
    const id = store.ids.next();
    const at = clock.now();
    const step = { at, provenanceId, actorDepartmentCode: caller.departmentCode };
    for (const globalDemandId of demandIds) {
      const key = findUuidKey('Demand', globalDemandId);
      const demand = key === undefined ? null : await lockDemand(transaction, key);
      if (demand === null || demand.communityCode !== place.communityCode || demand.field !== input.field) {
        return refuse('DEMAND_NOT_FOUND', 'input.demandIds');
      }
      if (demand.state !== 'FOUND') return refuse('DEMAND_NOT_OPEN', 'input.demandIds');
      await updateDemand(transaction, demand.id, { state: 'GROUPED', projectId: id });
      await stopTerms(transaction, demand.id);
      await insertStep(transaction, { subjectId: demand.id, event: 'GROUP', from: 'FOUND', to: 'GROUPED', ...step });
    }
    await insertProject(transaction, {
      ...{ id, title, field: input.field, state: projectMachine.initial, plannedBudgetYuan: 0, openedAt: at },
      ...{ demandCount: demandIds.length, stepDueOn: await startStep(call, transaction, { id, place }) },
      ...{ provenanceId, ...place },
    });
    await insertStep(transaction, { subjectId: id, event: 'FIND', from: null, to: projectMachine.initial, ...step });
    return written(id, 'demandProject.opened', { field: input.field }, place, 2 + 2 * demandIds.length);
  });
}

export interface AdvanceDemandProjectInput {
  readonly projectId: string;
  readonly event: ProjectEvent;
  readonly plan?: string | null | undefined;
  readonly plannedBudgetYuan?: number | null | undefined;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

const MAX_BUDGET_YUAN = 100_000_000;

/** Takes the next of the five steps; a project that closes meets its demands, one that stops releases them. */
export function advanceDemandProject(
  call: ServicesCall,
  input: AdvanceDemandProjectInput,
): Promise<ProjectWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'advanceDemandProject', 'demand-project', input, async (transaction, provenanceId) => {
    const project = await lockVisible(call, transaction, input.projectId);
    if (project === null) return refuse('PROJECT_NOT_FOUND', 'input.projectId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const plan = input.plan == null ? undefined : plainText(input.plan, 'input.plan', 10, 2000);
    if (isRefusal(plan)) return plan;
    const budget = input.plannedBudgetYuan ?? 0;
    if (budget < 0 || budget > MAX_BUDGET_YUAN) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.plannedBudgetYuan', { min: 0, max: MAX_BUDGET_YUAN });
    }
    const facts = await readProjectFacts(transaction, project.id);
    const taken = projectMachine.take({
      // Written by this machine only.
      ...{ event: input.event, state: project.state as ProjectState, caller, given: { ...input } },
      ...{ subject: { ...facts, demands: project.demandCount }, culprit: 'input.event' },
    });
    if (isRefusal(taken)) return taken;
    const at = clock.now();
    const step = { at, provenanceId, actorDepartmentCode: caller.departmentCode };
    await updateProject(transaction, project.id, {
      state: taken.to,
      ...(taken.event === 'STOP' ? { demandCount: 0 } : {}),
      ...(taken.event === 'DESIGN' && plan !== undefined ? { plan, plannedBudgetYuan: budget } : {}),
      ...(projectMachine.clockOf(taken.to) === undefined
        ? {}
        : { stepDueOn: await startStep(call, transaction, { id: project.id, place: project }) }),
    });
    if (projectMachine.clockOf(taken.to) === undefined) await stopTerms(transaction, project.id);
    await insertStep(transaction, { subjectId: project.id, ...taken, note, ...step });
    let rows = 2;
    if (projectMachine.isTerminal(taken.to)) {
      const met = taken.to === 'CLOSED';
      for (const demand of await demandsOfProject(transaction, project.id)) {
        const to = met ? 'MET' : 'FOUND';
        await updateDemand(transaction, demand.id, met ? { state: to } : { state: to, projectId: null });
        // Nobody has answered it yet: the term that began when it was found goes on.
        if (!met) {
          const start = { ruleCode: 'DEMAND_ANSWER', startedOn: dateInChina(demand.foundAt) };
          await startTerm(call.calendar, transaction, { entityType: 'Demand', id: demand.id, place: project }, start);
        }
        await insertStep(transaction, {
          subjectId: demand.id,
          event: met ? 'MEET' : 'RELEASE',
          from: 'GROUPED',
          to,
          ...step,
        });
        rows += 2;
      }
    }
    return written(project.id, 'demandProject.stepped', { event: taken.event, toState: taken.to }, project, rows);
  });
}

export interface EvaluateProjectInput {
  readonly projectId: string;
  readonly side: EvaluationSide;
  readonly grade: string;
  readonly comment: string;
  readonly idempotencyKey: string;
}

/** Gives the evaluation of one side, once. */
export function evaluateProject(call: ServicesCall, input: EvaluateProjectInput): Promise<ProjectWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'evaluateProject', 'demand-project', input, async (transaction, provenanceId) => {
    const project = await lockVisible(call, transaction, input.projectId);
    if (project === null) return refuse('PROJECT_NOT_FOUND', 'input.projectId');
    if (project.state !== 'EVALUATING') return refuse('PROJECT_NOT_EVALUATING', 'input.projectId');
    const comment = plainText(input.comment, 'input.comment', 2, 500);
    if (isRefusal(comment)) return comment;
    const { side, grade } = input;
    const given = await insertEvaluation(transaction, {
      ...{ projectId: project.id, side, grade, comment, givenAt: clock.now(), provenanceId },
      departmentCode: caller.departmentCode,
    });
    if (!given) return refuse('ALREADY_EVALUATED', 'input.side');
    return written(project.id, 'demandProject.evaluated', { side, grade }, project, 1);
  });
}

/** Each step has a term of its own, which begins today. */
async function startStep(
  { clock, calendar }: ServicesCall,
  transaction: ServicesTransaction,
  project: { readonly id: string; readonly place: Place },
): Promise<string> {
  const start = { ruleCode: 'DEMAND_PROJECT_STEP', startedOn: dateInChina(clock.now()) };
  return (await startTerm(calendar, transaction, { entityType: 'DemandProject', ...project }, start)).dueOn;
}

async function lockVisible({ caller }: ServicesCall, transaction: ServicesTransaction, globalProjectId: string) {
  const id = findUuidKey('DemandProject', globalProjectId);
  const found = id === undefined ? null : await lockProject(transaction, id);
  return found !== null && coversPlace(caller, found) ? found : null;
}

function writtenDemand(id: string, eventType: string, more: object, place: Place, rowCount: number) {
  const answer = { demandId: globalId('Demand', id) };
  const event = { eventType, entityType: 'Demand', entityId: answer.demandId };
  return { answer, rowCount, events: [{ ...event, payload: { ...answer, ...more }, place }] };
}

function written(id: string, eventType: string, more: object, place: Place, rowCount: number) {
  const answer = { projectId: globalId('DemandProject', id) };
  const event = { eventType, entityType: 'DemandProject', entityId: answer.projectId };
  return { answer, rowCount, events: [{ ...event, payload: { ...answer, ...more }, place }] };
}
