import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionArgs, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import { createHandler, type OperationArgs, type RequestParams, type Response, type ResponseInit } from 'graphql-http';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { AccessAudit } from '../audit/access-audit.ts';
import type { Executor } from '../execute/executor.ts';
import type { ServedOperation } from '../operations/prepare.ts';
import type { UsageRecorder } from '../operations/usage-recorder.ts';
import { type AdmissionOptions, admit } from './admission.ts';
import type { Drain } from './drain.ts';
import { codeOf, maskErrors, reportAs, reportInternalError } from './error-report.ts';
import { nameFailingDepartments } from './failing-department.ts';
import { type Admitted, GraphqlRun } from './graphql-run.ts';
import { problemResponse, replyProblem } from './problem-reply.ts';
import { findPlainParams, readRequestParams } from './request-params.ts';

export interface GraphqlHandlerOptions extends AdmissionOptions {
  readonly apiSchema: GraphQLSchema;
  readonly executor: Executor;
  readonly usage: Pick<UsageRecorder, 'record'>;
  readonly drain: Drain;
  readonly audit: Pick<AccessAudit, 'announceWrite' | 'noteRefusal' | 'requestOf' | 'settle'>;
  readonly timeoutMilliseconds: number;
  /** Sees what each executed operation cost; for tests that count statements. */
  readonly onTrace?: ((trace: OperationTrace, operation: ServedOperation) => void) | undefined;
}

/** How a run travels through `graphql-http`. */
type RunContext = { readonly run: GraphqlRun };

class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
  readonly seconds: number;

  constructor(milliseconds: number) {
    super(`${milliseconds} ms`);
    this.seconds = milliseconds / 1000;
  }
}

/** Ways to say what is sent and what is wanted back that are remembered; clients use a handful. */
const REMEMBERED_NEGOTIATIONS = 200;

/**
 * Answers the GraphQL endpoint by the GraphQL-over-HTTP specification: `graphql-http` negotiates media types and
 * statuses and asks here for everything in between. The caller is known before (`request.graphqlIdentity`); nothing is
 * executed before limits, protected arguments, cost and budget have been checked.
 *
 * What it has once decided of a pair of `Accept` and `Content-Type` is remembered, and a well-formed request that is
 * admitted is then answered without it: it goes through every value of an answer a second time, which costs more than
 * all else that the entry does.
 */
export function createGraphqlHandler(options: GraphqlHandlerOptions) {
  const { drain, timeoutMilliseconds, usage } = options;
  /** Media types of answers with data. */
  const negotiated = new Map<string, string>();
  const handle = createHandler<FastifyRequest, GraphqlRun, RunContext>({
    parseRequestParams: readRequestParams,
    async onSubscribe(request, params) {
      const run = request.context;
      const admitted = run.decision ?? (await decide(run, request.method, params, options));
      if (!('operation' in admitted)) return admitted;
      return {
        schema: options.apiSchema,
        document: admitted.operation.document,
        operationName: admitted.operation.operationName,
        variableValues: admitted.variables,
        contextValue: { run },
      };
    },
    // The context is the one that `onSubscribe` has put in.
    execute: (args: ExecutionArgs) =>
      execute((args.contextValue as RunContext).run, args.variableValues ?? {}, options),
    onOperation: (request, _args: OperationArgs<RunContext>, result) => finish(request.context, result),
  });

  /** Undefined: for `graphql-http`. */
  const answerPlainly = async (run: GraphqlRun, negotiation: string): Promise<Response | undefined> => {
    const { body } = run.request;
    const mediaType = negotiated.get(negotiation);
    if (mediaType === undefined || typeof body !== 'string') return undefined;
    const params = findPlainParams(body);
    if (params === undefined) return undefined;
    run.decision = await decide(run, 'POST', params, options);
    if (!('operation' in run.decision)) return undefined;
    const finished = finish(run, await execute(run, run.decision.variables, options));
    if (!('data' in finished)) return finished as Response; // what has no data is an answer with a status of its own
    return [JSON.stringify(finished), { status: 200, statusText: 'OK', headers: { 'content-type': mediaType } }];
  };

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const identity = request.graphqlIdentity;
    if (identity === undefined) throw new Error('the GraphQL endpoint was reached without a caller');
    const run = new GraphqlRun(request, identity);
    request.graphqlRun = run;
    const leave = drain.enter(run.cancellation);
    const timer = setTimeout(
      () => run.cancellation.abort(new DeadlineExceeded(timeoutMilliseconds)),
      timeoutMilliseconds,
    );
    const onClose = () => {
      // A write goes on: its client will ask again with the same idempotency key and wants one clear answer then.
      const isWrite = run.operation?.operation.operation === 'mutation';
      if (!reply.raw.writableFinished && !isWrite) run.cancellation.abort(new Error('the client has gone'));
    };
    reply.raw.once('close', onClose);
    try {
      const { url, method, headers, body } = request;
      const negotiation = `${headers.accept ?? ''}\n${headers['content-type'] ?? ''}`;
      const plain = method === 'POST' ? await answerPlainly(run, negotiation) : undefined;
      const content = typeof body === 'string' ? body : null;
      const [text, init] = plain ?? (await handle({ url, method, headers, body: content, raw: request, context: run }));
      const problem = protocolProblem(init, method);
      if (problem !== undefined) {
        const { allow } = init.headers ?? {};
        if (allow !== undefined) reply.header('allow', allow);
        return replyProblem(request, reply, init.status, problem);
      }
      if (plain === undefined && method === 'POST' && init.status === 200 && run.decision === undefined) {
        remember(negotiation, init.headers?.['content-type']);
      }
      reply.code(init.status);
      if (init.headers !== undefined) reply.headers(init.headers);
      reply.headers(run.headers);
      if (run.operation !== undefined) usage.record(run.operation, identity.caller.clientId, run.errorCodes.length > 0);
      return reply.send(text ?? undefined);
    } finally {
      clearTimeout(timer);
      reply.raw.off('close', onClose);
      leave();
    }
  };

  function remember(negotiation: string, mediaType: string | undefined): void {
    if (mediaType !== undefined && negotiated.size < REMEMBERED_NEGOTIATIONS) negotiated.set(negotiation, mediaType);
  }
}

/** Decides whether a request may be executed; what policy refuses is noted in the access log. */
async function decide(
  run: GraphqlRun,
  method: string,
  params: RequestParams,
  options: GraphqlHandlerOptions,
): Promise<Admitted | readonly GraphQLError[] | Response> {
  const admitted = admit(run, method, params, options);
  const { operation, refusedCoordinates } = run;
  if (!('operation' in admitted) && operation !== undefined && refusedCoordinates.length > 0) {
    const { variables } = params;
    await options.audit.noteRefusal(
      { requestId: run.request.id, caller: run.caller, operation, variables },
      refusedCoordinates,
    );
  }
  return admitted;
}

/** What the GraphQL-over-HTTP library leaves without a text of its own, or with one in English only. */
function protocolProblem({ status, headers }: ResponseInit, method: string): GraphQLError | undefined {
  switch (status) {
    case 405:
      return graphProblem('METHOD_NOT_ALLOWED', { method, allow: headers?.allow ?? 'POST' });
    case 406:
      return graphProblem('NOT_ACCEPTABLE');
    case 415:
      return graphProblem('MEDIA_TYPE_UNSUPPORTED');
    default:
      return undefined;
  }
}

async function execute(
  run: GraphqlRun,
  variables: Readonly<Record<string, unknown>>,
  options: GraphqlHandlerOptions,
): Promise<ExecutionResult> {
  const { audit, executor, onTrace } = options;
  const { operation: prepared, cancellation: signal } = run;
  if (prepared === undefined) throw new Error('nothing was admitted');
  const trace = new OperationTrace();
  const audited = { requestId: run.request.id, caller: run.caller, operation: prepared, variables };
  try {
    let { caller } = run;
    if (prepared.operation.operation === 'mutation') {
      const refusal = await audit.announceWrite(audited);
      if (refusal !== undefined) return { data: null, errors: [refusal] };
      // What it commits says whose it was.
      caller = { ...caller, request: audit.requestOf(audited) };
    }
    const result = await signal.race(executor.execute({ prepared, variables, caller, trace, signal }));
    return await audit.settle(audited, trace.subjects, result);
  } catch (error) {
    // Without `data` the operation as a whole has failed; `finish` gives that a status of its own.
    const { log } = run.request;
    const report =
      error instanceof DeadlineExceeded
        ? reportAs('TIMEOUT', { seconds: error.seconds }, log, 'an operation took too long', error)
        : reportInternalError(log, 'an operation failed as a whole', error);
    return { errors: [report] };
  } finally {
    onTrace?.(trace, prepared);
  }
}

function finish(run: GraphqlRun, result: ExecutionResult): ExecutionResult | Response {
  const shown = maskErrors(result, run.request.log);
  const masked =
    shown.errors === undefined || run.operation === undefined
      ? shown
      : { ...shown, errors: nameFailingDepartments(shown.errors, run.operation) };
  run.errorCodes = (masked.errors ?? []).map(codeOf);
  if (masked.data !== undefined) return masked;
  const late = run.cancellation.reason instanceof DeadlineExceeded;
  const status = late ? ([504, 'Gateway Timeout'] as const) : ([500, 'Internal Server Error'] as const);
  return problemResponse(run.request, status, masked.errors ?? []);
}
