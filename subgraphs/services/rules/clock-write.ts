import { type ChangeEvent, recordEvents } from '../../kit/store/write-request.ts';
import type { TimedCall } from '../../kit/timed-work.ts';
import type { ServicesStore } from '../store/services-store.ts';
import { openServicesTransaction, type ServicesTransaction } from '../store/services-transaction.ts';

/** Carries out timed work of this subgraph: what it writes and the events that tell of it, by the hub's own hand. */
export function writeByClock(
  { store, clock }: TimedCall<ServicesStore>,
  dataset: string,
  work: (transaction: ServicesTransaction, now: Date, provenanceId: string) => Promise<readonly ChangeEvent[]>,
): Promise<number> {
  return openServicesTransaction(store)(async (transaction) => {
    const now = clock.now();
    const provenanceId = store.ids.next();
    const events = await work(transaction, now, provenanceId);
    if (events.length === 0) return 0;
    await transaction.provenance.create({
      data: {
        ...{ id: provenanceId, kind: 'MUTATION', systemCode: 'hub', dataset, clientId: 'hub' },
        ...{ department: 'data-authority', recordedAt: now, rowCount: events.length },
      },
    });
    await recordEvents(transaction, events, { ids: store.ids, occurredAt: now, provenanceId });
    return events.length;
  });
}
