import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { insertAdmissionItem, lockAdmissionItem, updateAdmissionItem } from '../../store/burden/admission-rows.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { overlapsArea } from '../area-overlap.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import {
  type AdmissionChange,
  type AdmissionEvent,
  type AdmissionState,
  admissionMachine,
} from './admission-machine.ts';

export interface AdmissionWritten {
  readonly admissionItemId: string;
}

export interface ProposeAdmissionChangeInput {
  readonly change: AdmissionChange;
  readonly countyCode: string;
  readonly itemId?: string | null | undefined;
  readonly title: string;
  readonly legalBasis: string;
  readonly idempotencyKey: string;
}

/**
 * Proposes to put something of the caller's department on a county's list, to change it or to take it off; in the
 * month that the rule in force names, and with a legal basis.
 */
export function proposeAdmissionChange(
  call: ServicesCall,
  input: ProposeAdmissionChangeInput,
): Promise<AdmissionWritten | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'proposeAdmissionChange', 'admission-list', input, async (transaction, provenanceId) => {
    const { change, countyCode } = input;
    if (!/^\d{6}$/.test(countyCode) || !overlapsArea(caller, countyCode)) {
      return refuse('COUNTY_NOT_FOUND', 'input.countyCode');
    }
    const today = dateInChina(clock.now());
    const rule = await getRuleInForce(transaction, 'ADMISSION_CHANGE_MONTH', today);
    if (Number(today.slice(5, 7)) !== rule.amount) {
      return refuse('ADMISSION_NOT_IN_SEASON', 'input.change', { month: rule.amount ?? 1, basis: rule.legalBasis });
    }
    const title = plainText(input.title, 'input.title', 2, 120);
    if (isRefusal(title)) return title;
    const legalBasis = plainText(input.legalBasis, 'input.legalBasis', 4, 300);
    if (isRefusal(legalBasis)) return legalBasis;
    let replacesId: string | null = null;
    if (change !== 'ADD') {
      const id = findUuidKey('AdmissionItem', input.itemId);
      const item = id === undefined ? null : await lockAdmissionItem(transaction, id);
      if (item === null || item.countyCode !== countyCode || item.state !== 'IN_FORCE') {
        return refuse('ADMISSION_ITEM_NOT_FOUND', 'input.itemId');
      }
      if (item.departmentCode !== caller.departmentCode) return refuse('ADMISSION_ITEM_NOT_YOURS', 'input.itemId');
      replacesId = item.id;
    }
    const id = store.ids.next();
    await insertAdmissionItem(transaction, {
      ...{ id, change, state: admissionMachine.initial, replacesId, title, legalBasis, countyCode, provenanceId },
      ...{ departmentCode: caller.departmentCode, validYear: Number(today.slice(0, 4)), proposedOn: today },
    });
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'PROPOSE', from: null, to: admissionMachine.initial, at: clock.now(), provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    return written(id, 'admission.proposed', { change, countyCode, ofPlaceCode: countyCode }, 2);
  });
}

export interface DecideAdmissionChangeInput {
  readonly itemId: string;
  readonly event: AdmissionEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Decides on a proposal; an adopted change ends the version that it replaces on the same day. */
export function decideAdmissionChange(
  call: ServicesCall,
  input: DecideAdmissionChangeInput,
): Promise<AdmissionWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'decideAdmissionChange', 'admission-list', input, async (transaction, provenanceId) => {
    const id = findUuidKey('AdmissionItem', input.itemId);
    const item = id === undefined ? null : await lockAdmissionItem(transaction, id);
    if (item === null || !overlapsArea(caller, item.countyCode)) {
      return refuse('ADMISSION_ITEM_NOT_FOUND', 'input.itemId');
    }
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    // An item on the list ends by a decided change alone, never by itself.
    if (input.event === 'REPLACE') return refuse('ADMISSION_REPLACED_BY_CHANGE_ONLY', 'input.event');
    const taken = admissionMachine.take({
      // Written by this machine only.
      ...{ event: input.event, state: item.state as AdmissionState, caller, given: { ...input } },
      ...{ subject: { change: item.change, proposedBy: item.departmentCode }, culprit: 'input.event' },
    });
    if (isRefusal(taken)) return taken;
    const at = clock.now();
    const today = dateInChina(at);
    const step = { at, note, provenanceId, actorDepartmentCode: caller.departmentCode };
    let rows = 2;
    if (taken.event !== 'REJECT' && item.replacesId !== null) {
      const ended = await endReplaced(transaction, item.replacesId, today);
      if (!ended) return refuse('ADMISSION_ITEM_NOT_FOUND', 'input.itemId');
      await insertStep(transaction, {
        subjectId: item.replacesId,
        event: 'REPLACE',
        from: 'IN_FORCE',
        to: 'ENDED',
        ...step,
      });
      rows += 2;
    }
    await updateAdmissionItem(transaction, item.id, {
      state: taken.to,
      ...(taken.event === 'ADOPT' ? { validFrom: today } : {}),
    });
    await insertStep(transaction, { subjectId: item.id, ...taken, ...step });
    const told = { event: taken.event, countyCode: item.countyCode, ofPlaceCode: item.countyCode };
    return written(item.id, 'admission.decided', told, rows);
  });
}

async function endReplaced(transaction: ServicesTransaction, id: string, today: string): Promise<boolean> {
  const replaced = await lockAdmissionItem(transaction, id);
  if (replaced?.state !== 'IN_FORCE') return false;
  await updateAdmissionItem(transaction, id, { state: 'ENDED', validTo: today });
  return true;
}

function written(id: string, eventType: string, more: object, rowCount: number) {
  const answer = { admissionItemId: globalId('AdmissionItem', id) };
  const event = { eventType, entityType: 'AdmissionItem', entityId: answer.admissionItemId };
  return { answer, rowCount, events: [{ ...event, payload: { ...answer, ...more }, place: undefined }] };
}
