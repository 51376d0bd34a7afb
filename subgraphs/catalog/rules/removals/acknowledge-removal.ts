import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { findAnnouncedRemovals } from '../../store/removals/removal-rows.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import { textFault } from '../matters/text-fault.ts';

export interface AcknowledgeRemovalInput {
  readonly coordinate: string;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

export interface RemovalAcknowledged {
  readonly coordinate: string;
}

/** The calling client says that it does without a part that is announced to go. Using it again takes that back. */
export async function acknowledgeRemoval(
  act: Act,
  input: AcknowledgeRemovalInput,
  trace: OperationTrace,
): Promise<RemovalAcknowledged | Refusal> {
  const { caller, clock, store } = act;
  const { coordinate } = input;
  const removals = await findAnnouncedRemovals(store, trace);
  return writeCatalog(
    act,
    'acknowledgeRemoval',
    'removal_acknowledgement',
    input,
    async (transaction, provenanceId) => {
      const fault = textFault('input.note', input.note, { max: 300, required: false });
      if (fault !== undefined) return fault;
      if (!removals.some((removal) => removal.coordinate === coordinate)) {
        return refuse('REMOVAL_UNKNOWN', 'input.coordinate', { coordinate: coordinate.slice(0, 200) });
      }
      const { clientId } = caller;
      const word = { acknowledgedAt: clock.now(), note: input.note?.trim() || null, provenanceId };
      await transaction.removalAcknowledgement.upsert({
        where: { coordinate_clientId: { coordinate, clientId } },
        create: { coordinate, clientId, ...word },
        update: word,
      });
      const event = {
        eventType: 'removal.acknowledged',
        entityType: 'DataField',
        entityId: `DataField:${coordinate}`,
        payload: { coordinate, clientId },
        place: undefined,
      };
      return { answer: { coordinate }, rowCount: 1, events: [event] };
    },
  );
}
