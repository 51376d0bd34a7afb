import type { Caller } from '../../../kit/caller/caller.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { findNameFlaw, plainName } from '../../../kit/names/register-name.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { markLedGrids } from '../../store/territory/kept-marks.ts';
import type { GridRole } from '../../store/workforce/assignment-rows.ts';
import { type LockedGrid, lockGrid } from '../../store/workforce/chief-writes.ts';
import { lockAssignment } from '../../store/workforce/post-locks.ts';
import { shareWorker } from '../../store/workforce/worker-locks.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';

export interface GridPostChanged {
  readonly assignmentId: string;
}

/** 成年: full years from which somebody acts for himself (Civil Code art. 17). */
const OF_AGE = 18;

/** Every post of the force but the chief's, which changes hands by `assignGridChief`. */
export type OpenGridRole = Exclude<GridRole, 'GRID_CHIEF'>;

export interface OpenGridPostInput {
  readonly gridId: string;
  readonly microGridId?: string | null | undefined;
  readonly role: OpenGridRole;
  readonly workerId?: string | null | undefined;
  readonly personId?: string | null | undefined;
  readonly holderName?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * A community worker or a resident takes up a post in a grid: full-time or part-time worker, instructor, chief of a
 * micro-grid. Nobody holds two full-time posts at a time, nor one post twice; a micro-grid has one chief. The grid's row
 * is locked, and the database says the same across grids.
 */
export function openGridPost(context: RuleContext, input: OpenGridPostInput): Promise<GridPostChanged | Refusal> {
  const { store, caller, clock } = context;
  const request = { mutation: 'openGridPost', dataset: 'grid_assignment', input };
  return write(context, request, async (transaction, provenanceId) => {
    const gridCode = findCodeKey('Grid', 15, input.gridId);
    const grid = gridCode === undefined ? null : await lockGrid(transaction, gridCode);
    if (grid === null || !coversPlace(caller, { ...grid, gridCode: grid.gridCode })) {
      return refuse('GRID_NOT_FOUND', 'input.gridId');
    }
    const micro = await microGridOf(transaction, grid, input);
    if (isRefusal(micro)) return micro;
    const holder = await holderOf(transaction, grid, input, caller, dateInChina(clock.now()));
    if (isRefusal(holder)) return holder;
    const { personId } = holder;
    const { role } = input;
    const held = await transaction.gridAssignment.findFirst({
      where: { gridCode: grid.gridCode, personId, role, microGridCode: micro.code, validTo: null },
    });
    if (held !== null) return refuse('GRID_POST_HELD', 'input.role');
    if (role === 'FULL_TIME_GRID_WORKER') {
      const elsewhere = await transaction.gridAssignment.findFirst({ where: { personId, role, validTo: null } });
      if (elsewhere !== null) return refuse('FULL_TIME_POST_HELD', 'input.role');
    }
    if (micro.code !== null) {
      const chief = await transaction.gridAssignment.findFirst({
        where: { microGridCode: micro.code, role, validTo: null },
      });
      if (chief !== null) return refuse('MICRO_GRID_HAS_CHIEF', 'input.microGridId');
    }
    const id = store.ids.next();
    const { cityCode, countyCode, townshipCode, communityCode } = grid;
    await transaction.gridAssignment.create({
      data: {
        id,
        role,
        ...holder,
        gridCode: grid.gridCode,
        microGridCode: micro.code,
        // Read behind the lock.
        validFrom: clock.now(),
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        provenanceId,
      },
    });
    return changed('grid.postOpened', globalId('GridAssignment', id), grid);
  });
}

export interface CloseGridPostInput {
  readonly assignmentId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Ends a post in a grid now; whoever acted by it has lost it with the answer. It stays on record. */
export function closeGridPost(context: RuleContext, input: CloseGridPostInput): Promise<GridPostChanged | Refusal> {
  const { caller, clock } = context;
  const request = { mutation: 'closeGridPost', dataset: 'grid_assignment', input };
  return write(context, request, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.reason, 'input.reason', 2, 80);
    if (flaw !== undefined) return flaw;
    const key = findUuidKey('GridAssignment', input.assignmentId);
    const held = key === undefined ? null : await transaction.gridAssignment.findUnique({ where: { id: key } });
    // The grid first, as whoever changes its chief does.
    if (held?.role === 'GRID_CHIEF') await lockGrid(transaction, held.gridCode);
    const post = held === null ? null : await lockAssignment(transaction, held.id);
    if (post === null || !coversPlace(caller, post)) return refuse('GRID_POST_NOT_FOUND', 'input.assignmentId');
    if (post.validTo !== null) return refuse('GRID_POST_ENDED', 'input.assignmentId');
    const now = clock.now();
    const validTo = now > post.validFrom ? now : new Date(post.validFrom.getTime() + 1);
    await transaction.gridAssignment.update({
      where: { id: post.id },
      data: { validTo, endReason: input.reason, provenanceId },
    });
    if (held?.role === 'GRID_CHIEF') await markLedGrids(transaction, [post.gridCode]);
    return changed('grid.postClosed', input.assignmentId, post);
  });
}

async function microGridOf(
  transaction: OrganizationsTransaction,
  grid: LockedGrid,
  { role, microGridId }: OpenGridPostInput,
): Promise<{ readonly code: string | null } | Refusal> {
  if ((role === 'MICRO_GRID_CHIEF') !== (microGridId != null)) return refuse('MICRO_GRID_UNFIT', 'input.microGridId');
  if (microGridId == null) return { code: null };
  const code = findCodeKey('MicroGrid', 18, microGridId);
  const known = code?.startsWith(grid.gridCode)
    ? await transaction.microGrid.findUnique({ where: { microGridCode: code } })
    : null;
  return known === null ? refuse('MICRO_GRID_UNFIT', 'input.microGridId') : { code: known.microGridCode };
}

/** Who takes the post: a worker in service of the grid's community, or a resident by his name in the population register. */
async function holderOf(
  transaction: OrganizationsTransaction,
  grid: LockedGrid,
  { workerId, personId, holderName }: OpenGridPostInput,
  caller: Caller,
  today: string,
): Promise<{ readonly personId: string; readonly workerId: string | null; readonly holderName: string } | Refusal> {
  if ((workerId == null) === (personId == null)) return refuse('GRID_POST_HOLDER_AMBIGUOUS', 'input.workerId');
  if (workerId == null) {
    const key = findUuidKey('Person', personId);
    if (key === undefined) return refuse('PERSON_NOT_FOUND', 'input.personId');
    const age = caller.facts?.['input.personId']?.ageYears;
    if (typeof age === 'number' && age < OF_AGE) return refuse('GRID_POST_UNDER_AGE', 'input.personId');
    const name = holderName ?? '';
    const flaw =
      textFlaw(name, 'input.holderName', 2, 40) ?? findNameFlaw(caller, 'input.personId', name, 'input.holderName');
    return flaw ?? { personId: key, workerId: null, holderName: plainName(name) };
  }
  const key = findUuidKey('CommunityWorker', workerId);
  const worker = key === undefined ? null : await shareWorker(transaction, key);
  if (worker === null || worker.communityCode !== grid.communityCode) {
    return refuse('WORKER_NOT_FOUND', 'input.workerId');
  }
  if (worker.leftOn !== null && worker.leftOn <= today) {
    return refuse('WORKER_LEFT', 'input.workerId');
  }
  return { personId: worker.personId, workerId: worker.id, holderName: worker.name };
}

function changed(eventType: string, assignmentId: string, place: LockedGrid) {
  const answer = { assignmentId };
  const event = { eventType, entityType: 'GridAssignment', entityId: assignmentId, payload: answer, place };
  return { answer, rowCount: 1, events: [event] };
}
