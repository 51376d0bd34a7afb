import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { RestingText } from '../../subgraphs/kit/resting-text.ts';

test('a text is the same before and after it was compressed', async () => {
  const text = '居民 resident \u{1F3D8} '.repeat(20_000);
  const resting = new RestingText(text);
  expect(resting.text).toBe(text);
  await delay(200);
  expect(resting.text === text).toBe(true);
});
