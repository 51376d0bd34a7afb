import { executableOperation } from '../../../gateway/execute/executable-operation.ts';
/**
 * Compares what a request costs under both executors: CPU microseconds of the process, alternating rounds, median.
 * The subgraphs are those of a test world, whose resolvers cost something too. Run by hand:
 * `node --import tsx tests/federation/compiled/measure.ts`.
 */
import type { Executor } from '../../../gateway/execute/executor.ts';
import { HUB_CALLER } from '../../../subgraphs/kit/caller/caller.ts';
import { OperationTrace } from '../../../subgraphs/kit/operation-trace.ts';
import { RunningWorld } from './run-world.ts';
import { worlds } from './worlds.ts';

const operations = {
  neighbours: `{ people { name nickname home { street area { title busy } } friends { name visits { note where { title } } }
    visits { note } livesIn { title } } homes { street address { zip country { code } } } }`,
  shop: '{ articles { name days fee box sku { code } parts { label } } shelves { row articles { amount } } }',
  creatures: `{ nodes { id ... on Cat { name owner { name pets { ... on Dog { name chip { serial } } } } }
    ... on Dog { name owner { address } } } owners { price favourite { ... on Cat { lives mood } } } }`,
};

const ROUNDS = 7;
const REQUESTS = { compiled: 1_000, stitching: 100 };

for (const [name, text] of Object.entries(operations)) {
  const world = worlds.find((candidate) => candidate.name === name);
  if (world === undefined) throw new Error(name);
  const running = new RunningWorld(world);
  const prepared = executableOperation(text);
  const spent = { compiled: [] as number[], stitching: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const engine of ['compiled', 'stitching'] as const) {
      spent[engine].push(await cpuMicroseconds(running[engine], REQUESTS[engine]));
      running.asked.length = 0;
    }
  }
  const [compiled, stitching] = [median(spent.compiled), median(spent.stitching)];
  const ratio = (stitching / compiled).toFixed(1);
  console.log(`${name}: compiled ${compiled.toFixed(0)} µs, stitching ${stitching.toFixed(0)} µs, ratio ${ratio}`);

  async function cpuMicroseconds(executor: Executor, requests: number): Promise<number> {
    const before = process.cpuUsage();
    for (let count = 0; count < requests; count++) {
      await executor.execute({ prepared, variables: {}, caller: HUB_CALLER, trace: new OperationTrace() });
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / requests;
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
