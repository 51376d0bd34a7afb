import { expect, it } from 'vitest';
import { BoundedCache } from '../../gateway/operations/bounded-cache.ts';

it('forgets what was not used for longest, by number and by weight', () => {
  const cache = new BoundedCache<number>(3, 100);
  for (const [index, key] of ['a', 'b', 'c'].entries()) cache.set(key, index, 1);
  // The newest may be asked for as often as one likes without becoming any newer.
  expect([cache.get('c'), cache.get('a'), cache.get('a'), cache.get('c')]).toEqual([2, 0, 0, 2]);
  cache.set('d', 3, 1);
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([0, undefined, 2, 3]);
  cache.set('e', 4, 99);
  expect(['a', 'c', 'd', 'e'].map((key) => cache.get(key))).toEqual([undefined, undefined, 3, 4]);
  expect(cache.size).toBe(2);
});

it('keeps nothing that is too heavy, and takes a key anew', () => {
  const cache = new BoundedCache<string>(3, 10);
  cache.set('a', 'first', 4);
  cache.set('a', 'second', 4);
  cache.set('b', 'heavy', 11);
  expect([cache.get('a'), cache.get('b'), cache.size]).toEqual([undefined, undefined, 0]);
  cache.set('b', 'light', 1);
  expect(cache.get('b')).toBe('light');
});
