import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { withoutStacks } from '../../kit/without-stacks.ts';
import { comparable } from './compare-answers.ts';
import { randomBreakage } from './random-breakage.ts';
import { randomOperation } from './random-operation.ts';
import { RunningWorld } from './run-world.ts';
import { SeededRandom } from './seeded-random.ts';
import { worlds } from './worlds.ts';

const ROUNDS = Number(process.env.DIFFERENTIAL_ROUNDS ?? 500);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1);

/** Limits of the planner. */
const KNOWN_REASONS = /Expected a single parent|a fragment behind an interface object/;

/** How much of a world the fallback may serve; of the others none. */
const FALLBACK_SHARES: Readonly<Record<string, number>> = { shop: 0.25, library: 0.7 };

describe.each(worlds)('random operations over $name', (world) => {
  it('are answered as by a monolith over the same data', { timeout: 240_000 }, async () => {
    const running = new RunningWorld(world);
    using _ = withoutStacks();
    for (let round = 0; round < ROUNDS; round++) {
      const random = new SeededRandom(SEED * 1_000_003 + round);
      const kind = world.apiSchema.getMutationType() != null && random.chance(0.6) ? 'mutation' : 'query';
      const { text, variables } = randomOperation(world.apiSchema, random, kind);
      running.breakage = randomBreakage(world, random);
      running.log = [];
      const expected = comparable(await running.oracle(text, variables));
      const expectedLog = running.log;
      running.log = [];
      const fallbacks = running.fallbacks.length;
      const answer = await running.run(running.compiled, text, variables);
      // What the fallback answers is not under test.
      if (running.fallbacks.length > fallbacks) continue;
      const got = { ...comparable(answer), log: running.log };
      const wanted = { ...expected, log: expectedLog };
      // Thousands of comparisons: the slow one, which shows the difference, only where there is any.
      if (!isDeepStrictEqual(got, wanted)) {
        const context = `round ${round} ${JSON.stringify(variables)} down ${[...running.breakage.down].join()}\n${text}`;
        expect(got, context).toEqual(wanted);
      }
    }
    expect(running.fallbacks.filter((reason) => !KNOWN_REASONS.test(reason))).toEqual([]);
    // An engine that leaves everything to its fallback would pass as well.
    expect(running.fallbacks.length).toBeLessThanOrEqual(ROUNDS * (FALLBACK_SHARES[world.name] ?? 0));
  });
});
