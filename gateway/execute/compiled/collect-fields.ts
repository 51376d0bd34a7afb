import {
  type FieldNode,
  type GraphQLObjectType,
  isAbstractType,
  Kind,
  type NamedTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { both, type Condition, type Conjunction, readConjunction, sameConjunction } from './conditions.ts';
import type { OperationScope } from './operation-scope.ts';

/** A selection set that applies when its conjunction holds. */
export interface SelectionSource {
  readonly set: SelectionSetNode;
  readonly conjunction: Conjunction;
}

/** One occurrence of a field; `order` is its place among all occurrences of the object. */
export interface FieldOccurrence {
  readonly node: FieldNode;
  readonly conjunction: Conjunction;
  readonly order: number;
}

/** All occurrences of one response key, in document order. */
export interface CollectedField {
  readonly key: string;
  readonly occurrences: readonly [FieldOccurrence, ...FieldOccurrence[]];
}

/**
 * Collects the fields of an object as `CollectFields` of the GraphQL specification does, but for all values of the
 * variables at once: what a variable decides stays with the occurrence as its conjunction.
 */
export function collectFields(
  scope: OperationScope,
  type: GraphQLObjectType,
  sources: readonly SelectionSource[],
): CollectedField[] {
  const fields = new Map<string, [FieldOccurrence, ...FieldOccurrence[]]>();
  const spreads = new Map<string, Conjunction[]>();
  let order = 0;

  const visitField = (node: FieldNode, conjunction: Conjunction): void => {
    const key = (node.alias ?? node.name).value;
    const occurrence = { node, conjunction, order: order++ };
    const known = fields.get(key);
    if (known === undefined) fields.set(key, [occurrence]);
    else if (!known.some((other) => other.node === node && sameConjunction(other.conjunction, conjunction))) {
      known.push(occurrence);
    }
  };
  const visit = (set: SelectionSetNode, outer: Conjunction): void => {
    for (const selection of set.selections) {
      const own = readConjunction(selection.directives);
      const conjunction = own === undefined ? undefined : both(outer, own);
      if (conjunction === undefined) continue;
      if (selection.kind === Kind.FIELD) {
        visitField(selection, conjunction);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(scope, selection.typeCondition, type)) visit(selection.selectionSet, conjunction);
      } else {
        const fragment = scope.fragments.get(selection.name.value);
        if (fragment === undefined || !applies(scope, fragment.typeCondition, type)) continue;
        const seen = spreads.get(selection.name.value) ?? [];
        if (seen.some((earlier) => sameConjunction(earlier, conjunction))) continue;
        spreads.set(selection.name.value, [...seen, conjunction]);
        visit(fragment.selectionSet, conjunction);
      }
    }
  };
  for (const { set, conjunction } of sources) visit(set, conjunction);
  return [...fields].map(([key, occurrences]) => ({ key, occurrences }));
}

/** When the field is part of the answer. */
export function conditionOf({ occurrences }: CollectedField): Condition {
  return occurrences.map(({ conjunction }) => conjunction);
}

/** The selections below a field that is part of the answer. */
export function sourcesBelow({ occurrences }: CollectedField): SelectionSource[] {
  const [first] = occurrences;
  // What all occurrences ask for holds already when the field is there at all.
  const alike = occurrences.every(({ conjunction }) => sameConjunction(conjunction, first.conjunction));
  return occurrences.flatMap(({ node: { selectionSet }, conjunction }) =>
    selectionSet === undefined ? [] : [{ set: selectionSet, conjunction: alike ? [] : conjunction }],
  );
}

function applies(scope: OperationScope, condition: NamedTypeNode | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition.name.value === type.name) return true;
  const outer = scope.schema.getType(condition.name.value);
  return isAbstractType(outer) && scope.schema.isSubType(outer, type);
}
