import {
  type GraphQLArgument,
  type GraphQLFieldResolver,
  type GraphQLInputField,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { hasRight } from '../caller/caller.ts';
import { rightMissing } from '../codes/right-missing.ts';
import type { RightCode } from '../codes/rights.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import type { DataCard } from './data-card.ts';
import { applyMask } from './masks.ts';

/**
 * Wraps the resolver of a protected field: with the right it resolves as it is; without, its value is masked, or the
 * field is refused before anything is read. The right of the caller is looked at here and nowhere later.
 */
export function guardByCard(
  coordinate: string,
  card: DataCard,
  right: RightCode,
  resolve: GraphQLFieldResolver<unknown, SubgraphContext>,
): GraphQLFieldResolver<unknown, SubgraphContext> {
  return (parent, args, context, info) => {
    if (hasRight(context.caller, right)) return resolve(parent, args, context, info);
    const { mask } = card;
    if (mask === undefined) throw rightMissing(coordinate, card.source, right);
    const value: unknown = resolve(parent, args, context, info);
    return value instanceof Promise ? value.then((settled) => applyMask(mask, settled)) : applyMask(mask, value);
  };
}

interface ProtectedInput {
  readonly path: readonly string[];
  readonly coordinate: string;
  readonly source: DataCard['source'];
  readonly right: RightCode;
}

/**
 * Wraps the resolver of a field with arguments: finding or sorting by a protected value needs the right to read it,
 * or the answer would be an oracle. Arguments that are not given need no right.
 */
export function guardArguments(
  resolve: GraphQLFieldResolver<unknown, SubgraphContext>,
): GraphQLFieldResolver<unknown, SubgraphContext> {
  let inputs: readonly ProtectedInput[] | undefined;
  return (parent, args: Record<string, unknown>, context, info) => {
    if (inputs === undefined) {
      const field = info.parentType.getFields()[info.fieldName];
      inputs = protectedInputs(field?.args ?? [], [], `${info.parentType.name}.${info.fieldName}`, new Set());
    }
    for (const input of inputs) {
      if (!hasRight(context.caller, input.right) && valueAt(args, input.path) != null) {
        throw rightMissing(input.coordinate, input.source, input.right);
      }
    }
    return resolve(parent, args, context, info);
  };
}

function protectedInputs(
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  path: readonly string[],
  coordinate: string,
  above: ReadonlySet<string>,
): ProtectedInput[] {
  return fields.flatMap((field) => {
    const own = [...path, field.name];
    const card = (field.extensions as { card?: DataCard }).card;
    const here =
      card?.right === undefined
        ? []
        : [{ path: own, coordinate: `${coordinate}(${own.join('.')}:)`, source: card.source, right: card.right }];
    const type = getNamedType(field.type);
    if (!isInputObjectType(type) || above.has(type.name)) return here;
    const below = protectedInputs(Object.values(type.getFields()), own, coordinate, new Set([...above, type.name]));
    return [...here, ...below];
  });
}

/** The value at a path of argument names; a list on the way counts as given when any element gives it. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined || value == null) return value;
  if (Array.isArray(value)) return value.map((element) => valueAt(element, path)).find((found) => found != null);
  return valueAt((value as Record<string, unknown>)[name], rest);
}

/** Refuses a caller without a right; for what a card cannot say, such as the value of a sort. */
export function assertRight(
  context: SubgraphContext,
  right: RightCode,
  coordinate: string,
  source: DataCard['source'],
): void {
  if (!hasRight(context.caller, right)) throw rightMissing(coordinate, source, right);
}
