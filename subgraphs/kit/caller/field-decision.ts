import { type Caller, hasRight } from './caller.ts';
import { opens } from './opens.ts';

/** What a data card says of a field that needs a right. */
export interface GuardedField {
  readonly coordinate: string;
  readonly right: string;
  /** The right is of use only under a purpose. */
  readonly personal: boolean;
  /** Without the right the value comes masked; otherwise it is refused. */
  readonly masked: boolean;
}

/**
 * Whether a caller may read what a right protects: personal data only under a purpose, too. The gateway has left out
 * of the caller's rights what the purpose does not cover; that there is one at all is checked here once more.
 */
export function mayUse(caller: Caller, right: string, personal: boolean): boolean {
  return hasRight(caller, right) && (!personal || caller.purpose !== undefined);
}

/** What becomes of a field of one row; `lacks` is the right that stands in the way, undefined where only the wish does. */
export interface FieldDecision {
  readonly outcome: 'CLEAR' | 'MASKED' | 'REFUSED';
  readonly lacks: string | undefined;
}

const CLEAR: FieldDecision = { outcome: 'CLEAR', lacks: undefined };
const MASKED: FieldDecision = { outcome: 'MASKED', lacks: undefined };

/**
 * The one place that says what a caller is given of a field that needs a right. With the right, or where a sharing grant
 * opens the row, it comes as it is; without, masked or refused. A masked personal value comes in clear only to a request
 * that expressly asks for that.
 *
 * @param row what the grant's area is compared with; without one, only a grant over the caller's whole area opens it.
 * @param rowRight what this row demands beyond it, such as a child's.
 */
export function decideField(caller: Caller, field: GuardedField, row: unknown, rowRight?: string): FieldDecision {
  const { coordinate, masked, personal, right } = field;
  const entitled = mayUse(caller, right, personal) || opens(caller, coordinate, row);
  const lacks = !entitled ? right : rowRight === undefined || mayUse(caller, rowRight, true) ? undefined : rowRight;
  if (lacks !== undefined) return { outcome: masked ? 'MASKED' : 'REFUSED', lacks };
  return masked && personal && caller.unmask !== true ? MASKED : CLEAR;
}

/**
 * The decision where it is the same for every row; undefined where rows must be looked at: a sharing grant may open some
 * of them, or some demand a right that the caller lacks.
 *
 * @param rowRight what some rows demand beyond the field's own right.
 */
export function decideForAllRows(caller: Caller, field: GuardedField, rowRight?: string): FieldDecision | undefined {
  if (mayUse(caller, field.right, field.personal)) {
    if (rowRight !== undefined && !mayUse(caller, rowRight, true)) return undefined;
  } else if (caller.openings?.has(field.coordinate) === true) return undefined;
  return decideField(caller, field, undefined);
}

/** Whether a request asks for a masked personal value in clear without saying why: that is refused as a whole. */
export function asksBlindly(caller: Caller, { masked, personal }: Pick<GuardedField, 'masked' | 'personal'>): boolean {
  return masked && personal && caller.unmask === true && caller.purpose === undefined;
}
