import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { KeyedHash } from '../../../subgraphs/kit/store/keyed-hash.ts';

test('a text is hashed as node:crypto does it, of any length and alphabet', () => {
  for (const keyBytes of [0, 1, 32, 64]) {
    const key = randomBytes(keyBytes);
    const keyed = new KeyedHash(key);
    const texts = Array.from({ length: 130 }, (_, size) => '0123456789X~ az\n'.repeat(9).slice(0, size)).concat('一云');
    expect(texts.map((text) => keyed.of(text).toString('hex'))).toEqual(
      texts.map((text) => createHmac('sha256', key).update(text).digest('hex')),
    );
  }
  expect(() => new KeyedHash(Buffer.alloc(65))).toThrow('a key of 65 bytes');
});
