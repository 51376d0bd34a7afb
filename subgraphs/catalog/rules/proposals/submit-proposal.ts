import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { insertProposal } from '../../store/proposals/proposal-writes.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import type { MatterAdvanced } from '../matters/advance-matter.ts';
import { recordStep } from '../matters/record-step.ts';
import { textFault } from '../matters/text-fault.ts';
import { readContracts, type SentContract } from '../schema/sent-contracts.ts';
import { proposalMachine } from './proposal-machine.ts';

export interface SubmitSchemaProposalInput {
  readonly title: string;
  readonly reason: string;
  readonly contracts: readonly SentContract[];
  readonly idempotencyKey: string;
}

/** A department proposes contracts; they wait as a draft for the data authority to review them. */
export function submitSchemaProposal(act: Act, input: SubmitSchemaProposalInput): Promise<MatterAdvanced | Refusal> {
  const { caller, clock, store } = act;
  return writeCatalog(act, 'submitSchemaProposal', 'schema_proposal', input, async (transaction, provenanceId) => {
    const fault =
      textFault('input.title', input.title, { max: 80 }) ?? textFault('input.reason', input.reason, { max: 500 });
    if (fault !== undefined) return fault;
    const { contracts, findings } = readContracts(input.contracts);
    if (findings.length > 0)
      return refuse('CONTRACTS_UNREADABLE', 'input.contracts', { findings: findings.join('; ') });
    const id = store.ids.next();
    const state = proposalMachine.initial;
    const { departmentCode } = caller;
    const [title, reason] = [input.title.trim(), input.reason.trim()];
    await insertProposal(
      transaction,
      { id, title, reason, departmentCode, state, submittedAt: clock.now(), provenanceId },
      contracts,
    );
    const step = { event: 'SUBMIT', from: null, to: state, note: null, next: undefined };
    await recordStep(transaction, act, { subjectType: 'SchemaProposal', subjectId: id, ...step }, provenanceId);
    const answer = { id: globalId('SchemaProposal', id) };
    const event = {
      eventType: 'schema-proposal.submitted',
      entityType: 'SchemaProposal',
      entityId: answer.id,
      payload: { departmentCode, subgraphs: contracts.map(({ name }) => name) },
      place: undefined,
    };
    return { answer, rowCount: 2 + contracts.length, events: [event] };
  });
}
