import type { AnyStateMachine } from '../../kit/machine/state-machine.ts';
import { builder } from './builder.ts';

/** The events of a machine as an enum, named and described as the machine does. */
export function eventEnum<Event extends string>(name: string, machine: AnyStateMachine & EventsOf<Event>) {
  const values = Object.fromEntries(
    Object.entries(machine.declaration.events).map(([event, { zh, en }]) => [
      event,
      { description: `${zh} To ${en}.` },
    ]),
  ) as { [E in Event]: { description: string } }; // the machine's own events
  return builder.enumType(name, { description: `${machine.declaration.zh}流转 Steps of it.`, values });
}

/** The same for its states. */
export function stateEnum<State extends string>(name: string, machine: AnyStateMachine & StatesOf<State>) {
  const values = Object.fromEntries(
    Object.entries(machine.declaration.states).map(([state, { zh, en }]) => [
      state,
      { description: `${zh} ${en.charAt(0).toUpperCase()}${en.slice(1)}.` },
    ]),
  ) as { [S in State]: { description: string } }; // the machine's own states
  return builder.enumType(name, { description: `${machine.declaration.zh}状态 Where it stands.`, values });
}

interface EventsOf<Event extends string> {
  eventName(event: Event): unknown;
}
interface StatesOf<State extends string> {
  stateName(state: State): unknown;
}
