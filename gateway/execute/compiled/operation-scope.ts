import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { ExecutableOperation } from '../executable-operation.ts';
import { assertPlainName, CannotCompile } from './cannot-compile.ts';
import type { Choices } from './choices.ts';
import type { SupergraphTypes } from './supergraph-types.ts';

/** What compiling one operation needs to look things up. */
export interface OperationScope {
  readonly schema: GraphQLSchema;
  readonly supergraph: SupergraphTypes;
  readonly choices: Choices;
  /** By type, the fields that make its objects subjects of the access log. */
  readonly subjectFields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Response keys that clash with names of fields, and what they are called inside the plan. */
  readonly planKeys: ReadonlyMap<string, string>;
}

/** Names that the planner gives to variables of its own, without looking whether the client has one like it. */
const PLANNER_VARIABLE = /^(representations|__batch_reps_\d+)$/;

export function operationScope(
  prepared: ExecutableOperation,
  {
    schema,
    types: supergraph,
    subjectFields,
  }: Pick<OperationScope, 'schema' | 'subjectFields'> & { readonly types: SupergraphTypes },
  choices: Choices,
): OperationScope {
  const { document, operation } = prepared;
  for (const { variable } of operation.variableDefinitions ?? []) {
    assertPlainName(variable.name.value);
    if (PLANNER_VARIABLE.test(variable.name.value)) throw new CannotCompile(`the variable $${variable.name.value}`);
  }
  const planKeys = choosePlanKeys(document, supergraph);
  return { schema, supergraph, subjectFields, choices, operation, fragments: fragmentsOf(document), planKeys };
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/**
 * An alias that is also the name of a field would lie in the plan's data where that field is looked for when it is a
 * key or required; inside the plan such an alias gets a name that no field has. So does a required field that the
 * client asks for with arguments: the planner would take its value for that of the required one.
 */
function choosePlanKeys(document: DocumentNode, supergraph: SupergraphTypes): ReadonlyMap<string, string> {
  const taken = new Set(supergraph.fieldNames);
  const clashing = new Set<string>();
  visit(document, {
    Field(node) {
      const key = (node.alias ?? node.name).value;
      assertPlainName(key);
      if (isRenamed(node)) {
        // Names of the machinery: of introspection, of Federation, of the planner.
        if (key.startsWith('_')) throw new CannotCompile(`the alias ${key}`);
        if (supergraph.fieldNames.has(key)) clashing.add(key);
        taken.add(key);
      } else if (hasArguments(node) && supergraph.requiredNames.has(key)) {
        clashing.add(key);
      }
    },
  });
  const chosen = new Map<string, string>();
  for (const clash of clashing) {
    let key = `${clash}0`;
    while (taken.has(key)) key += '0';
    taken.add(key);
    chosen.set(clash, key);
  }
  return chosen;
}

/** What a field of the client's operation is called in the plan's data. */
export function planKey({ planKeys, supergraph }: OperationScope, node: FieldNode): string {
  const key = (node.alias ?? node.name).value;
  const mayClash = isRenamed(node) || (hasArguments(node) && supergraph.requiredNames.has(key));
  return (mayClash ? planKeys.get(key) : undefined) ?? key;
}

function isRenamed({ alias, name }: FieldNode): boolean {
  return alias !== undefined && alias.value !== name.value;
}

function hasArguments(node: FieldNode): boolean {
  return node.arguments !== undefined && node.arguments.length > 0;
}
