import { type Caller, hasRight } from '../caller/caller.ts';
import { departments } from '../codes/departments.ts';
import { type Refusal, refuse } from '../codes/refusals.ts';
import { rights } from '../codes/rights.ts';
import { machineFaults } from './check-machine.ts';
import type { AnyMachineDeclaration, MachineDeclaration, Named, TransitionDeclaration } from './machine-declaration.ts';

/** 可用流转 — what a caller may do with a subject in its present state. */
export interface AvailableTransition extends Named {
  readonly event: string;
  readonly toState: string;
  readonly toName: Named;
  /** Guards that do not hold yet. */
  readonly missing: readonly Named[];
  /** What must be given with it. */
  readonly inputs: readonly string[];
}

/** A refusal to move, with what would have been allowed. */
export interface TransitionRefusal extends Refusal {
  readonly allowed: readonly AvailableTransition[];
}

/** 流转记录 — a step taken, as the history of a subject keeps it (`ordinal` counts from 1). */
export interface TransitionRow<State extends string = string, Event extends string = string> {
  readonly subjectId: string;
  readonly ordinal: number;
  readonly event: Event;
  readonly fromState: State | null;
  readonly toState: State;
  readonly at: Date;
  readonly actorDepartmentCode: string;
  readonly note: string | null;
}

/** A transition that may be taken. */
export interface TakenTransition<State extends string, Event extends string> {
  readonly event: Event;
  readonly from: State;
  readonly to: State;
}

/** Who asks for a transition of what, and what is given with it. */
export interface TransitionRequest<State extends string, Event extends string, Subject> {
  readonly event: Event;
  readonly state: State;
  readonly subject: Subject;
  readonly caller: Caller;
  readonly given?: Readonly<Record<string, unknown>>;
  /** Path of the input to blame, e.g. `input.event`. */
  readonly culprit: string;
}

/** 状态机引擎 — a checked declaration and what can be asked of it. */
export interface StateMachine<State extends string, Event extends string, Subject> {
  readonly name: string;
  readonly initial: State;
  readonly declaration: AnyMachineDeclaration;
  stateName(state: State): Named;
  eventName(event: Event): Named;
  isTerminal(state: State): boolean;
  /** Code of the deadline rule whose clock runs in this state. */
  clockOf(state: State): string | undefined;
  /** What the caller may do next; transitions whose guards do not hold yet are listed with what is missing. */
  availableTransitions(state: State, caller: Caller, subject: Subject): AvailableTransition[];
  /** The transition, or why not: wrong state, wrong caller, or something missing. Writes nothing. */
  take(request: TransitionRequest<State, Event, Subject>): TakenTransition<State, Event> | TransitionRefusal;
}

export function isTransitionRefusal(value: Refusal): value is TransitionRefusal {
  return 'allowed' in value;
}

/**
 * Makes a machine out of its declaration. Throws when the declaration is unsound, so that a graph with a broken
 * machine never starts. `Subject` is what roles and guards look at.
 */
export function defineMachine<Subject>() {
  return <State extends string, Event extends string, Role extends string, Guard extends string, Input extends string>(
    declaration: MachineDeclaration<State, Event, Subject, Role, Guard, Input>,
  ): StateMachine<State, Event, Subject> => {
    const faults = machineFaults(declaration);
    if (faults.length > 0) throw new Error(`State machine ${declaration.name}: ${faults.join('; ')}`);
    type Transition = TransitionDeclaration<State, Event, Role, Guard, Input>;

    const mayTake = (transition: Transition, caller: Caller, subject: Subject): boolean =>
      (transition.right === undefined || hasRight(caller, transition.right)) &&
      (transition.departments === undefined || transition.departments.some((code) => code === caller.departmentCode)) &&
      (transition.roles === undefined ||
        transition.roles.some((role) => declaration.roles?.[role].holds(caller, subject) === true));

    const missingGuards = (transition: Transition, subject: Subject): Named[] =>
      (transition.guards ?? []).flatMap((name) => {
        const guard = declaration.guards?.[name];
        return guard === undefined || guard.holds(subject) ? [] : [{ zh: guard.zh, en: guard.en }];
      });

    const describe = (transition: Transition, state: State, subject: Subject): AvailableTransition => {
      const toState = transition.to ?? state;
      return {
        event: transition.event,
        ...named(declaration.events[transition.event]),
        toState,
        toName: named(declaration.states[toState]),
        missing: missingGuards(transition, subject),
        inputs: transition.inputs ?? [],
      };
    };

    const availableTransitions = (state: State, caller: Caller, subject: Subject): AvailableTransition[] =>
      declaration.transitions
        .filter((transition) => transition.from.includes(state) && mayTake(transition, caller, subject))
        .map((transition) => describe(transition, state, subject));

    return {
      name: declaration.name,
      initial: declaration.initial,
      declaration,
      stateName: (state) => named(declaration.states[state]),
      // The first step, and what the hub does by itself, are nobody's to take.
      eventName: (event) => named(declaration.events[event] ?? UNTAKEN[event] ?? BEGINNING),
      isTerminal: (state) => declaration.states[state].terminal === true,
      clockOf: (state) => declaration.states[state].clock,
      availableTransitions,
      take({ event, state, subject, caller, given = {}, culprit }) {
        const transition = declaration.transitions.find((own) => own.event === event && own.from.includes(state));
        const allowed = availableTransitions(state, caller, subject);
        const words = {
          eventZh: declaration.events[event].zh,
          eventEn: declaration.events[event].en,
          stateZh: declaration.states[state].zh,
          stateEn: declaration.states[state].en,
          allowedZh: allowed.map(({ zh, event: code }) => `${zh}(${code})`).join('、') || '无',
          allowedEn: allowed.map(({ en, event: code }) => `${en} (${code})`).join(', ') || 'nothing',
        };
        if (transition === undefined) return { ...refuse('TRANSITION_NOT_ALLOWED', culprit, words), allowed };
        if (!mayTake(transition, caller, subject)) {
          const who = whoMay(transition, declaration.roles);
          return { ...refuse('TRANSITION_NOT_YOURS', culprit, { ...words, whoZh: who.zh, whoEn: who.en }), allowed };
        }
        const missing = [
          ...missingGuards(transition, subject),
          ...(transition.inputs ?? [])
            .filter((name) => given[name] == null || given[name] === '')
            .map((name) => named(declaration.inputs?.[name] ?? { zh: name, en: name })),
        ];
        if (missing.length > 0) {
          const missingZh = missing.map(({ zh }) => zh).join('、');
          const missingEn = missing.map(({ en }) => en).join(', ');
          return { ...refuse('TRANSITION_INCOMPLETE', culprit, { ...words, missingZh, missingEn }), allowed };
        }
        return { event, from: state, to: transition.to ?? state };
      },
    };
  };
}

const BEGINNING: Named = { zh: '发起', en: 'begin it' };
const UNTAKEN: Readonly<Record<string, Named>> = {
  CHANGE_RECORD: { zh: '变更登记', en: 'change its record' },
  RECOUNT_TERM: { zh: '期限重算', en: 'count its term on a new calendar' },
};

/** Machines of any states: what lists and diagrams take. */
export type AnyStateMachine = Pick<StateMachine<never, never, never>, 'name' | 'declaration'>;

/** Who may take a transition, in words. */
export function whoMay(
  transition: Pick<TransitionDeclaration<string, string, string, string, string>, 'right' | 'roles' | 'departments'>,
  roles: Readonly<Record<string, Named>> = {},
): Named {
  const parts: Named[] = [
    ...(transition.right === undefined ? [] : [named(rights[transition.right])]),
    ...oneOf((transition.departments ?? []).map((code) => named(departments[code]))),
    ...oneOf((transition.roles ?? []).flatMap((role) => roles[role] ?? [])),
  ];
  return {
    zh: parts.map(({ zh }) => zh).join('，且') || '任何人',
    en: parts.map(({ en }) => en).join(', and ') || 'anyone',
  };
}

function oneOf(choices: readonly Named[]): Named[] {
  if (choices.length === 0) return [];
  return [{ zh: choices.map(({ zh }) => zh).join('或'), en: choices.map(({ en }) => en).join(' or ') }];
}

function named({ zh, en }: Named): Named {
  return { zh, en };
}
