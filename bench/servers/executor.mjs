/** The compiled executor alone: plans, in-process subgraphs and projection, without identity, policy, cost and record. */
import { executableOperation } from '../../gateway/execute/executable-operation.ts';
import { openGraph } from '../../gateway/open-graph.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import { listen } from './listen.mjs';
import { caller, openSubgraphs } from './product.mjs';

const graph = await openGraph({
  subgraphs: openSubgraphs().map(({ running }) => running),
  remoteUrls: {},
  signatureKey: Buffer.alloc(32),
  timeoutMilliseconds: 10_000,
  onSubgraphError: (subgraph, error) => console.error(subgraph, error),
  onFallback: (reason) => console.error('fallback', reason),
});
/** @type {Map<string, ReturnType<typeof executableOperation>>} */
const prepared = new Map();

listen(async ({ query, variables }) => {
  let operation = prepared.get(query);
  if (operation === undefined) {
    operation = executableOperation(query);
    prepared.set(query, operation);
  }
  return JSON.stringify(
    await graph.executor.execute({ prepared: operation, variables, caller, trace: new OperationTrace() }),
  );
});
