import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readExamples } from '../../gateway/operations/examples.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { cityDatabase } from '../kit/city-database.ts';
import { openTestGraph } from '../kit/test-graph.ts';

const examples = readExamples(join(projectRoot, 'schema', 'operations')).filter(({ city }) => city === undefined);
const reading = examples.filter(({ document }) => !document.includes('mutation '));

test('there are operations to compare, and one touches all five subgraphs', () => {
  expect(reading.map(({ name }) => name)).toContain('community-at-a-glance');
});

test('every reading operation answers the same in one process and over HTTP', async () => {
  await using database = await cityDatabase();
  await using inProcess = await openTestGraph({ pool: database.pool });
  await using apart = await openTestGraph({ pool: database.pool, mode: 'http' });
  for (const { name, document, variables } of reading) {
    const { statements, ...here } = await inProcess.run(document, variables);
    // Run again, documents are compiled and read chosen columns only.
    const { statements: _again, ...compiled } = await inProcess.run(document, variables);
    if (name !== 'changes') expect(compiled, name).toEqual(here);
    const { statements: _unseen, ...there } = await apart.run(document, variables);
    expect(here.errors, name).toBeUndefined();
    // Where the feed stands moves on with every transaction.
    if (name !== 'changes') expect(there, name).toEqual(here);
    if (name === 'community-at-a-glance') {
      expect(Object.keys(statements).sort()).toEqual(['catalog', 'organizations', 'party', 'people', 'services']);
    }
  }
});
