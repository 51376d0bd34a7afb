import { findUuidKey } from '../../../kit/global-id.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { readProposal } from '../../store/proposals/proposal-writes.ts';
import type { Act } from '../matters/act.ts';
import { type JudgedGraph, judgeGraph } from '../schema/check-schema.ts';

/** A proposal's check, made outside of any transaction: it takes seconds. */
export interface JudgedProposal extends JudgedGraph {
  readonly revision: number;
  readonly contracts: readonly { readonly name: string; readonly sdl: string }[];
}

/** Judges the present revision of a proposal against what is served now; undefined where there is none of this id. */
export async function judgeProposal(
  { clock, store }: Pick<Act, 'clock' | 'store'>,
  proposalId: string,
  trace: OperationTrace,
): Promise<JudgedProposal | undefined> {
  const id = findUuidKey('SchemaProposal', proposalId);
  const proposal = id === undefined ? null : await readProposal(store.pool, id);
  if (proposal === null) return undefined;
  const { contracts, revision } = proposal;
  const judged = await judgeGraph(store, clock, { contracts, findings: [], keepComposed: true }, trace);
  return { ...judged, revision, contracts };
}
