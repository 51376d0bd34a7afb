import { type GraphQLArgument, type GraphQLInputField, getNamedType, isInputObjectType } from 'graphql';
import type { RefusalCode, refusals } from '../codes/refusals.ts';

/** Codes that say that something does not exist in the caller's area. */
export type NotFoundCode = {
  [Code in RefusalCode]: (typeof refusals)[Code]['family'] extends 'NotFound' ? Code : never;
}[RefusalCode];

/**
 * 引用 — an input holds the id of an entity, most often another subgraph's. Before a mutation runs, the gateway asks the
 * entity's owner whether it is there in the caller's area; if not, the mutation is refused with this code.
 */
export interface InputReference {
  readonly type: string;
  readonly refusal: NotFoundCode;
  /**
   * Fields of the entity, of whichever subgraphs have them, that the gateway reads under the caller and hands to the
   * mutation (`caller.facts`): what a rule decides on and may not read by itself. They have no arguments and no selection.
   */
  readonly facts?: readonly string[];
  /** The input holds another unique key of the entity than its id; its owner resolves it (`EntityOptions.resolveBy`). */
  readonly by?: string;
}

/** What the gateway read of an entity that an input names. */
export interface ReferenceFacts {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Where the id says by itself of which type the entity is. */
export const ANY_ENTITY = 'Node';

/** `type` is the entity's type, `Node` where the id says so; the gateway asks the subgraph that owns its rows. */
export const REFERENCES_DIRECTIVE_SDL =
  'directive @references(type: String!, facts: [String!], by: String) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION';

/** An id that some arguments give, where it was declared to name an entity. */
export interface GivenReference<Declaration> {
  readonly declared: Declaration;
  readonly id: string;
  /** Path of argument names, e.g. `input.gridId` or `input.members.0.personId`. */
  readonly path: string;
}

type Input = GraphQLArgument | GraphQLInputField;
type Values = Readonly<Record<string, unknown>>;

interface Plan<Declaration> {
  readonly name: string;
  readonly declared: Declaration | undefined;
  readonly below: readonly Plan<Declaration>[];
}

/**
 * Finds once where the arguments of a field may name entities.
 *
 * @param declared what an argument or input field was declared to name.
 * @returns a reader of the ids in given arguments, in the order of declaration; undefined when none was declared.
 */
export function compileReferences<Declaration>(
  inputs: readonly Input[],
  declared: (input: Input) => Declaration | undefined,
): ((values: Values) => GivenReference<Declaration>[]) | undefined {
  const plansOfTypes = new Map<string, Plan<Declaration>[]>();
  let found = false;
  const planOf = (fields: readonly Input[]): Plan<Declaration>[] =>
    fields.map((field) => {
      const own = declared(field);
      if (own !== undefined) found = true;
      return { name: field.name, declared: own, below: below(field) };
    });
  const below = (field: Input): readonly Plan<Declaration>[] => {
    const type = getNamedType(field.type);
    if (!isInputObjectType(type)) return [];
    const known = plansOfTypes.get(type.name);
    if (known !== undefined) return known;
    // Known before it is filled: an input type may hold itself.
    const plans: Plan<Declaration>[] = [];
    plansOfTypes.set(type.name, plans);
    plans.push(...planOf(Object.values(type.getFields())));
    return plans;
  };
  const plans = planOf(inputs);
  if (!found) return undefined;
  return (values) => {
    const given: GivenReference<Declaration>[] = [];
    for (const plan of plans) collect(plan, values[plan.name], plan.name, given);
    return given;
  };
}

function collect<Declaration>(
  plan: Plan<Declaration>,
  value: unknown,
  path: string,
  given: GivenReference<Declaration>[],
): void {
  if (value == null) return;
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) collect(plan, element, `${path}.${index}`, given);
    return;
  }
  if (plan.declared !== undefined) given.push({ declared: plan.declared, id: String(value), path });
  if (typeof value !== 'object') return;
  for (const below of plan.below) {
    collect(below, (value as Values)[below.name], `${path}.${below.name}`, given); // an input object, by its plan
  }
}
