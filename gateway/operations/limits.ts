import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { OperationLimits } from '../options.ts';
import { countRootFields, fragmentsByName } from './operation-parts.ts';

/** What the limits look at. A spread fragment counts wherever it is spread, as often as it would run. */
interface Shape {
  /** Levels of fields; the levels of a literal count on top of its field's. */
  depth: number;
  /** Levels of introspection, which nests deeper by nature and never reaches a subgraph. */
  introspectionDepth: number;
  /** Levels of fields and fragments together: what recurses in a planner or executor. */
  nesting: number;
  /** Aliases, and fields that repeat a response name of their selection set: both multiply work for few tokens. */
  aliases: number;
  directives: number;
}

/** The introspection query of the common tools is 15 levels deep. */
const INTROSPECTION_DEPTH = 20;
/** A fragment or two around each field is ordinary. */
const NESTING_PER_LEVEL = 3;

/**
 * Checks a parsed document against the limits in one traversal, before it is validated: comparing fields that may
 * overlap is quadratic, and a small document of fragments can stand for an enormous one.
 *
 * Every definition is looked at, whichever is to run. A fragment is measured once, however often it is spread; one
 * that spreads itself counts as empty there, and validation refuses it later.
 *
 * @returns the first limit that is exceeded, as a problem; null when the document keeps all.
 */
export function findExceededLimit(document: DocumentNode, limits: OperationLimits): GraphQLError | null {
  const measure = new Measure(document);
  for (const definition of document.definitions) {
    let problem: GraphQLError | null = null;
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      problem = compare(
        measure.operation(definition),
        countRootFields(definition.selectionSet, measure.fragments),
        limits,
      );
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      problem = compare(measure.fragment(definition.name.value), 0, limits);
    }
    if (problem !== null) return problem;
  }
  return null;
}

function compare(shape: Shape, rootFields: number, limits: OperationLimits): GraphQLError | null {
  const { depth, introspectionDepth, nesting, aliases, directives } = shape;
  if (rootFields > limits.rootFields) {
    return graphProblem('ROOT_FIELDS_EXCEEDED', { count: rootFields, max: limits.rootFields });
  }
  const depths = [
    [depth, limits.depth],
    [introspectionDepth, INTROSPECTION_DEPTH],
    [nesting, Math.max(limits.depth, INTROSPECTION_DEPTH) * NESTING_PER_LEVEL],
  ] as const;
  for (const [actual, max] of depths) if (actual > max) return graphProblem('DEPTH_EXCEEDED', { depth: actual, max });
  if (aliases > limits.aliases) return graphProblem('ALIASES_EXCEEDED', { count: aliases, max: limits.aliases });
  if (directives > limits.directives) {
    return graphProblem('DIRECTIVES_EXCEEDED', { count: directives, max: limits.directives });
  }
  return null;
}

class Measure {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** A fragment that is being measured is already here, as empty: that is what ends a cycle. */
  readonly #measured = new Map<string, Shape>();

  constructor(document: DocumentNode) {
    this.fragments = fragmentsByName(document);
  }

  operation(definition: OperationDefinitionNode): Shape {
    const shape = this.#selections(definition.selectionSet, new Set());
    shape.directives += definition.directives?.length ?? 0;
    for (const { directives, defaultValue } of definition.variableDefinitions ?? []) {
      shape.directives += directives?.length ?? 0;
      if (defaultValue !== undefined) shape.depth = Math.max(shape.depth, valueDepth(defaultValue));
    }
    return shape;
  }

  fragment(name: string): Shape {
    const known = this.#measured.get(name);
    if (known !== undefined) return known;
    this.#measured.set(name, empty());
    const definition = this.fragments.get(name);
    const shape = definition === undefined ? empty() : this.#selections(definition.selectionSet, new Set());
    shape.directives += definition?.directives?.length ?? 0;
    this.#measured.set(name, shape);
    return shape;
  }

  #selections(selectionSet: SelectionSetNode, responseNames: Set<string>): Shape {
    const shape = empty();
    for (const selection of selectionSet.selections) {
      shape.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        const responseName = selection.alias?.value ?? selection.name.value;
        if (selection.alias !== undefined || responseNames.has(responseName)) shape.aliases += 1;
        responseNames.add(responseName);
        add(shape, this.#field(selection));
      } else {
        const part =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? this.fragment(selection.name.value)
            : this.#selections(selection.selectionSet, responseNames);
        add(shape, { ...part, nesting: part.nesting + 1 });
      }
    }
    return shape;
  }

  #field(field: FieldNode): Shape {
    const shape = field.selectionSet === undefined ? empty() : this.#selections(field.selectionSet, new Set());
    for (const { value } of field.arguments ?? []) shape.depth = Math.max(shape.depth, valueDepth(value));
    const { value: name } = field.name;
    if (name === '__schema' || name === '__type') {
      shape.introspectionDepth = shape.depth + 1;
      shape.depth = 0;
    }
    shape.depth += 1;
    shape.nesting += 1;
    return shape;
  }
}

function empty(): Shape {
  return { depth: 0, introspectionDepth: 0, nesting: 0, aliases: 0, directives: 0 };
}

function add(shape: Shape, part: Shape): void {
  shape.depth = Math.max(shape.depth, part.depth);
  shape.introspectionDepth = Math.max(shape.introspectionDepth, part.introspectionDepth);
  shape.nesting = Math.max(shape.nesting, part.nesting);
  shape.aliases += part.aliases;
  shape.directives += part.directives;
}

/** Levels of lists and objects in a literal. */
function valueDepth(value: ValueNode): number {
  if (value.kind === Kind.LIST) return 1 + Math.max(0, ...value.values.map(valueDepth));
  if (value.kind === Kind.OBJECT) return 1 + Math.max(0, ...value.fields.map((field) => valueDepth(field.value)));
  return 0;
}
