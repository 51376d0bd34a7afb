import { type Deadline as DeadlineValue, deadlineAt } from '../../../kit/calendar/deadline.ts';
import type { StateMachine, TransitionRow } from '../../../kit/machine/state-machine.ts';
import type { TransitionStep } from '../../../kit/machine/transition-types.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { type DutyRow, findRunningDuties } from '../../store/matters/duty-rows.ts';
import { findSteps } from '../../store/matters/step-rows.ts';

type Context = SubgraphContext<CatalogStore>;

/** The duty that runs for a matter; all matters of an operation share one statement. */
export function runningDuty(subjectId: string, context: Context): Promise<DutyRow | null> {
  const { loaders, store, trace } = context;
  return loaders.get<DutyRow | null>('runningDuties', (ids) => findRunningDuties(store, ids, trace)).load(subjectId);
}

/** A duty as a deadline at the city's present moment. */
export function dutyDeadline(duty: DutyRow, { calendar, clock }: Context): DeadlineValue {
  return deadlineAt(calendar, duty, duty, clock.now());
}

export async function runningDeadline(subjectId: string, context: Context): Promise<DeadlineValue | null> {
  const duty = await runningDuty(subjectId, context);
  return duty === null ? null : dutyDeadline(duty, context);
}

/** The history of a matter; all matters of an operation share one statement. */
export async function stepsOf<State extends string, Event extends string>(
  subjectId: string,
  machine: Pick<StateMachine<State, Event, never>, 'stateName' | 'eventName'>,
  context: Context,
): Promise<TransitionStep[]> {
  const { loaders, store, trace } = context;
  const rows = await loaders.get<TransitionRow[]>('matterSteps', (ids) => findSteps(store, ids, trace)).load(subjectId);
  // The first step makes the matter and is no event of the machine.
  const named: TransitionStep['machine'] = {
    stateName: (state) => machine.stateName(state as never),
    eventName: (event) => BEGINNINGS[event] ?? machine.eventName(event as never),
  };
  return rows.map((row) => ({ row, machine: named }));
}

const BEGINNINGS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  SUBMIT: { zh: '提交', en: 'submit it' },
  FILE: { zh: '提出', en: 'file it' },
};
