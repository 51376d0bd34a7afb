import {
  type DocumentNode,
  defaultFieldResolver,
  defaultTypeResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLBoolean,
  GraphQLError,
  type GraphQLField,
  GraphQLID,
  GraphQLInt,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  getNullableType,
  getVariableValues,
  isAbstractType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type ListTypeNode,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
  typeFromAST,
} from 'graphql';
import { isPromise } from '../../subgraphs/kit/batch-loader.ts';
import { guardOf } from '../../subgraphs/kit/graph/card-guard.ts';
import type { DataCard } from '../../subgraphs/kit/graph/data-card.ts';
import type { GraphExtensions } from '../../subgraphs/kit/graph/graph-plugin.ts';
import type { AnyLoadedBelow } from '../../subgraphs/kit/graph/loaded-below.ts';
import { argumentsOf } from '../../subgraphs/kit/graph/selected-fields.ts';
import { CannotCompile } from '../execute/compiled/cannot-compile.ts';
import type { Choices } from '../execute/compiled/choices.ts';
import {
  type CollectedField,
  type CollectScope,
  collectFields,
  setsBelow,
} from '../execute/compiled/collect-fields.ts';
import { fragmentsOf } from '../execute/compiled/operation-scope.ts';
import { completeLeaf } from './complete-leaf.ts';
import {
  after,
  type Complete,
  completeLists,
  completeObjects,
  gather,
  inPlaces,
  type Later,
  NOT_PLAIN,
  refuse,
  type Values,
  whenAll,
} from './level-values.ts';
import { compileMake, type Make } from './make-objects.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The data of a run; undefined when something in it is for an executor that knows what to say of errors. */
export type LevelProgram = (
  variables: Variables,
  context: unknown,
) => Promise<Record<string, unknown> | undefined> | Record<string, unknown> | undefined;

interface Run {
  readonly variables: Variables;
  readonly context: unknown;
}

/** Objects of one type at one place of the document, all at once. */
interface Level {
  readonly columns: readonly Column[];
  readonly make: Make;
}

/** The values of one response key for all objects of a level, in their order. */
type Column = (rows: Values, run: Run) => Later<Values>;

/**
 * A query document as a program that goes down level by level: at each it asks one field after the other for all objects
 * of the level together, and writes the objects when all fields are there. An executor that walks down from each object
 * by itself waits fifty times for fifty residents' households; this waits once, and a field that is loaded by a key (see
 * `loaded-below.ts`) is asked once for all keys.
 *
 * It knows only answers without errors. What a refusal, a failure or a null in the wrong place comes to is for an
 * executor that keeps to the specification's every word: its caller runs the document anew there. Undefined for documents
 * that it cannot do: mutations, conditions, and types that are told by `isTypeOf`.
 */
export function levelProgram(schema: GraphQLSchema, document: DocumentNode): LevelProgram | undefined {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations as OperationDefinitionNode[];
  const query = schema.getQueryType();
  if (operation === undefined || operations.length > 1 || operation.operation !== 'query' || query == null) {
    return undefined;
  }
  let root: Level;
  try {
    root = new LevelCompiler(schema, document, operation).level(query, [operation.selectionSet]);
  } catch (error) {
    // Literals that are not what a field takes are for others to refuse.
    if (error === NOT_PLAIN || error instanceof CannotCompile || error instanceof GraphQLError) return undefined;
    throw error;
  }
  const coerce = variableCoercion(schema, operation);
  return (given, context) => {
    try {
      const variables = coerce(given);
      if (variables === undefined) return undefined;
      const made = runLevel(root, ROOT, { variables, context });
      // A native promise, whatever the loaders gave.
      return isPromise(made) ? Promise.resolve(made).then(([data]) => data, failed) : made[0];
    } catch (error) {
      return failed(error);
    }
  };
}

/** What failed is told by whoever runs the document anew: what was loaded, or failed to be, is remembered. */
const failed = (_error: unknown): undefined => undefined;

const ROOT: Values = [undefined];

/**
 * Representations of entities are whatever the gateway says; they may be hundreds. Texts and numbers have mostly been
 * coerced by whoever sends them, and are looked at; what is not plainly of its type is coerced.
 */
function variableCoercion(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): (given: Variables) => Variables | undefined {
  const { variableDefinitions = [] } = operation;
  const others = coercedVariables(schema, operation);
  const lists = variableDefinitions.filter((definition) => !others.includes(definition));
  const names = lists.map(({ variable }) => variable.name.value);
  const plain = others.map(({ variable, type }) => ({ name: variable.name.value, isPlain: plainValues(schema, type) }));
  return (given) => {
    for (const name of names) {
      const value = given[name];
      if (!Array.isArray(value) || value.includes(null)) return undefined;
    }
    if (plain.every(({ name, isPlain }) => isPlain(given[name]))) return given;
    const { coerced } = getVariableValues(schema, others, given);
    if (coerced === undefined) return undefined;
    for (const name of names) coerced[name] = given[name];
    return coerced;
  };
}

/** What a value of a type is that coercion leaves as it is; of a type about which more is to be said, none. */
function plainValues(schema: GraphQLSchema, type: TypeNode): (value: unknown) => boolean {
  const declared = typeFromAST(schema, type as NamedTypeNode);
  switch (declared === undefined ? undefined : getNullableType(declared)) {
    case GraphQLID:
    case GraphQLString:
      return (value) => typeof value === 'string';
    case GraphQLInt:
      return (value) => typeof value === 'number' && (value | 0) === value;
    case GraphQLBoolean:
      return (value) => typeof value === 'boolean';
    default:
      return () => false;
  }
}

/** Variables other than lists of representations. */
function coercedVariables(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode) {
  return variableDefinitions.filter(({ type }) => {
    const declared = typeFromAST(schema, type as ListTypeNode);
    const list = declared === undefined ? undefined : getNullableType(declared);
    return !isListType(list) || getNamedType(list.ofType)?.name !== '_Any';
  });
}

function runLevel({ columns, make }: Level, rows: Values, run: Run): Later<Record<string, unknown>[]> {
  return whenAll(
    gather(columns, (column) => column(rows, run)),
    (values) => make(rows, values as readonly Values[]),
  );
}

/** Where a field stands, by keys alone: all objects of a level are at the same place. */
type Path = GraphQLResolveInfo['path'];

/** What a variable decides is not known when a program is made. */
const NO_CHOICES: Choices = new Map();

class LevelCompiler {
  readonly #scope: CollectScope;
  readonly #operation: OperationDefinitionNode;
  /** As resolvers are told of them. */
  readonly #fragments: Readonly<Record<string, FragmentDefinitionNode>>;

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    const fragments = fragmentsOf(document);
    this.#scope = { schema, fragments, choices: NO_CHOICES };
    this.#operation = operation;
    this.#fragments = Object.fromEntries(fragments);
  }

  level(type: GraphQLObjectType, sets: readonly SelectionSetNode[], above?: Path): Level {
    const columns: Column[] = [];
    const entries = collectFields(this.#scope, type, sets).map((collected) => {
      const { key } = collected;
      const name = collected.nodes[0].name.value;
      if (name === '__typename') return { key, constant: type.name };
      const field = type.getFields()[name];
      if (field === undefined) refuse();
      const leaf = getNullableType(field.type);
      if (isLeafType(leaf) && (field.resolve ?? defaultFieldResolver) === defaultFieldResolver) {
        return { key, property: name, ...completeLeaf(leaf, isNonNullType(field.type), refuse) };
      }
      columns.push(this.#column(type, field, collected, { prev: above, key, typename: type.name }));
      return { key, column: columns.length - 1 };
    });
    return { columns, make: compileMake(entries) };
  }

  #column(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    collected: CollectedField,
    path: Path,
  ): Column {
    const [node] = collected.nodes;
    const complete = this.#complete(field.type, setsBelow(collected), path);
    const argumentsGiven = argumentsOf(field, node);
    const info = this.#info(type, field, collected.nodes, path);
    const { loaded } = field.extensions as GraphExtensions;
    if (loaded !== undefined && guardOf(field.resolve) === undefined && takesPlainArguments(field, node)) {
      return (rows, run) =>
        after(loadColumn(loaded, rows, argumentsGiven(run.variables), run, info(run)), (values) =>
          complete(values, run),
        );
    }
    const resolve = field.resolve ?? defaultFieldResolver;
    return (rows, run) => {
      const args = argumentsGiven(run.variables);
      const given = info(run);
      return whenAll(
        gather(rows, (row) => resolve(row, args, run.context, given)),
        (values) => complete(values, run),
      );
    };
  }

  #info(
    parentType: GraphQLObjectType,
    { name: fieldName, type: returnType }: GraphQLField<unknown, unknown>,
    fieldNodes: readonly FieldNode[],
    path: Path,
  ): (run: Run) => GraphQLResolveInfo {
    const { schema } = this.#scope;
    const [fragments, operation] = [this.#fragments, this.#operation];
    const make = (variableValues: Variables): GraphQLResolveInfo => ({
      ...{ fieldName, fieldNodes, returnType, parentType, path, schema, fragments, operation, variableValues },
      rootValue: undefined,
    });
    // Of representations nobody asks but the resolver of entities, which is given them.
    const constant = coercedVariables(schema, operation).length === 0 ? make({}) : undefined;
    return ({ variables }) => constant ?? make(variables);
  }

  #complete(type: GraphQLOutputType, sets: readonly SelectionSetNode[], path: Path): Complete<Run> {
    const isNullable = !isNonNullType(type);
    const inner = getNullableType(type);
    if (isListType(inner)) return completeLists(isNullable, this.#complete(inner.ofType, sets, path));
    if (isLeafType(inner)) {
      const { complete } = completeLeaf(inner, !isNullable, refuse);
      return (raw) => raw.map(complete);
    }
    if (isObjectType(inner)) {
      if (inner.isTypeOf != null) refuse();
      const level = this.level(inner, sets, path);
      return (raw, run) => completeObjects(raw, isNullable, (rows) => runLevel(level, rows, run));
    }
    if (!isAbstractType(inner)) refuse();
    const resolveType = inner.resolveType ?? defaultTypeResolver;
    const levels = new Map<string, Level>();
    for (const possible of this.#scope.schema.getPossibleTypes(inner)) {
      if (possible.isTypeOf != null) refuse();
      levels.set(possible.name, this.level(possible, sets, path));
    }
    return (raw, run) =>
      completeObjects(raw, isNullable, (rows) =>
        runLevels(levels, rows, run, (row) =>
          resolveType(row, run.context, undefined as unknown as GraphQLResolveInfo, inner),
        ),
      );
  }
}

/** The values of all rows by one call of their loader. */
function loadColumn(
  loaded: AnyLoadedBelow,
  rows: Values,
  args: Record<string, unknown>,
  { context }: Run,
  info: GraphQLResolveInfo,
): Later<Values> {
  const keys = (rows as readonly object[]).map((row) => loaded.keyOf(row));
  const given = keys.filter((key) => key != null);
  if (given.length === 0) return keys.map(() => null);
  // The context is what the fields of this schema are given.
  const ofSubgraph = context as Parameters<AnyLoadedBelow['loaderOf']>[1];
  loaded.alongside?.(rows as readonly object[], ofSubgraph, info);
  const values = loaded.loaderOf(args, ofSubgraph, info).loadAll(given);
  if (given.length === keys.length) return values;
  return after(values, (found) => inPlaces(keys, found));
}

/** Objects of several types: those of each together. */
function runLevels(
  levels: ReadonlyMap<string, Level>,
  rows: Values,
  run: Run,
  typeOf: (row: unknown) => unknown,
): Later<Values> {
  const names = rows.map((row) => {
    const name = typeOf(row);
    if (typeof name !== 'string' || !levels.has(name)) refuse();
    return name;
  });
  const [first] = names;
  if (names.every((name) => name === first)) return runLevel(levels.get(first as string) as Level, rows, run);
  const kinds = [...new Set(names)];
  const made = gather(kinds, (kind) =>
    runLevel(
      levels.get(kind) as Level,
      rows.filter((_row, index) => names[index] === kind),
      run,
    ),
  );
  return whenAll(made, (all) => {
    const next = new Map(kinds.map((kind, index) => [kind, (all[index] as Values)[Symbol.iterator]()]));
    return names.map((name) => next.get(name)?.next().value);
  });
}

/** Arguments that are looked at before anything is read, because they find or sort by protected values, are none. */
function takesPlainArguments({ args }: GraphQLField<unknown, unknown>, node: FieldNode): boolean {
  return (node.arguments ?? []).every(({ name }) => {
    const declared = args.find((one) => one.name === name.value);
    if (declared === undefined || isInputObjectType(getNamedType(declared.type))) return false;
    return (declared.extensions as { card?: DataCard }).card?.right === undefined;
  });
}
