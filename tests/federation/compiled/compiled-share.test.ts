import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CompiledExecutor } from '../../../gateway/execute/compiled/compiled-executor.ts';
import { executableOperation } from '../../../gateway/execute/executable-operation.ts';
import { ReferenceCheck } from '../../../gateway/execute/reference-check.ts';
import { readExamples } from '../../../gateway/operations/examples.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { freshDatabase } from '../../kit/test-database.ts';
import { openTestGraph } from '../../kit/test-graph.ts';

test('every document below schema/operations is compiled; none is left to the stitching executor', async () => {
  await using database = await freshDatabase();
  await using graph = await openTestGraph({ pool: database.pool });
  const { executor: checked } = graph.graph;
  const executor = checked instanceof ReferenceCheck ? checked.inner : checked;
  if (!(executor instanceof CompiledExecutor)) throw new Error('operations are not compiled here');
  const examples = readExamples(join(projectRoot, 'schema', 'operations'));
  const obstacles = examples.map(({ name, document }) => [name, executor.findObstacle(executableOperation(document))]);
  expect(obstacles.filter(([, obstacle]) => obstacle !== undefined)).toEqual([]);
  expect(examples.length).toBeGreaterThan(10);
});
