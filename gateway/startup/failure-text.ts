import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { describeError } from '../http/error-report.ts';

/** A failure as a program tells whoever runs it: one sentence, without a stack; the problem's own where it is known. */
export function failureText(error: unknown): string {
  if (error instanceof StartupProblem) return error.message;
  const { name, code } = describeError(error);
  const what = code === undefined ? name : `${name} ${code}`;
  return `意外错误（${what}）：请以 YIYUN_LOG_LEVEL=debug 重新运行查看详情。 Unexpected error (${what}): run again with YIYUN_LOG_LEVEL=debug to see where.`;
}

/** Ends a command line program with what went wrong. */
export function failProgram(error: unknown, environment: NodeJS.ProcessEnv): void {
  console.error(failureText(error));
  if (!(error instanceof StartupProblem) && environment.YIYUN_LOG_LEVEL === 'debug') console.error(error);
  process.exitCode = 1;
}
