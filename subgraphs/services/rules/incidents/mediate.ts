import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { defineMachine } from '../../../kit/machine/state-machine.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import { lockIncident } from '../../store/incidents/incident-writes.ts';
import type { MediationKind } from '../../store/incidents/mediation-rows.ts';
import { insertMediation, lockMediation, updateMediation } from '../../store/incidents/mediation-writes.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { deadlineRule, term } from '../term.ts';
import { startTerm, stopTerms } from '../terms/run-term.ts';

export interface MediationFacts {
  readonly agreedOn: string | null;
  /** Last day on which both parties may ask the court to confirm; null without an agreement. */
  readonly confirmUntil: string | null;
  readonly today: string;
}

/** 人民调解 — opened, agreed or failed; an agreement may be confirmed by the court within the term of the law. */
export const mediationMachine = defineMachine<MediationFacts>()({
  name: 'Mediation',
  zh: '人民调解',
  en: 'A people’s mediation: at a bench court, by a committee or with a judge.',
  initial: 'OPEN',
  states: {
    OPEN: { zh: '调解中', en: 'open' },
    AGREED: { zh: '达成协议', en: 'agreed', clock: 'MEDIATION_CONFIRMATION' },
    FAILED: { zh: '调解不成', en: 'failed', terminal: true },
    CONFIRMED: { zh: '司法确认', en: 'confirmed by the court', terminal: true },
    FULFILLED: { zh: '协议履行', en: 'fulfilled', terminal: true },
  },
  events: {
    AGREE: { zh: '达成协议', en: 'record the agreement' },
    FAIL: { zh: '终止调解', en: 'end it without agreement' },
    CONFIRM: { zh: '司法确认', en: 'record the court’s confirmation' },
    FULFIL: { zh: '确认履行', en: 'record that it is fulfilled' },
  },
  guards: {
    IN_TIME: {
      zh: '在司法确认期限内',
      en: 'the term for judicial confirmation runs',
      holds: ({ confirmUntil, today }) => confirmUntil !== null && today <= confirmUntil,
    },
  },
  inputs: { note: { zh: '协议或原因', en: 'the agreement or the reason' } },
  transitions: [
    { event: 'AGREE', from: ['OPEN'], to: 'AGREED', right: 'mediation.write', inputs: ['note'] },
    { event: 'FAIL', from: ['OPEN'], to: 'FAILED', right: 'mediation.write', inputs: ['note'] },
    { event: 'CONFIRM', from: ['AGREED'], to: 'CONFIRMED', right: 'mediation.write', guards: ['IN_TIME'] },
    { event: 'FULFIL', from: ['AGREED'], to: 'FULFILLED', right: 'mediation.write' },
  ],
});

export type MediationEvent = Parameters<typeof mediationMachine.take>[0]['event'];
export type MediationState = Parameters<typeof mediationMachine.take>[0]['state'];

export interface OpenMediationInput {
  readonly incidentId: string;
  readonly kind: MediationKind;
  readonly venue: string;
  readonly mediatorName: string;
  readonly heldOn: string;
  readonly idempotencyKey: string;
}

export interface MediationWritten {
  readonly mediationId: string;
}

/** Opens a mediation of a dispute that is not closed. */
export function openMediation(call: ServicesCall, input: OpenMediationInput): Promise<MediationWritten | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'openMediation', 'mediation', input, async (transaction, provenanceId) => {
    const incidentId = findUuidKey('Incident', input.incidentId);
    const incident = incidentId === undefined ? null : await lockIncident(transaction, incidentId);
    if (incident === null || !coversPlace(caller, incident)) return refuse('INCIDENT_NOT_FOUND', 'input.incidentId');
    if (incident.category !== 'DISPUTE' || incident.closedAt !== null) {
      return refuse('INCIDENT_NOT_MEDIABLE', 'input.incidentId');
    }
    const venue = plainText(input.venue, 'input.venue', 2, 100);
    if (isRefusal(venue)) return venue;
    const mediatorName = plainText(input.mediatorName, 'input.mediatorName', 2, 40);
    if (isRefusal(mediatorName)) return mediatorName;
    const id = store.ids.next();
    const now = clock.now();
    await insertMediation(transaction, {
      ...{ id, incidentId: incident.id, kind: input.kind, venue, mediatorName, heldOn: input.heldOn },
      ...{ place: incident, provenanceId },
    });
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'OPEN', from: null, to: 'OPEN', at: now, provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    const answer = { mediationId: globalId('Mediation', id) };
    const payload = { ...answer, kind: input.kind, incidentId: input.incidentId };
    const event = { eventType: 'mediation.opened', entityType: 'Mediation', entityId: answer.mediationId, payload };
    return { answer, rowCount: 2, events: [{ ...event, place: incident }] };
  });
}

export interface AdvanceMediationInput {
  readonly mediationId: string;
  readonly event: MediationEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes one step with a mediation. */
export function advanceMediation(
  call: ServicesCall,
  input: AdvanceMediationInput,
): Promise<MediationWritten | Refusal> {
  const { caller, clock, calendar } = call;
  return writeServices(call, 'advanceMediation', 'mediation', input, async (transaction, provenanceId) => {
    const id = findUuidKey('Mediation', input.mediationId);
    const mediation = id === undefined ? null : await lockMediation(transaction, id);
    if (mediation === null || !coversPlace(caller, mediation))
      return refuse('MEDIATION_NOT_FOUND', 'input.mediationId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const now = clock.now();
    const today = dateInChina(now);
    const { agreedOn } = mediation;
    const rule = deadlineRule(await getRuleInForce(transaction, 'MEDIATION_CONFIRMATION', agreedOn ?? today));
    const confirmUntil = agreedOn === null ? null : term(calendar, agreedOn, rule).dueOn;
    const taken = mediationMachine.take({
      ...{ event: input.event, state: mediation.state, subject: { agreedOn, confirmUntil, today }, caller },
      ...{ given: { ...input }, culprit: 'input.event' },
    });
    if (isRefusal(taken)) return taken;
    await updateMediation(transaction, mediation.id, taken.to, taken.event === 'AGREE' ? today : agreedOn);
    const ruleCode = mediationMachine.clockOf(taken.to);
    const subject = { entityType: 'Mediation', id: mediation.id, place: mediation } as const;
    if (ruleCode === undefined) await stopTerms(transaction, mediation.id);
    else await startTerm(calendar, transaction, subject, { ruleCode, startedOn: today });
    await insertStep(transaction, {
      ...{ subjectId: mediation.id, ...taken, at: now, note, provenanceId, actorDepartmentCode: caller.departmentCode },
    });
    const answer = { mediationId: globalId('Mediation', mediation.id) };
    const payload = { ...answer, event: taken.event, toState: taken.to };
    const event = { eventType: 'mediation.advanced', entityType: 'Mediation', entityId: answer.mediationId, payload };
    return { answer, rowCount: 2, events: [{ ...event, place: mediation }] };
  });
}
