import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId, splitGlobalId } from '../../../kit/global-id.ts';
import type { CatalogTransaction } from '../../store/department-system-rows.ts';
import { findSource } from '../../store/register/register-writes.ts';
import { insertVerificationTicket } from '../../store/verification/ticket-rows.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import type { MatterAdvanced } from '../matters/advance-matter.ts';
import { recordStep } from '../matters/record-step.ts';
import { textFault } from '../matters/text-fault.ts';
import { ticketMachine } from './ticket-machine.ts';

export interface FileVerificationTicketInput {
  readonly coordinate: string;
  readonly entityId: string;
  readonly description: string;
  readonly idempotencyKey: string;
}

/**
 * A department that uses an item says that its value for one thing is wrong. The ticket goes to the source of the item
 * and starts the clock of its answer. The thing is named by its global id alone; its owner was
 * asked whether it is there, so that only its type is checked here. Texts with personal numbers are refused.
 */
export function fileVerificationTicket(
  act: Act,
  input: FileVerificationTicketInput,
): Promise<MatterAdvanced | Refusal> {
  const { caller, clock, store } = act;
  return writeCatalog(
    act,
    'fileVerificationTicket',
    'verification_ticket',
    input,
    async (transaction, provenanceId) => {
      const { coordinate, entityId } = input;
      const source = await findLiveSource(transaction, coordinate);
      if (source === null) return refuse('CATALOGUE_ITEM_UNKNOWN', 'input.coordinate');
      const [typeName] = coordinate.split('.');
      const named = splitGlobalId(entityId);
      if (named?.typeName !== typeName || !/^[\w-]{1,64}$/.test(named?.key ?? '')) {
        return refuse('ENTITY_ID_INVALID', 'input.entityId');
      }
      const fault = textFault('input.description', input.description, { max: 500 });
      if (fault !== undefined) return fault;
      if (source === caller.departmentCode) return refuse('SOURCE_ASKS_ITSELF', 'input.coordinate');
      const id = store.ids.next();
      const state = ticketMachine.initial;
      await insertVerificationTicket(transaction, {
        id,
        coordinate,
        entityId,
        requestingDepartment: caller.departmentCode,
        sourceDepartment: source,
        divisionCodes: caller.jurisdiction,
        description: input.description.trim(),
        state,
        filedAt: clock.now(),
        provenanceId,
      });
      const next = { departmentCode: source, ruleCode: 'VERIFICATION_ANSWER' };
      await recordStep(
        transaction,
        act,
        { subjectType: 'VerificationTicket', subjectId: id, event: 'FILE', from: null, to: state, note: null, next },
        provenanceId,
      );
      const answer = { id: globalId('VerificationTicket', id) };
      const event = {
        eventType: 'verification-ticket.filed',
        entityType: 'VerificationTicket',
        entityId: answer.id,
        payload: { coordinate, entityId, sourceDepartment: source },
        place: undefined,
      };
      return { answer, rowCount: 3, events: [event] };
    },
  );
}

/** The source of an item of the live graph that carries data; null for others. */
async function findLiveSource(transaction: CatalogTransaction, coordinate: string): Promise<string | null> {
  const field = await transaction.dataField.findUnique({ where: { coordinate, removedAt: null } });
  return field === null || field.category === 'GRAPH' ? null : findSource(transaction, coordinate);
}
