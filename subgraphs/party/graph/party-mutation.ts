import { isRefusal, type Refusal } from '../../kit/codes/refusals.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { RuleContext } from '../rules/party-write.ts';
import type { PartyStore } from '../store/party-store.ts';
import { builder, refusalTypes } from './builder.ts';

/** What a rule answers, as the success type of a payload sees it. */
export type Succeeded<Answer, Name extends string> = Answer & { readonly __typename: Name };

type SuccessRef = Parameters<typeof builder.unionType>[1]['types'] extends infer Types
  ? Types extends readonly (infer Member)[]
    ? Member
    : never
  : never;

/** The payload of a mutation: done, or one of the typed refusals. */
export function payloadUnion<Ref extends SuccessRef>(name: string, description: string, success: Ref) {
  return builder.unionType(name, {
    description,
    types: [success, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
    resolveType: (value) => (value as { __typename: string }).__typename,
  });
}

/** Carries a rule out and answers with its payload. */
export async function answer<Answer extends object, Name extends string>(
  name: Name,
  { store, caller, clock, loaders }: SubgraphContext<PartyStore>,
  rule: (context: RuleContext) => Promise<Answer | Refusal>,
): Promise<Succeeded<Answer, Name> | Refusal> {
  const result = await rule({ store, caller, clock });
  // An earlier mutation of the same operation may have read what this one changed.
  loaders.clear();
  return isRefusal(result) ? result : { ...result, __typename: name };
}

export const IDEMPOTENCY_KEY_DESCRIPTION =
  '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.';
