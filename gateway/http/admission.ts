import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { RequestParams, Response } from 'graphql-http';
import { asksBlindly } from '../../subgraphs/kit/caller/field-decision.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { accessRefused } from '../../subgraphs/kit/codes/right-missing.ts';
import type { CostBudget } from '../operations/budget.ts';
import type { OperationCache } from '../operations/prepare.ts';
import { findGaps } from '../policy/field-rights.ts';
import { findInputGaps } from '../policy/input-rights.ts';
import {
  type PurposeMemory,
  type PurposeReader,
  readStatedPurpose,
  rememberedCallerUnder,
} from '../policy/purposes.ts';
import { codeOf } from './error-report.ts';
import type { Admitted, GraphqlRun } from './graphql-run.ts';
import { problemResponse } from './problem-reply.ts';

/** With the value `refuse` an operation that lacks a right is refused as a whole, and every missing right is named. */
export const MISSING_RIGHTS_HEADER = 'x-yiyun-missing-rights';

export interface AdmissionOptions {
  readonly operations: OperationCache;
  readonly budget: CostBudget;
  /** Cost points of one operation, whatever the client's budget. */
  readonly maxCost: number;
  readonly purposes: Pick<PurposeReader, 'current'>;
  /** Rights that open personal data, of use only under a purpose. */
  readonly personalRights: ReadonlySet<string>;
  readonly purposeMemory: PurposeMemory;
}

/**
 * Decides whether a request may be executed, in this order: whether the client may run it at all, the document, the method, the variables, the
 * purpose, the rights, the cost, the client's budget. Notes on the run what was found, for the log, the metrics and the record of operations.
 *
 * @returns what to execute, or the refusal: errors when the GraphQL request is at fault, a whole answer where HTTP has
 *   a status for it.
 */
export function admit(
  run: GraphqlRun,
  method: string,
  params: RequestParams,
  options: AdmissionOptions,
  transport: 'single' | 'stream' = 'single',
): Admitted | readonly GraphQLError[] | Response {
  const { budget, maxCost } = options;
  const operations = run.request.graphOperations ?? options.operations;
  const refuse = (...errors: readonly GraphQLError[]) => {
    run.errorCodes = errors.map(codeOf);
    return errors;
  };
  const answer = (status: number, statusText: string, error: GraphQLError, headers: Record<string, string> = {}) =>
    problemResponse(run.request, [status, statusText], refuse(error), headers);

  const { trustedDocuments } = run.identity;
  if (trustedDocuments !== undefined) {
    const hash = createHash('sha256').update(params.query).digest('hex');
    const { clientId: client } = run.identity.caller;
    // Before anything is parsed: what is not registered is not even looked at.
    if (!trustedDocuments.has(hash)) return refuse(graphProblem('OPERATION_NOT_TRUSTED', { client, hash }));
  }
  // Some clients send an empty name for none.
  const operation = operations.prepare(params.query, params.operationName || undefined);
  if (!('document' in operation)) return refuse(...operation);
  run.operation = operation;

  const kind = operation.operation.operation;
  if ((kind === 'subscription') !== (transport === 'stream')) {
    return refuse(graphProblem(kind === 'subscription' ? 'SUBSCRIPTION_NEEDS_STREAM' : 'STREAM_IS_FOR_SUBSCRIPTIONS'));
  }
  const isGet = method === 'GET';
  if (isGet && kind === 'mutation') {
    return answer(405, 'Method Not Allowed', graphProblem('METHOD_NOT_ALLOWED', { method, allow: 'POST' }), {
      allow: 'POST',
    });
  }
  const inDocument = operation.protectedArguments[0];
  if (isGet && inDocument !== undefined) return answer(400, 'Bad Request', protectedInUrl(inDocument));

  const coerced = operation.coerceVariables(params.variables ?? {});
  if (!('variables' in coerced)) return refuse(...coerced);
  const { variables } = coerced;
  const inVariables = isGet ? operation.findProtectedVariable(variables) : undefined;
  if (inVariables !== undefined) return answer(400, 'Bad Request', protectedInUrl(inVariables));

  const { costBudgetPerMinute } = run.identity;
  const { headers } = run.request;
  const stated = readStatedPurpose(headers, params.extensions);
  const { purposeMemory, purposes, personalRights } = options;
  const caller = rememberedCallerUnder(purposeMemory, run.identity.caller, stated, purposes.current, personalRights);
  if (caller instanceof GraphQLError) {
    run.refusedCoordinates = operation.demandedRights.map(({ coordinate }) => coordinate);
    return refuse(caller);
  }
  run.caller = caller;
  // Who expressly asks for clear values must say why; others get them masked without a word.
  const unexplained =
    caller.unmask === true ? operation.demandedRights.find((demanded) => asksBlindly(caller, demanded)) : undefined;
  if (unexplained !== undefined) {
    run.refusedCoordinates = operation.demandedRights.map(({ coordinate }) => coordinate);
    return refuse(graphProblem('PURPOSE_REQUIRED', { coordinate: unexplained.coordinate, right: unexplained.right }));
  }
  // Half a mutation is worse than none; what is missing in a query is the client's choice, and typed gaps by default.
  if (kind === 'mutation' || headers[MISSING_RIGHTS_HEADER] === 'refuse') {
    const inputs = findInputGaps(operation.demandedInputRights(variables), caller);
    const gaps = [...findGaps(operation.demandedRights, caller), ...inputs];
    if (gaps.length > 0) {
      run.refusedCoordinates = gaps.map(({ coordinate }) => coordinate);
      return refuse(...gaps.map(({ coordinate, source, right }) => accessRefused(caller, coordinate, source, right)));
    }
  }
  const cost = operation.cost(variables);
  run.headers['x-yiyun-cost'] = String(cost);
  // An operation dearer than a whole minute's budget would be told to wait for ever.
  const max = Math.min(maxCost, costBudgetPerMinute);
  if (cost > max) return refuse(graphProblem('COST_EXCEEDED', { cost, max }));
  const decision = budget.spend(caller.clientId, cost, costBudgetPerMinute);
  run.headers['x-yiyun-budget-left'] = String(decision.left);
  if (!decision.granted) {
    const { retryAfterSeconds: seconds } = decision;
    const problem = graphProblem('BUDGET_EXHAUSTED', { seconds });
    return answer(429, 'Too Many Requests', problem, { 'retry-after': String(seconds) });
  }
  run.cost = cost;
  return { operation, variables };
}

function protectedInUrl(argument: string): GraphQLError {
  return graphProblem('PROTECTED_ARGUMENT_IN_URL', { argument });
}
