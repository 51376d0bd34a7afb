import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { graphProblem, type ProblemCode, problems } from '../../subgraphs/kit/codes/problems.ts';

/** What is logged of an unexpected error: where and of which kind, but no message, for messages quote values. */
export interface ErrorReport {
  readonly name: string;
  /** Code of a system, database or library error, such as `23505`. */
  readonly code?: string;
  /** Database object that the error is about. */
  readonly object?: string;
  readonly frames?: readonly string[];
  readonly message?: string;
  readonly cause?: ErrorReport;
}

/** @param withMessage only where the log is a developer's own. */
export function describeError(error: unknown, withMessage = false, level = 0): ErrorReport {
  if (!(error instanceof Error)) return { name: typeof error };
  // Fields that system, database and GraphQL errors add.
  const { code, constraint, table, originalError } = error as Error & Record<string, unknown>;
  const object = [table, constraint].filter((part) => typeof part === 'string').join('.');
  const cause = originalError ?? error.cause;
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(object === '' ? {} : { object }),
    ...(withMessage ? { message: error.message } : {}),
    frames: framesOf(error),
    ...(cause instanceof Error && level < 3 ? { cause: describeError(cause, withMessage, level + 1) } : {}),
  };
}

/** Logs an unexpected error and returns what the caller is told of it: a reference. */
export function reportInternalError(log: FastifyBaseLogger, what: string, ...errors: readonly unknown[]): GraphQLError {
  return reportAs('INTERNAL_ERROR', {}, log, what, ...errors);
}

/** The same for a failure whose kind the caller may know. */
export function reportAs(
  code: 'INTERNAL_ERROR' | 'IDENTITY_UNAVAILABLE' | 'TIMEOUT',
  values: Readonly<Record<string, string | number>>,
  log: FastifyBaseLogger,
  what: string,
  ...errors: readonly unknown[]
): GraphQLError {
  const reference = randomBytes(6).toString('hex');
  const withMessage = log.level === 'debug' || log.level === 'trace';
  log.error({ reference, errors: errors.map((error) => describeError(error, withMessage)) }, what);
  return graphProblem(code, { ...values, reference });
}

/**
 * Lets the graph's own problems through and masks everything else as one internal error with a reference, at its path.
 * The only place where errors are masked.
 */
export function maskErrors(result: ExecutionResult, log: FastifyBaseLogger): ExecutionResult {
  if (result.errors?.some(isAbsence)) {
    return maskErrors(
      { ...result, errors: result.errors.map((error) => (isAbsence(error) ? absent(error) : error)) },
      log,
    );
  }
  if (result.errors === undefined || result.errors.every(isShowable)) return result;
  const masked = reportInternalError(
    log,
    'unexpected errors in a result',
    ...result.errors.filter((e) => !isShowable(e)),
  );
  return {
    ...result,
    errors: result.errors.map((error) =>
      isShowable(error)
        ? error
        : new GraphQLError(masked.message, { path: error.path ?? null, extensions: masked.extensions }),
    ),
  };
}

/**
 * A field that may not be null, of an object that its owner does not know: what an id or a foreign key names need not
 * exist, or lies outside the caller's area. A subgraph that breaks its own promise reports an error, which is kept as
 * the original.
 */
const ABSENCE = /^Cannot return null for non-nullable field (\w+\.\w+)\.$/;

function isAbsence(error: GraphQLError): boolean {
  return error.originalError === undefined && !isShowable(error) && ABSENCE.test(error.message);
}

function absent(error: GraphQLError): GraphQLError {
  const problem = graphProblem('OBJECT_NOT_FOUND', { coordinate: ABSENCE.exec(error.message)?.[1] ?? '' });
  return new GraphQLError(problem.message, { path: error.path ?? null, extensions: problem.extensions });
}

/** The code of one of our problems; `GRAPHQL` for any other error. */
export function codeOf(error: Pick<GraphQLError, 'extensions'>): ProblemCode | 'GRAPHQL' {
  const code: unknown = error.extensions?.code;
  return typeof code === 'string' && Object.hasOwn(problems, code) ? (code as ProblemCode) : 'GRAPHQL';
}

function isShowable(error: GraphQLError): boolean {
  return codeOf(error) !== 'GRAPHQL';
}

function framesOf(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .slice(0, 12);
}
