import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findVersionTexts } from '../../store/versions/graph-release.ts';
import { hashOf } from '../../store/versions/version-writes.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import { textFault } from '../matters/text-fault.ts';
import { publishVersion } from './publish-version.ts';

export interface RollBackGraphInput {
  readonly toNumber: number;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export interface VersionPublished {
  readonly number: number;
}

/**
 * Serves a kept version again, as a new one: history is never rewritten. What the version promises must still be kept
 * by the code that runs now, and its departments' subgraphs must not have ended since.
 */
export async function rollBackGraph(act: Act, input: RollBackGraphInput): Promise<VersionPublished | Refusal> {
  const { store } = act;
  const number =
    Number.isInteger(input.toNumber) && input.toNumber > 0 && input.toNumber < 2 ** 31 ? input.toNumber : 0;
  const [over, target] = await Promise.all([findVersionTexts(store.pool), findVersionTexts(store.pool, number)]);
  return writeCatalog(act, 'rollBackGraph', 'graph_version', input, async (transaction, provenanceId) => {
    const fault = textFault('input.reason', input.reason, { max: 300 });
    if (fault !== undefined) return fault;
    if (over === null || target === null) return refuse('GRAPH_VERSION_NOT_FOUND', 'input.toNumber', { number });
    if (target.number === over.number) return refuse('GRAPH_VERSION_IN_FORCE', 'input.toNumber', { number });
    const codeOf = new Map(over.contracts.map(({ name, codeSdl }) => [name, codeSdl]));
    const contracts = target.contracts.map(({ name, sdl, url, codeSdl }) => {
      const code = codeOf.get(name) ?? null;
      return { graph: name, sdl, url, codeHash: codeSdl === null ? null : hashOf(code ?? codeSdl) };
    });
    const ended = await transaction.externalSubgraph.findMany({
      where: { active: false, name: { in: contracts.filter(({ url }) => url !== null).map(({ graph }) => graph) } },
    });
    const gone = [
      ...ended.map(({ name }) => name),
      ...contracts.filter(({ graph, url }) => url === null && !codeOf.has(graph)).map(({ graph }) => graph),
    ];
    if (gone.length > 0) return refuse('GRAPH_VERSION_NOT_SERVABLE', 'input.toNumber', { subgraphs: gone.join(', ') });
    const { supergraphSdl, apiSdl } = target;
    const published = await publishVersion(
      transaction,
      act,
      { over, supergraphSdl, apiSdl, contracts, origin: 'ROLLBACK', rolledBackTo: number, note: input.reason.trim() },
      provenanceId,
    );
    if (isRefusal(published)) return published;
    return { answer: { number: published.number }, rowCount: 2, events: [published.event] };
  });
}
