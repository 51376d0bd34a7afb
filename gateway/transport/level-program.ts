import {
  type DocumentNode,
  defaultFieldResolver,
  defaultTypeResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
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
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import { isPromise } from '../../subgraphs/kit/batch-loader.ts';
import { guardOf } from '../../subgraphs/kit/graph/card-guard.ts';
import type { DataCard } from '../../subgraphs/kit/graph/data-card.ts';
import type { GraphExtensions } from '../../subgraphs/kit/graph/graph-plugin.ts';
import type { AnyLoadedBelow } from '../../subgraphs/kit/graph/loaded-below.ts';
import { argumentsOf } from '../../subgraphs/kit/graph/selected-fields.ts';
import { LeafValues } from './leaf-values.ts';
import { compileMake, type Make } from './make-objects.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The data of a run; undefined when something in it is for an executor that knows what to say of errors. */
export type LevelProgram = (
  variables: Variables,
  context: unknown,
) => Promise<Record<string, unknown> | undefined> | Record<string, unknown> | undefined;

/** Something that an answer without errors does not have; or that this program does not know. */
const NOT_PLAIN = Symbol('not plain');

interface Run {
  readonly variables: Variables;
  readonly context: unknown;
}

type Values = readonly unknown[];
type Later<Value> = Value | Promise<Value>;

/** Objects of one type at one place of the document, all at once. */
interface Level {
  readonly columns: readonly Column[];
  readonly make: Make;
}

/** The values of one response key for all objects of a level, in their order. */
type Column = (rows: Values, run: Run) => Later<Values>;

/** What a field's resolver gave for the objects of a level, as the answer has it. */
type Complete = (raw: Values, run: Run) => Later<Values>;

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
    if (error === NOT_PLAIN || error instanceof GraphQLError) return undefined;
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

/** Representations of entities are whatever the gateway says; they may be hundreds. */
function variableCoercion(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): (given: Variables) => Variables | undefined {
  const { variableDefinitions = [] } = operation;
  const others = coercedVariables(schema, operation);
  const plain = variableDefinitions.filter((definition) => !others.includes(definition));
  const names = plain.map(({ variable }) => variable.name.value);
  return (given) => {
    for (const name of names) {
      const value = given[name];
      if (!Array.isArray(value) || value.includes(null)) return undefined;
    }
    if (others.length === 0) return given;
    const { coerced } = getVariableValues(schema, others, given);
    if (coerced === undefined) return undefined;
    for (const name of names) coerced[name] = given[name];
    return coerced;
  };
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
  const values: Later<Values>[] = [];
  try {
    for (const column of columns) values.push(column(rows, run));
  } catch (error) {
    leave(values);
    throw error;
  }
  return values.some(isPromise)
    ? whenAll(values, (all) => make(rows, all as readonly Values[]))
    : make(rows, values as readonly Values[]);
}

/** Completes what is there at once, or when the promises in it are kept. */
function settle(raw: Values, complete: Complete, run: Run): Later<Values> {
  return raw.some(isPromise) ? whenAll(raw, (values) => complete(values, run)) : complete(raw, run);
}

/** Goes on when all values are there: at once, or when the promises among them are kept. */
function whenAll<Next>(values: Values, next: (values: Values) => Later<Next>): Later<Next> {
  const first = values.findIndex(isPromise);
  if (first < 0) return next(values);
  for (let index = first + 1; index < values.length; index++) {
    if (isPromise(values[index])) return Promise.all(values).then(next);
  }
  return (values[first] as Promise<unknown>).then((value) =>
    next(values.length === 1 ? [value] : [...values.slice(0, first), value, ...values.slice(first + 1)]),
  );
}

function then<Value, Next>(value: Later<Value>, next: (value: Value) => Later<Next>): Later<Next> {
  return isPromise(value) ? (value as Promise<Value>).then(next) : next(value);
}

/** Nobody waits for these any more; one that fails would end the process. */
function leave(values: Values): void {
  for (const value of values) if (isPromise(value)) value.then(undefined, () => {});
}

/** Where a field stands, by keys alone: all objects of a level are at the same place. */
type Path = GraphQLResolveInfo['path'];

/** All occurrences of one response key. */
type FieldNodes = [FieldNode, ...FieldNode[]];

class LevelCompiler {
  readonly #schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: Record<string, FragmentDefinitionNode> = {};
  readonly #leaves = new LeafValues(() => {
    throw NOT_PLAIN;
  });

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema;
    this.#operation = operation;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments[definition.name.value] = definition;
    }
  }

  level(type: GraphQLObjectType, sets: readonly SelectionSetNode[], above?: Path): Level {
    const columns: Column[] = [];
    const entries = [...this.#collect(type, sets)].map(([key, nodes]) => {
      const name = nodes[0].name.value;
      if (name === '__typename') return { key, constant: type.name };
      const field = type.getFields()[name];
      if (field === undefined) throw NOT_PLAIN;
      const leaf = getNullableType(field.type);
      if (isLeafType(leaf) && (field.resolve ?? defaultFieldResolver) === defaultFieldResolver) {
        return { key, property: name, ...this.#leaves.ofProperty(leaf, isNonNullType(field.type)) };
      }
      columns.push(this.#column(type, field, nodes, { prev: above, key, typename: type.name }));
      return { key, column: columns.length - 1 };
    });
    return { columns, make: compileMake(entries) };
  }

  #column(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, nodes: FieldNodes, path: Path): Column {
    const [node] = nodes;
    const complete = this.#complete(field.type, nodes, path);
    const argumentsGiven = argumentsOf(field, node);
    const info = this.#info(type, field, nodes, path);
    const { loaded } = field.extensions as GraphExtensions;
    if (loaded !== undefined && guardOf(field.resolve) === undefined && takesPlainArguments(field, node)) {
      return (rows, run) => {
        const values = loadColumn(loaded, rows, argumentsGiven(run.variables), run, info(run));
        return isPromise(values)
          ? (values as Promise<Values>).then((settled) => complete(settled, run))
          : complete(values, run);
      };
    }
    const resolve = field.resolve ?? defaultFieldResolver;
    return (rows, run) => {
      const args = argumentsGiven(run.variables);
      const given = info(run);
      const raw: unknown[] = [];
      try {
        for (const row of rows) raw.push(resolve(row, args, run.context, given));
      } catch (error) {
        leave(raw);
        throw error;
      }
      return settle(raw, complete, run);
    };
  }

  #info(
    parentType: GraphQLObjectType,
    { name: fieldName, type: returnType }: GraphQLField<unknown, unknown>,
    fieldNodes: FieldNodes,
    path: Path,
  ): (run: Run) => GraphQLResolveInfo {
    const [schema, fragments, operation] = [this.#schema, this.#fragments, this.#operation];
    const make = (variableValues: Variables): GraphQLResolveInfo => ({
      ...{ fieldName, fieldNodes, returnType, parentType, path, schema, fragments, operation, variableValues },
      rootValue: undefined,
    });
    // Of representations nobody asks but the resolver of entities, which is given them.
    const constant = coercedVariables(this.#schema, operation).length === 0 ? make({}) : undefined;
    return ({ variables }) => constant ?? make(variables);
  }

  #complete(type: GraphQLOutputType, nodes: FieldNodes, path: Path): Complete {
    const isNullable = !isNonNullType(type);
    const inner = getNullableType(type);
    if (isListType(inner)) return completeLists(isNullable, this.#complete(inner.ofType, nodes, path));
    if (isLeafType(inner)) return this.#completeLeaves(inner, isNullable);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isObjectType(inner)) {
      if (inner.isTypeOf != null) throw NOT_PLAIN;
      const level = this.level(inner, sets, path);
      return (raw, run) => completeObjects(raw, isNullable, (rows) => runLevel(level, rows, run));
    }
    if (!isAbstractType(inner)) throw NOT_PLAIN;
    const resolveType = inner.resolveType ?? defaultTypeResolver;
    const levels = new Map<string, Level>();
    for (const possible of this.#schema.getPossibleTypes(inner)) {
      if (possible.isTypeOf != null) throw NOT_PLAIN;
      levels.set(possible.name, this.level(possible, sets, path));
    }
    return (raw, run) =>
      completeObjects(raw, isNullable, (rows) =>
        runLevels(levels, rows, run, (row) =>
          resolveType(row, run.context, undefined as unknown as GraphQLResolveInfo, inner),
        ),
      );
  }

  #completeLeaves(type: GraphQLLeafType, isNullable: boolean): Complete {
    const { complete } = this.#leaves.ofProperty(type, !isNullable);
    return (raw) => raw.map(complete);
  }

  /** `CollectFields` of the specification, for documents without conditions. */
  #collect(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Map<string, FieldNodes> {
    const fields = new Map<string, FieldNodes>();
    const visit = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        if (selection.directives !== undefined && selection.directives.length > 0) throw NOT_PLAIN;
        if (selection.kind === Kind.FIELD) {
          const key = (selection.alias ?? selection.name).value;
          const known = fields.get(key);
          if (known === undefined) fields.set(key, [selection]);
          else known.push(selection);
          continue;
        }
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments[selection.name.value] : selection;
        if (fragment !== undefined && this.#applies(fragment.typeCondition?.name.value, type)) {
          visit(fragment.selectionSet);
        }
      }
    };
    for (const set of sets) visit(set);
    return fields;
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const outer = this.#schema.getType(condition);
    return isAbstractType(outer) && this.#schema.isSubType(outer, type);
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
  return then(values, (found) => {
    let next = 0;
    return keys.map((key) => (key == null ? null : found[next++]));
  });
}

/** Makes the objects of those values that are some, and puts them where these were. */
function completeObjects(raw: Values, isNullable: boolean, make: (rows: Values) => Later<Values>): Later<Values> {
  let isSparse = false;
  for (const value of raw) {
    if (value == null) {
      if (!isNullable) throw NOT_PLAIN;
      isSparse = true;
    } else if (typeof value !== 'object' || value instanceof Error) throw NOT_PLAIN;
  }
  if (!isSparse) return raw.length === 0 ? raw : make(raw);
  const rows = raw.filter((value) => value != null);
  if (rows.length === 0) return raw.map(() => null);
  return then(make(rows), (made) => {
    let next = 0;
    return raw.map((value) => (value == null ? null : made[next++]));
  });
}

/** Completes the items of all lists of a level together. */
function completeLists(isNullable: boolean, complete: Complete): Complete {
  return (raw, run) => {
    if (!raw.every((list) => Array.isArray(list) || (list == null && isNullable))) {
      for (const list of raw) if (Array.isArray(list)) leave(list);
      throw NOT_PLAIN;
    }
    const lists = raw as readonly (Values | null | undefined)[];
    const [only] = lists;
    if (lists.length === 1 && only != null) {
      return then(settle(only, complete, run), (made) => [made]);
    }
    const items = lists.flatMap((list) => list ?? []);
    return then(settle(items, complete, run), (made) => {
      let next = 0;
      return lists.map((list) => {
        if (list == null) return null;
        const from = next;
        next += list.length;
        return made.slice(from, next);
      });
    });
  };
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
    if (typeof name !== 'string' || !levels.has(name)) throw NOT_PLAIN;
    return name;
  });
  const [first] = names;
  if (names.every((name) => name === first)) return runLevel(levels.get(first as string) as Level, rows, run);
  const kinds = [...new Set(names)];
  const made = kinds.map((kind) =>
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
