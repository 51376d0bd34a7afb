import {
  type GraphQLArgument,
  type GraphQLFieldResolver,
  type GraphQLInputField,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { type Caller, hasRight } from '../caller/caller.ts';
import { opens } from '../caller/opens.ts';
import { accessRefused } from '../codes/right-missing.ts';
import type { RightCode } from '../codes/rights.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import { type DataCard, isPersonal } from './data-card.ts';
import { applyMask } from './masks.ts';

/**
 * Whether a caller may read what a right protects: personal data only under a purpose, too. The gateway has left out
 * of the caller's rights what the purpose does not cover; that there is one at all is checked here once more.
 */
export function mayUse(caller: Caller, right: string, personal: boolean): boolean {
  return hasRight(caller, right) && (!personal || caller.purpose !== undefined);
}

/**
 * Wraps the resolver of a protected field: with the right it resolves as it is; without, its value is masked, or the
 * field is refused before anything is read. A masked personal value comes in clear only to a request that expressly
 * asks for that. A sharing grant opens the field in the rows of its area, see `opens`. The right of the caller is looked at here and nowhere later.
 */
export function guardByCard(
  coordinate: string,
  card: DataCard,
  right: RightCode,
  resolve: GraphQLFieldResolver<unknown, SubgraphContext>,
  rowRight?: RowRight,
): GraphQLFieldResolver<unknown, SubgraphContext> {
  const personal = isPersonal(card);
  const { mask } = card;
  const staysMasked = personal && mask !== undefined;
  return (parent, args, context, info) => {
    const { caller } = context;
    const entitled = mayUse(caller, right, personal) || opens(caller, coordinate, parent);
    const further = entitled ? rowRight?.(parent, context) : undefined;
    const refusedFor = !entitled ? right : further === undefined || mayUse(caller, further, true) ? undefined : further;
    if (refusedFor === undefined && (!staysMasked || caller.unmask === true)) {
      return resolve(parent, args, context, info);
    }
    if (mask === undefined) throw accessRefused(caller, coordinate, card.source, refusedFor ?? right);
    const value: unknown = resolve(parent, args, context, info);
    return value instanceof Promise ? value.then((settled) => applyMask(mask, settled)) : applyMask(mask, value);
  };
}

/** 特别保护 — the right that a single row demands beyond a field's own, such as a child's; undefined for most rows. */
export type RowRight = (row: unknown, context: SubgraphContext) => RightCode | undefined;

interface ProtectedInput {
  readonly path: readonly string[];
  readonly coordinate: string;
  readonly source: DataCard['source'];
  readonly right: RightCode;
  readonly personal: boolean;
}

/**
 * Wraps the resolver of a field with arguments: finding or sorting by a protected value needs the right to read it,
 * or the answer would be an oracle over rows outside of any grant's area, which is why grants open no argument. Arguments
 * that are not given need no right.
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
      if (!mayUse(context.caller, input.right, input.personal) && valueAt(args, input.path) != null) {
        throw accessRefused(context.caller, input.coordinate, input.source, input.right);
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
        : [
            {
              path: own,
              coordinate: `${coordinate}(${own.join('.')}:)`,
              source: card.source,
              right: card.right,
              personal: isPersonal(card),
            },
          ];
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
  category: DataCard['category'] = 'PERSONAL',
): void {
  if (!mayUse(context.caller, right, isPersonal({ category }))) {
    throw accessRefused(context.caller, coordinate, source, right);
  }
}
