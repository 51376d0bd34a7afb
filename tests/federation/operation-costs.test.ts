import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readExamples } from '../../gateway/operations/examples.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { cityDatabase } from '../kit/city-database.ts';
import { openTestGraph } from '../kit/test-graph.ts';

/**
 * Prepared statements per subgraph of every example operation, whatever the number of rows: one per subgraph and level
 * of a plan step. (The writes of a mutation go through Prisma and are not counted here, only its reads.) An operation that gets dearer changes this table, and says so in review.
 */
const STATEMENTS: Record<string, Record<string, number>> = {
  'change-residence': { people: 3 },
  'community-at-a-glance': { catalog: 1, organizations: 5, party: 2, people: 2, services: 4 },
  'data-cards': { catalog: 2 },
  'facilities-of-a-city': { organizations: 1, services: 2 },
  'functional-zone': { organizations: 3 },
  'grid-chief-change': { organizations: 3 },
  'household-dossier': { organizations: 3, party: 1, people: 5, services: 1 },
  'incident-queue': { organizations: 3, services: 1 },
  'operations-in-use': { catalog: 2 },
  purposes: {},
  'register-system': { catalog: 1 },
  'report-incident': { organizations: 1, services: 3 },
  'service-items': { services: 1 },
  'transfer-membership': { party: 4 },
};

test('every example operation costs the statements that it is known to cost', async () => {
  await using database = await cityDatabase();
  await using graph = await openTestGraph({ pool: database.pool });
  const found: Record<string, Record<string, number>> = {};
  for (const { name, city, document, variables } of readExamples(join(projectRoot, 'schema', 'operations'))) {
    if (city !== undefined) continue;
    const { errors, statements } = await graph.run(document, variables);
    expect(errors, name).toBeUndefined();
    found[name] = statements;
  }
  expect(found).toEqual(STATEMENTS);
});
