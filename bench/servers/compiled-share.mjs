/** Prints how many of the documents below schema/operations the compiled executor serves, and what is in the way of others. */
import { join } from 'node:path';
import { CompiledExecutor } from '../../gateway/execute/compiled/compiled-executor.ts';
import { executableOperation } from '../../gateway/execute/executable-operation.ts';
import { openGraph } from '../../gateway/open-graph.ts';
import { readExamples } from '../../gateway/operations/examples.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { openSubgraphs } from './product.mjs';

const graph = await openGraph({
  subgraphs: openSubgraphs().map(({ running }) => running),
  remoteUrls: {},
  signatureKey: Buffer.alloc(32),
  timeoutMilliseconds: 10_000,
  onSubgraphError: () => {},
});
// What names entities in its arguments is checked before it is run, by an executor around the compiled one.
const { inner: executor } = /** @type {{ inner?: unknown }} */ (graph.executor);
if (!(executor instanceof CompiledExecutor)) throw new Error('operations are not compiled here');
const examples = readExamples(join(projectRoot, 'schema', 'operations'));
const obstacles = examples.flatMap(({ name, document }) => {
  const obstacle = executor.findObstacle(executableOperation(document));
  return obstacle === undefined ? [] : [`${name}: ${obstacle}`];
});
console.log(JSON.stringify({ documents: examples.length, compiled: examples.length - obstacles.length, obstacles }));
process.exit();
