import {
  type DocumentNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Caller } from '../caller/caller.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import { type CardGuard, guardOf } from './card-guard.ts';
import { fieldsBehind } from './fields-behind.ts';

/** What stands guard in a document. */
export interface GuardedDocument {
  /** Whether every guard lets every row through to the caller: then the answer is the same without any. */
  isOpenTo(caller: Caller): boolean;
  /** Runs something that looks at the schema once, such as a compiler, on the fields as they are behind their guards. */
  withoutGuards<Made>(make: () => Made): Made;
}

/** Finds the guards of all fields that a document can come by; undefined where there are none. */
export function guardedDocument(schema: GraphQLSchema, document: DocumentNode): GuardedDocument | undefined {
  const found = new Map<GraphQLField<unknown, SubgraphContext>, CardGuard>();
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const parent = typeInfo.getParentType();
        if (parent == null) return;
        for (const { field } of fieldsBehind(schema, parent, node.name.value)) {
          const guard = guardOf(field.resolve);
          if (guard !== undefined) found.set(field, guard);
        }
      },
    }),
  );
  if (found.size === 0) return undefined;
  const guards = [...found.values()];
  // Requests come from one caller after another.
  let last: Caller | undefined;
  let isOpen = false;
  return {
    isOpenTo(caller) {
      if (caller !== last) {
        last = caller;
        isOpen = guards.every((guard) => guard.isOpenTo(caller));
      }
      return isOpen;
    },
    withoutGuards(make) {
      const guarded = [...found.keys()].map((field) => [field, field.resolve] as const);
      try {
        for (const [field, { resolve }] of found) {
          // Without one a field is its property, which compilers read without a call.
          if (resolve === defaultFieldResolver) delete field.resolve;
          else field.resolve = resolve;
        }
        return make();
      } finally {
        for (const [field, resolve] of guarded) if (resolve !== undefined) field.resolve = resolve;
      }
    },
  };
}
