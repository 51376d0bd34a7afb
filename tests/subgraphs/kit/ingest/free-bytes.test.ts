import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { freeBytes } from '../../../../subgraphs/kit/ingest/free-bytes.ts';

const MEBIBYTE = 1024 ** 2;

test('memory of pieces is given back as they are freed, however many come', async () => {
  const piece = () => Buffer.from(new ArrayBuffer(64 * 1024));
  freeBytes(piece());
  // As soon as the way to nowhere is open.
  await setTimeout(20);
  const before = process.memoryUsage().arrayBuffers;
  let greatest = before;
  for (let count = 0; count < 4_000; count++) {
    freeBytes(piece());
    greatest = Math.max(greatest, process.memoryUsage().arrayBuffers);
  }
  expect((greatest - before) / MEBIBYTE).toBeLessThan(1);
});

test('a piece of memory that others use stays as it is, and so does what is empty or freed already', () => {
  const whole = Buffer.from(new ArrayBuffer(1_024)).fill('x');
  const part = whole.subarray(0, 512);
  freeBytes(part);
  expect(part.toString()).toBe('x'.repeat(512));
  freeBytes(whole);
  expect([whole.length, part.length]).toEqual([0, 0]);
  freeBytes(whole);
  freeBytes(Buffer.alloc(0));
});
