import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { insertEntry, lockEntry, lockWorkList, renameWorkList } from '../../store/burden/work-list-rows.ts';
import { overlapsArea } from '../area-overlap.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';

/** Families of lists; the names of their lists are data, and those that no source gives stand as 待补. */
export const workListFamilies = {
  CHAINED_LISTS: { zh: '前后承接的清单', en: 'Lists in a chain', chained: true },
  BURDEN_LISTS: { zh: '减负清单', en: 'Lists against burdens', chained: false },
  COMMUNITY_WORK: { zh: '社区工作清单', en: 'Lists of a community’s work', chained: false },
} as const;
export type WorkListFamily = keyof typeof workListFamilies;

export interface NameWorkListInput {
  readonly listId: string;
  readonly name: string;
  readonly idempotencyKey: string;
}

/** Names a list, of which the sources give no name, or by another one. */
export function nameWorkList(call: ServicesCall, input: NameWorkListInput): Promise<{ listId: string } | Refusal> {
  const { caller } = call;
  return writeServices(call, 'nameWorkList', 'work-list', input, async (transaction) => {
    const id = findUuidKey('WorkList', input.listId);
    const list = id === undefined ? null : await lockWorkList(transaction, id);
    if (list === null || !overlapsArea(caller, list.divisionCode)) return refuse('WORK_LIST_NOT_FOUND', 'input.listId');
    const name = plainText(input.name, 'input.name', 2, 40);
    if (isRefusal(name)) return name;
    await renameWorkList(transaction, list.id, name);
    const answer = { listId: input.listId };
    const event = { eventType: 'workList.named', entityType: 'WorkList', entityId: input.listId };
    return { answer, rowCount: 1, events: [{ ...event, payload: answer, place: undefined }] };
  });
}

export interface AddWorkListEntryInput {
  readonly listId: string;
  readonly communityId: string;
  readonly title: string;
  readonly previousId?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Enters something into a list. In a chain of lists an entry of a later list continues one of the list before it, in
 * the same community, once.
 */
export function addWorkListEntry(
  call: ServicesCall,
  input: AddWorkListEntryInput,
): Promise<{ entryId: string } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'addWorkListEntry', 'work-list', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const listId = findUuidKey('WorkList', input.listId);
    const list = listId === undefined ? null : await lockWorkList(transaction, listId);
    if (list === null || !place.communityCode.startsWith(list.divisionCode)) {
      return refuse('WORK_LIST_NOT_FOUND', 'input.listId');
    }
    const title = plainText(input.title, 'input.title', 2, 200);
    if (isRefusal(title)) return title;
    const family = workListFamilies[list.family as WorkListFamily];
    let previousId: string | null = null;
    if (family.chained && list.ordinal > 1) {
      const id = findUuidKey('WorkListEntry', input.previousId);
      const previous = id === undefined ? null : await lockEntry(transaction, id);
      const continues =
        previous !== null &&
        previous.communityCode === place.communityCode &&
        previous.list.family === list.family &&
        previous.list.divisionCode === list.divisionCode &&
        previous.list.ordinal === list.ordinal - 1;
      if (!continues) return refuse('LIST_ENTRY_BREAKS_CHAIN', 'input.previousId', { ordinal: list.ordinal - 1 });
      if (previous.continued) return refuse('LIST_ENTRY_CONTINUED', 'input.previousId');
      previousId = previous.id;
    } else if (input.previousId != null) {
      return refuse('LIST_ENTRY_BREAKS_CHAIN', 'input.previousId', { ordinal: 0 });
    }
    const id = store.ids.next();
    await insertEntry(transaction, {
      ...{ id, listId: list.id, previousId, title, enteredOn: dateInChina(clock.now()), provenanceId, ...place },
    });
    const answer = { entryId: globalId('WorkListEntry', id) };
    const event = { eventType: 'workList.entered', entityType: 'WorkListEntry', entityId: answer.entryId };
    return { answer, rowCount: 1, events: [{ ...event, payload: { ...answer, listId: input.listId }, place }] };
  });
}
