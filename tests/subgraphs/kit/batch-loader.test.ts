import { expect, test } from 'vitest';
import { BatchLoader } from '../../../subgraphs/kit/batch-loader.ts';

function openLoader(read?: (keys: readonly string[]) => Promise<readonly string[]>) {
  const batches: (readonly string[])[] = [];
  const loader = new BatchLoader<string>((keys) => {
    batches.push([...keys]);
    return read?.(keys) ?? Promise.resolve(keys.map((key) => key.toUpperCase()));
  });
  return { loader, batches };
}

test('what is asked for within one turn is read at once, also by whoever comes to it through promises; each key once', async () => {
  const { loader, batches } = openLoader();
  const later = Promise.resolve().then(() => Promise.resolve().then(() => loader.load('c')));
  expect(await Promise.all([loader.load('a'), loader.load('b'), loader.load('a'), later])).toEqual([
    'A',
    'B',
    'A',
    'C',
  ]);
  expect(await loader.load('a')).toBe('A');
  expect(batches).toEqual([['a', 'b', 'c']]);
});

test('what the answers lead to is one batch again', async () => {
  const { loader, batches } = openLoader();
  await Promise.all(['a', 'b', 'c'].map((key) => loader.load(key).then((value) => loader.load(`${value}2`))));
  expect(batches).toEqual([
    ['a', 'b', 'c'],
    ['A2', 'B2', 'C2'],
  ]);
});

test('all of several keys come as one promise, in their order, whichever batch they are in', async () => {
  const { loader, batches } = openLoader();
  const first = loader.load('b');
  await new Promise((resolve) => setImmediate(resolve));
  expect(await loader.loadAll(['a', 'b', 'c', 'a'])).toEqual(['A', 'B', 'C', 'A']);
  expect(await loader.loadAll([])).toEqual([]);
  expect(await first).toBe('B');
  expect(batches).toEqual([['b'], ['a', 'c']]);
});

test('a failure is that of each key, and of those who asked for all', async () => {
  const { loader } = openLoader(async (keys) => {
    throw new Error(`not ${keys.join()}`);
  });
  const settled = await Promise.allSettled([loader.load('a'), loader.load('b'), loader.loadAll(['a', 'b'])]);
  expect(settled.map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
    'Error: not a,b',
    'Error: not a,b',
    'Error: not a,b',
  ]);
  await expect(loader.load('a').catch((error: Error) => error.message)).resolves.toBe('not a,b');
});

test('too few values for its keys are a failure, not somebody else’s values', async () => {
  const { loader } = openLoader(async () => ['A']);
  await expect(loader.loadAll(['a', 'b'])).rejects.toThrow('1 values for 2 keys');
});

test('it is chained as any promise is', async () => {
  const { loader } = openLoader();
  const ended: string[] = [];
  const value = loader.load('a');
  await expect(value.then((text) => Promise.resolve(`${text}!`)).then((text) => `${text}?`)).resolves.toBe('A!?');
  await expect(value.then(undefined, () => 'failed')).resolves.toBe('A');
  await expect(value.finally(() => ended.push('ended'))).resolves.toBe('A');
  await expect(
    value.then(() => {
      throw new Error('thrown');
    }),
  ).rejects.toThrow('thrown');
  const wrong = value.then(() => Promise.reject(new Error('rejected')));
  await expect(wrong.catch((error: Error) => error.message)).resolves.toBe('rejected');
  expect(ended).toEqual(['ended']);
});

test('whoever asks for what is there is told after he has gone on', async () => {
  const { loader } = openLoader();
  await loader.load('a');
  const order: string[] = [];
  const told = loader.load('a').then(() => order.push('told'));
  order.push('gone on');
  await told;
  expect(order).toEqual(['gone on', 'told']);
});

test('one who throws when he is told keeps nobody else from being told', async () => {
  const { loader } = openLoader();
  const first = loader.load('a').then(() => {
    throw new Error('thrown');
  });
  const second = loader.load('a').then((value) => value);
  await expect(first).rejects.toThrow('thrown');
  expect(await second).toBe('A');
});
