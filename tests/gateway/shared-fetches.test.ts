import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { parseFetch } from '../../gateway/execute/compiled/fetch-document.ts';
import { type SharedFetch, SharedFetches } from '../../gateway/execute/compiled/shared-fetches.ts';

const makeFetch = (text: string) => (): SharedFetch => ({ fetch: parseFetch(text), execute: () => ({ data: {} }) });

test('the same text to the same subgraph is one fetch; another text or another subgraph is another', () => {
  const fetches = new SharedFetches();

  const first = fetches.find('people', '{ person }', makeFetch('{ person }'));

  expect(fetches.find('people', '{ person }', makeFetch('{ person }'))).toBe(first);
  expect(fetches.find('party', '{ person }', makeFetch('{ person }'))).not.toBe(first);
  expect(fetches.find('people', '{ house }', makeFetch('{ house }'))).not.toBe(first);
});

test('a fetch that nobody keeps is forgotten, and made anew when it is wanted again', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const fetches = new SharedFetches();
  const kept = fetches.find('people', '{ kept }', makeFetch('{ kept }'));
  for (let index = 0; index < 100; index++) fetches.find('people', `{ f${index} }`, makeFetch(`{ f${index} }`));
  expect(fetches.size).toBe(101);

  // Collected in a turn in which nothing was looked up.
  for (let turn = 0; turn < 20 && fetches.size > 1; turn++) {
    await delay(1);
    collect();
  }

  expect(fetches.size).toBe(1);
  expect(fetches.find('people', '{ kept }', makeFetch('{ kept }'))).toBe(kept);
  let isMade = false;
  fetches.find('people', '{ f1 }', () => {
    isMade = true;
    return makeFetch('{ f1 }')();
  });
  expect(isMade).toBe(true);
});
