import { expect, test } from 'vitest';
import { uuidV7 } from '../../../../subgraphs/kit/ids.ts';
import { incidentNumber } from '../../../../subgraphs/services/rules/incidents/incident-number.ts';

const AT = new Date('2026-06-30T16:30:00Z');

test('a number names the day in China and the county, and ends in eight characters of the id', () => {
  const id = uuidV7(AT.getTime(), new Uint8Array([0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff]));

  expect(incidentNumber(id, AT, '330402')).toBe('SJ20260701330402ZZZZZZZZ');
  expect(incidentNumber(uuidV7(0, new Uint8Array(10)), AT, '330402')).toBe('SJ2026070133040200000000');
});

test('ids that differ in their last bit give different numbers', () => {
  const number = (last: number) =>
    incidentNumber(uuidV7(0, new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, last])), AT, '330402');

  expect(number(0)).not.toBe(number(1));
  expect(number(31)).toBe('SJ202607013304020000000Z');
  expect(number(32)).toBe('SJ2026070133040200000010');
});
