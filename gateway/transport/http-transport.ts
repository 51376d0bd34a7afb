import { type DocumentNode, type ExecutionResult, GraphQLError, print } from 'graphql';
import { type Caller, HUB_CALLER } from '../../subgraphs/kit/caller/caller.ts';
import { SIGNATURE_HEADER, signRequest } from '../../subgraphs/kit/caller/gateway-signature.ts';
import { graphProblem, type ProblemCode, problems, problemText } from '../../subgraphs/kit/codes/problems.ts';
import { abortSignalOf, type CancelSignal } from '../execute/cancellation.ts';
import type { SubgraphErrorListener } from './in-process-transport.ts';
import { postJson } from './post-json.ts';
import type { RunPreparedDocument, SubgraphRequest, SubgraphTransport } from './subgraph-transport.ts';

export interface HttpTransportOptions {
  readonly subgraph: string;
  readonly url: string;
  readonly signatureKey: Buffer;
  readonly timeoutMilliseconds: number;
  readonly onError: SubgraphErrorListener;
}

/** Values in our texts are codes, names and coordinates. */
const MAX_VALUE_CHARACTERS = 300;
/** Answers larger than this are not read to their end: a subgraph gone wild must not take the gateway with it. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Runs plan steps in a subgraph of its own process, department or language, under the gateway's signature. */
export class HttpTransport implements SubgraphTransport {
  readonly subgraph: string;
  readonly #options: HttpTransportOptions;
  #url: URL | undefined;

  constructor(options: HttpTransportOptions) {
    this.subgraph = options.subgraph;
    this.#options = options;
  }

  async readSdl(): Promise<string> {
    const result = await this.#send({ query: '{ _service { sdl } }' }, HUB_CALLER, undefined);
    const service = result.data?._service as { sdl?: unknown } | undefined;
    if (typeof service?.sdl !== 'string') throw new Error(`${this.#options.url} did not answer with its contract`);
    return service.sdl;
  }

  async execute(request: SubgraphRequest): Promise<ExecutionResult> {
    const { document, variables, operationName, caller, signal } = request;
    return this.#ask({ query: print(document), variables, operationName }, caller, signal, onlyReads(document));
  }

  prepare(document: DocumentNode): RunPreparedDocument {
    const query = print(document);
    const mayRepeat = onlyReads(document);
    return ({ variables, caller, signal }) => this.#ask({ query, variables }, caller, signal, mayRepeat);
  }

  async close(): Promise<void> {}

  async #ask(
    message: object,
    caller: Caller,
    signal: CancelSignal | undefined,
    mayRepeat: boolean,
  ): Promise<ExecutionResult> {
    try {
      return await this.#send(message, caller, signal, mayRepeat);
    } catch (error) {
      this.#options.onError(this.subgraph, error);
      const code = error instanceof InvalidAnswer ? 'SUBGRAPH_ANSWER_INVALID' : 'SUBGRAPH_UNAVAILABLE';
      return { errors: [graphProblem(code, { subgraph: this.subgraph })] };
    }
  }

  async #send(
    message: object,
    caller: Caller,
    signal: CancelSignal | undefined,
    mayRepeat = true,
  ): Promise<ExecutionResult> {
    const body = JSON.stringify(message);
    const { url, signatureKey, timeoutMilliseconds } = this.#options;
    this.#url ??= new URL(url);
    const { text, status } = await postJson({
      url: this.#url,
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        [SIGNATURE_HEADER]: signRequest(signatureKey, this.subgraph, caller, body),
      },
      body,
      signal: signal === undefined ? undefined : abortSignalOf(signal),
      timeoutMilliseconds,
      mayRepeat,
      maxBytes: MAX_ANSWER_BYTES,
      tooLarge: () => new InvalidAnswer(`more than ${MAX_ANSWER_BYTES} bytes`),
    });
    return readAnswer(text, status);
  }
}

function onlyReads({ definitions }: DocumentNode): boolean {
  return definitions.every(
    (definition) => definition.kind !== 'OperationDefinition' || definition.operation === 'query',
  );
}

/** The subgraph answered, but not with a GraphQL result. */
class InvalidAnswer extends Error {}

function readAnswer(text: string, status: number): ExecutionResult {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new InvalidAnswer(`HTTP ${status} without JSON`);
  }
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new InvalidAnswer(`HTTP ${status} without a GraphQL result`);
  }
  const { data, errors } = answer as { data?: unknown; errors?: unknown };
  if (status >= 500 && data === undefined) throw new Error(`HTTP ${status}`);
  return {
    ...(data === undefined ? {} : { data: data as NonNullable<ExecutionResult['data']> }),
    ...(Array.isArray(errors) ? { errors: errors.map(toGraphQLError) } : {}),
  };
}

/**
 * A code of ours is told in our own words, whatever the subgraph wrote beside it: a subgraph of another house must not
 * speak with the hub's voice. Any other error is masked at the edge.
 */
function toGraphQLError(raw: unknown): GraphQLError {
  const { message, path, extensions } = (raw ?? {}) as Partial<GraphQLError>;
  const place = path === undefined ? {} : { path };
  const code = extensions?.code;
  if (typeof code === 'string' && Object.hasOwn(problems, code)) {
    const values = Object.fromEntries(
      Object.entries(extensions ?? {}).filter((entry): entry is [string, string | number] => isPlain(entry[1])),
    );
    // Looked up just above.
    return new GraphQLError(problemText(code as ProblemCode, values), { ...place, extensions: values });
  }
  return new GraphQLError(typeof message === 'string' ? message : 'unknown error', {
    ...place,
    ...(extensions === undefined ? {} : { extensions }),
  });
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.length <= MAX_VALUE_CHARACTERS);
}
