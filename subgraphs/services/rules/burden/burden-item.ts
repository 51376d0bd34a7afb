import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { defineMachine } from '../../../kit/machine/state-machine.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import { insertBurdenItem, lockBurdenItem, updateBurdenItem } from '../../store/burden/burden-rows.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { startTerm, stopTerms } from '../terms/run-term.ts';

export const burdenKinds = {
  INSPECTION: { zh: '检查', en: 'Inspection' },
  APPRAISAL: { zh: '考核评比', en: 'Appraisal or contest' },
  TEMPORARY_BODY: { zh: '临时机构', en: 'Temporary body' },
  LEDGER: { zh: '台账报表', en: 'Ledger or form' },
  PLAQUE: { zh: '挂牌', en: 'Plaque' },
} as const;
export type BurdenKind = keyof typeof burdenKinds;

export interface BurdenFacts {
  readonly hasBasis: boolean;
}

/** 减负清理 — what has a legal basis may be kept; the rest is merged or cleared away. */
export const burdenMachine = defineMachine<BurdenFacts>()({
  name: 'BurdenItem',
  zh: '减负清理事项',
  en: 'An inspection, appraisal or temporary body that burdens a community.',
  initial: 'REGISTERED',
  states: {
    REGISTERED: { zh: '已登记', en: 'registered', clock: 'BURDEN_REVIEW' },
    KEPT: { zh: '保留', en: 'kept', terminal: true },
    MERGED: { zh: '合并', en: 'merged', terminal: true },
    CLEARED: { zh: '取消', en: 'cleared away', terminal: true },
  },
  events: {
    KEEP: { zh: '保留', en: 'keep it' },
    MERGE: { zh: '合并', en: 'merge it into another one' },
    CLEAR: { zh: '取消', en: 'clear it away' },
  },
  guards: { HAS_BASIS: { zh: '有法律法规依据', en: 'a legal basis', holds: ({ hasBasis }) => hasBasis } },
  inputs: {
    note: { zh: '说明', en: 'a note' },
    mergedIntoId: { zh: '并入事项', en: 'the item that it goes into' },
  },
  transitions: [
    { event: 'KEEP', from: ['REGISTERED'], to: 'KEPT', right: 'burden.write', guards: ['HAS_BASIS'] },
    { event: 'MERGE', from: ['REGISTERED'], to: 'MERGED', right: 'burden.write', inputs: ['mergedIntoId'] },
    { event: 'CLEAR', from: ['REGISTERED'], to: 'CLEARED', right: 'burden.write', inputs: ['note'] },
  ],
});
export type BurdenState = Parameters<typeof burdenMachine.take>[0]['state'];
export type BurdenEvent = Parameters<typeof burdenMachine.take>[0]['event'];

export interface BurdenWritten {
  readonly burdenItemId: string;
}

export interface RegisterBurdenItemInput {
  readonly communityId: string;
  readonly kind: BurdenKind;
  readonly title: string;
  readonly legalBasis?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Registers what a department burdens a community with; it is reviewed within the term of the rule in force. */
export function registerBurdenItem(
  call: ServicesCall,
  input: RegisterBurdenItemInput,
): Promise<BurdenWritten | Refusal> {
  const { store, caller, clock, calendar } = call;
  return writeServices(call, 'registerBurdenItem', 'burden-item', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const title = plainText(input.title, 'input.title', 2, 120);
    if (isRefusal(title)) return title;
    const legalBasis = input.legalBasis == null ? null : plainText(input.legalBasis, 'input.legalBasis', 4, 300);
    if (isRefusal(legalBasis)) return legalBasis;
    const at = clock.now();
    const registeredOn = dateInChina(at);
    const id = store.ids.next();
    const review = { ruleCode: 'BURDEN_REVIEW', startedOn: registeredOn };
    const { dueOn } = await startTerm(calendar, transaction, { entityType: 'BurdenItem', id, place }, review);
    await insertBurdenItem(transaction, {
      ...{
        id,
        kind: input.kind,
        title,
        legalBasis,
        state: burdenMachine.initial,
        registeredOn,
        provenanceId,
        ...place,
      },
      ...{ departmentCode: caller.departmentCode, reviewDueOn: dueOn },
    });
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'REGISTER', from: null, to: burdenMachine.initial, at, provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    return written(id, 'burdenItem.registered', { kind: input.kind }, place);
  });
}

export interface ClearBurdenItemInput {
  readonly itemId: string;
  readonly event: BurdenEvent;
  readonly mergedIntoId?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Keeps, merges or clears away what burdens a community. */
export function clearBurdenItem(call: ServicesCall, input: ClearBurdenItemInput): Promise<BurdenWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'clearBurdenItem', 'burden-item', input, async (transaction, provenanceId) => {
    const id = findUuidKey('BurdenItem', input.itemId);
    const item = id === undefined ? null : await lockBurdenItem(transaction, id);
    if (item === null || !coversPlace(caller, item)) return refuse('BURDEN_ITEM_NOT_FOUND', 'input.itemId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const taken = burdenMachine.take({
      // Written by this machine only.
      ...{ event: input.event, state: item.state as BurdenState, caller, given: { ...input } },
      ...{ subject: { hasBasis: item.legalBasis !== null }, culprit: 'input.event' },
    });
    if (isRefusal(taken)) return taken;
    let mergedIntoId: string | null = null;
    if (taken.event === 'MERGE') {
      const into = findUuidKey('BurdenItem', input.mergedIntoId);
      const other = into === undefined || into === item.id ? null : await lockBurdenItem(transaction, into);
      if (other === null || other.communityCode !== item.communityCode || other.state !== 'KEPT') {
        return refuse('BURDEN_ITEM_NOT_FOUND', 'input.mergedIntoId');
      }
      mergedIntoId = other.id;
    }
    await updateBurdenItem(transaction, item.id, { state: taken.to, mergedIntoId });
    await stopTerms(transaction, item.id);
    await insertStep(transaction, {
      ...{
        subjectId: item.id,
        ...taken,
        at: clock.now(),
        note,
        provenanceId,
        actorDepartmentCode: caller.departmentCode,
      },
    });
    return written(item.id, 'burdenItem.stepped', { event: taken.event, toState: taken.to }, item);
  });
}

function written(id: string, eventType: string, more: object, place: Place) {
  const answer = { burdenItemId: globalId('BurdenItem', id) };
  const event = { eventType, entityType: 'BurdenItem', entityId: answer.burdenItemId };
  return { answer, rowCount: 2, events: [{ ...event, payload: { ...answer, ...more }, place }] };
}
