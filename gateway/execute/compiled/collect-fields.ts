import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type NamedTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { type Choices, isIncluded } from './choices.ts';

/** The document that fields are collected from, and what is decided about its conditions. */
export interface CollectScope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly choices: Choices;
}

/** All occurrences of one response key, in document order. */
export interface CollectedField {
  readonly key: string;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
}

/** `CollectFields` of the GraphQL specification. */
export function collectFields(
  scope: CollectScope,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): CollectedField[] {
  const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
  const spread = new Set<string>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isIncluded(selection.directives, scope.choices)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const known = fields.get(key);
        if (known === undefined) fields.set(key, [selection]);
        else known.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(scope, selection.typeCondition, type)) visit(selection.selectionSet);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = scope.fragments.get(selection.name.value);
        if (fragment !== undefined && applies(scope, fragment.typeCondition, type)) visit(fragment.selectionSet);
      }
    }
  };
  for (const set of sets) visit(set);
  return [...fields].map(([key, nodes]) => ({ key, nodes }));
}

/** The selection sets below a field. */
export function setsBelow({ nodes }: CollectedField): SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
}

function applies(scope: CollectScope, condition: NamedTypeNode | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition.name.value === type.name) return true;
  const outer = scope.schema.getType(condition.name.value);
  return isAbstractType(outer) && scope.schema.isSubType(outer, type);
}
