import type { TermTable } from '../../store/terms/term-clock-writes.ts';

/** What has terms, and how the change feed calls it. */
export interface TermSubject extends TermTable {
  /** Beginning of the types of its events. */
  readonly events: string;
  /** How its events name its id. */
  readonly key: string;
  /** Terms that its own column follows; all of them where none is named. */
  readonly queuedBy?: readonly string[];
}

const OWN_STEPS = { steps: 'transition_step' } as const;

/** 有期限的事项 — everything in this subgraph whose clock the working calendar counts. */
export const termSubjects = {
  Incident: {
    ...{ table: 'incident', events: 'incident', key: 'incidentId', steps: 'incident_transition' },
    ...{ due: { column: 'due_at', form: 'instant' }, handlerColumn: 'handler_department_code' },
  },
  ServiceRequest: {
    ...{ table: 'service_request', events: 'service-request', key: 'requestId', ...OWN_STEPS },
    ...{ due: { column: 'due_at', form: 'instant' }, queuedBy: ['SERVICE_PROMISE'] },
    handlerColumn: 'handler_department_code',
  },
  Demand: {
    ...{ table: 'demand', events: 'demand', key: 'demandId', ...OWN_STEPS },
    due: { column: 'answer_due_on', form: 'date' },
  },
  DemandProject: {
    ...{ table: 'demand_project', events: 'demandProject', key: 'projectId', ...OWN_STEPS },
    due: { column: 'step_due_on', form: 'date' },
  },
  BurdenItem: {
    ...{ table: 'burden_item', events: 'burdenItem', key: 'burdenItemId', ...OWN_STEPS },
    ...{ due: { column: 'review_due_on', form: 'date' }, handlerColumn: 'department_code' },
  },
  // No event names the department that a report is about.
  FormalismReport: {
    ...{ table: 'formalism_report', events: 'formalismReport', key: 'reportId', ...OWN_STEPS },
    due: { column: 'due_on', form: 'date' },
  },
  CommunityTask: {
    ...{ table: 'community_task', events: 'communityTask', key: 'taskId', ...OWN_STEPS },
    handlerColumn: 'department_code',
  },
  CertificateCheck: {
    ...{ table: 'certificate_check', events: 'certificate-check', key: 'checkId', ...OWN_STEPS },
    ...{ due: { column: 'due_at', form: 'instant' }, handlerColumn: 'department_code' },
  },
  Contract: { ...{ table: 'contract', events: 'contract', key: 'contractId', ...OWN_STEPS } },
  Mediation: { ...{ table: 'mediation', events: 'mediation', key: 'mediationId', ...OWN_STEPS } },
} as const satisfies Readonly<Record<string, TermSubject>>;

export type TermSubjectType = keyof typeof termSubjects;

/** The subject of a kept term; this subgraph writes no others. */
export function getTermSubject(entityType: string): TermSubject {
  const found: TermSubject | undefined = termSubjects[entityType as TermSubjectType];
  if (found === undefined) throw new Error(`${entityType} has no terms`);
  return found;
}
