import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { composeInWorker } from '../../../kit/schema-check/graph-variant.ts';
import { findVersionTexts } from '../../store/versions/graph-release.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import { textFault } from '../matters/text-fault.ts';
import { listed } from '../versions/publish-version.ts';

export interface DefineGraphContractInput {
  readonly name: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly maxGrade: number;
  readonly includeTags: readonly string[];
  readonly excludeTags: readonly string[];
  readonly idempotencyKey: string;
}

export interface ContractDefined {
  readonly name: string;
}

const MAX_TAGS = 50;

/** Defines a contract, or changes one; only one that composes with the graph as it is. */
export async function defineGraphContract(
  act: Act,
  input: DefineGraphContractInput,
): Promise<ContractDefined | Refusal> {
  const { clock } = act;
  const { excludeTags, includeTags, maxGrade, name } = input;
  const fault = findFault(input);
  const composed = fault === undefined ? await compose(act, input) : undefined;
  return writeCatalog(act, 'defineGraphContract', 'graph_contract', input, async (transaction, provenanceId) => {
    if (fault !== undefined) return fault;
    if (composed === undefined || 'findings' in composed) {
      return refuse('CONTRACT_DOES_NOT_COMPOSE', 'input', { findings: listed(composed?.findings ?? []) });
    }
    const definition = {
      ...{ titleZh: input.titleZh.trim(), titleEn: input.titleEn.trim(), maxGrade, provenanceId },
      ...{ includeTags: [...includeTags], excludeTags: [...excludeTags], definedAt: clock.now() },
    };
    await transaction.graphContract.upsert({ where: { name }, create: { name, ...definition }, update: definition });
    const event = {
      eventType: 'graph-contract.defined',
      entityType: 'GraphContract',
      entityId: `GraphContract:${name}`,
      payload: { name, maxGrade },
      place: undefined,
    };
    return { answer: { name }, rowCount: 1, events: [event] };
  });
}

function findFault({ excludeTags, includeTags, maxGrade, name, titleEn, titleZh }: DefineGraphContractInput) {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(name)) return refuse('CONTRACT_NAME_INVALID', 'input.name');
  const tags = [...includeTags, ...excludeTags];
  if (tags.length > MAX_TAGS || new Set(tags).size < tags.length || !tags.every((tag) => /^[\w/-]{1,64}$/.test(tag))) {
    return refuse('CONTRACT_TAGS_INVALID', 'input.includeTags', { max: MAX_TAGS });
  }
  if (maxGrade < 1 || maxGrade > 4) return refuse('GRADE_INVALID', 'input.maxGrade');
  return textFault('input.titleZh', titleZh, { max: 80 }) ?? textFault('input.titleEn', titleEn, { max: 80 });
}

async function compose({ store }: Act, { excludeTags, includeTags, maxGrade }: DefineGraphContractInput) {
  const head = await findVersionTexts(store.pool);
  if (head === null) return undefined;
  return composeInWorker({
    contracts: head.contracts.map((contract) => ({ ...contract, url: contract.url ?? undefined })),
    filter: { kind: 'CONTRACT', maxGrade, includeTags, excludeTags },
  });
}
