import {
  type ConstDirectiveNode,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { isPersonal } from '../../subgraphs/kit/graph/data-card.ts';
import { directiveArguments } from '../plan/directive-arguments.ts';

/** What a field's data card demands of the caller. */
export interface FieldRight {
  readonly coordinate: string;
  readonly right: string;
  readonly source: string;
  /** Without the right the value comes masked; otherwise the field is refused. */
  readonly masked: boolean;
  /** The right opens it only under a stated purpose. */
  readonly personal: boolean;
}

/**
 * The rights that fields of the API schema demand, by `Type.field`, read from the composed `@card`. A field of an
 * interface demands what any of its implementing types does: the caller cannot know which one answers.
 *
 * @param required what a field is made of (`@requires`), see `plan/required-fields.ts`; it demands their rights, too.
 */
export function readFieldRights(
  apiSchema: GraphQLSchema,
  required: ReadonlyMap<string, readonly string[]> = new Map(),
): ReadonlyMap<string, readonly FieldRight[]> {
  const found = new Map<string, readonly FieldRight[]>();
  const types = Object.values(apiSchema.getTypeMap());
  for (const type of types.filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const card = directiveArguments(field.astNode?.directives, 'card');
      if (typeof card?.right !== 'string') continue;
      const coordinate = `${type.name}.${field.name}`;
      const { right, source, mask } = card;
      const personal = isPersonal(card);
      found.set(coordinate, [{ coordinate, right, source: String(source), masked: mask !== undefined, personal }]);
    }
  }
  for (const [coordinate, parts] of required) {
    const own = found.get(coordinate) ?? [];
    // A mask is put on the part, not on what is made of it: without the right there is nothing to make it of.
    const demanded = parts.flatMap((part) => (found.get(part) ?? []).map((right) => ({ ...right, masked: false })));
    if (demanded.length > 0) found.set(coordinate, [...own, ...demanded]);
  }
  for (const type of types.filter(isInterfaceType)) {
    for (const name of Object.keys(type.getFields())) {
      const below = apiSchema.getPossibleTypes(type).flatMap((possible) => found.get(`${possible.name}.${name}`) ?? []);
      if (below.length > 0) found.set(`${type.name}.${name}`, below);
    }
  }
  return found;
}

/** The rights that an operation's coordinates demand; found once per document. */
export function demandedRights(
  coordinates: readonly string[],
  fieldRights: ReadonlyMap<string, readonly FieldRight[]>,
): readonly FieldRight[] {
  return coordinates.flatMap((coordinate) => fieldRights.get(coordinate) ?? []);
}

/**
 * What of it a caller lacks so that fields would be refused. Masked fields are answered, and no gap unless the request
 * expressly asks for them in clear. What a sharing grant opens is no gap either, though outside of its area the field is
 * refused row by row.
 */
export function findGaps(demanded: readonly FieldRight[], caller: Caller): readonly FieldRight[] {
  return demanded.filter(
    ({ coordinate, right, masked }) =>
      (!masked || caller.unmask === true) && !caller.rights.has(right) && caller.openings?.has(coordinate) !== true,
  );
}

/** Rights that open personal data through any field, argument or input field: of use only under a purpose. */
export function personalRightsOf(apiSchema: GraphQLSchema): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (node: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined) => {
    const card = directiveArguments(node?.directives, 'card');
    if (card === undefined || !isPersonal(card)) return;
    // What single rows demand beyond the field's right is a right to personal data as well.
    for (const right of [card.right, card.rowRight]) if (typeof right === 'string') found.add(right);
  };
  for (const type of Object.values(apiSchema.getTypeMap())) {
    if (isEnumType(type)) for (const value of type.getValues()) look(value.astNode);
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) look(field.astNode);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      look(field.astNode);
      for (const argument of field.args) look(argument.astNode);
    }
  }
  return found;
}
