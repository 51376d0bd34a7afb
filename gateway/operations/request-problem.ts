import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { type ProblemCode, problemText } from '../../subgraphs/kit/codes/problems.ts';
import { chineseOf } from './error-texts-zh.ts';

/** One of GraphQL's own messages as a problem of the graph: with its code, and in Chinese too. */
export function requestProblem(
  code: Extract<ProblemCode, 'DOCUMENT_SYNTAX' | 'DOCUMENT_INVALID' | 'VARIABLE_INVALID'>,
  message: string,
  place: Pick<GraphQLErrorOptions, 'nodes' | 'source' | 'positions'>,
): GraphQLError {
  const text = problemText(code, { reasonZh: chineseOf(message), reasonEn: message });
  return new GraphQLError(text, { ...place, extensions: { code } });
}
