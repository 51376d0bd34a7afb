import { Kind, type ObjectTypeDefinitionNode, type ObjectTypeExtensionNode, parse, print } from 'graphql';
import { boundedText } from '../bounded-text.ts';
import { HUB_CALLER } from '../caller/caller.ts';
import { SIGNATURE_HEADER, signRequest } from '../caller/gateway-signature.ts';

/** What a probe came to: nothing wrong, or what. */
export type ProbeFault = { readonly reasonZh: string; readonly reasonEn: string } | undefined;

export interface ProbedSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
  /** The key under which the hub signs what it asks of this subgraph. */
  readonly key: Buffer;
}

const TIMEOUT_MILLISECONDS = 10_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Asks a subgraph, signed like every request of the hub, for its contract, which must be the one that was submitted, and
 * for one entity of each of its types that have a key, which must be answered, found or not.
 */
export async function probeSubgraph(probed: ProbedSubgraph): Promise<ProbeFault> {
  try {
    const service = await ask(probed, '{ _service { sdl } }', {});
    const sdl = (service.data?._service as { sdl?: unknown } | null | undefined)?.sdl;
    if (typeof sdl !== 'string') return { reasonZh: '没有应答 _service', reasonEn: 'it does not answer _service' };
    if (printed(sdl) !== printed(probed.sdl)) {
      return {
        reasonZh: '_service 给出的契约与提交的不同',
        reasonEn: 'the contract that _service gives is not the one that was submitted',
      };
    }
    const representations = keyedTypes(probed.sdl).map(({ name, keys }) => ({
      __typename: name,
      ...Object.fromEntries(keys.map((key) => [key, '0'])),
    }));
    if (representations.length === 0) return undefined;
    const query = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
    const { data } = await ask(probed, query, { representations });
    const entities = data?._entities;
    if (Array.isArray(entities) && entities.length === representations.length) return undefined;
    const names = representations.map(({ __typename }) => __typename).join(', ');
    return { reasonZh: `没有按键应答 _entities：${names}`, reasonEn: `it does not answer _entities for ${names}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { reasonZh: `无法访问：${reason}`, reasonEn: `it cannot be reached: ${reason}` };
  }
}

async function ask({ key, name, url }: ProbedSubgraph, query: string, variables: object) {
  const body = JSON.stringify({ query, variables });
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      [SIGNATURE_HEADER]: signRequest(key, name, HUB_CALLER, body),
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  const tooLarge = () => new Error(`more than ${MAX_ANSWER_BYTES} bytes`);
  const answer: unknown = JSON.parse(await boundedText(response, MAX_ANSWER_BYTES, tooLarge));
  if (typeof answer !== 'object' || answer === null)
    throw new Error(`HTTP ${response.status} without a GraphQL result`);
  return answer as { readonly data?: Readonly<Record<string, unknown>> | null };
}

function printed(sdl: string): string {
  return print(parse(sdl, { noLocation: true }));
}

/** Types that can be found by keys of plain fields. */
function keyedTypes(sdl: string): { readonly name: string; readonly keys: readonly string[] }[] {
  return parse(sdl, { noLocation: true }).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    const keys = keyOf(definition);
    return keys === undefined ? [] : [{ name: definition.name.value, keys }];
  });
}

function keyOf({ directives = [] }: ObjectTypeDefinitionNode | ObjectTypeExtensionNode): readonly string[] | undefined {
  for (const { arguments: given = [], name } of directives) {
    const fields = given.find((argument) => argument.name.value === 'fields')?.value;
    if (name.value === 'key' && fields?.kind === Kind.STRING && !fields.value.includes('{')) {
      return fields.value.trim().split(/\s+/);
    }
  }
  return undefined;
}
