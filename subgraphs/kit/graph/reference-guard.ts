import type { GraphQLFieldResolver } from 'graphql';
import { refuse } from '../codes/refusals.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import { compileReferences, type InputReference } from './input-references.ts';

type Resolver = GraphQLFieldResolver<unknown, SubgraphContext>;

/**
 * Wraps the resolver of a mutation: an input that names an entity which its owner does not show makes `carryOut`
 * refuse, after it has looked whether the same key was answered before. Throws when the gateway has not asked at all.
 */
export function guardReferences(resolve: Resolver): Resolver {
  let read: ReturnType<typeof compileReferences<InputReference>>;
  let compiled = false;
  return (parent, args: Record<string, unknown>, context, info) => {
    if (!compiled) {
      const field = info.parentType.getFields()[info.fieldName];
      read = compileReferences(field?.args ?? [], declaredReference);
      compiled = true;
    }
    const given = read?.(args) ?? [];
    if (given.length === 0) return resolve(parent, args, context, info);
    const { caller } = context;
    const { missingReferences } = caller;
    if (missingReferences === undefined) {
      throw new Error(`${info.fieldName}: nobody has asked the owners of ${given.map(({ path }) => path).join(', ')}`);
    }
    const facts = caller.referenceFacts?.[String(info.path.key)] ?? {};
    const missing = given.find(({ declared, id, path }) =>
      declared.by === undefined ? missingReferences.includes(id) : facts[path] === undefined,
    );
    const refusedReference = missing === undefined ? undefined : refuse(missing.declared.refusal, missing.path);
    const informed = { ...caller, facts, ...(refusedReference === undefined ? {} : { refusedReference }) };
    return resolve(parent, args, { ...context, caller: informed }, info);
  };
}

function declaredReference({ extensions }: { readonly extensions: object }): InputReference | undefined {
  return (extensions as { references?: InputReference }).references;
}
