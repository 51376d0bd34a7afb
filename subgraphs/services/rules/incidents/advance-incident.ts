import { dateInChina } from '../../../kit/clock.ts';
import { isDepartmentCode } from '../../../kit/codes/departments.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import type { Satisfaction } from '../../store/incidents/incident-rows.ts';
import { type IncidentChange, lockIncident, writeIncidentStep } from '../../store/incidents/incident-writes.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { term } from '../term.ts';
import { putOffTerms, startTerm, stopTerms } from '../terms/run-term.ts';
import { type IncidentFacts, incidentMachine } from './incident-machine.ts';
import type { IncidentReported } from './report-incident.ts';

export type IncidentEvent = Parameters<typeof incidentMachine.take>[0]['event'];

export interface AdvanceIncidentInput {
  readonly incidentId: string;
  readonly event: IncidentEvent;
  readonly note?: string | null | undefined;
  readonly handlerDepartmentCode?: string | null | undefined;
  readonly extraWorkingDays?: number | null | undefined;
  readonly satisfaction?: Satisfaction | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Takes one step with an incident: the machine says whether it may be taken, by whom and with what. Acceptance starts
 * the deadline of its severity; a granted extension moves it by the working days asked for; a return takes it from its
 * handler; supervision is noted whenever it happens.
 */
export function advanceIncident(call: ServicesCall, input: AdvanceIncidentInput): Promise<IncidentReported | Refusal> {
  const { caller, clock, calendar } = call;
  return writeServices(call, 'advanceIncident', 'incident', input, async (transaction, provenanceId) => {
    const id = findUuidKey('Incident', input.incidentId);
    const incident = id === undefined ? null : await lockIncident(transaction, id);
    if (incident === null || !coversPlace(caller, incident)) return refuse('INCIDENT_NOT_FOUND', 'input.incidentId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const now = clock.now();
    const today = dateInChina(now);
    const limit = await getRuleInForce(transaction, 'INCIDENT_EXTENSION_LIMIT', today);
    const facts: IncidentFacts = { ...incident, extensionLimit: Number(limit.parameters.times ?? 1), now };
    const taken = incidentMachine.take({
      ...{ event: input.event, state: incident.state, subject: facts, caller, given: { ...input } },
      culprit: 'input.event',
    });
    if (isRefusal(taken)) return taken;

    let change: IncidentChange = { state: taken.to };
    if (taken.event === 'ACCEPT') {
      const subject = { entityType: 'Incident', id: incident.id, place: incident } as const;
      const start = { ruleCode: `INCIDENT_${incident.severity}`, startedOn: today };
      change = { ...change, dueAt: (await startTerm(calendar, transaction, subject, start)).dueAt };
    } else if (taken.event === 'DISPATCH') {
      const handler = input.handlerDepartmentCode ?? '';
      if (!isDepartmentCode(handler)) return refuse('DEPARTMENT_UNKNOWN', 'input.handlerDepartmentCode');
      change = { ...change, handlerDepartmentCode: handler };
    } else if (taken.event === 'RETURN') {
      change = { ...change, handlerDepartmentCode: null, extensionAskedWorkingDays: null };
    } else if (taken.event === 'ASK_EXTENSION') {
      const days = input.extraWorkingDays ?? 0;
      const max = limit.amount ?? 0;
      if (!Number.isInteger(days) || days < 1 || days > max) {
        return refuse('EXTENSION_TOO_LONG', 'input.extraWorkingDays', { max });
      }
      change = { ...change, extensionAskedWorkingDays: days };
    } else if (taken.event === 'GRANT_EXTENSION') {
      // The term ends at 24:00 of its last day: the day that dueAt begins is already too late.
      const lastDay = dateInChina(new Date((incident.dueAt ?? now).getTime() - 1));
      const workingDays = incident.extensionAskedWorkingDays ?? 0;
      const { dueAt, dueOn } = term(calendar, lastDay, { amount: workingDays, unit: 'WORKING_DAY' });
      const calendarVersion = calendar.versionOf(dateInChina(incident.reportedAt), dueOn);
      await putOffTerms(transaction, incident.id, { workingDays, dueAt, calendarVersion });
      change = {
        ...change,
        dueAt,
        extensionAskedWorkingDays: null,
        extensionCount: incident.extensionCount + 1,
      };
    } else if (taken.event === 'REFUSE_EXTENSION') {
      change = { ...change, extensionAskedWorkingDays: null };
    } else if (taken.event === 'SUPERVISE') {
      change = { ...change, supervisedAt: now };
    } else if (taken.event === 'EVALUATE' && input.satisfaction != null) {
      change = { ...change, satisfaction: input.satisfaction };
    }
    if (incidentMachine.isTerminal(taken.to)) {
      change = { ...change, closedAt: now };
      await stopTerms(transaction, incident.id);
    }

    await writeIncidentStep(transaction, incident, change, {
      ...{ event: taken.event, at: now, actorDepartmentCode: caller.departmentCode, note, provenanceId },
    });
    const answer = { incidentId: globalId('Incident', incident.id) };
    const event = {
      eventType: 'incident.advanced',
      entityType: 'Incident',
      entityId: answer.incidentId,
      payload: {
        ...answer,
        ...{ event: taken.event, fromState: taken.from, toState: taken.to },
        handlerDepartmentCode:
          change.handlerDepartmentCode === undefined ? incident.handlerDepartmentCode : change.handlerDepartmentCode,
        category: incident.category,
        severity: incident.severity,
        gridCode: incident.gridCode,
      },
      place: incident,
    };
    return { answer, rowCount: 2, events: [event] };
  });
}
