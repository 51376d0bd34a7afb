import type { Caller } from '../../../kit/caller/caller.ts';
import { type Clock, dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { carryOut } from '../../../kit/store/write-request.ts';
import type { OrganizationsStore } from '../../store/organizations-store.ts';
import { openOrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { liveChief, lockGrid, replaceChief } from '../../store/workforce/chief-writes.ts';
import { shareWorker } from '../../store/workforce/worker-locks.ts';

export interface AssignGridChiefInput {
  readonly gridId: string;
  readonly workerId: string;
  readonly idempotencyKey: string;
}

export interface GridChiefAssigned {
  readonly gridId: string;
  readonly assignmentId: string;
  readonly closedAssignmentId: string | null;
}

/**
 * Makes a community worker the chief of a grid: the former chief's post ends at the instant at which the new one begins.
 *
 * Grid and worker must lie in the caller's area; the worker must be in service and belong to the grid's community.
 * Refuses the worker (or the person) who is the chief already.
 */
export function assignGridChief(
  store: OrganizationsStore,
  caller: Caller,
  clock: Clock,
  input: AssignGridChiefInput,
): Promise<GridChiefAssigned | Refusal> {
  const request = {
    mutation: 'assignGridChief',
    dataset: 'grid_assignment',
    caller,
    clock,
    ids: store.ids,
    idempotencyKey: input.idempotencyKey,
    input,
  };
  return carryOut(openOrganizationsTransaction(store), request, async (transaction, provenanceId) => {
    const gridCode = findCodeKey('Grid', 15, input.gridId);
    const grid = gridCode === undefined ? null : await lockGrid(transaction, gridCode);
    if (grid === null || !coversPlace(caller, grid)) return refuse('GRID_NOT_FOUND', 'input.gridId');
    const workerKey = findUuidKey('CommunityWorker', input.workerId);
    const worker = workerKey === undefined ? null : await shareWorker(transaction, workerKey);
    if (worker === null || !coversPlace(caller, worker)) return refuse('WORKER_NOT_FOUND', 'input.workerId');
    // Read behind the lock: an instant from before the wait could precede the start of the post that it closes.
    const now = clock.now();
    if (worker.leftOn !== null && worker.leftOn <= dateInChina(now)) {
      return refuse('WORKER_LEFT', 'input.workerId');
    }
    if (worker.communityCode !== grid.communityCode) return refuse('WORKER_OUTSIDE_COMMUNITY', 'input.workerId');
    const current = await liveChief(transaction, grid.gridCode);
    if (current?.personId === worker.personId) return refuse('GRID_CHIEF_UNCHANGED', 'input.workerId');

    const newId = store.ids.next();
    const at = current === null ? now : after(current.validFrom, now);
    await replaceChief(transaction, { closeId: current?.id, newId, grid, worker, at, provenanceId });
    const answer = {
      gridId: globalId('Grid', grid.gridCode),
      assignmentId: globalId('GridAssignment', newId),
      closedAssignmentId: current === null ? null : globalId('GridAssignment', current.id),
    };
    const event = {
      eventType: 'grid.chiefChanged',
      entityType: 'Grid',
      entityId: answer.gridId,
      payload: { ...answer, workerId: input.workerId, at: at.toISOString() },
      place: grid,
    };
    return { answer, rowCount: current === null ? 1 : 2, events: [event] };
  });
}

/** No post may end when it begins: two changes within one tick of the clock (1 ms) follow each other by one. */
function after(start: Date, now: Date): Date {
  return now > start ? now : new Date(start.getTime() + 1);
}
