import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { PreparedOperation } from '../../operations/prepared-operation.ts';
import { assertPlainName, CannotCompile } from './cannot-compile.ts';
import type { SupergraphTypes } from './supergraph-types.ts';

/** What compiling one operation needs to look things up. */
export interface OperationScope {
  readonly schema: GraphQLSchema;
  readonly supergraph: SupergraphTypes;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Aliases that are also names of fields, and what they are called inside the plan. */
  readonly planKeys: ReadonlyMap<string, string>;
}

/** Names that the planner gives to variables of its own, without looking whether the client has one like it. */
const PLANNER_VARIABLE = /^(representations|__batch_reps_\d+)$/;

export function operationScope(
  prepared: PreparedOperation,
  schema: GraphQLSchema,
  supergraph: SupergraphTypes,
): OperationScope {
  const { document, operation } = prepared;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  for (const { variable } of operation.variableDefinitions ?? []) {
    assertPlainName(variable.name.value);
    if (PLANNER_VARIABLE.test(variable.name.value)) throw new CannotCompile(`the variable $${variable.name.value}`);
  }
  return { schema, operation, fragments, planKeys: choosePlanKeys(document, supergraph.fieldNames), supergraph };
}

/**
 * An alias that is also the name of a field would lie in the plan's data where that field is looked for when it is a
 * key or required; inside the plan such an alias gets a name that no field has.
 */
function choosePlanKeys(document: DocumentNode, fieldNames: ReadonlySet<string>): ReadonlyMap<string, string> {
  const aliases = new Set<string>();
  visit(document, {
    Field({ alias, name }) {
      assertPlainName((alias ?? name).value);
      if (alias === undefined || alias.value === name.value) return;
      if (alias.value.startsWith('__')) throw new CannotCompile(`the alias ${alias.value}`);
      aliases.add(alias.value);
    },
  });
  const chosen = new Map<string, string>();
  for (const alias of aliases) {
    if (!fieldNames.has(alias)) continue;
    let key = `${alias}0`;
    while (fieldNames.has(key) || aliases.has(key)) key += '0';
    chosen.set(alias, key);
  }
  return chosen;
}

/** What a field of the client's operation is called in the plan's data. */
export function planKey(scope: OperationScope, { alias, name }: FieldNode): string {
  if (alias === undefined || alias.value === name.value) return name.value;
  return scope.planKeys.get(alias.value) ?? alias.value;
}
