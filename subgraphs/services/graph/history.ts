import type { TransitionRow } from '../../kit/machine/state-machine.ts';
import type { TransitionStep } from '../../kit/machine/transition-types.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { ServicesStore } from '../store/services-store.ts';
import { findSteps } from '../store/transition-steps.ts';

/** The steps of a thing with a machine, in their order, the first hundred. */
export async function loadHistory(
  subjectId: string,
  machine: TransitionStep['machine'],
  context: SubgraphContext<ServicesStore>,
): Promise<TransitionStep[]> {
  const rows = await context.loaders
    .get<TransitionRow[]>('history', (ids) => findSteps(context.store, ids, context.trace))
    .load(subjectId);
  return rows.map((row) => ({ row, machine }));
}

/** When a thing came into the state that it is in; steps that leave the state as it is do not count. */
export function enteredAt(steps: readonly TransitionStep[], first: Date): Date {
  return steps.findLast(({ row }) => row.fromState !== row.toState)?.row.at ?? first;
}
