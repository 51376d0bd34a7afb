import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import {
  isNumberTaken,
  lockMerged,
  type MergedRecord,
  moveBack,
  moveToMerged,
  shiftCounts,
  survivesOthers,
} from '../../store/identity/merge-writes.ts';
import { lockPerson } from '../../store/residence-writes.ts';
import { noteFlaw } from '../care/plain-note.ts';
import { type RuleContext, write } from '../people-write.ts';

export interface MergePersonsInput {
  readonly survivorId: string;
  readonly mergedId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}
export interface SplitPersonsInput {
  readonly mergedId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}
export interface PersonsChanged {
  readonly survivorId: string;
  readonly mergedId: string;
}

/**
 * 归并: two records turn out to be of one person. The merged one leaves the register with all that it is, and keeps its
 * id: whatever points to it still finds it, and is told which record goes on. Counts fall by one. Both records lie in
 * the caller's area; one that others were merged into is not merged itself, so that every merge can be undone alone.
 */
export function mergePersons(context: RuleContext, input: MergePersonsInput): Promise<PersonsChanged | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'mergePersons', dataset: 'person_merge', input },
    async (transaction, provenanceId) => {
      const flaw = noteFlaw(input.reason, 'input.reason', 2, 200);
      if (flaw !== undefined) return flaw;
      const survivorKey = findUuidKey('Person', input.survivorId);
      const mergedKey = findUuidKey('Person', input.mergedId);
      if (survivorKey === undefined) return refuse('PERSON_NOT_FOUND', 'input.survivorId');
      if (mergedKey === undefined) return refuse('PERSON_NOT_FOUND', 'input.mergedId');
      if (survivorKey === mergedKey) return refuse('SAME_PERSON', 'input.mergedId');
      // In the order of their ids: two who merge the same records the other way round wait for each other, in no circle.
      const locked = new Map<string, Awaited<ReturnType<typeof lockPerson>>>();
      for (const id of [survivorKey, mergedKey].sort()) locked.set(id, await lockPerson(transaction, id));
      const survivor = locked.get(survivorKey) ?? null;
      const merged = locked.get(mergedKey) ?? null;
      if (survivor === null || !coversPlace(caller, survivor)) return refuse('PERSON_NOT_FOUND', 'input.survivorId');
      if (merged === null || !coversPlace(caller, merged)) return refuse('PERSON_NOT_FOUND', 'input.mergedId');
      if (await survivesOthers(transaction, merged.id)) return refuse('PERSON_SURVIVES_OTHERS', 'input.mergedId');
      const at = clock.now();
      await moveToMerged(transaction, merged.id, survivor.id, at);
      await shiftCounts(transaction, merged, -1);
      const change = { survivorId: survivor.id, mergedId: merged.id, reason: input.reason.trim(), at, provenanceId };
      await transaction.personMerge.create({
        data: { id: store.ids.next(), kind: 'MERGED', department: caller.departmentCode, ...change },
      });
      await transaction.identityCandidate.updateMany({
        where: {
          OR: [
            { firstId: survivor.id, secondId: merged.id },
            { firstId: merged.id, secondId: survivor.id },
          ],
        },
        data: { state: 'MERGED', decidedAt: at, decidedBy: caller.clientId, reason: input.reason.trim() },
      });
      return { answer: answerOf(change), rowCount: 2, events: [eventOf('person.merged', merged, change)] };
    },
  );
}

/** 拆分: undoes a merge. The record is in the register again as it was, under its own id and number. */
export function splitPersons(context: RuleContext, input: SplitPersonsInput): Promise<PersonsChanged | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'splitPersons', dataset: 'person_merge', input },
    async (transaction, provenanceId) => {
      const flaw = noteFlaw(input.reason, 'input.reason', 2, 200);
      if (flaw !== undefined) return flaw;
      const key = findUuidKey('Person', input.mergedId);
      const merged = key === undefined ? null : await lockMerged(transaction, key);
      if (merged === null || !coversPlace(caller, merged)) return refuse('MERGE_NOT_FOUND', 'input.mergedId');
      if (await isNumberTaken(transaction, merged.id)) return refuse('PERSON_REGISTERED_AGAIN', 'input.mergedId');
      const at = clock.now();
      await moveBack(transaction, merged.id);
      await shiftCounts(transaction, merged, 1);
      const change = {
        survivorId: merged.mergedInto,
        mergedId: merged.id,
        reason: input.reason.trim(),
        at,
        provenanceId,
      };
      await transaction.personMerge.create({
        data: { id: store.ids.next(), kind: 'SPLIT', department: caller.departmentCode, ...change },
      });
      await transaction.identityCandidate.updateMany({
        where: {
          OR: [
            { firstId: merged.mergedInto, secondId: merged.id },
            { firstId: merged.id, secondId: merged.mergedInto },
          ],
        },
        data: { state: 'APART', decidedAt: at, decidedBy: caller.clientId, reason: input.reason.trim() },
      });
      return { answer: answerOf(change), rowCount: 2, events: [eventOf('person.split', merged, change)] };
    },
  );
}

interface Change {
  readonly survivorId: string;
  readonly mergedId: string;
}

function answerOf({ survivorId, mergedId }: Change): PersonsChanged {
  return { survivorId: globalId('Person', survivorId), mergedId: globalId('Person', mergedId) };
}

function eventOf(
  eventType: 'person.merged' | 'person.split',
  person: Omit<MergedRecord, 'mergedInto'>,
  change: Change,
) {
  const { cityCode, countyCode, townshipCode, communityCode, gridCode, registeredCommunityCode } = person;
  const { survivorId, mergedId } = answerOf(change);
  return {
    eventType,
    entityType: 'Person',
    entityId: mergedId,
    payload: {
      personId: mergedId,
      survivorId,
      ...(registeredCommunityCode === null ? {} : { registeredCommunityCode }),
    },
    place: { cityCode, countyCode, townshipCode, communityCode, gridCode },
  };
}
