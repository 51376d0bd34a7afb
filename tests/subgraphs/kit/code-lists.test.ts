import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { committeeUscc } from '../../../prisma/seed/identifiers/uscc.ts';
import { findCitizenIdFlaw } from '../../../subgraphs/kit/citizen-id.ts';
import { readCodeList } from '../../../subgraphs/kit/graph/code-lists.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { findUsccFlaw } from '../../../subgraphs/kit/uscc.ts';

const files = readdirSync(join(projectRoot, 'schema', 'standards')).map((file) => file.replace('.json', ''));

test('the lists that the register is written by are there, each with its edition and source', () => {
  const lists = files.map((file) => readCodeList(file).list);
  expect(lists.map(({ standard }) => standard).sort()).toEqual(
    [
      'GB 11714',
      'GB/T 2260',
      'GB/T 2261.1',
      'GB/T 2261.2',
      'GB/T 2261.4',
      'GB/T 3304',
      'GB/T 4658',
      'GB/T 4761',
      '统计用城乡分类代码',
    ].sort(),
  );
  for (const { version, source, name } of lists) {
    expect(version).toMatch(/\d{4}/);
    expect(source.length).toBeGreaterThan(5);
    expect(name).toMatch(/\p{Script=Han}/u);
  }
});

test.each(files)('%s has each code, symbol and name once', (file) => {
  const { codes, standard } = readCodeList(file).list;
  expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
  const symbols = codes.flatMap(({ symbol }) => symbol ?? []);
  expect(new Set(symbols).size).toBe(symbols.length);
  if (['GB/T 2260', 'GB 11714'].includes(standard)) return;
  expect(symbols).toHaveLength(codes.length);
  for (const symbol of symbols) expect(symbol).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
});

test('a code gives its symbol, code and Chinese name, an unknown one itself and nothing invented', () => {
  expect(readCodeList('gb-t-4761-family-relation').of('22')).toEqual({
    standard: 'GB/T 4761',
    version: '2008',
    code: '22',
    symbol: 'ELDEST_SON',
    name: '长子',
  });
  expect(readCodeList('gb-t-3304-ethnic-group').of('12').symbol).toBe('DONG');
  expect(readCodeList('gb-t-2260-administrative-division').of('330402')).toMatchObject({
    name: '南湖区',
    symbol: null,
  });
  expect(readCodeList('gb-t-4658-education').of('99')).toMatchObject({ code: '99', symbol: null, name: '未收录' });
});

test('the divisions of GB/T 2260 lie in the list: every county below its city, every city below its province', () => {
  const { list, has } = readCodeList('gb-t-2260-administrative-division');
  for (const { code } of list.codes) {
    expect(code).toMatch(/^\d{6}$/);
    expect(has(`${code.slice(0, 2)}0000`)).toBe(true);
    if (!code.endsWith('0000')) expect(has(`${code.slice(0, 4)}00`)).toBe(true);
  }
  expect(list.codes).toHaveLength(4 + 5 + 48);
});

test('a wrong check character is found at its place, whichever of the three it is', () => {
  expect(findCitizenIdFlaw('330499196006300010', '2026-06-30')).toBeUndefined();
  for (const last of '123456789X') {
    expect(findCitizenIdFlaw(`33049919600630001${last}`, '2026-06-30')).toMatchObject({ position: 18 });
  }
  const alphabet = readCodeList('gb-11714-organization-code').list as unknown as {
    codes: { code: string; name: string }[];
    weights: number[];
  };
  const weightOf = new Map(alphabet.codes.map(({ code, name }) => [code, Number(name)]));
  for (let number = 0; number < 50; number++) {
    const code = committeeUscc('54', number);
    expect(findUsccFlaw(code)).toBeUndefined();
    const body = code.slice(8, 16);
    const sum = alphabet.weights.reduce(
      (total, weight, at) => total + weight * (weightOf.get(body.charAt(at)) ?? 0),
      0,
    );
    const check = 11 - (sum % 11);
    expect(code.charAt(16)).toBe(check === 10 ? 'X' : check === 11 ? '0' : String(check));
    // Another character of the organization code is noticed by its own check, one of the whole by the last.
    const other = code.charAt(15) === '1' ? '2' : '1';
    expect(findUsccFlaw(`${code.slice(0, 15)}${other}${code.slice(16)}`)).toMatchObject({ position: 17 });
    const last = code.charAt(17) === 'A' ? 'B' : 'A';
    expect(findUsccFlaw(`${code.slice(0, 17)}${last}`)).toMatchObject({ position: 18 });
  }
});
