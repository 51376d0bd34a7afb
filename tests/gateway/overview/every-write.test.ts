import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readExamples } from '../../../gateway/operations/examples.ts';
import { scenarioRole } from '../../../gateway/operations/scenario-result.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { openFigureCounters } from '../../../subgraphs/registry.ts';
import { openCityHub } from '../../kit/city-hub.ts';
import { settledOutbox } from '../../kit/settled-outbox.ts';

test('after every example mutation the figures of all places are what the rows say', async () => {
  await using hub = await openCityHub();
  const counters = openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource });
  for (const counter of counters) expect(await counter.recount(), counter.subgraph).toEqual([]);
  const mutations = readExamples(join(projectRoot, 'schema', 'operations')).filter(
    ({ city = 'jiaxing', document }) => city === 'jiaxing' && document.includes('mutation '),
  );
  expect(mutations.length).toBeGreaterThan(20);
  const written: string[] = [];
  const wrong: string[] = [];
  for (const example of mutations) {
    await hub.ask(scenarioRole(example), example.document, example.variables);
    for (const counter of counters) {
      await settledOutbox(hub.pool, counter.subgraph);
      if ((await counter.catchUp()).length > 0) written.push(example.name);
      // What the events have not told of, a whole count finds.
      for (const place of await counter.recount()) wrong.push(`${example.name}: ${counter.subgraph} ${place}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(written).toEqual(
    expect.arrayContaining(['report-incident', 'claim-list-entry', 'register-organization', 'rectify-finding']),
  );
}, 300_000);
