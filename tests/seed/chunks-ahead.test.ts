import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ChunksAhead } from '../../prisma/seed/loading/chunks-ahead.ts';
import { type CityChunk, cityChunks } from '../../prisma/seed/loading/city-chunks.ts';
import { keyedHash, seal } from '../../subgraphs/kit/store/sealing.ts';
import { TEST_KEYS } from '../kit/city-database.ts';

const CITY = { city: 'jiaxing', scale: 0.001 } as const;
const BOUND = 2 * 1024 * 1024;

test('a city that a thread has begun before its database is the same, byte for byte', async () => {
  const ahead = new ChunksAhead(CITY, TEST_KEYS, BOUND);
  while (ahead.bytes < BOUND) await delay(1);
  await delay(50);
  const begun = ahead.bytes;

  const chunks: CityChunk[] = [];
  for await (const chunk of ahead) chunks.push(chunk);
  const direct = [
    ...cityChunks(CITY, {
      seal: (plain) => seal(TEST_KEYS.field, plain),
      keyedHash: (plain) => keyedHash(TEST_KEYS.lookup, plain),
    }),
  ];

  expect(begun).toBeLessThan(1.5 * BOUND);
  expect(chunks.length).toBeGreaterThan(8);
  const shapes = (made: readonly CityChunk[]) => made.map(({ table, rows, data }) => [table, rows, data.length]);
  expect(shapes(chunks)).toEqual(shapes(direct));
  // Sealing draws a nonce, so that two runs differ there.
  const open = (made: readonly CityChunk[]) =>
    Buffer.concat(
      made.flatMap(({ table, statement, data }) => (/_sealed/.test(statement) ? [Buffer.from(table)] : [data])),
    );
  expect(open(chunks).equals(open(direct))).toBe(true);
  expect(ahead.bytes).toBe(0);
});

test('what nobody takes is given up, and no more is made', async () => {
  const ahead = new ChunksAhead(CITY, TEST_KEYS, BOUND);
  while (ahead.bytes === 0) await delay(1);

  await ahead.stop();
  await delay(20);

  expect(ahead.bytes).toBe(0);
});

test('a thread that fails, or ends before the city is whole, is told to who takes the chunks', async () => {
  const failing = new ChunksAhead({ ...CITY, scale: -1 }, TEST_KEYS);
  await expect(failing[Symbol.asyncIterator]().next()).rejects.toThrow('Scale -1');

  const stopped = new ChunksAhead(CITY, TEST_KEYS, 1);
  const chunks = stopped[Symbol.asyncIterator]();
  await chunks.next();
  await stopped.stop();
  await expect(chunks.next()).rejects.toThrow('ended early');
});
