import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type CitySize, communitiesTaken, generateCity } from '../../prisma/seed/generate-city.ts';

function fingerprint(size: CitySize, communityCode?: string): string {
  const hash = createHash('sha256');
  for (const batch of generateCity(size)) {
    if (communityCode === undefined || batch.communityCode === communityCode) hash.update(JSON.stringify(batch));
  }
  return hash.digest('hex');
}

test('the same city and scale give the same rows, byte for byte', () => {
  const size = { city: 'jiaxing', scale: 0.003 } as const;
  expect(fingerprint(size)).toBe(fingerprint(size));
});

test('another city gives other rows', () => {
  expect(fingerprint({ city: 'sanya', scale: 0.001 })).not.toBe(fingerprint({ city: 'jiaxing', scale: 0.001 }));
});

test('a community is the same at every scale, apart from the divisions and counts around it', () => {
  const [first] = communitiesTaken({ city: 'jiaxing', scale: 0.001 });
  const code = first?.communityCode;
  expect(code).toBe('330402007024');
  expect(fingerprint({ city: 'jiaxing', scale: 0.001 }, code)).toBe(
    fingerprint({ city: 'jiaxing', scale: 0.003 }, code),
  );
});

test('Sanya begins with one community of each kind, so that every kind of committee sits there at any scale', () => {
  const kinds = communitiesTaken({ city: 'sanya', scale: 0.001 }).map(({ kind }) => kind);
  expect(kinds).toEqual(['RESIDENTIAL_COMMUNITY', 'ADMINISTRATIVE_VILLAGE', 'FARM_COMMUNITY']);
});

test('the smallest scale takes one community, or one of each kind, and a larger one begins with the same ones', () => {
  for (const city of ['jiaxing', 'hangzhou', 'sanya', 'xuzhou', 'yantai'] as const) {
    const codes = (scale: number) => communitiesTaken({ city, scale }).map((plan) => plan.communityCode);
    expect(codes(0.001).length).toBeGreaterThanOrEqual(1);
    expect(codes(0.01).slice(0, codes(0.001).length)).toEqual(codes(0.001));
  }
});

test('a scale of 0.01 takes 12 of the 1170 communities of Jiaxing, residential ones and villages', () => {
  const plans = communitiesTaken({ city: 'jiaxing', scale: 0.01 });
  expect(plans).toHaveLength(12);
  expect(plans.filter(({ urban }) => urban)).toHaveLength(5);
  expect(communitiesTaken({ city: 'jiaxing', scale: 1 })).toHaveLength(1170);
});

test.each([0, 0.0009, 1.1, Number.NaN])('a scale of %s is refused', (scale) => {
  expect(() => [...generateCity({ city: 'jiaxing', scale })]).toThrow(RangeError);
});
