import type { Caller } from '../caller/caller.ts';
import type { DepartmentCode } from '../codes/departments.ts';
import type { RightCode } from '../codes/rights.ts';

/** What people read: the Chinese term and an English phrase. */
export interface Named {
  readonly zh: string;
  readonly en: string;
}

/** 状态 — one state of a machine. */
export interface StateDeclaration extends Named {
  /** 终态: nothing leads out of it. */
  readonly terminal?: true;
  /** 时限: code of the deadline rule whose clock runs from the entry into this state. */
  readonly clock?: string;
}

/** 角色 — what a caller may be to the subject of a machine, e.g. the department that handles it. */
export interface RoleDeclaration<Subject> extends Named {
  readonly holds: (caller: Caller, subject: Subject) => boolean;
}

/** 条件 — something that must be so before a transition; its text says what is missing. */
export interface GuardDeclaration<Subject> extends Named {
  readonly holds: (subject: Subject) => boolean;
}

/** 流转 — one transition. What it leaves out it does not demand. */
export interface TransitionDeclaration<
  State extends string,
  Event extends string,
  Role extends string,
  Guard extends string,
  Input extends string,
> {
  readonly event: Event;
  readonly from: readonly State[];
  /** Left out: the subject stays in its state, and the step is recorded. */
  readonly to?: State;
  /** Who may: all that is named must hold; of several roles or departments, one. */
  readonly right?: RightCode;
  readonly roles?: readonly Role[];
  readonly departments?: readonly DepartmentCode[];
  /** What must be so. */
  readonly guards?: readonly Guard[];
  /** What must be given with it. */
  readonly inputs?: readonly Input[];
}

/**
 * 状态机 — how a thing moves through its states, as data: names, order, who may, what is required. One engine checks
 * the declaration, takes the transitions, refuses the others and draws the diagram.
 */
export interface MachineDeclaration<
  State extends string,
  Event extends string,
  Subject,
  Role extends string,
  Guard extends string,
  Input extends string,
> extends Named {
  /** The entity whose states these are, e.g. `Incident`. */
  readonly name: string;
  readonly initial: State;
  readonly states: Readonly<Record<State, StateDeclaration>>;
  readonly events: Readonly<Record<Event, Named>>;
  readonly roles?: Readonly<Record<Role, RoleDeclaration<Subject>>>;
  readonly guards?: Readonly<Record<Guard, GuardDeclaration<Subject>>>;
  readonly inputs?: Readonly<Record<Input, Named>>;
  readonly transitions: readonly TransitionDeclaration<State, Event, Role, Guard, Input>[];
}

/** A declaration whose names are no longer told apart; what the checks and the diagram read. */
export type AnyMachineDeclaration = Omit<
  MachineDeclaration<string, string, never, string, string, string>,
  'roles' | 'guards'
> & {
  readonly roles?: Readonly<Record<string, Named>>;
  readonly guards?: Readonly<Record<string, Named>>;
};
