import { isRefusal, type Refusal, type RefusalCode, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import type { StateMachine, TakenTransition, TransitionRefusal } from '../../../kit/machine/state-machine.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import type { CatalogTransaction } from '../../store/department-system-rows.ts';
import type { MatterType } from '../../store/matters/duty-rows.ts';
import { hasPart } from '../../store/matters/part-in-matter.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from './act.ts';
import { type NextDuty, recordStep } from './record-step.ts';
import { textFault } from './text-fault.ts';

export interface AdvanceInput<Event extends string> {
  readonly id: string;
  readonly event: Event;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

export interface MatterAdvanced {
  readonly id: string;
}

/** How one kind of matter moves. */
export interface MatterKind<State extends string, Event extends string, Row extends { readonly id: string }, Input> {
  readonly type: MatterType;
  /** Name of the mutation, which binds the idempotency key. */
  readonly mutation: string;
  /** Begins the names of its events, e.g. `sharing-request`. */
  readonly eventPrefix: string;
  readonly notFound: RefusalCode;
  readonly machine: StateMachine<State, Event, Row>;
  stateOf(row: Row): State;
  /** Departments that have a part in it. */
  departmentsOf(row: Row): readonly string[];
  /** The row, locked until the transaction ends. */
  lock(transaction: CatalogTransaction, id: string): Promise<Row | null>;
  /** Who has to act in a state; the machine says where a clock runs. */
  dutyIn(state: State, row: Row): NextDuty | undefined;
  /** Writes the new state and what else the step brings. May refuse. */
  write(
    transaction: CatalogTransaction,
    step: { readonly row: Row; readonly taken: TakenTransition<State, Event>; readonly input: Input },
    provenanceId: string,
  ): Promise<Refusal | readonly ChangeEvent[]>;
}

/** A matter takes one step: locked, checked by its machine, written with its history, its duty and its event. */
export function advanceMatter<
  State extends string,
  Event extends string,
  Row extends { readonly id: string },
  Input extends AdvanceInput<Event>,
>(
  act: Act,
  kind: MatterKind<State, Event, Row, Input>,
  input: Input,
): Promise<MatterAdvanced | Refusal | TransitionRefusal> {
  const { caller } = act;
  const { mutation, type } = kind;
  return writeCatalog(act, mutation, type, input, async (transaction, provenanceId) => {
    const id = findUuidKey(type, input.id);
    const row = id === undefined ? null : await kind.lock(transaction, id);
    if (row === null || !hasPart(caller, kind.departmentsOf(row))) return refuse(kind.notFound, 'input.id');
    const note = input.note?.trim() || null;
    const fault = textFault('input.note', note, { max: 500, required: false });
    if (fault !== undefined) return fault;
    const state = kind.stateOf(row);
    const given = Object.fromEntries([...Object.entries(input), ['note', note]]);
    const taken = kind.machine.take({ event: input.event, state, subject: row, caller, given, culprit: 'input.event' });
    if (isRefusal(taken)) return taken;
    const more = await kind.write(transaction, { row, taken, input }, provenanceId);
    if (isRefusal(more)) return more;
    const { from, to } = taken;
    const next = kind.machine.clockOf(to) === undefined ? undefined : kind.dutyIn(to, row);
    await recordStep(
      transaction,
      act,
      { subjectType: type, subjectId: row.id, event: taken.event, from, to, note, next },
      provenanceId,
    );
    const moved: ChangeEvent = {
      eventType: `${kind.eventPrefix}.moved`,
      entityType: type,
      entityId: globalId(type, row.id),
      payload: { event: taken.event, fromState: from, toState: to, dutyOf: next?.departmentCode ?? null },
      place: undefined,
    };
    return { answer: { id: globalId(type, row.id) }, rowCount: 2 + more.length, events: [moved, ...more] };
  });
}
