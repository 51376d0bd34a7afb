import { departmentName } from '../../../kit/codes/departments.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { uncoveredParts } from '../../../kit/schema-check/uncovered-parts.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import type { CatalogTransaction } from '../../store/department-system-rows.ts';
import type { VersionTexts } from '../../store/versions/graph-release.ts';
import {
  hashOf,
  insertVersion,
  lockHead,
  type NewVersion,
  type VersionContract,
} from '../../store/versions/version-writes.ts';
import type { Act } from '../matters/act.ts';

/** Enough to know what to mend. */
const SHOWN = 12;

export interface Publication
  extends Pick<
    NewVersion,
    'supergraphSdl' | 'apiSdl' | 'contracts' | 'origin' | 'proposalId' | 'rolledBackTo' | 'note'
  > {
  /** The version that it was judged against. */
  readonly over: VersionTexts;
}

/**
 * Makes a graph that was judged over the head the next version. Refused when another one has been published since, and
 * when a contract promises what the code behind it has not.
 */
export async function publishVersion(
  transaction: CatalogTransaction,
  { caller, clock }: Pick<Act, 'caller' | 'clock'>,
  { over, ...publication }: Publication,
  provenanceId: string,
): Promise<{ readonly number: number; readonly event: ChangeEvent } | Refusal> {
  const head = await lockHead(transaction);
  if (head !== over.number) return refuse('GRAPH_MOVED', 'input', { judged: over.number, head });
  const uncovered = uncoveredOf(publication.contracts, over);
  if (uncovered.length > 0) return refuse('CONTRACT_NOT_SERVED', 'input', { parts: listed(uncovered) });
  const number = await insertVersion(transaction, head, {
    ...publication,
    codeHash: over.codeHash,
    departmentCode: caller.departmentCode,
    clientId: caller.clientId,
    publishedAt: clock.now(),
    provenanceId,
  });
  const event: ChangeEvent = {
    eventType: 'graph.published',
    entityType: 'GraphVersion',
    entityId: `GraphVersion:${number}`,
    payload: { number, origin: publication.origin },
    place: undefined,
  };
  return { number, event };
}

/** The last answer: reading contracts takes a moment, in which nobody should wait for a lock. */
let lastUncovered: { readonly key: string; readonly parts: readonly string[] } | undefined;

/** What contracts promise that the code behind them has not, as `subgraph: coordinate`. Ask it before a transaction, too. */
export function uncoveredOf(contracts: readonly VersionContract[], over: VersionTexts): readonly string[] {
  const key = `${over.number} ${contracts.map(({ sdl }) => hashOf(sdl)).join(' ')}`;
  if (lastUncovered?.key === key) return lastUncovered.parts;
  const parts = contracts.flatMap(({ graph, sdl, codeHash }) => {
    const code = over.contracts.find(({ name }) => name === graph)?.codeSdl;
    return codeHash === null || code == null ? [] : uncoveredParts(sdl, code).map((part) => `${graph}: ${part}`);
  });
  lastUncovered = { key, parts };
  return parts;
}

/** The contracts of a version with some replaced; a name that is new joins, where `url` says where it is served. */
export function contractsWith(
  over: VersionTexts,
  replaced: readonly { readonly name: string; readonly sdl: string; readonly url?: string | undefined }[],
): VersionContract[] {
  const byName = new Map(over.contracts.map((contract) => [contract.name, contract]));
  for (const { name, sdl, url } of replaced) {
    const known = byName.get(name);
    byName.set(name, { name, sdl, url: known?.url ?? url ?? null, codeSdl: known?.codeSdl ?? null });
  }
  return [...byName.values()].map(({ name, sdl, url, codeSdl }) => ({
    graph: name,
    sdl,
    url,
    codeHash: codeSdl === null ? null : hashOf(codeSdl),
  }));
}

/** Some of many names, for a message. */
export function listed(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return more > 0 ? `${names.slice(0, SHOWN).join(', ')} … +${more}` : names.join(', ');
}

/** Departments by their names in one language. */
export function departmentNames(codes: readonly string[], language: 'zh' | 'en'): string {
  return codes.map((code) => departmentName(code)[language]).join(language === 'zh' ? '、' : ', ');
}
