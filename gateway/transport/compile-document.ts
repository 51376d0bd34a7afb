import {
  type DocumentNode,
  defaultTypeResolver,
  type ExecutionResult,
  execute,
  type GraphQLAbstractType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

/** Runs one document against the subgraph's schema; may answer at once. */
export type RunDocument = (
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
) => ExecutionResult | Promise<ExecutionResult>;

/** What is asked once is answered sooner without being compiled, and hundreds of such take half of the memory. */
const RUNS_BEFORE_COMPILING = 1;

/**
 * Compiles a document with graphql-jit, which takes a fraction of graphql-js' time, once it is run a second time. Until
 * then, and where graphql-jit is known to go wrong, graphql-js executes it.
 *
 * @param runsBeforeCompiling 0: compiled at once, for tests of what compiled documents answer.
 */
export function compileDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  runsBeforeCompiling = RUNS_BEFORE_COMPILING,
): RunDocument {
  const interpret: RunDocument = (variableValues, contextValue) =>
    execute({ schema, document, variableValues, contextValue }) as ExecutionResult | Promise<ExecutionResult>;
  let run: RunDocument | undefined;
  let runs = 0;
  return (variables, context) => {
    if (run === undefined && runs++ >= runsBeforeCompiling) run = findCompiled(schema, document) ?? interpret;
    return (run ?? interpret)(variables, context);
  };
}

/** Undefined for graphql-js. */
function findCompiled(schema: GraphQLSchema, document: DocumentNode): RunDocument | undefined {
  if (!schemaSuitsJit(schema) || !documentSuitsJit(document)) return undefined;
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
function documentSuitsJit(document: DocumentNode): boolean {
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
