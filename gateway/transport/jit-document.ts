import {
  type DocumentNode,
  defaultTypeResolver,
  type GraphQLAbstractType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { RunDocument } from './run-document.ts';

/** A document compiled by graphql-jit; undefined where it is known to go wrong. */
export function compileByJit(schema: GraphQLSchema, document: DocumentNode): RunDocument | undefined {
  if (!schemaSuitsJit(schema) || !suitsJit(document)) return undefined;
  const compiled = compileQuery(schema, document);
  if (!isCompiledQuery(compiled)) return undefined;
  // Its result may be synchronous although the type does not say so.
  return (variables, context) => compiled.query(undefined, context, { ...variables });
}

const suitable = new WeakMap<GraphQLSchema, boolean>();

/** Looks at a schema once; where it is suitable its type resolvers are made so. */
function schemaSuitsJit(schema: GraphQLSchema): boolean {
  const known = suitable.get(schema);
  if (known !== undefined) return known;
  const suits = hasUnmistakableNames(schema) && !usesIsTypeOf(schema);
  if (suits) for (const type of Object.values(schema.getTypeMap())) if (isAbstractType(type)) makeSafe(type);
  suitable.set(schema, suits);
  return suits;
}

/** graphql-jit keeps resolvers under type and field name written together, and resolve infos under paths joined by _. */
function hasUnmistakableNames(schema: GraphQLSchema): boolean {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    if (type.name.includes('_') && type.name !== '_Service') return false;
    for (const field of Object.keys(type.getFields())) {
      if (names.has(type.name + field)) return false;
      names.add(type.name + field);
    }
  }
  return true;
}

/** graphql-jit takes the promise of an `isTypeOf` for yes and leaves its rejection to end the process. */
function usesIsTypeOf(schema: GraphQLSchema): boolean {
  return Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf != null);
}

/** Under graphql-jit a query whose type resolver throws or returns a promise never settles. */
function makeSafe(type: GraphQLAbstractType): void {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  type.resolveType = (value, context, info, abstractType) => {
    try {
      const resolved = resolveType(value, context, info, abstractType);
      return typeof resolved === 'string' ? resolved : undefined;
    } catch {
      return undefined;
    }
  };
}

/** Keys that planners make up; none of them can be confused with another when joined by _. */
const PLANNED_KEY = /^(__typename|_entities|_e\d+|_internal_qp_alias_\d+)$/;

/**
 * Not for graphql-jit: response keys that make paths ambiguous when joined, a key that sets an object's prototype, and
 * conditions in a document with fragments, since it notes conditions on the nodes that all spreads share.
 */
function suitsJit(document: DocumentNode): boolean {
  let suits = true;
  let hasFragments = false;
  let hasConditions = false;
  visit(document, {
    Field({ alias, name }) {
      const key = (alias ?? name).value;
      if (key.includes('_') && !PLANNED_KEY.test(key)) suits = false;
    },
    Directive() {
      hasConditions = true;
    },
    FragmentSpread() {
      hasFragments = true;
    },
    OperationDefinition({ operation }) {
      // Its serial execution has a life of its own; a mutation's time is not spent here.
      if (operation === 'mutation') suits = false;
    },
  });
  return suits && !(hasFragments && hasConditions);
}
