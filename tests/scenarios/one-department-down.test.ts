import { expect, test } from 'vitest';
import { REFERENCE_INSTANT } from '../../prisma/seed/reference-instant.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { openFigureCounters } from '../../subgraphs/registry.ts';
import { cityDatabase } from '../kit/city-database.ts';
import { operationDocument } from '../kit/operation-document.ts';
import { openTestGraph } from '../kit/test-graph.ts';

/** The parts of an overview that each department gives. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  people: ['population'],
  services: ['matters'],
  party: ['party'],
};
const ALL = ['population', 'force', 'bodies', 'matters', 'coverage', 'party'];

test.each(Object.entries(PARTS))(
  'scenario 15: with %s down a big screen keeps the rest of overview-community, and shows no wrong zero',
  async (down, missing) => {
    await using database = await cityDatabase();
    const { pool } = database;
    for (const counter of openFigureCounters({ pool, clock: fixedClock(REFERENCE_INSTANT), ids: uuidSource })) {
      await counter.catchUp();
    }
    const variables = { code: '330402007024' };
    await using whole = await openTestGraph({ pool });
    const before = (await whole.run(operationDocument('overview-community'), variables)).data;
    await using graph = await openTestGraph({ pool, down: [down] });
    const { data, errors = [] } = await graph.run(operationDocument('overview-community'), variables);
    // biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
    const [place, complete] = [(data as any).placeOverview, (before as any).placeOverview];
    for (const part of ALL) {
      if (missing.includes(part)) expect(place[part], part).toBeNull();
      else expect(place[part], part).toEqual(complete[part]);
    }
    expect(errors.length).toBeGreaterThan(0);
    for (const { extensions, message } of errors) {
      expect(extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: down });
      expect(message).toContain(down);
    }
    // Of the places below, too, what is missing is null and the rest is there.
    for (const child of place.children) {
      for (const part of missing) expect(child[part]).toBeNull();
      expect(child.force.gridCount).toBe(1);
    }
  },
);

test('scenario 15: with organizations down there is no place, and the error says whose it is', async () => {
  await using database = await cityDatabase();
  await using graph = await openTestGraph({ pool: database.pool, down: ['organizations'] });
  const { data, errors } = await graph.run(operationDocument('overview-city'), { code: '3304' });
  expect(data).toEqual({ placeOverview: null });
  expect(errors?.map(({ extensions }) => extensions?.subgraph)).toEqual(['organizations']);
});
