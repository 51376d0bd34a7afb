import type { ExecutionResult, GraphQLError } from 'graphql';
import type { OperationRequest } from '../executor.ts';
import { Faults, type Key } from './faults.ts';

export type PlanData = Record<string, unknown>;

/** One request on its way through a compiled plan. */
export class Run {
  readonly request: OperationRequest;
  /** With defaults filled in. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What has been fetched: the roots, in the plan's keys, into which entities are merged. */
  readonly data: PlanData = {};
  faults: Faults | undefined;
  /** Changes with each answer that is merged into the data. */
  state = 0;
  /** Entities that were found, by what was looked for, and in which state of the data. */
  found: Map<string, { readonly state: number; readonly asked: Asked }> | undefined;
  /** Objects whose owner did not show them to this caller: they are left out, whatever else is known of them. */
  hidden: Set<object> | undefined;

  /** Fetches of entities that were begun before it was known whether they would be wanted, by step. */
  early: Map<Step, EarlyFetch> | undefined;

  constructor(request: OperationRequest, variables: Readonly<Record<string, unknown>>) {
    this.request = request;
    this.variables = variables;
  }

  /** Called before every fetch: an operation nobody waits for makes no more of them. */
  throwIfAborted(): void {
    this.request.signal?.throwIfAborted();
  }

  hide(target: object): void {
    this.hidden ??= new Set();
    this.hidden.add(target);
  }

  fault(anchor: object, error: GraphQLError, path: readonly Key[], lost: ReadonlySet<string> | undefined): void {
    this.faults ??= new Faults();
    this.faults.add(anchor, error, path, lost);
  }
}

/** The entities that one request asks for in one group, and the objects that they belong to. */
export interface Asked {
  readonly representations: PlanData[];
  readonly targets: PlanData[];
  /** Index of the representation of each target. */
  readonly indexes: number[];
  /** Index of the path of each target. */
  readonly origins: number[];
}

/** A fetch that was begun early, and for which entity. */
export interface EarlyFetch {
  readonly entity: PlanData;
  readonly result: ExecutionResult | Promise<ExecutionResult>;
}

/** One step of a compiled plan; returns a promise only when it has to wait. */
export type Step = (run: Run) => Promise<void> | undefined;
