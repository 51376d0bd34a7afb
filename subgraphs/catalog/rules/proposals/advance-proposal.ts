import { isRefusal, refuse } from '../../../kit/codes/refusals.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ProposalRow, ProposalState } from '../../store/proposals/proposal-rows.ts';
import {
  findSignOffsOf,
  insertContracts,
  lockProposal,
  updateProposal,
} from '../../store/proposals/proposal-writes.ts';
import type { Act } from '../matters/act.ts';
import { type AdvanceInput, advanceMatter, type MatterKind } from '../matters/advance-matter.ts';
import { readCheck } from '../schema/check-schema.ts';
import { readContracts, type SentContract } from '../schema/sent-contracts.ts';
import { contractsWith, publishVersion, uncoveredOf } from '../versions/publish-version.ts';
import { judgeProposal } from './judge-proposal.ts';
import { type ProposalEvent, proposalMachine } from './proposal-machine.ts';
import { publicationFault, signOffFault } from './publication-faults.ts';

export interface AdvanceProposalInput extends AdvanceInput<ProposalEvent> {
  readonly contracts?: readonly SentContract[] | null | undefined;
}

/**
 * A proposal takes a step. A review attaches the check; a publication checks once more, against the graph as it is then,
 * asks for the word of every owner, and makes the next version.
 */
export async function advanceProposal(act: Act, input: AdvanceProposalInput, trace: OperationTrace) {
  const { clock } = act;
  const judged =
    input.event === 'REVIEW' || input.event === 'PUBLISH' ? await judgeProposal(act, input.id, trace) : undefined;
  const contracts = judged?.over == null ? [] : contractsWith(judged.over, judged.contracts);
  if (input.event === 'PUBLISH' && judged?.over != null) uncoveredOf(contracts, judged.over);
  const kind: MatterKind<ProposalState, ProposalEvent, ProposalRow, AdvanceProposalInput> = {
    type: 'SchemaProposal',
    mutation: 'advanceSchemaProposal',
    eventPrefix: 'schema-proposal',
    notFound: 'PROPOSAL_NOT_FOUND',
    machine: proposalMachine,
    stateOf: ({ state }) => state,
    departmentsOf: ({ departmentCode }) => [departmentCode],
    lock: lockProposal,
    dutyIn: () => undefined,
    async write(transaction, { row, taken, input: { contracts: sent } }, provenanceId) {
      const state = taken.to;
      if (taken.event === 'REVISE') {
        const read = readContracts(sent ?? []);
        const findings = read.findings.join('; ');
        if (read.findings.length > 0) return refuse('CONTRACTS_UNREADABLE', 'input.contracts', { findings });
        const revision = row.revision + 1;
        await insertContracts(transaction, row.id, revision, read.contracts);
        await updateProposal(transaction, row.id, { state, revision, verdict: null, check: null, checkedAt: null });
        return [];
      }
      if (taken.event === 'APPROVE') {
        const fault =
          row.check === null ? refuse('PROPOSAL_NOT_REVIEWED', 'input.id') : publicationFault(readCheck(row.check));
        if (fault !== undefined) return fault;
      }
      if (taken.event !== 'REVIEW' && taken.event !== 'PUBLISH') {
        await updateProposal(transaction, row.id, { state });
        return [];
      }
      // Revised or reviewed anew while it was being judged.
      if (judged?.over == null || judged.revision !== row.revision) return refuse('CONCURRENT_CHANGE', 'input');
      const { check, composed, over } = judged;
      if (taken.event === 'REVIEW') {
        const { BREAKING, DANGEROUS, SAFE } = check.changeCounts;
        if (check.compositionFindings.length === 0 && BREAKING + DANGEROUS + SAFE === 0) {
          return refuse('PROPOSAL_CHANGES_NOTHING', 'input.id');
        }
        await updateProposal(transaction, row.id, {
          state,
          verdict: check.verdict,
          check: JSON.stringify(check),
          checkedAt: check.checkedAt,
        });
        return [];
      }
      const fault =
        publicationFault(check) ?? signOffFault(check.owners, await findSignOffsOf(transaction, row.id, row.revision));
      if (fault !== undefined) return fault;
      if (composed === undefined) throw new Error('a graph that composes was not composed');
      const published = await publishVersion(
        transaction,
        act,
        {
          over,
          ...composed,
          contracts,
          origin: 'PROPOSAL',
          proposalId: row.id,
          note: row.title,
        },
        provenanceId,
      );
      if (isRefusal(published)) return published;
      await updateProposal(transaction, row.id, {
        state,
        verdict: check.verdict,
        check: JSON.stringify(check),
        checkedAt: clock.now(),
        publishedNumber: published.number,
      });
      return [published.event];
    },
  };
  return advanceMatter(act, kind, input);
}
