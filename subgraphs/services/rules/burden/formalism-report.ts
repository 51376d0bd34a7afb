import { dateInChina } from '../../../kit/clock.ts';
import { isDepartmentCode } from '../../../kit/codes/departments.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import { hasPartInReport, insertReport, lockReport, updateReport } from '../../store/burden/report-rows.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { startTerm, stopTerms } from '../terms/run-term.ts';
import { type ReportEvent, type ReportKind, type ReportState, reportMachine } from './report-machine.ts';

/** The desk that takes reports: it stands in the history instead of whoever filed them. */
const DESK = 'discipline-inspection';

export interface ReportWritten {
  readonly reportId: string;
}

export interface FileReportInput {
  readonly communityId: string;
  readonly kind: ReportKind;
  readonly reportedDepartmentCode: string;
  readonly text: string;
  readonly reporterId?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Files a report of formalism, by name or without one. Who reported is kept in the report alone: neither its history
 * nor its event says so, nor where it came in.
 */
export function fileReport(call: ServicesCall, input: FileReportInput): Promise<ReportWritten | Refusal> {
  return recordReport(call, 'fileReport', input, input.reporterId, false);
}

export interface FileMyReportInput extends Omit<FileReportInput, 'reporterId'> {
  readonly anonymous: boolean;
}

/** The same by whoever reports himself, wherever it happened: as the person whom the token names, or without a name. */
export function fileMyReport(call: ServicesCall, input: FileMyReportInput): Promise<ReportWritten | Refusal> {
  return recordReport(call, 'fileMyReport', input, input.anonymous ? null : call.caller.personId, true);
}

function recordReport(
  call: ServicesCall,
  mutation: string,
  input: Omit<FileReportInput, 'reporterId'>,
  reporterId: string | null | undefined,
  own: boolean,
): Promise<ReportWritten | Refusal> {
  const { store, caller, clock, calendar } = call;
  return writeServices(call, mutation, 'formalism-report', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !(own || coversPlace(caller, place))) {
      return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    }
    const { kind, reportedDepartmentCode } = input;
    if (!isDepartmentCode(reportedDepartmentCode))
      return refuse('DEPARTMENT_NOT_FOUND', 'input.reportedDepartmentCode');
    if (reportedDepartmentCode === DESK) return refuse('REPORT_OF_DESK', 'input.reportedDepartmentCode');
    const text = plainText(input.text, 'input.text', 10, 2000);
    if (isRefusal(text)) return text;
    const reporterPersonId = reporterId == null ? null : (findUuidKey('Person', reporterId) ?? '');
    if (reporterPersonId === '') return refuse('PERSON_NOT_FOUND', 'input.reporterId');
    const filedAt = clock.now();
    const today = dateInChina(filedAt);
    const id = store.ids.next();
    const acceptance = { ruleCode: 'REPORT_ACCEPT', startedOn: today };
    const { dueOn } = await startTerm(calendar, transaction, { entityType: 'FormalismReport', id, place }, acceptance);
    await insertReport(transaction, {
      ...{
        id,
        kind,
        reportedDepartmentCode,
        text,
        reporterPersonId,
        state: reportMachine.initial,
        filedAt,
        provenanceId,
      },
      ...{ dueOn, ...place },
    });
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'FILE', from: null, to: reportMachine.initial, at: filedAt, provenanceId },
      actorDepartmentCode: DESK,
    });
    return written(id, 'formalismReport.filed', { kind }, place);
  });
}

export interface AdvanceReportInput {
  readonly reportId: string;
  readonly event: ReportEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes a step of a report; each state that has a clock starts its term anew. */
export function advanceReport(call: ServicesCall, input: AdvanceReportInput): Promise<ReportWritten | Refusal> {
  const { caller, clock, calendar } = call;
  return writeServices(call, 'advanceReport', 'formalism-report', input, async (transaction, provenanceId) => {
    const id = findUuidKey('FormalismReport', input.reportId);
    const report = id === undefined ? null : await lockReport(transaction, id);
    if (report === null || !coversPlace(caller, report) || !hasPartInReport(caller, report)) {
      return refuse('REPORT_NOT_FOUND', 'input.reportId');
    }
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const taken = reportMachine.take({
      // Written by this machine only.
      ...{ event: input.event, state: report.state as ReportState, caller, given: { ...input } },
      ...{ subject: report, culprit: 'input.event' },
    });
    if (isRefusal(taken)) return taken;
    const at = clock.now();
    const today = dateInChina(at);
    const ruleCode = reportMachine.clockOf(taken.to);
    await stopTerms(transaction, report.id);
    const subject = { entityType: 'FormalismReport', id: report.id, place: report } as const;
    const dueOn =
      ruleCode === undefined
        ? undefined
        : (await startTerm(calendar, transaction, subject, { ruleCode, startedOn: today })).dueOn;
    await updateReport(transaction, report.id, {
      ...{ state: taken.to, dueOn, talkOn: taken.event === 'TALK' ? today : undefined },
    });
    await insertStep(transaction, {
      ...{ subjectId: report.id, ...taken, at, note, provenanceId, actorDepartmentCode: caller.departmentCode },
    });
    return written(report.id, 'formalismReport.stepped', { event: taken.event, toState: taken.to }, report);
  });
}

function written(id: string, eventType: string, more: object, place: Place) {
  const answer = { reportId: globalId('FormalismReport', id) };
  const event = { eventType, entityType: 'FormalismReport', entityId: answer.reportId };
  return { answer, rowCount: 2, events: [{ ...event, payload: { ...answer, ...more }, place }] };
}
