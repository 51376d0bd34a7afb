import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusals } from '../../../subgraphs/kit/codes/refusals.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';

const FOLDER = join(projectRoot, 'subgraphs/kit/codes/refusals');

test('a refusal’s code is declared once: of two that share one, who is refused by the one is told the other’s text', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('-refusals.ts'),
  );
  const declared = files.flatMap((file) =>
    [...readFileSync(join(FOLDER, file), 'utf8').matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{/gm)].map((match) => match[1]),
  );
  expect(declared.filter((code, index) => declared.indexOf(code) !== index)).toEqual([]);
  expect([...declared].sort()).toEqual(Object.keys(refusals).sort());
});
