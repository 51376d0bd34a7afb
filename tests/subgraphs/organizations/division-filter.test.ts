import { expect, test } from 'vitest';
import { statCodeOf } from '../../../subgraphs/kit/store/division-filter.ts';
import { significantCode } from '../../../subgraphs/kit/store/place-scope.ts';

test.each([
  ['33', '33'],
  ['330000000000', '33'],
  ['330400000000', '3304'],
  ['330402000000', '330402'],
  ['330402001000', '330402001'],
  ['330402001001', '330402001001'],
  ['330402001001001', '330402001001001'],
  ['3', undefined],
  ['33040', undefined],
  ['3304020010010', undefined],
  ['33040x', undefined],
  ['', undefined],
])('the significant digits of %s are %s', (code, expected) => {
  expect(significantCode(code)).toBe(expected);
  if (expected !== undefined && expected.length <= 12) expect(significantCode(statCodeOf(expected))).toBe(expected);
});
