import { afterAll, beforeAll, expect, test } from 'vitest';
import { distinctOperations } from '../../bench/kit/distinct-operations.mjs';
import { isDemoRole } from '../../gateway/identity/demo-clients.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { cityDatabase } from '../kit/city-database.ts';
import { type InspectedHub, startInspectedHub } from '../kit/inspected-hub.ts';
import type { TestDatabase } from '../kit/test-database.ts';

/*
 * What lives on the heap after a forced collection, which does not depend on how fast or how busy the machine is; the
 * bounds are some 15 % above what was measured, see ADR 0070. What a process weighs beside its heap is measured by
 * `npm run bench:memory`.
 */
const OPERATIONS = 200;
/** More than a subgraph's document is run before it is compiled. */
const RUNS = 10;
/** Measured: 74. */
const MOST_AT_THE_START = 85;
/** Measured: 126. */
const MOST_AFTERWARDS = 145;
/** What the same requests may add when they are asked again: 4 of code that is optimised late, or 4 KiB for each. */
const MOST_GROWTH = 8;

let database: TestDatabase;
let hub: InspectedHub;
beforeAll(async () => {
  database = await cityDatabase();
  hub = await startInspectedHub(database.url, []);
});
afterAll(async () => {
  await hub?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
});

async function liveMebibytes(): Promise<number> {
  // What the first leaves to be finished is collected by the second.
  await hub.collectGarbage();
  await hub.collectGarbage();
  return (await hub.heapUsed()) / 1024 ** 2;
}

test('a hub holds a bounded heap with many distinct operations, and no more when they are asked again', {
  timeout: 400_000,
}, async () => {
  const operations = distinctOperations(projectRoot, OPERATIONS);
  const askAll = async (times: number) => {
    for (let run = 0; run < times; run++) {
      for (const { role, query, variables } of operations)
        await hub.ask(isDemoRole(role) ? role : 'system', query, variables);
    }
  };

  const started = await liveMebibytes();
  await askAll(RUNS);
  const warm = await liveMebibytes();
  await askAll(RUNS);
  const again = await liveMebibytes();

  const measured = { started, warm, again };
  expect(started, JSON.stringify(measured)).toBeLessThan(MOST_AT_THE_START);
  expect(warm, JSON.stringify(measured)).toBeLessThan(MOST_AFTERWARDS);
  expect(again - warm, JSON.stringify(measured)).toBeLessThan(MOST_GROWTH);
});
