import { type Clock, dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { type ChangeEvent, recordEvents } from '../../../kit/store/write-request.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { openCatalogTransaction } from '../../store/department-system-rows.ts';
import { escalateDuties, noteEndedGrants } from '../../store/matters/clock-writes.ts';

/**
 * Tells, once each, of the duties that have become overdue and of the grants that have ended: a mark on the row and an
 * event in the outbox, for the data authority to follow. Several hubs may run it at once. Whether a duty is overdue or a
 * grant still opens anything never waits for this.
 */
export async function runClocks(store: CatalogStore, clock: Clock): Promise<{ overdue: number; ended: number }> {
  return openCatalogTransaction(store)(async (transaction) => {
    const now = clock.now();
    const duties = await escalateDuties(transaction, now, dateInChina(now));
    const grants = await noteEndedGrants(transaction, now);
    const events: ChangeEvent[] = [
      ...duties.map(({ subjectType, subjectId, departmentCode, ruleCode, dueOn }) => ({
        eventType: 'duty.overdue',
        entityType: subjectType,
        entityId: globalId(subjectType, subjectId),
        payload: { departmentCode, ruleCode, dueOn, escalatedTo: 'data-authority' },
        place: undefined,
      })),
      ...grants.map(({ id, clientId }) => ({
        eventType: 'sharing-grant.ended',
        entityType: 'SharingGrant',
        entityId: globalId('SharingGrant', id),
        payload: { clientId },
        place: undefined,
      })),
    ];
    if (events.length > 0) {
      const provenanceId = store.ids.next();
      await transaction.provenance.create({
        data: {
          id: provenanceId,
          kind: 'MUTATION',
          systemCode: 'hub',
          dataset: 'duty',
          clientId: 'hub',
          department: 'data-authority',
          recordedAt: now,
          rowCount: events.length,
        },
      });
      await recordEvents(transaction, events, { ids: store.ids, occurredAt: now, provenanceId });
    }
    return { overdue: duties.length, ended: grants.length };
  });
}
