import type { Caller } from '../../kit/caller/caller.ts';
import { type Clock, dateInChina } from '../../kit/clock.ts';
import { type Refusal, refuse } from '../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../kit/global-id.ts';
import { coversPlace, tierOf } from '../../kit/store/place-scope.ts';
import { carryOut } from '../../kit/store/write-request.ts';
import { moveCare } from '../store/care/care-writes.ts';
import type { PeopleStore } from '../store/people-store.ts';
import type { ResidenceKind } from '../store/residence-rows.ts';
import {
  hasResidenceEndingAfter,
  liveResidences,
  lockDwelling,
  lockPerson,
  movePerson,
  openPeopleTransaction,
  replaceResidence,
} from '../store/residence-writes.ts';

export interface ChangeResidenceInput {
  readonly personId: string;
  readonly dwellingId: string;
  readonly kind: ResidenceKind;
  /** First day at the new dwelling, `YYYY-MM-DD`. */
  readonly from: string;
  readonly idempotencyKey: string;
}

export interface ResidenceChanged {
  readonly residenceId: string;
  readonly personId: string;
  readonly closedResidenceId: string | null;
}

/** RESIDENT and MIGRANT both say where somebody lives: one of them at a time. */
const LIVING: readonly ResidenceKind[] = ['RESIDENT', 'MIGRANT'];

/**
 * Registers a person at another dwelling: closes the live residence of the same kind on the first day of the new one
 * and moves the person's area with it (SEASONAL moves nothing: the person's home stays where it is).
 *
 * The dwelling must lie in the caller's area, and so must the place the person leaves or the one he is registered at.
 * Refuses a day in the future, a day not after the start of the current record or inside a closed one of the kind, and
 * the dwelling already recorded.
 */
export function changeResidence(
  store: PeopleStore,
  caller: Caller,
  clock: Clock,
  input: ChangeResidenceInput,
): Promise<ResidenceChanged | Refusal> {
  const request = {
    mutation: 'changeResidence',
    dataset: 'residence',
    caller,
    clock,
    ids: store.ids,
    idempotencyKey: input.idempotencyKey,
    input,
  };
  return carryOut(openPeopleTransaction(store), request, async (transaction, provenanceId) => {
    if (input.from > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.from');
    const personKey = findUuidKey('Person', input.personId);
    const person = personKey === undefined ? null : await lockPerson(transaction, personKey);
    if (person === null || !(coversPlace(caller, person) || coversRegistration(caller, person))) {
      return refuse('PERSON_NOT_FOUND', 'input.personId');
    }
    const dwellingKey = findUuidKey('Dwelling', input.dwellingId);
    const dwelling = dwellingKey === undefined ? null : await lockDwelling(transaction, dwellingKey);
    if (dwelling === null || !coversPlace(caller, dwelling)) return refuse('DWELLING_NOT_FOUND', 'input.dwellingId');

    const live = await liveResidences(transaction, person.id);
    const current = live.find((row) => row.kind === input.kind);
    if (current?.dwellingId === dwelling.id) return refuse('RESIDENCE_UNCHANGED', 'input.dwellingId');
    if (LIVING.includes(input.kind) && live.some((row) => row !== current && isLiving(row.kind))) {
      return refuse('RESIDENCE_KIND_CONFLICT', 'input.kind');
    }
    const from = new Date(`${input.from}T00:00:00Z`);
    if (current !== undefined && from <= current.validFrom) return refuse('DATE_BEFORE_CURRENT', 'input.from');
    const exclusive = LIVING.includes(input.kind) ? LIVING : [input.kind];
    if (await hasResidenceEndingAfter(transaction, person.id, exclusive, from)) {
      return refuse('DATE_BEFORE_CURRENT', 'input.from');
    }

    const newId = store.ids.next();
    const change = {
      closeId: current?.id,
      newId,
      personId: person.id,
      dwelling,
      kind: input.kind,
      from,
      provenanceId,
    };
    await replaceResidence(transaction, change);
    if (input.kind !== 'SEASONAL') await movePerson(transaction, person, change);
    if (LIVING.includes(input.kind)) await moveCare(transaction, person.id, dwelling);
    const answer = {
      residenceId: globalId('Residence', newId),
      personId: globalId('Person', person.id),
      closedResidenceId: current === undefined ? null : globalId('Residence', current.id),
    };
    const event = {
      eventType: 'residence.changed',
      entityType: 'Residence',
      entityId: answer.residenceId,
      payload: {
        ...answer,
        kind: input.kind,
        from: input.from,
        fromCommunityCode: person.communityCode,
        // Who is registered elsewhere counts in another community from now on, too.
        ...(input.kind === 'REGISTERED' ? { fromRegisteredCommunityCode: person.registeredCommunityCode } : {}),
      },
      place: dwelling,
    };
    return { answer, rowCount: current === undefined ? 2 : 3, events: [event] };
  });
}

function isLiving(kind: string): boolean {
  return LIVING.some((living) => living === kind);
}

function coversRegistration(
  caller: Caller,
  person: { readonly registeredCommunityCode: string | null; readonly registeredCountyCode: string },
): boolean {
  const code = person.registeredCommunityCode ?? person.registeredCountyCode;
  return caller.jurisdiction.some((area) => tierOf(area) !== undefined && area.length <= 12 && code.startsWith(area));
}
