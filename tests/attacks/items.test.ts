import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attackedItems } from './items.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

test.each(Object.entries(attackedItems))('%s: the tests that attack it are there', (_item, proofs) => {
  expect(proofs.length).toBeGreaterThan(0);
  for (const [file, ...titles] of proofs) {
    const text = read(file);
    for (const title of titles) expect(text, `${file}: ${title}`).toContain(title);
  }
});

test('there are forty cases at least', () => {
  const cases = new Set(
    Object.values(attackedItems).flatMap((proofs) =>
      proofs.flatMap(([file, ...titles]) => titles.map((title) => `${file} ${title}`)),
    ),
  );
  expect(cases.size).toBeGreaterThanOrEqual(40);
});
