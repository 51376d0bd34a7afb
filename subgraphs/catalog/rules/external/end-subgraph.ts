import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import { textFault } from '../matters/text-fault.ts';
import { clientsOf } from '../proposals/publication-faults.ts';
import { judgeGraph } from '../schema/check-schema.ts';
import { contractsWith, listed, publishVersion } from '../versions/publish-version.ts';

export interface EndSubgraphInput {
  readonly name: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export interface SubgraphEnded {
  readonly name: string;
  readonly number: number;
}

/** A department's subgraph leaves the graph; refused while clients use it who have not acknowledged that it goes. */
export async function endSubgraph(
  act: Act,
  input: EndSubgraphInput,
  trace: OperationTrace,
): Promise<SubgraphEnded | Refusal> {
  const { clock, store } = act;
  const { name } = input;
  const known = await store.prisma.externalSubgraph.findFirst({ where: { name, active: true } });
  const judged =
    known === null
      ? undefined
      : await judgeGraph(store, clock, { contracts: [], removed: [name], findings: [], keepComposed: true }, trace);
  return writeCatalog(act, 'endSubgraph', 'external_subgraph', input, async (transaction, provenanceId) => {
    const fault = textFault('input.reason', input.reason, { max: 300 });
    if (fault !== undefined) return fault;
    const ended = await transaction.externalSubgraph.updateMany({
      where: { name, active: true },
      data: { active: false, endedAt: clock.now() },
    });
    if (judged === undefined || ended.count === 0) {
      return refuse('SUBGRAPH_NOT_FOUND', 'input.name', { subgraph: name.slice(0, 64) });
    }
    const { check, composed, over } = judged;
    if (over === null || composed === undefined) {
      return refuse('PROPOSAL_DOES_NOT_COMPOSE', 'input.name', { findings: listed(check.compositionFindings) });
    }
    const using = check.changes.flatMap(clientsOf);
    if (using.length > 0) return refuse('CLIENTS_STILL_USE', 'input.name', { clients: listed(using) });
    const contracts = contractsWith(over, []).filter(({ graph }) => graph !== name);
    const published = await publishVersion(
      transaction,
      act,
      { over, ...composed, contracts, origin: 'END', note: input.reason.trim() },
      provenanceId,
    );
    if (isRefusal(published)) return published;
    const event = {
      eventType: 'external-subgraph.ended',
      entityType: 'ExternalSubgraph',
      entityId: `ExternalSubgraph:${name}`,
      payload: { name },
      place: undefined,
    };
    return { answer: { name, number: published.number }, rowCount: 2, events: [published.event, event] };
  });
}
