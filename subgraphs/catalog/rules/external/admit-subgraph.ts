import { externalKey } from '../../../kit/caller/gateway-signature.ts';
import { isDepartmentCode } from '../../../kit/codes/departments.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { probeSubgraph } from '../../../kit/external/probe-subgraph.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { contractParts } from '../../../kit/schema-check/contract-parts.ts';
import { carryOut } from '../../../kit/store/write-request.ts';
import { checkTarget } from '../../../kit/webhooks/target-policy.ts';
import { openCatalogTransaction } from '../../store/department-system-rows.ts';
import type { Act } from '../matters/act.ts';
import { type JudgedGraph, judgeGraph } from '../schema/check-schema.ts';
import { readContracts } from '../schema/sent-contracts.ts';
import { contractsWith, listed, publishVersion } from '../versions/publish-version.ts';

export interface AdmitSubgraphInput {
  readonly name: string;
  readonly url: string;
  readonly departmentCode: string;
  readonly sdl: string;
  readonly idempotencyKey: string;
}

export interface SubgraphAdmitted {
  readonly name: string;
  readonly number: number;
  /** Base64url; only in the answer that admitted it. */
  readonly signatureKey: string | null;
}

/**
 * A department's own subgraph, in whatever language, joins the graph: it composes, changes nothing of what is there, has
 * a card of its department on every field, and answers `_service` and `_entities` under the hub's signature.
 */
export async function admitSubgraph(
  act: Act,
  input: AdmitSubgraphInput,
  trace: OperationTrace,
): Promise<SubgraphAdmitted | Refusal> {
  const { caller, clock, store } = act;
  const { departmentCode, name, sdl } = input;
  const request = {
    mutation: 'admitSubgraph',
    dataset: 'external_subgraph',
    caller,
    clock,
    ids: store.ids,
    idempotencyKey: input.idempotencyKey,
    input,
  };
  const target = checkTarget(input.url, store.webhookTargets);
  const key = externalKey(store.signatureKey, name);
  const judged = await judge(act, input, target, key, trace);
  let signatureKey: string | null = null;
  const made = await carryOut<Parameters<typeof publishVersion>[0], Omit<SubgraphAdmitted, 'signatureKey'>>(
    openCatalogTransaction(store),
    request,
    async (transaction, provenanceId) => {
      if (isRefusal(judged)) return judged;
      const { composed, over } = judged;
      if (typeof target === 'string' || over === null || composed === undefined)
        return refuse('CONCURRENT_CHANGE', 'input');
      const url = target.href;
      const row = { url, departmentCode, active: true, admittedAt: clock.now(), endedAt: null, provenanceId };
      await transaction.externalSubgraph.upsert({ where: { name }, create: { name, ...row }, update: row });
      const contracts = contractsWith(over, [{ name, sdl, url }]);
      const note = `${name} ${departmentCode}`;
      const published = await publishVersion(
        transaction,
        act,
        { over, ...composed, contracts, origin: 'ADMISSION', note },
        provenanceId,
      );
      if (isRefusal(published)) return published;
      signatureKey = key.toString('base64url');
      const event = {
        eventType: 'external-subgraph.admitted',
        entityType: 'ExternalSubgraph',
        entityId: `ExternalSubgraph:${name}`,
        payload: { name, departmentCode },
        place: undefined,
      };
      return { answer: { name, number: published.number }, rowCount: 2, events: [published.event, event] };
    },
  );
  return isRefusal(made) ? made : { ...made, signatureKey };
}

/** Everything that is looked at before anything is written. */
async function judge(
  { clock, store }: Act,
  { departmentCode, name, sdl }: AdmitSubgraphInput,
  target: ReturnType<typeof checkTarget>,
  key: Buffer,
  trace: OperationTrace,
): Promise<JudgedGraph | Refusal> {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(name)) return refuse('SUBGRAPH_NAME_INVALID', 'input.name');
  if (!isDepartmentCode(departmentCode)) return refuse('DEPARTMENT_UNKNOWN', 'input.departmentCode');
  if (typeof target === 'string') return refuse('SUBGRAPH_URL_INVALID', 'input.url');
  const { contracts, findings } = readContracts([{ subgraph: name, sdl }]);
  if (findings.length > 0) return refuse('CONTRACTS_UNREADABLE', 'input.sdl', { findings: findings.join('; ') });
  const joining = contracts.map((contract) => ({ ...contract, url: target.href }));
  const judged = await judgeGraph(store, clock, { contracts: joining, findings: [], keepComposed: true }, trace);
  const { check, over } = judged;
  if (over?.contracts.some((contract) => contract.name === name)) {
    return refuse('SUBGRAPH_NAME_TAKEN', 'input.name', { subgraph: name });
  }
  if (check.compositionFindings.length > 0) {
    return refuse('PROPOSAL_DOES_NOT_COMPOSE', 'input.sdl', { findings: listed(check.compositionFindings) });
  }
  const changing = check.changes.filter(({ kind, level }) => level !== 'SAFE' || !kind.endsWith('_ADDED'));
  if (changing.length > 0) {
    const parts = listed(changing.map(({ coordinate, messageEn }) => `${coordinate} (${messageEn})`));
    return refuse('SUBGRAPH_NOT_COMPATIBLE', 'input.sdl', { parts });
  }
  const foreign = foreignCards(
    sdl,
    departmentCode,
    check.changes.map(({ coordinate }) => coordinate),
  );
  if (foreign.length > 0) return refuse('SUBGRAPH_CARDS_FOREIGN', 'input.sdl', { parts: listed(foreign) });
  if (check.lint.length > 0) {
    const parts = listed(check.lint.map(({ coordinate, rule }) => `${coordinate} [${rule}]`));
    return refuse('PROPOSAL_BREAKS_RULES', 'input.sdl', { count: check.lint.length, parts });
  }
  const fault = await probeSubgraph({ name, url: target.href, sdl, key });
  return fault === undefined ? judged : refuse('SUBGRAPH_PROBE_FAILED', 'input.url', fault);
}

/** Fields that join without a card of the department that serves them. */
function foreignCards(sdl: string, departmentCode: string, joining: readonly string[]): string[] {
  const added = new Set(joining);
  return [...contractParts(sdl).values()]
    .filter(
      ({ coordinate, kind }) =>
        kind === 'FIELD' && (added.has(coordinate) || added.has(coordinate.split('.')[0] ?? '')),
    )
    .filter(({ card }) => card?.source !== departmentCode)
    .map(({ coordinate }) => coordinate);
}
