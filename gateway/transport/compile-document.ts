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
import { CompiledDocuments } from './compiled-documents.ts';

/** Runs one document against the subgraph's schema; may answer at once. */
export type RunDocument = (
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
) => ExecutionResult | Promise<ExecutionResult>;

/**
 * Compiling takes as long as some twenty runs by graphql-js, and hundreds of documents that are rarely run would take
 * most of the memory.
 */
const RUNS_BEFORE_COMPILING = 8;
/** Of documents that were pushed out again and again. */
const MOST_RUNS_BEFORE_COMPILING = 1_024;

export interface CompileDocumentOptions {
  /** Where compiled documents share what room there is; unbounded by default. */
  readonly compiled?: CompiledDocuments | undefined;
  /** 0: compiled at once, for tests of what compiled documents answer. */
  readonly runsBeforeCompiling?: number | undefined;
  /** Around the compiling itself, which looks at the schema's resolvers. */
  readonly around?: (<Made>(compile: () => Made) => Made) | undefined;
}

/**
 * Compiles a document with graphql-jit, which takes a fraction of graphql-js' time, once it has been run some times.
 * Until then, where there is no more room, and where graphql-jit is known to go wrong, graphql-js executes it.
 */
export function compileDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  {
    compiled = new CompiledDocuments(),
    runsBeforeCompiling = RUNS_BEFORE_COMPILING,
    around = (make) => make(),
  }: CompileDocumentOptions = {},
): RunDocument {
  const interpret: RunDocument = (variableValues, contextValue) =>
    execute({ schema, document, variableValues, contextValue }) as ExecutionResult | Promise<ExecutionResult>;
  let run: RunDocument | undefined;
  let runs = 0;
  let patience = runsBeforeCompiling;
  const entry = {
    fields: 0,
    lastRun: 0,
    forget() {
      run = undefined;
      runs = 0;
      patience = Math.min(Math.max(1, 2 * patience), MOST_RUNS_BEFORE_COMPILING);
    },
  };
  const compile = (): RunDocument => {
    const made = around(() => findCompiled(schema, document));
    if (made === undefined) return interpret;
    entry.fields = made.fields;
    compiled.admit(entry);
    return made.run;
  };
  return (variables, context) => {
    entry.lastRun = compiled.nextRun();
    if (run === undefined && runs++ >= patience) run = compile();
    return (run ?? interpret)(variables, context);
  };
}

/** Undefined for graphql-js. */
function findCompiled(schema: GraphQLSchema, document: DocumentNode) {
  if (!schemaSuitsJit(schema)) return undefined;
  const { suits, fields } = lookThrough(document);
  const compiled = suits ? compileQuery(schema, document) : undefined;
  if (compiled === undefined || !isCompiledQuery(compiled)) return undefined;
  // Its result may be synchronous although the type does not say so.
  const run: RunDocument = (variables, context) => compiled.query(undefined, context, { ...variables });
  return { run, fields };
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
function lookThrough(document: DocumentNode): { readonly suits: boolean; readonly fields: number } {
  let suits = true;
  let fields = 0;
  let hasFragments = false;
  let hasConditions = false;
  visit(document, {
    Field({ alias, name }) {
      fields += 1;
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
  return { suits: suits && !(hasFragments && hasConditions), fields };
}
