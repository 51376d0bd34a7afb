import {
  type GraphQLArgument,
  type GraphQLFieldResolver,
  type GraphQLInputField,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { isPromise } from '../batch-loader.ts';
import type { Caller } from '../caller/caller.ts';
import { decideField, decideForAllRows, type FieldDecision, mayUse } from '../caller/field-decision.ts';
import { accessRefused } from '../codes/right-missing.ts';
import type { RightCode } from '../codes/rights.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import { type DataCard, isPersonal } from './data-card.ts';
import { applyMask } from './masks.ts';

/**
 * Wraps the resolver of a protected field: what `decideField` says of it is given, masked, or refused before anything is
 * read. The right of the caller is looked at here and nowhere later.
 */
export function guardByCard(
  coordinate: string,
  card: DataCard,
  right: RightCode,
  resolve: GraphQLFieldResolver<unknown, SubgraphContext>,
  rows?: RowRights,
): GraphQLFieldResolver<unknown, SubgraphContext> {
  const { mask } = card;
  const field = { coordinate, right, personal: isPersonal(card), masked: mask !== undefined };
  // Rows by the thousand are asked for by one caller after another.
  let last: Caller | undefined;
  let forAllRows: FieldDecision | undefined;
  const decideAll = (caller: Caller): FieldDecision | undefined => {
    if (caller !== last) {
      last = caller;
      forAllRows = decideForAllRows(caller, field, rows?.code);
    }
    return forAllRows;
  };
  const guarded: GraphQLFieldResolver<unknown, SubgraphContext> = (parent, args, context, info) => {
    const { caller } = context;
    const { outcome, lacks } = decideAll(caller) ?? decideField(caller, field, parent, rows?.rightOf(parent, context));
    if (outcome === 'CLEAR') return resolve(parent, args, context, info);
    if (mask === undefined) throw accessRefused(caller, coordinate, card.source, lacks ?? right);
    const value: unknown = resolve(parent, args, context, info);
    return isPromise(value) ? value.then((settled) => applyMask(mask, settled)) : applyMask(mask, value);
  };
  guards.set(guarded, { isOpenTo: (caller) => decideAll(caller)?.outcome === 'CLEAR', resolve });
  return guarded;
}

/** The guard of a field, for who decides once what it would decide for each row. */
export interface CardGuard {
  /** Whether it lets every row through to the caller as it is. */
  readonly isOpenTo: (caller: Caller) => boolean;
  /** What it guards. */
  readonly resolve: GraphQLFieldResolver<unknown, SubgraphContext>;
}

const guards = new WeakMap<object, CardGuard>();

/** The guard that a field's resolver is; undefined where there is none. */
export function guardOf(resolve: unknown): CardGuard | undefined {
  return typeof resolve === 'function' ? guards.get(resolve) : undefined;
}

/** 特别保护 — what single rows of a type demand beyond a field's own right, such as a child's. */
export interface RowRights {
  readonly code: RightCode;
  /** Undefined for most rows. */
  readonly rightOf: (row: unknown, context: SubgraphContext) => RightCode | undefined;
}

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
