import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { appendTransition } from '../../../kit/store/transition-rows.ts';
import { birthDateOf, lockElderAlert, ruleOn } from '../../store/care/care-writes.ts';
import type { ElderAlertKind } from '../../store/care/elder-alert-rows.ts';
import { lockPerson } from '../../store/residence-writes.ts';
import { ageInYears } from '../age.ts';
import { type RuleContext, write } from '../people-write.ts';
import { type ElderAlertEvent, elderAlertMachine } from './elder-alert-machine.ts';
import { noteFlaw } from './plain-note.ts';

export interface ElderAlertChanged {
  readonly elderAlertId: string;
}

export interface RaiseElderAlertInput {
  readonly personId: string;
  readonly kind: ElderAlertKind;
  readonly idempotencyKey: string;
}

/** Raises an alert about an elder who lives in the caller's area; while one of the kind is open there is no second. */
export function raiseElderAlert(
  context: RuleContext,
  input: RaiseElderAlertInput,
): Promise<ElderAlertChanged | Refusal> {
  const { store, caller, clock } = context;
  const mutation = 'raiseElderAlert';
  return write(context, { mutation, dataset: 'elder_alert', input }, async (transaction, provenanceId) => {
    const key = findUuidKey('Person', input.personId);
    const person = key === undefined ? null : await lockPerson(transaction, key);
    if (person === null || !coversPlace(caller, person)) return refuse('PERSON_NOT_FOUND', 'input.personId');
    const now = clock.now();
    const today = dateInChina(now);
    const years = await ruleOn(transaction, 'ELDER_AGE_YEARS', today);
    if (ageInYears(await birthDateOf(transaction, person.id), today) < years) {
      return refuse('NOT_AN_ELDER', 'input.personId', { years });
    }
    const open = await transaction.elderAlert.count({
      where: { personId: person.id, kind: input.kind, closedAt: null },
    });
    if (open > 0) return refuse('ELDER_ALERT_OPEN', 'input.kind');
    const id = store.ids.next();
    const { cityCode, countyCode, townshipCode, communityCode, gridCode } = person;
    await transaction.elderAlert.create({
      data: {
        id,
        personId: person.id,
        kind: input.kind,
        state: elderAlertMachine.initial,
        raisedAt: now,
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        gridCode,
        provenanceId,
      },
    });
    await appendTransition(transaction, {
      subjectId: id,
      event: 'raise',
      fromState: null,
      toState: elderAlertMachine.initial,
      at: now,
      actorDepartmentCode: caller.departmentCode,
      note: null,
      provenanceId,
    });
    const answer = { elderAlertId: globalId('ElderAlert', id) };
    const event = {
      eventType: 'elder-alert.raised',
      entityType: 'ElderAlert',
      entityId: answer.elderAlertId,
      payload: { ...answer, kind: input.kind },
      place: person,
    };
    return { answer, rowCount: 2, events: [event] };
  });
}

export interface AdvanceElderAlertInput {
  readonly elderAlertId: string;
  readonly event: ElderAlertEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes an alert one step further. */
export function advanceElderAlert(
  context: RuleContext,
  input: AdvanceElderAlertInput,
): Promise<ElderAlertChanged | Refusal> {
  const { caller, clock } = context;
  const mutation = 'advanceElderAlert';
  return write(context, { mutation, dataset: 'elder_alert', input }, async (transaction, provenanceId) => {
    if (input.note != null) {
      const flaw = noteFlaw(input.note, 'input.note', 2, 400);
      if (flaw !== undefined) return flaw;
    }
    const key = findUuidKey('ElderAlert', input.elderAlertId);
    const alert = key === undefined ? null : await lockElderAlert(transaction, key);
    if (alert === null || !coversPlace(caller, alert)) return refuse('ELDER_ALERT_NOT_FOUND', 'input.elderAlertId');
    const taken = elderAlertMachine.take({
      event: input.event,
      state: alert.state,
      subject: alert,
      caller,
      given: { note: input.note },
      culprit: 'input.event',
    });
    if (isRefusal(taken)) return taken;
    const now = clock.now();
    await transaction.elderAlert.update({
      where: { id: alert.id },
      data: { state: taken.to, closedAt: elderAlertMachine.isTerminal(taken.to) ? now : null, provenanceId },
    });
    await appendTransition(transaction, {
      subjectId: alert.id,
      event: taken.event,
      fromState: taken.from,
      toState: taken.to,
      at: now,
      actorDepartmentCode: caller.departmentCode,
      note: input.note ?? null,
      provenanceId,
    });
    const answer = { elderAlertId: input.elderAlertId };
    const event = {
      eventType: 'elder-alert.advanced',
      entityType: 'ElderAlert',
      entityId: input.elderAlertId,
      payload: { ...answer, state: taken.to },
      place: alert,
    };
    return { answer, rowCount: 2, events: [event] };
  });
}
