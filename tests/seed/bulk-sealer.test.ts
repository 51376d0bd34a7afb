import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { BulkSealer } from '../../prisma/seed/loading/bulk-sealer.ts';
import { keyedHash, unseal } from '../../subgraphs/kit/store/sealing.ts';

test('what is sealed in bulk opens with the key, tag and all, and hashes as one text does', () => {
  for (let turn = 0; turn < 4; turn++) {
    const [field, lookup] = [randomBytes(32), randomBytes(32)];
    const sealer = new BulkSealer(field, lookup);
    const texts = Array.from({ length: 2_100 }, (_, index) => '330402199001011234一云'.repeat(3).slice(0, index % 40));
    const sealed = texts.map((text) => sealer.seal(text));
    expect(sealed.map((bytes) => unseal(field, bytes))).toEqual(texts);
    // No two texts share a nonce, also not from one draw to the next.
    expect(new Set(sealed.map((bytes) => bytes.subarray(0, 12).toString('hex'))).size).toBe(texts.length);
    expect(texts.map((text) => sealer.keyedHash(text))).toEqual(texts.map((text) => keyedHash(lookup, text)));
  }
});

test('a text sealed in bulk and then altered is not opened', () => {
  const field = randomBytes(32);
  const sealer = new BulkSealer(field, randomBytes(32));
  const sealed = sealer.seal('13800000000');
  for (let at = 0; at < sealed.length; at++) {
    const altered = Buffer.from(sealed);
    altered[at] = (altered[at] as number) ^ 1;
    expect(() => unseal(field, altered)).toThrow();
  }
});
