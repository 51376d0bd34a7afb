import type { FastifyRequest } from 'fastify';
import { parseRequestParams, type Request, type RequestParams, type Response } from 'graphql-http';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { problemResponse } from './problem-reply.ts';

/** What `graphql-http` says about a malformed request, in Chinese. */
const chinese: Readonly<Record<string, string>> = {
  'Missing body': '缺少请求体',
  'Unparsable JSON body': '请求体不是合法的 JSON',
  'JSON body must be an object': '请求体必须是 JSON 对象',
  'Unparsable URL': '网址参数无法解析',
  'Missing query': '缺少 query 参数',
  'Invalid query': 'query 参数必须是文本',
  'Invalid variables': 'variables 参数必须是对象',
  'Invalid operationName': 'operationName 参数必须是文本',
  'Invalid extensions': 'extensions 参数必须是对象',
};

const BAD_REQUEST = [400, 'Bad Request'] as const;

/**
 * Reads the parameters of a GraphQL-over-HTTP request, from the body or the URL; a batch is refused, and what is
 * malformed, both with status 400.
 */
export async function readRequestParams<Context>(
  request: Request<FastifyRequest, Context>,
): Promise<RequestParams | Response> {
  try {
    if (request.method !== 'POST' || typeof request.body !== 'string' || request.body === '' || !isJson(request.raw)) {
      return await parseRequestParams({ ...request, url: withOneQuestionMark(request.url) });
    }
    const body = parseBody(request.body);
    if (Array.isArray(body)) return problemResponse(request.raw, BAD_REQUEST, [graphProblem('BATCHING_REFUSED')]);
    // Numbers and texts are refused by the parser, which takes them for what they are.
    return await parseRequestParams({ ...request, body: body as Record<string, unknown> | null });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const text = chinese[message];
    if (text === undefined) throw error;
    const problem = graphProblem('REQUEST_MALFORMED', { reasonZh: text, reasonEn: message });
    return problemResponse(request.raw, BAD_REQUEST, [problem]);
  }
}

/**
 * The parameters in a JSON body whose media type is known to be accepted; undefined when there is anything to say
 * against them, which is left to `readRequestParams`.
 */
export function findPlainParams(body: string): RequestParams | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isObject(parsed)) return undefined;
  const { query, variables, operationName, extensions } = parsed;
  if (typeof query !== 'string') return undefined;
  if (operationName != null && typeof operationName !== 'string') return undefined;
  if (variables != null && !isObject(variables)) return undefined;
  if (extensions != null && !isObject(extensions)) return undefined;
  return { query, variables, operationName, extensions };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJson(request: FastifyRequest): boolean {
  return /^\s*application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the body.
    throw new Error('Unparsable JSON body');
  }
}

/** A query may contain a bare `?` (RFC 3986); the parser takes it for another beginning and cuts it off. */
function withOneQuestionMark(url: string): string {
  const start = url.indexOf('?');
  return start < 0 ? url : url.slice(0, start + 1) + url.slice(start + 1).replaceAll('?', '%3F');
}
