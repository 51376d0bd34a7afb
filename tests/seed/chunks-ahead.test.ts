import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ChunksAhead } from '../../prisma/seed/loading/chunks-ahead.ts';
import { type CityChunk, cityChunks } from '../../prisma/seed/loading/city-chunks.ts';

const CITY = { city: 'jiaxing', scale: 0.001 } as const;
/** Sealing draws a nonce, so that two runs would differ; here they must not. */
const plain = { seal: (text: string) => Buffer.from(text), keyedHash: (text: string) => Buffer.from(text) };

test('a city that was begun before its database is the same, byte for byte', async () => {
  const ahead = new ChunksAhead(cityChunks(CITY, plain), 2 * 1024 * 1024);
  while (ahead.bytes < 2 * 1024 * 1024) await delay(1);
  const begun = ahead.bytes;

  const chunks = [...ahead];
  const direct = [...cityChunks(CITY, plain)];

  expect(begun).toBeLessThan(3 * 1024 * 1024);
  expect(chunks.length).toBeGreaterThan(8);
  expect(chunks.map(({ table, rows }) => [table, rows])).toEqual(direct.map(({ table, rows }) => [table, rows]));
  expect(Buffer.concat(chunks.map(({ data }) => data)).equals(Buffer.concat(direct.map(({ data }) => data)))).toBe(
    true,
  );
  expect(ahead.bytes).toBe(0);
});

test('what nobody takes is given up, and no more is made', async () => {
  let made = 0;
  function* endless(): Generator<CityChunk, void, undefined> {
    for (;;) {
      made += 1;
      yield { table: 'people.person', statement: '', data: Buffer.alloc(1), rows: 1 };
    }
  }
  const ahead = new ChunksAhead(endless());
  while (made < 3) await delay(1);

  ahead.stop();
  const then = made;
  await delay(20);

  expect([made, ahead.bytes]).toEqual([then, 0]);
});

test('a failure is told to who takes the chunks, after those that were whole', async () => {
  const whole: CityChunk = { table: 'people.person', statement: '', data: Buffer.alloc(1), rows: 1 };
  function* failing(): Generator<CityChunk, void, undefined> {
    yield whole;
    throw new Error('no more names');
  }
  const ahead = new ChunksAhead(failing());
  await delay(20);
  const taken: CityChunk[] = [];

  expect(() => {
    for (const chunk of ahead) taken.push(chunk);
  }).toThrow('no more names');
  expect(taken).toEqual([whole]);
});
