import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { generateCity } from '../../prisma/seed/generate-city.ts';

test('making a twentieth of Jiaxing holds little more than one community in memory', { timeout: 120_000 }, () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  let people = 0;
  let community: string | null = null;
  let before = 0;
  let peak = 0;
  let communities = 0;
  for (const batch of generateCity({ city: 'jiaxing', scale: 0.05 })) {
    people += batch.rows['people.person']?.length ?? 0;
    if (batch.communityCode === community) continue;
    community = batch.communityCode;
    if (before === 0) before = heap();
    // Collecting goes through all that other files have left in this worker; what is held on to adds up anyway.
    if (communities++ % 8 === 7) peak = Math.max(peak, heap());
  }
  expect(people).toBeGreaterThan(250_000);
  expect(peak).toBeGreaterThan(0);
  // Rows of 280,000 people would take more than 500 MiB.
  expect(peak - before).toBeLessThan(60);
});
