import { setTimeout as delay } from 'node:timers/promises';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { graphProblem, isGraphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { ChangeFeed } from '../../subgraphs/kit/feed/change-feed.ts';
import { type ChangeFilter, changesFor, changesOf, type ReaderTest } from '../../subgraphs/kit/feed/change-filter.ts';
import type { FeedVector } from '../../subgraphs/kit/feed/feed-cursor.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { AccessAudit } from '../audit/access-audit.ts';
import { Cancellation } from '../execute/cancellation.ts';
import type { Executor } from '../execute/executor.ts';
import type { Drain } from '../http/drain.ts';
import { maskErrors, reportAs, reportInternalError } from '../http/error-report.ts';
import type { Admitted, GraphqlRun } from '../http/graphql-run.ts';
import { type Identify, IdentityRefused } from '../identity/identify.ts';
import type { CostBudget } from '../operations/budget.ts';
import type { OperationCache, ServedOperation } from '../operations/prepare.ts';
import type { UsageRecorder } from '../operations/usage-recorder.ts';
import {
  type PurposeMemory,
  type PurposeReader,
  readStatedPurpose,
  rememberedCallerUnder,
} from '../policy/purposes.ts';
import { CallerWatch } from './caller-watch.ts';
import { CURSOR_VARIABLE, type EventOperation, eventOperation } from './event-operation.ts';
import { followChanges } from './follow-changes.ts';
import { SharedAnswers } from './shared-answers.ts';
import type { StreamSlots } from './stream-slots.ts';

export interface SubscriptionsOptions {
  readonly changes: ChangeFeed;
  readonly executor: Executor;
  readonly operations: OperationCache;
  readonly audit: Pick<AccessAudit, 'noteRefusal' | 'settle'>;
  readonly usage: Pick<UsageRecorder, 'record'>;
  readonly budget: CostBudget;
  readonly purposes: PurposeReader;
  readonly personalRights: ReadonlySet<string>;
  readonly purposeMemory: PurposeMemory;
  readonly identify: Identify;
  readonly slots: StreamSlots;
  readonly drain: Drain;
  /** For the answer to one event. */
  readonly timeoutMilliseconds: number;
}

/** One subscription that was asked for, and admitted. */
export interface SubscriptionRequest {
  readonly run: GraphqlRun;
  readonly admitted: Admitted;
  readonly extensions: unknown;
  readonly authorization: string | undefined;
  /** Given when the subscriber has left. */
  readonly gone: AbortSignal;
}

interface Subscribed extends EventOperation {
  readonly served: ServedOperation;
}

/** Nobody sees these; who subscribes is kept awake by the transport. */
const HEARTBEAT_MILLISECONDS = 60_000;
const BATCH = 100;

/**
 * Answers each change with the subscriber's selection, made by the executor as if he had asked for it now: his rights,
 * masks and area are those of the moment, personal data is in the access log before it leaves, and each answer is paid
 * from the client's budget. Who asks the same with the same rights shares the answer.
 */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #subscribed = new WeakMap<ServedOperation, Subscribed | readonly GraphQLError[]>();
  readonly #questions = new WeakMap<ServedOperation, number>();
  readonly #shared = new SharedAnswers();
  #asked = 0;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  /** The answers as they come, or why there are none. They end when the subscriber leaves, is let in no more, or the hub ends. */
  async open(request: SubscriptionRequest): Promise<AsyncGenerator<ExecutionResult> | readonly GraphQLError[]> {
    const { changes, slots, usage } = this.#options;
    const { admitted, run } = request;
    const subscribed = this.#subscribe(admitted.operation);
    if (!('served' in subscribed)) return subscribed;
    try {
      // Checked by GraphQL against the field's declaration.
      const { after, id, ...filter } = subscribed.argumentsOf(admitted.variables) as ChangeFilter & {
        after?: string | null;
        /** Of a progress: that one thing is followed. */
        id?: string;
      };
      const told = id === undefined ? changesFor(filter) : changesOf(changes.followed(id));
      if (id !== undefined && !(await this.#exists(request.run, id))) return [graphProblem('PROGRESS_UNKNOWN')];
      const from = after == null ? await changes.latest() : changes.open(after).vector;
      await changes.assertKept(from); // what is too old is refused at once
      const leave = slots.take(run.identity.caller.clientId);
      if (leave === undefined) return [graphProblem('STREAMS_EXCEEDED')];
      usage.record(admitted.operation, run.identity.caller.clientId, false);
      return this.#follow(request, subscribed, { told, from }, leave);
    } catch (error) {
      if (isGraphProblem(error)) return [error];
      throw error;
    }
  }

  /** Notes in the access log what policy has refused. */
  async noteRefusal({ caller, operation, refusedCoordinates, request }: GraphqlRun, variables: unknown): Promise<void> {
    if (operation === undefined || refusedCoordinates.length === 0) return;
    await this.#options.audit.noteRefusal({ requestId: request.id, caller, operation, variables }, refusedCoordinates);
  }

  /** Whether a progress is there: its owner says so. */
  async #exists(run: GraphqlRun, id: string): Promise<boolean> {
    const asked = this.#options.operations.prepare('query ($id: ID!) { node(id: $id) { id } }', undefined);
    if (!('document' in asked)) throw new Error('the graph has no nodes');
    const { data, errors } = await this.#answer(run, asked, { id }, run.identity.caller);
    if (errors?.[0] !== undefined) throw errors[0];
    return data?.node != null;
  }

  #subscribe(operation: ServedOperation): Subscribed | readonly GraphQLError[] {
    const known = this.#subscribed.get(operation);
    if (known !== undefined) return known;
    const { operations } = this.#options;
    const made = eventOperation(operation, operation.apiSchema);
    const served = operations.prepare(made.text, operation.operationName);
    const subscribed = 'document' in served ? { ...made, served } : served;
    this.#subscribed.set(operation, subscribed);
    return subscribed;
  }

  async *#follow(
    request: SubscriptionRequest,
    subscribed: Subscribed,
    { told, from }: { readonly told: ReaderTest; readonly from: FeedVector },
    leave: () => void,
  ): AsyncGenerator<ExecutionResult, void, void> {
    const { changes, drain } = this.#options;
    const { admitted, gone, run } = request;
    const signal = AbortSignal.any([gone, drain.ending]);
    const callerOf = this.#callerOf(request);
    const question = `${this.#questionOf(subscribed.served)} ${JSON.stringify(admitted.variables)}`;
    try {
      const currentCaller = async () => (await callerOf()).caller;
      const following = followChanges({
        ...{ feed: changes, from, told, signal, currentCaller },
        ...{ heartbeatMilliseconds: HEARTBEAT_MILLISECONDS, batchSize: BATCH },
      });
      for await (const { events } of following) {
        for (const placed of events) {
          const { caller, costBudgetPerMinute } = await callerOf();
          await this.#pay(subscribed.served.cost(admitted.variables), caller, costBudgetPerMinute, signal);
          if (signal.aborted) break;
          const cursor = changes.seal(placed);
          const result = await this.#shared.answer(question, caller, cursor, () =>
            this.#answer(run, subscribed.served, { ...admitted.variables, [CURSOR_VARIABLE]: cursor }, caller),
          );
          // What the graph does not show as a change of this kind is none for this subscriber.
          if (result.errors === undefined && result.data?.[subscribed.responseKey] == null) continue;
          yield result;
        }
      }
      if (!gone.aborted) yield { errors: [graphProblem('SHUTTING_DOWN')] };
    } catch (error) {
      yield { errors: [this.#explain(run, error)] };
    } finally {
      leave();
    }
  }

  /** Who subscribes, as he is now: under the purpose that he stated when he subscribed. */
  #callerOf({ authorization, extensions, run }: SubscriptionRequest) {
    const { identify, personalRights, purposeMemory, purposes } = this.#options;
    const watch = new CallerWatch(identify, authorization, run.identity);
    const stated = readStatedPurpose(run.request.headers, extensions);
    return async (): Promise<{ caller: Caller; costBudgetPerMinute: number }> => {
      await purposes.refresh();
      const identity = await watch.current();
      const caller = rememberedCallerUnder(purposeMemory, identity.caller, stated, purposes.current, personalRights);
      if (caller instanceof GraphQLError) throw caller;
      return { caller, costBudgetPerMinute: identity.costBudgetPerMinute };
    };
  }

  /** A client whose budget is used up is told later, not less. */
  async #pay(cost: number, { clientId }: Caller, perMinute: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const decision = this.#options.budget.spend(clientId, cost, perMinute);
      if (decision.granted || signal.aborted) return;
      await delay(decision.retryAfterSeconds * 1_000, undefined, { signal }).catch(() => {});
    }
  }

  async #answer(
    run: GraphqlRun,
    operation: ServedOperation,
    variables: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): Promise<ExecutionResult> {
    const { audit, executor, timeoutMilliseconds } = this.#options;
    const { id: requestId, log } = run.request;
    const trace = new OperationTrace();
    const signal = new Cancellation();
    const timer = setTimeout(() => signal.abort(new Error('too late')), timeoutMilliseconds);
    try {
      const result = await signal.race(executor.execute({ prepared: operation, variables, caller, trace, signal }));
      return maskErrors(await audit.settle({ requestId, caller, operation, variables }, trace.subjects, result), log);
    } catch (error) {
      const seconds = timeoutMilliseconds / 1_000;
      const problem = signal.aborted
        ? reportAs('TIMEOUT', { seconds }, log, 'the answer to a change took too long', error)
        : reportInternalError(log, 'the answer to a change failed', error);
      return { errors: [problem] };
    } finally {
      clearTimeout(timer);
    }
  }

  #explain(run: GraphqlRun, error: unknown): GraphQLError {
    if (error instanceof IdentityRefused) return error.problem;
    if (isGraphProblem(error)) return error;
    return reportInternalError(run.request.log, 'a subscription failed', error);
  }

  #questionOf(operation: ServedOperation): number {
    const known = this.#questions.get(operation);
    if (known !== undefined) return known;
    this.#questions.set(operation, ++this.#asked);
    return this.#asked;
  }
}
