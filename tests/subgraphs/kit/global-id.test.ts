import { expect, test } from 'vitest';
import { findUuidKey, globalId } from '../../../subgraphs/kit/global-id.ts';

const uuid = (ordinal: number) => `019f1641-3500-7000-a11b-${String(ordinal).padStart(12, '0')}`;

test('a uuid is found in an id of the type that is expected, however often and in whatever order it is asked for', () => {
  const id = globalId('Person', uuid(1));
  for (const _time of [1, 2]) {
    expect(findUuidKey('Person', id)).toBe(uuid(1));
    for (const other of ['Household', 'Per', 'Persons', 'Person:', '']) expect(findUuidKey(other, id)).toBeUndefined();
  }
  expect(findUuidKey('Person', `:${id}`)).toBeUndefined();
  expect(findUuidKey('', `:${uuid(1)}`)).toBe(uuid(1));
});

test('what is no uuid is not found, also after the right one was', () => {
  const id = globalId('Person', uuid(2));
  expect(findUuidKey('Person', id)).toBe(uuid(2));
  for (const wrong of [
    id.toUpperCase(),
    `${id}0`,
    id.slice(0, -1),
    `${id} `,
    id.replaceAll('-', ''),
    'Person:',
    7,
    null,
  ]) {
    expect(findUuidKey('Person', wrong), String(wrong)).toBeUndefined();
  }
});

test('more ids than are remembered are found all the same', () => {
  for (let ordinal = 0; ordinal < 5_000; ordinal++) {
    expect(findUuidKey('Person', globalId('Person', uuid(ordinal)))).toBe(uuid(ordinal));
  }
  expect(findUuidKey('Person', globalId('Person', uuid(0)))).toBe(uuid(0));
});
