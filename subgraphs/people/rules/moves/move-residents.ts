import { globalId } from '../../../kit/global-id.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { type ChangeEvent, recordEvents } from '../../../kit/store/write-request.ts';
import type { TimedCall, TimedWork } from '../../../kit/timed-work.ts';
import {
  findDwellingsOfGrid,
  hasOtherMoves,
  lockDwellings,
  lockPersonsLeft,
  lockPersonsOf,
  type MovablePerson,
  noteMoved,
  placeAddresses,
  placeDwellings,
  placePersons,
  takeWaitingMove,
  type WaitingMove,
} from '../../store/moves/move-writes.ts';
import { type PersonShift, shiftCounts } from '../../store/moves/shift-counts.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import { openPeopleTransaction, type PeopleTransaction } from '../../store/residence-writes.ts';

/** Dwellings of one transaction: some four hundred people, which takes a fraction of its time limit. */
const DWELLINGS_PER_BATCH = 150;
const PERSONS_PER_BATCH = 400;
/** Batches of one round: a hub also has other things to do because time has passed. */
const BATCHES_PER_ROUND = 20;
const LIVING = new Set(['RESIDENT', 'MIGRANT']);

/** Moves residents behind their grids, batch by batch; each is one transaction, and the next one begins where it ended. */
export const moveResidents: TimedWork<PeopleStore> = {
  name: 'residents who follow their grids',
  async run(call) {
    for (let batch = 0; batch < BATCHES_PER_ROUND; batch++) {
      if (!(await moveBatch(call))) return;
    }
  },
};

/** False when nothing waits, or what waits is held by others at this moment. */
function moveBatch({ store, clock }: TimedCall<PeopleStore>): Promise<boolean> {
  return openPeopleTransaction(store)(async (transaction) => {
    const move = await takeWaitingMove(transaction);
    if (move === null) return false;
    const dwellings = await findDwellingsOfGrid(transaction, move.fromGridCode, DWELLINGS_PER_BATCH);
    const events =
      dwellings.length > 0
        ? await moveDwellings(store, transaction, move, dwellings)
        : await moveTheRest(transaction, move, clock.now());
    const trace = { ids: store.ids, occurredAt: clock.now(), provenanceId: move.provenanceId };
    await recordEvents(transaction, events, trace);
    return events.length > 0;
  });
}

async function moveDwellings(
  store: PeopleStore,
  transaction: PeopleTransaction,
  move: WaitingMove,
  candidates: readonly string[],
): Promise<ChangeEvent[]> {
  const persons = new Map((await lockPersonsOf(transaction, candidates)).map((person) => [person.id, person]));
  const found = await lockDwellings(transaction, candidates);
  // Somebody moved in while the locks were waited for: that dwelling has its turn in the next batch.
  const contended = new Set(found.flatMap(({ personId, dwellingId }) => (persons.has(personId) ? [] : [dwellingId])));
  const ready = candidates.filter((id) => !contended.has(id));
  if (ready.length === 0) return [];
  const residences = found.filter(({ dwellingId }) => !contended.has(dwellingId));
  const living = residences.flatMap(({ kind, personId }) => (LIVING.has(kind) ? [personId] : []));
  const registered = residences.flatMap(({ kind, personId }) => (kind === 'REGISTERED' ? [personId] : []));
  const replaced = residences
    .filter(({ validFrom }) => validFrom < move.effectiveOn)
    .map((residence) => ({ ...residence, newId: store.ids.next() }));
  const late = residences.filter(({ validFrom }) => validFrom >= move.effectiveOn).map(({ id }) => id);
  const households = await placeDwellings(transaction, move, ready, replaced, late);
  await placePersons(transaction, move.toGridCode, { living, registered }, move.provenanceId);
  const moved = [...new Set([...living, ...registered])];
  const shifts = moved.flatMap((id) => {
    const before = persons.get(id);
    return before === undefined ? [] : [shiftOf(before, move, living.includes(id), registered.includes(id))];
  });
  await shiftCounts(transaction, shifts, { from: move.fromGridCode, to: move.toGridCode, count: households });
  const rows = ready.length + households + moved.length + 2 * replaced.length + late.length;
  await noteMoved(transaction, move, { persons: moved.length, rows, finishedAt: null });
  const changes = replaced.map((residence): ChangeEvent => {
    const residenceId = globalId('Residence', residence.newId);
    const before = persons.get(residence.personId);
    return {
      eventType: 'residence.changed',
      entityType: 'Residence',
      entityId: residenceId,
      payload: {
        residenceId,
        personId: globalId('Person', residence.personId),
        closedResidenceId: globalId('Residence', residence.id),
        kind: residence.kind,
        from: move.effectiveOn,
        fromCommunityCode: move.fromCommunityCode,
        // Who is registered elsewhere counts in another community from now on, too.
        ...(residence.kind === 'REGISTERED' ? { livesInCommunityCode: before?.communityCode } : {}),
      },
      place: placeOf(move.toGridCode),
    };
  });
  return [followed(move, moved.length), ...changes];
}

/** Those whom no dwelling says to be there; then the addresses, and the move is done. */
async function moveTheRest(transaction: PeopleTransaction, move: WaitingMove, now: Date): Promise<ChangeEvent[]> {
  const last = move.wholeCommunity && !(await hasOtherMoves(transaction, move));
  const registeredIn = last ? move.fromCommunityCode : null;
  const scope = { gridCode: move.fromGridCode, registeredIn };
  const persons = await lockPersonsLeft(transaction, scope, PERSONS_PER_BATCH);
  const living = persons.filter(({ gridCode }) => gridCode === move.fromGridCode).map(({ id }) => id);
  const registered = persons
    .filter(({ registeredCommunityCode }) => last && registeredCommunityCode === move.fromCommunityCode)
    .map(({ id }) => id);
  await placePersons(transaction, move.toGridCode, { living, registered }, move.provenanceId);
  const shifts = persons.map((before) =>
    shiftOf(before, move, living.includes(before.id), registered.includes(before.id)),
  );
  await shiftCounts(transaction, shifts, { from: move.fromGridCode, to: move.toGridCode, count: 0 });
  const finished = persons.length < PERSONS_PER_BATCH;
  const addresses = finished ? await placeAddresses(transaction, move, last) : 0;
  const rows = persons.length + addresses;
  await noteMoved(transaction, move, { persons: persons.length, rows, finishedAt: finished ? now : null });
  const changes = persons.map((before): ChangeEvent => {
    const personId = globalId('Person', before.id);
    return {
      eventType: 'person.placeChanged',
      entityType: 'Person',
      entityId: personId,
      payload: { personId, fromCommunityCode: move.fromCommunityCode, livesInCommunityCode: before.communityCode },
      place: placeOf(move.toGridCode),
    };
  });
  return [followed(move, persons.length), ...changes];
}

function shiftOf(before: MovablePerson, move: WaitingMove, lives: boolean, isRegistered: boolean): PersonShift {
  return {
    before,
    after: {
      id: before.id,
      gridCode: lives ? move.toGridCode : before.gridCode,
      communityCode: lives ? move.toCommunityCode : before.communityCode,
      registeredCommunityCode: isRegistered ? move.toCommunityCode : before.registeredCommunityCode,
    },
  };
}

function followed(move: WaitingMove, persons: number): ChangeEvent {
  const { fromGridCode, toGridCode, fromCommunityCode } = move;
  return {
    eventType: 'grid.residentsFollowed',
    entityType: 'Grid',
    entityId: globalId('Grid', toGridCode),
    payload: { fromGridCode, toGridCode, fromCommunityCode, persons },
    place: placeOf(toGridCode),
  };
}

function placeOf(gridCode: string): Place {
  return {
    cityCode: gridCode.slice(0, 4),
    countyCode: gridCode.slice(0, 6),
    townshipCode: gridCode.slice(0, 9),
    communityCode: gridCode.slice(0, 12),
    gridCode,
  };
}
