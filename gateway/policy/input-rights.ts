import {
  type ConstDirectiveNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  TypeInfo,
  type ValueNode,
  valueFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { isPersonal } from '../../subgraphs/kit/graph/data-card.ts';
import { type OperationParts, partsDocument } from '../operations/operation-parts.ts';
import { directiveArguments } from '../plan/directive-arguments.ts';
import type { FieldRight } from './field-rights.ts';

/** The rights that the arguments of an operation demand with these (coerced) variables. */
export type DemandedInputRights = (variables: Readonly<Record<string, unknown>>) => readonly FieldRight[];

interface Site {
  readonly value: ValueNode;
  readonly type: GraphQLInputType;
  /** Right of the argument itself. */
  readonly own: FieldRight | undefined;
}

const NONE: readonly FieldRight[] = [];
const demandsNothing: DemandedInputRights = () => NONE;
const reachable = new WeakMap<GraphQLInputType, boolean>();

/**
 * Finding or sorting by a value is reading it: arguments, input fields and enum values that carry a card with a right
 * demand that right wherever they are given a value, in literals, variables and fragments alike. Once per document;
 * one that names no such input costs nothing per request.
 */
export function compileInputRights(parts: OperationParts, schema: GraphQLSchema): DemandedInputRights {
  const typeInfo = new TypeInfo(schema);
  const sites: Site[] = [];
  visit(
    partsDocument(parts),
    visitWithTypeInfo(typeInfo, {
      Argument(node) {
        const argument = typeInfo.getArgument();
        if (argument == null || typeInfo.getDirective() != null) return;
        const coordinate = `${typeInfo.getParentType()?.name}.${typeInfo.getFieldDef()?.name}(${argument.name}:)`;
        const own = rightOf(coordinate, argument.astNode?.directives);
        if (own === undefined && !reachesRight(argument.type, new Set())) return;
        sites.push({ value: node.value, type: argument.type, own });
      },
    }),
  );
  if (sites.length === 0) return demandsNothing;
  return (variables) => {
    const found = new Map<string, FieldRight>();
    for (const { value, type, own } of sites) {
      const given: unknown = valueFromAST(value, type, variables as Record<string, unknown>);
      if (given == null) continue;
      if (own !== undefined) found.set(own.coordinate, own);
      collect(given, type, found);
    }
    return [...found.values()];
  };
}

/** Which of them a caller lacks. A sharing grant opens no argument: the answer would tell of rows outside of its area. */
export function findInputGaps(
  demanded: readonly FieldRight[],
  caller: { readonly rights: ReadonlySet<string> },
): readonly FieldRight[] {
  return demanded.filter(({ right }) => !caller.rights.has(right));
}

function collect(value: unknown, type: GraphQLInputType, found: Map<string, FieldRight>): void {
  if (value == null) return;
  if (Array.isArray(value)) {
    for (const element of value) collect(element, type, found);
    return;
  }
  const named = getNamedType(type);
  if (isEnumType(named)) {
    const chosen = named.getValues().find((candidate) => candidate.value === value);
    const right = rightOf(`${named.name}.${chosen?.name}`, chosen?.astNode?.directives);
    if (right !== undefined) found.set(right.coordinate, right);
    return;
  }
  if (!isInputObjectType(named) || typeof value !== 'object') return;
  for (const field of Object.values(named.getFields())) {
    const inner = (value as Record<string, unknown>)[field.name];
    if (inner == null) continue;
    const right = rightOf(`${named.name}.${field.name}`, field.astNode?.directives);
    if (right !== undefined) found.set(right.coordinate, right);
    collect(inner, field.type, found);
  }
}

/** Whether any value of a type could demand a right. */
function reachesRight(type: GraphQLInputType, above: ReadonlySet<string>): boolean {
  const named = getNamedType(type) as GraphQLInputType;
  const known = reachable.get(named);
  if (known !== undefined) return known;
  let reaches = false;
  if (isEnumType(named)) {
    reaches = named.getValues().some(({ astNode }) => rightOf('', astNode?.directives) !== undefined);
  } else if (isInputObjectType(named)) {
    if (above.has(named.name)) return false;
    const below = new Set([...above, named.name]);
    reaches = Object.values(named.getFields()).some(
      (field) => rightOf('', field.astNode?.directives) !== undefined || reachesRight(field.type, below),
    );
  }
  // What is found on the way round a circle is not yet the whole truth of an inner type.
  if (reaches || above.size === 0) reachable.set(named, reaches);
  return reaches;
}

function rightOf(
  coordinate: string,
  directives: readonly ConstDirectiveNode[] | null | undefined,
): FieldRight | undefined {
  const card = directiveArguments(directives ?? undefined, 'card');
  if (typeof card?.right !== 'string') return undefined;
  const { right, source } = card;
  return { coordinate, right, source: String(source), masked: false, personal: isPersonal(card) };
}
