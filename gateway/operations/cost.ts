import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { countRootFields, type OperationParts } from './operation-parts.ts';

/** What a list without a page size is taken to hold. */
const UNPAGED_LIST = 10;
/** A write reads, checks, writes three rows and commits: about as much as ten objects read. */
const MUTATION = 10;
/** Introspection is answered by the gateway alone. */
const INTROSPECTION = 50;
/** Beyond this, numbers are no longer exact; no limit is that high. */
const MOST = Number.MAX_SAFE_INTEGER;

export type CostFormula = (variables: Readonly<Record<string, unknown>>) => number;

/**
 * The cost of a selection set: `once` counts wherever it stands, `perItem` once for each item of the page of the
 * connection that it is selected on.
 */
interface Cost {
  readonly once: number;
  readonly perItem: number;
}
type Term = (evaluation: Evaluation) => Cost;

interface Evaluation {
  readonly variables: Readonly<Record<string, unknown>>;
  /** A fragment costs the same wherever it is spread, so it is computed once however often it is. */
  readonly fragments: Map<string, Cost>;
}

/**
 * Compiles the cost of a valid operation into a function of its variables. In points:
 *
 * - every object that may be returned costs 1, scalars nothing;
 * - a list counts its items: as many as the field's `first` says (its default when not given), 10 without such an
 *   argument; what is selected below counts for every item;
 * - a connection (a type with `edges` or `nodes`) costs 1, and its `edges` and `nodes` are the list that its `first`
 *   pages; `edges` itself is bookkeeping and costs nothing, the nodes do;
 * - each root field of a mutation costs 10 more; introspection costs 50 a field, whatever is selected.
 *
 * It is an upper bound: `@skip` and `@include` are taken as not there, all branches of an abstract type are added up,
 * and a field that two fragments share counts twice. An operation costs at least 1.
 */
export function compileCost(parts: OperationParts, schema: GraphQLSchema): CostFormula {
  const compiler = new CostCompiler(parts, schema);
  const term = compiler.operation();
  const evaluate: CostFormula = (variables) =>
    Math.min(MOST, Math.max(1, term({ variables, fragments: new Map() }).once));
  if (compiler.dependsOnVariables) return evaluate;
  const constant = evaluate({});
  return () => constant;
}

class CostCompiler {
  /** Whether any page size is given by a variable; if not, the cost is a number. */
  dependsOnVariables = false;
  readonly #parts: OperationParts;
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, Term>();
  /** Default values of the variables, where they are whole numbers. */
  readonly #defaults: ReadonlyMap<string, number | undefined>;

  constructor(parts: OperationParts, schema: GraphQLSchema) {
    this.#parts = parts;
    this.#schema = schema;
    this.#defaults = new Map(
      (parts.operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
        variable.name.value,
        defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
      ]),
    );
  }

  operation(): Term {
    const { operation } = this.#parts;
    const root = this.#schema.getRootType(operation.operation);
    if (root == null) return () => ({ once: 0, perItem: 0 });
    const below = this.#selections(operation.selectionSet, root);
    if (operation.operation !== 'mutation') return below;
    const writes = countRootFields(operation.selectionSet, this.#parts.fragments) * MUTATION;
    return (evaluation) => ({ once: below(evaluation).once + writes, perItem: 0 });
  }

  #selections(selectionSet: SelectionSetNode, parent: GraphQLCompositeType): Term {
    const terms = selectionSet.selections.flatMap((selection): Term[] => {
      if (selection.kind === Kind.FIELD) return this.#field(selection, parent);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [this.#fragment(selection.name.value)];
      return [this.#selections(selection.selectionSet, this.#narrow(selection.typeCondition?.name.value, parent))];
    });
    return (evaluation) => {
      let once = 0;
      let perItem = 0;
      for (const term of terms) {
        const cost = term(evaluation);
        once += cost.once;
        perItem += cost.perItem;
      }
      return { once, perItem };
    };
  }

  #fragment(name: string): Term {
    let compiled = this.#fragments.get(name);
    if (compiled === undefined) {
      const definition = this.#parts.fragments.get(name);
      const type = this.#schema.getType(definition?.typeCondition.name.value ?? '');
      compiled =
        definition === undefined || !isCompositeType(type)
          ? () => ({ once: 0, perItem: 0 })
          : this.#selections(definition.selectionSet, type);
      this.#fragments.set(name, compiled);
    }
    const term = compiled;
    return (evaluation) => {
      let cost = evaluation.fragments.get(name);
      if (cost === undefined) {
        cost = term(evaluation);
        evaluation.fragments.set(name, cost);
      }
      return cost;
    };
  }

  #narrow(typeName: string | undefined, parent: GraphQLCompositeType): GraphQLCompositeType {
    const type = typeName === undefined ? parent : this.#schema.getType(typeName);
    return isCompositeType(type) ? type : parent;
  }

  #field(node: FieldNode, parent: GraphQLCompositeType): Term[] {
    const name = node.name.value;
    if (name === '__schema' || name === '__type') return [() => ({ once: INTROSPECTION, perItem: 0 })];
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const type = field === undefined ? undefined : getNamedType(field.type);
    if (field === undefined || node.selectionSet === undefined || !isCompositeType(type)) return [];
    const below = this.#selections(node.selectionSet, type);
    const pageSize = this.#pageSize(node, field);

    if (isConnection(parent) && (name === 'edges' || name === 'nodes')) {
      // The page is the connection's; below an edge, `node` is the object that counts.
      const own = name === 'edges' ? 0 : 1;
      return [(evaluation) => ({ once: 0, perItem: own + total(below(evaluation), 1) })];
    }
    if (isConnection(type)) {
      return [(evaluation) => ({ once: 1 + total(below(evaluation), pageSize(evaluation)), perItem: 0 })];
    }
    if (!isList(field.type)) return [(evaluation) => ({ once: 1 + total(below(evaluation), 1), perItem: 0 })];
    return [(evaluation) => ({ once: pageSize(evaluation) * (1 + total(below(evaluation), 1)), perItem: 0 })];
  }

  #pageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): (evaluation: Evaluation) => number {
    const argument = field.args.find(({ name }) => name === 'first');
    const fallback = typeof argument?.defaultValue === 'number' ? argument.defaultValue : UNPAGED_LIST;
    const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    if (given?.kind === Kind.INT) return constantly(atLeastOne(Number(given.value)));
    if (given?.kind !== Kind.VARIABLE) return constantly(atLeastOne(fallback));
    this.dependsOnVariables = true;
    const variable = given.name.value;
    const otherwise = this.#defaults.get(variable) ?? fallback;
    return ({ variables }) => {
      const value = variables[variable];
      return atLeastOne(typeof value === 'number' ? value : otherwise);
    };
  }
}

function constantly(value: number): () => number {
  return () => value;
}

/** A page of nothing still has to be planned and asked for. */
function atLeastOne(pageSize: number): number {
  return Math.max(1, pageSize);
}

function total(cost: Cost, items: number): number {
  return cost.once + items * cost.perItem;
}

function isConnection(type: GraphQLCompositeType): boolean {
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const { edges, nodes } = type.getFields();
  return [edges, nodes].some((field) => field !== undefined && isList(field.type)) && type.name.endsWith('Connection');
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
