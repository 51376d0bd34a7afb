import type { Caller } from '../../../kit/caller/caller.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { type LockedWorker, lockWorker } from '../../store/workforce/worker-locks.ts';

/** The worker of a global id, locked; or the refusal when there is none in the caller's area. */
export async function lockWorkerInArea(
  transaction: OrganizationsTransaction,
  caller: Caller,
  workerId: string,
): Promise<LockedWorker | Refusal> {
  const key = findUuidKey('CommunityWorker', workerId);
  const worker = key === undefined ? null : await lockWorker(transaction, key);
  return worker === null || !coversPlace(caller, worker) ? refuse('WORKER_NOT_FOUND', 'input.workerId') : worker;
}

/** The columns that every row of a worker's file copies from the worker. */
export function fileColumns(worker: LockedWorker) {
  const { id, personId, cityCode, countyCode, townshipCode, communityCode } = worker;
  return { workerId: id, personId, cityCode, countyCode, townshipCode, communityCode };
}
