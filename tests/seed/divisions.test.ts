import { expect, test } from 'vitest';
import { communityName } from '../../prisma/seed/territory/community-plan.ts';
import { divisionRows } from '../../prisma/seed/territory/division.ts';
import { CollectedCity, countBy } from './collected-city.ts';

const rows = divisionRows();
const byCode = new Map(rows.map((row) => [row.code, row]));

test('all five cities are there with every tier, and every division has its parent before it', () => {
  expect(countBy(rows, ({ level }) => level)).toEqual({
    PROVINCE: 4,
    PREFECTURE: 5,
    COUNTY: 48,
    TOWNSHIP: 617,
    VILLAGE: 13_993,
  });
  const seen = new Set<string>();
  for (const { statCode, parentStatCode, level } of rows) {
    expect(statCode).toMatch(/^\d{12}$/);
    expect(seen.has(statCode)).toBe(false);
    if (level === 'PROVINCE') expect(parentStatCode).toBeNull();
    else expect(seen.has(parentStatCode ?? '')).toBe(true);
    seen.add(statCode);
  }
});

test('villages of Sanya hang on the county and its pseudo townships are marked', () => {
  expect(byCode.get('460202198')).toMatchObject({ kind: 'PSEUDO_TOWNSHIP', pseudo: true });
  expect(byCode.get('460202198001')).toMatchObject({ parentStatCode: '460202000000', townshipCode: '460202198' });
  expect(rows.filter(({ pseudo }) => pseudo)).toHaveLength(4);
  const sanya = new CollectedCity({ city: 'sanya', scale: 0.001 });
  const dwelling = sanya.rows('people.dwelling')[0];
  expect(dwelling?.addressText).toMatch(/^三亚市海棠区永宁社区/);
  expect(dwelling?.townshipCode).toBe('460202198');
});

test('the three functional zones are marked', () => {
  expect(rows.filter(({ functionalZone }) => functionalZone).map(({ code, kind }) => [code, kind])).toEqual([
    ['320371', 'FUNCTIONAL_ZONE'],
    ['370671', 'FUNCTIONAL_ZONE'],
    ['370676', 'FUNCTIONAL_ZONE'],
  ]);
});

test('kinds and urban-rural classes follow the codes', () => {
  const kindAndClass = (code: string) => [byCode.get(code)?.kind, byCode.get(code)?.urbanRuralClassCode];
  expect(kindAndClass('330402')).toEqual(['DISTRICT', null]);
  expect(kindAndClass('330421')).toEqual(['COUNTY', null]);
  expect(kindAndClass('330481')).toEqual(['COUNTY_LEVEL_CITY', null]);
  expect(kindAndClass('330402007')).toEqual(['SUBDISTRICT', null]);
  expect(kindAndClass('330402100')).toEqual(['TOWN', null]);
  expect(kindAndClass('330111200')).toEqual(['RURAL_TOWNSHIP', null]);
  expect(kindAndClass('330109401')).toEqual(['TOWNSHIP_LIKE', null]);
  expect(kindAndClass('330402007024')).toEqual(['RESIDENTIAL_COMMUNITY', '111']);
  expect(kindAndClass('330402015201')).toEqual(['ADMINISTRATIVE_VILLAGE', '112']);
  expect(kindAndClass('330402100003')).toEqual(['RESIDENTIAL_COMMUNITY', '121']);
  expect(kindAndClass('330402100204')).toEqual(['ADMINISTRATIVE_VILLAGE', '220']);
});

test('community names lose the committee that the list appends', () => {
  expect(communityName('百福弄社区居委会')).toBe('百福弄社区');
  expect(communityName('友谊街社区居民委员会')).toBe('友谊街社区');
  expect(communityName('博山村委会')).toBe('博山村');
  expect(communityName('南田居居委会')).toBe('南田居');
  expect(communityName('上羊市街社区')).toBe('上羊市街社区');
});

test('a farm community of Sanya keeps its name and elects a committee of farm residents', () => {
  const sanya = new CollectedCity({ city: 'sanya', scale: 0.08 });
  expect(sanya.rows('organizations.community').filter(({ kind }) => kind === 'FARM_COMMUNITY')).toMatchObject([
    { statCode: '460202198004', name: '南田居' },
  ]);
  const kinds = sanya.rows('organizations.committee').filter(({ communityCode }) => communityCode === '460202198004');
  expect(kinds.map(({ kind }) => kind)).toEqual(['FARM_RESIDENTS', 'SUPERVISION']);
});
