import { hasRight } from '../../../kit/caller/caller.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import { textFault } from '../matters/text-fault.ts';

export interface AnnounceMaintenanceInput {
  readonly subgraph: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export interface MaintenanceAnnounced {
  readonly subgraph: string;
}

export const MAX_MAINTENANCE_DAYS = 7;

/** A department says when its subgraph is not to be asked; the rest of every answer stands meanwhile. */
export function announceMaintenance(
  act: Act,
  input: AnnounceMaintenanceInput,
): Promise<MaintenanceAnnounced | Refusal> {
  const { caller, clock, store } = act;
  return writeCatalog(act, 'announceMaintenance', 'maintenance_window', input, async (transaction, provenanceId) => {
    const { endsAt, reason, startsAt, subgraph } = input;
    const fault = textFault('input.reason', reason, { max: 300 });
    if (fault !== undefined) return fault;
    const known = await transaction.externalSubgraph.findFirst({ where: { name: subgraph, active: true } });
    const own = known?.departmentCode === caller.departmentCode || hasRight(caller, 'schema.publish');
    if (known === null || !own)
      return refuse('SUBGRAPH_NOT_FOUND', 'input.subgraph', { subgraph: subgraph.slice(0, 64) });
    const days = (endsAt.getTime() - startsAt.getTime()) / 86_400_000;
    if (!(days > 0 && days <= MAX_MAINTENANCE_DAYS) || endsAt <= clock.now()) {
      return refuse('MAINTENANCE_PERIOD_INVALID', 'input.endsAt', { days: MAX_MAINTENANCE_DAYS });
    }
    const id = store.ids.next();
    await transaction.maintenanceWindow.create({
      data: { id, subgraph, startsAt, endsAt, reason: reason.trim(), provenanceId },
    });
    const event = {
      eventType: 'external-subgraph.maintenance-announced',
      entityType: 'ExternalSubgraph',
      entityId: `ExternalSubgraph:${subgraph}`,
      payload: { subgraph, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
      place: undefined,
    };
    return { answer: { subgraph }, rowCount: 1, events: [event] };
  });
}
