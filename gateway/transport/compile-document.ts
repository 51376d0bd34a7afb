import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getNullableType,
  isListType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { CompiledDocuments } from './compiled-documents.ts';
import { compileByJit } from './jit-document.ts';
import { type LevelProgram, levelProgram } from './level-program.ts';
import type { RunDocument } from './run-document.ts';

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
  const byJit = () => around(() => compileByJit(schema, document));
  const compile = (): RunDocument => {
    const program = around(() => levelProgram(schema, document));
    const made = program === undefined ? byJit() : byLevels(program, manyObjects(schema, document), interpret, byJit);
    if (made === undefined) return interpret;
    entry.fields = fieldCount(document);
    compiled.admit(entry);
    return made;
  };
  return (variables, context) => {
    entry.lastRun = compiled.nextRun();
    if (run === undefined && runs++ >= patience) run = compile();
    return (run ?? interpret)(variables, context);
  };
}

function fieldCount(document: DocumentNode): number {
  let fields = 0;
  visit(document, {
    Field() {
      fields += 1;
    },
  });
  return fields;
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

/**
 * Runs the program, and leaves to graphql-js what it cannot answer. A document of which it has left too much, and one
 * object at a time, is for graphql-jit: there is nothing to do together, and it has less to put down and take up.
 */
function byLevels(
  program: LevelProgram,
  isOfMany: (variables: Parameters<RunDocument>[0]) => boolean,
  interpret: RunDocument,
  compileOther: () => RunDocument | undefined,
): RunDocument {
  let runs = 0;
  let left = 0;
  let isOftenLeft = false;
  let other: RunDocument | undefined;
  const leave = (variables: Parameters<RunDocument>[0], context: unknown) => {
    left += 1;
    isOftenLeft ||= left >= MOST_LEFT.runs;
    return interpret(variables, context);
  };
  const ofMany: RunDocument = (variables, context) => {
    runs += 1;
    if (runs % MOST_LEFT.of === 0) left = 0;
    const data = program(variables, context);
    if (data === undefined) return leave(variables, context);
    if (data instanceof Promise)
      return data.then((made) => (made === undefined ? leave(variables, context) : { data: made }));
    return { data };
  };
  return (variables, context) => {
    if (isOfMany(variables) && !isOftenLeft) return ofMany(variables, context);
    other ??= compileOther() ?? (isOftenLeft ? interpret : ofMany);
    return other(variables, context);
  };
}
