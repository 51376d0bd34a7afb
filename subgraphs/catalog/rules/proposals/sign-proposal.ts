import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { lockProposal, putSignOff } from '../../store/proposals/proposal-writes.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import type { MatterAdvanced } from '../matters/advance-matter.ts';
import { textFault } from '../matters/text-fault.ts';
import type { SchemaCheck } from '../schema/check-schema.ts';
import { namesOf } from './publication-faults.ts';

export interface SignSchemaProposalInput {
  readonly id: string;
  readonly agreed: boolean;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** An owning department says whether it agrees to what changes of its data; an objection needs its reason. */
export function signSchemaProposal(act: Act, input: SignSchemaProposalInput): Promise<MatterAdvanced | Refusal> {
  const { caller, clock } = act;
  return writeCatalog(act, 'signSchemaProposal', 'schema_sign_off', input, async (transaction, provenanceId) => {
    const fault = textFault('input.note', input.note, { max: 500, required: !input.agreed });
    if (fault !== undefined) return fault;
    const id = findUuidKey('SchemaProposal', input.id);
    const row = id === undefined ? null : await lockProposal(transaction, id);
    if (row === null) return refuse('PROPOSAL_NOT_FOUND', 'input.id');
    if ((row.state !== 'REVIEWED' && row.state !== 'APPROVED') || row.check === null) {
      return refuse('PROPOSAL_NOT_REVIEWED', 'input.id');
    }
    const { owners } = JSON.parse(row.check) as Pick<SchemaCheck, 'owners'>; // written by advanceProposal
    const { clientId, departmentCode } = caller;
    if (!owners.includes(departmentCode)) return refuse('PROPOSAL_NOT_YOURS_TO_SIGN', 'input.id', namesOf(owners));
    const word = { agreed: input.agreed, note: input.note?.trim() || null, signedAt: clock.now() };
    const { revision } = row;
    await putSignOff(transaction, { proposalId: row.id, revision, departmentCode, clientId, provenanceId, ...word });
    const answer = { id: globalId('SchemaProposal', row.id) };
    const event = {
      eventType: input.agreed ? 'schema-proposal.signed' : 'schema-proposal.objected',
      entityType: 'SchemaProposal',
      entityId: answer.id,
      payload: { departmentCode, revision },
      place: undefined,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
