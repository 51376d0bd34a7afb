import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { ShortHmac } from '../../prisma/seed/loading/short-hmac.ts';

test('a short text is hashed as node:crypto does it, up to the last that fits into a block', () => {
  for (const keyBytes of [0, 1, 32, 64]) {
    const key = randomBytes(keyBytes);
    const hmac = new ShortHmac(key);
    const texts = Array.from({ length: 56 }, (_, size) => '0123456789X~ az\n'.repeat(4).slice(0, size));
    expect(texts.map((text) => hmac.digest(text)?.toString('hex'))).toEqual(
      texts.map((text) => createHmac('sha256', key).update(text).digest('hex')),
    );
  }
});

test('a longer text, one that is not ASCII and a key of more than a block are not taken', () => {
  const hmac = new ShortHmac(Buffer.alloc(32, 1));
  expect(hmac.digest('1'.repeat(56))).toBeUndefined();
  expect(hmac.digest('一')).toBeUndefined();
  expect(() => new ShortHmac(Buffer.alloc(65))).toThrow('longer than a block');
});
