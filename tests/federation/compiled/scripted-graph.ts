import { composeServices } from '@theguild/federation-composition';
import { buildSchema, type ExecutionResult, parse } from 'graphql';
import { CompiledExecutor } from '../../../gateway/execute/compiled/compiled-executor.ts';
import { type ExecutableOperation, executableOperation } from '../../../gateway/execute/executable-operation.ts';
import type { Executor } from '../../../gateway/execute/executor.ts';
import type { SubgraphRequest, SubgraphTransport } from '../../../gateway/transport/subgraph-transport.ts';
import { HUB_CALLER } from '../../../subgraphs/kit/caller/caller.ts';
import { OperationTrace } from '../../../subgraphs/kit/operation-trace.ts';

/** A subgraph that answers what the test says, whatever it is asked. */
export interface ScriptedSubgraph {
  readonly sdl: string;
  readonly answer: () => ExecutionResult;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n`;

/** A compiled executor over scripted subgraphs; the fallback only notes what it was given. */
export function scriptedGraph(subgraphs: Readonly<Record<string, ScriptedSubgraph>>) {
  const { supergraphSdl, publicSdl } = composeServices(
    Object.entries(subgraphs).map(([name, { sdl }]) => ({ name, url: 'http://none', typeDefs: parse(LINK + sdl) })),
  );
  if (supergraphSdl === undefined || publicSdl === undefined) throw new Error('nothing composed');
  const asked: (SubgraphRequest & { readonly subgraph: string })[] = [];
  const fallbacks: string[] = [];
  const served: ExecutableOperation[] = [];
  const counted = { fallbackRequests: 0 };
  const transports = Object.entries(subgraphs).map(
    ([subgraph, { answer }]): SubgraphTransport => ({
      subgraph,
      readSdl: async () => '',
      execute: async (request) => {
        asked.push({ ...request, subgraph });
        return structuredAnswer(answer());
      },
      close: async () => {},
    }),
  );
  const fallback: Executor = {
    name: 'fallback',
    execute: async ({ prepared }) => {
      served.push(prepared);
      return { data: null };
    },
  };
  const executor = new CompiledExecutor({
    supergraphSdl,
    apiSchema: buildSchema(publicSdl),
    transports,
    fallback,
    onFallback: (reason) => fallbacks.push(reason),
    onFallbackRequest: () => {
      counted.fallbackRequests += 1;
    },
  });
  const run = (operation: string | ExecutableOperation) =>
    executor.execute({
      prepared: typeof operation === 'string' ? executableOperation(operation) : operation,
      variables: {},
      caller: HUB_CALLER,
      trace: new OperationTrace(),
    });
  return { executor, run, asked, fallbacks, served, counted };
}

/** An answer of the test's own is not to be changed by the plan's merging. */
function structuredAnswer({ data, ...rest }: ExecutionResult): ExecutionResult {
  return data === undefined ? rest : { ...rest, data: structuredClone(data) };
}
