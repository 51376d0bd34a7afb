import type { ObjectRef } from '@pothos/core';
import type { Refusal } from '../../kit/codes/refusals.ts';
import { type builder, refusalTypes, transitionTypes } from './builder.ts';

type RefusalType = ObjectRef<(typeof builder)['$inferSchemaTypes'], Refusal>;

/** Refusal types of a mutation that creates something. */
export const plainRefusals: readonly RefusalType[] = [
  refusalTypes.InvalidInput,
  refusalTypes.NotFound,
  refusalTypes.Conflict,
];

/** Refusal types of a mutation that takes a step of a state machine. */
export const stepRefusals: readonly RefusalType[] = [
  ...plainRefusals,
  // Its shape says more than a refusal's; told apart by __typename, it is one of them.
  transitionTypes.TransitionRefusal as unknown as RefusalType,
];
