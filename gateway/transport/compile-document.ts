import {
  type DocumentNode,
  defaultTypeResolver,
  type ExecutionResult,
  execute,
  type GraphQLAbstractType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { CompiledDocuments } from './compiled-documents.ts';
import { type LevelProgram, levelProgram } from './level-program.ts';

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

/** Runs of a document that its program had to leave to graphql-js, of so many, after which it is left to graphql-jit. */
const MOST_LEFT = { runs: 8, of: 32 };

/**
 * Compiles a document once it has been run some times: to a program that goes down level by level (`level-program.ts`),
 * or where it cannot, because the document is none for it or its answers often have errors, with graphql-jit. Until then,
 * where there is no more room, where graphql-jit is known to go wrong, and for single answers with errors, graphql-js
 * executes it.
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
  let isOftenLeft = false;
  const leaveToOthers = () => {
    isOftenLeft = true;
    run = undefined;
  };
  const compile = (): RunDocument => {
    const made = around(() => {
      const program = isOftenLeft ? undefined : levelProgram(schema, document);
      if (program === undefined) return findCompiled(schema, document);
      const ofMany = withProgram(program, interpret, leaveToOthers);
      // Of one object at a time there is nothing to do together, and graphql-jit has less to put down and take up.
      let ofOne: RunDocument | undefined;
      const isOfMany = manyObjects(schema, document);
      const either: RunDocument = (variables, context) => {
        if (isOfMany(variables)) return ofMany(variables, context);
        ofOne ??= around(() => findCompiled(schema, document))?.run ?? ofMany;
        return ofOne(variables, context);
      };
      return { run: either, fields: lookThrough(document).fields };
    });
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

/** Entities that are asked for at once, up to which they are few. */
const FEW = 4;

/** Whether a run is of many objects: of lists, or of more than a few entities. */
function manyObjects(
  schema: GraphQLSchema,
  document: DocumentNode,
): (variables: Parameters<RunDocument>[0]) => boolean {
  const representations: string[] = [];
  let hasLists = false;
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const type = typeInfo.getType();
        if (node.name.value === '_entities') {
          for (const { value } of node.arguments ?? []) {
            if (value.kind === Kind.VARIABLE) representations.push(value.name.value);
          }
        } else if (node.selectionSet !== undefined && type != null) hasLists ||= isListType(getNullableType(type));
      },
    }),
  );
  return (variables) =>
    hasLists ||
    representations.some((name) => ((variables[name] as readonly unknown[] | undefined)?.length ?? 0) > FEW);
}

/** Runs the program, and what it leaves by other means; says when that is too often. */
function withProgram(program: LevelProgram, otherwise: RunDocument, onOftenLeft: () => void): RunDocument {
  let runs = 0;
  let left = 0;
  const leave = (variables: Parameters<RunDocument>[0], context: unknown) => {
    left += 1;
    if (left >= MOST_LEFT.runs) onOftenLeft();
    return otherwise(variables, context);
  };
  return (variables, context) => {
    runs += 1;
    if (runs % MOST_LEFT.of === 0) left = 0;
    const data = program(variables, context);
    if (data === undefined) return leave(variables, context);
    if (data instanceof Promise)
      return data.then((made) => (made === undefined ? leave(variables, context) : { data: made }));
    return { data };
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
