import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import {
  findEntryState,
  insertEntry,
  type ListEntryKind,
  type ListEntryState,
  lockEntry,
  type OfferMode,
  updateEntry,
} from '../../store/linkage/list-entry-rows.ts';
import { findCommunityPlace, type RuleContext, textFlaw, write } from '../party-write.ts';

export interface PublishEntryInput {
  readonly kind: ListEntryKind;
  readonly communityId: string;
  readonly title: string;
  readonly ownerName: string;
  readonly mode?: OfferMode | null | undefined;
  readonly idempotencyKey: string;
}

export interface EntryChanged {
  readonly entryKey: string;
}

/** Publishes an entry of one of the three lists, or a call-out. A resource or a call-out says in which mode it is given. */
export function publishEntry(context: RuleContext, input: PublishEntryInput): Promise<EntryChanged | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'publishListEntry', dataset: 'list_entry', input },
    async (transaction, provenanceId) => {
      const { kind } = input;
      const mode = input.mode ?? null;
      const text = textFlaw(input.title, 'input.title', 2, 80) ?? textFlaw(input.ownerName, 'input.ownerName', 2, 60);
      if (text !== undefined) return text;
      if (mode === null && (kind === 'RESOURCE' || kind === 'CALL_OUT')) {
        return refuse('SERVICE_MODE_REQUIRED', 'input.mode');
      }
      const place = await findCommunityPlace(transaction, caller, input.communityId, 'input.communityId');
      if (isRefusal(place)) return place;
      const { gridCode: _grid, ...communityPlace } = place;
      const id = store.ids.next();
      await insertEntry(transaction, {
        ...communityPlace,
        id,
        kind,
        title: input.title.trim(),
        mode,
        ownerName: input.ownerName.trim(),
        publishedAt: clock.now(),
        provenanceId,
      });
      const event = {
        eventType: kind === 'CALL_OUT' ? 'call_out.raised' : 'list_entry.published',
        entityType: 'ListEntry',
        entityId: globalId('ListEntry', id),
        payload: { entryId: globalId('ListEntry', id), kind, mode, communityId: input.communityId },
        place,
      };
      return { answer: { entryKey: id }, rowCount: 1, events: [event] };
    },
  );
}

export interface ClaimEntryInput {
  readonly entryId: string;
  readonly claimedBy: string;
  readonly idempotencyKey: string;
}

/** Claims an open entry; of any number of claims at once exactly one wins, and the others are told so. */
export function claimEntry(context: RuleContext, input: ClaimEntryInput): Promise<EntryChanged | Refusal> {
  const claimedBy = input.claimedBy.trim();
  return moveEntry(context, { mutation: 'claimListEntry', input, from: 'OPEN', to: 'CLAIMED' }, (entry, now) => {
    const text = textFlaw(claimedBy, 'input.claimedBy', 2, 60);
    if (text !== undefined) return text;
    if (entry.ownerName === claimedBy) return refuse('LIST_ENTRY_IS_OWN', 'input.claimedBy');
    return { claimedBy, claimedAt: now };
  });
}

export interface FulfilEntryInput {
  readonly entryId: string;
  readonly idempotencyKey: string;
}

/** What was claimed was done. */
export function fulfilEntry(context: RuleContext, input: FulfilEntryInput): Promise<EntryChanged | Refusal> {
  return moveEntry(
    context,
    { mutation: 'fulfilListEntry', input, from: 'CLAIMED', to: 'FULFILLED' },
    (_entry, now) => ({
      fulfilledAt: now,
    }),
  );
}

interface Move<Input> {
  readonly mutation: string;
  readonly input: Input;
  readonly from: ListEntryState;
  readonly to: ListEntryState;
}

const REFUSED_IN_STATE = {
  OPEN: 'LIST_ENTRY_NOT_CLAIMED',
  CLAIMED: 'LIST_ENTRY_CLAIMED',
  FULFILLED: 'LIST_ENTRY_FULFILLED',
} as const;

function moveEntry<Input extends FulfilEntryInput>(
  context: RuleContext,
  { mutation, input, from, to }: Move<Input>,
  change: (
    entry: { readonly ownerName: string },
    now: Date,
  ) => { claimedBy?: string; claimedAt?: Date; fulfilledAt?: Date } | Refusal,
): Promise<EntryChanged | Refusal> {
  const { caller, clock } = context;
  return write(context, { mutation, dataset: 'list_entry', input }, async (transaction, provenanceId) => {
    const id = findUuidKey('ListEntry', input.entryId);
    // No entry is ever opened again, so whoever comes late is told without waiting for the lock.
    const late = id === undefined || from !== 'OPEN' ? null : await findEntryState(transaction, id);
    const lock = late === null || late.state === 'OPEN';
    const entry = id === undefined ? null : lock ? await lockEntry(transaction, id) : late;
    if (id === undefined || entry === null || !coversPlace(caller, entry)) {
      return refuse('LIST_ENTRY_NOT_FOUND', 'input.entryId');
    }
    if (entry.state !== from) return refuse(REFUSED_IN_STATE[entry.state], 'input.entryId');
    const data = change(entry, clock.now());
    if (isRefusal(data)) return data;
    await updateEntry(transaction, id, { ...data, state: to, provenanceId });
    const event = {
      eventType: to === 'CLAIMED' ? 'list_entry.claimed' : 'list_entry.fulfilled',
      entityType: 'ListEntry',
      entityId: input.entryId,
      payload: {
        entryId: input.entryId,
        kind: entry.kind,
        communityId: globalId('Community', entry.communityCode),
        state: to,
      },
      place: entry,
    };
    return { answer: { entryKey: id }, rowCount: 1, events: [event] };
  });
}
