import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examplesByCity, isEmptyAtFirst } from '../../gateway/operations/example-operation.ts';
import { type ExampleOperation, readExamples } from '../../gateway/operations/examples.ts';
import { findScenarioFailure, scenarioRole } from '../../gateway/operations/scenario-result.ts';
import { acceptanceRows, readAcceptance } from '../../gateway/systems/acceptance.ts';
import { readTests } from '../../gateway/systems/proofs.ts';
import { readSystemRegister } from '../../gateway/systems/system-register.ts';
import { systemRows, systemsPage } from '../../gateway/systems/systems-page.ts';
import { cityProfiles } from '../../prisma/seed/profile/profiles.ts';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { openCityHub } from '../kit/city-hub.ts';

const register = readSystemRegister();
const examples = readExamples(join(projectRoot, 'schema', 'operations'));

const byCity = examplesByCity(examples);
const cities = (Object.keys(cityProfiles) as DemoCity[])
  .map((city) => ({ city, documents: byCity.get(city) ?? [] }))
  .filter(({ documents }) => documents.length > 0);

const results: { operation: string; ok: boolean }[] = [];

test('every city of a document is a demo city', () => {
  expect([...byCity.keys()].filter((city) => !(city in cityProfiles))).toEqual([]);
});

test.each(cities)(
  'every document of $city answers without an error and unrefused',
  async ({ city, documents }) => {
    await using hub = await openCityHub('in-process', city);
    const failures: string[] = [];
    for (const example of documents) {
      const answer = await hub.ask(scenarioRole(example), example.document, example.variables);
      const failure = findScenarioFailure(
        { ...answer, data: answer.data as Record<string, unknown> | null },
        isEmptyAtFirst(example),
      );
      results.push({ operation: example.name, ok: failure === undefined });
      if (failure !== undefined) failures.push(`${example.name}: ${failure}`);
    }
    expect(failures).toEqual([]);
  },
  300_000,
);

test('docs/systems.md says what the documents and tests prove; npx vitest run -u on this file writes it anew', async () => {
  const tests = readTests(join(projectRoot, 'tests'));
  const rows = systemRows(register, examples, tests, results);
  const acceptance = acceptanceRows(readAcceptance(), examples, tests, results);
  expect(acceptance.map(({ scenario: { id }, status }) => [id, status])).toEqual(
    Array.from({ length: 22 }, (_, index) => [index + 1, 'PROVED']),
  );
  await expect(systemsPage(register, rows, acceptance)).toMatchFileSnapshot(join(projectRoot, 'docs', 'systems.md'));
});

test('the register has every row once', () => {
  const ids = register.rows.map(({ id }) => id);
  expect(new Set(ids).size).toBe(193);
  expect(ids).toHaveLength(193);
});

const SMALL = {
  sources: {},
  rows: [{ id: 'S05', name: '一核两委一中心', city: 'sanya', owner: 'party', source: 'SY' }],
};
const DOCUMENT: ExampleOperation = {
  name: 'at-a-glance',
  title: '',
  rows: ['S05'],
  document: 'mutation { assign }',
  variables: {},
};
const NAMING = [{ path: 'a.test.ts', words: new Set(['assign']) }];

test.each([
  ['no document', [], NAMING, [], 'OPEN'],
  ['a document that was not run', [DOCUMENT], NAMING, [], 'FAILING'],
  ['a document that failed', [DOCUMENT], NAMING, [{ operation: 'at-a-glance', ok: false }], 'FAILING'],
  ['a passing document without a test', [DOCUMENT], [], [{ operation: 'at-a-glance', ok: true }], 'UNTESTED'],
  ['a passing document that a test names', [DOCUMENT], NAMING, [{ operation: 'at-a-glance', ok: true }], 'PROVED'],
] as const)('a row with %s has its status', (_case, documents, tests, run, status) => {
  expect(systemRows(SMALL, documents, tests, run)[0]?.status).toBe(status);
});

test('a row that is not proved says why, and one that is proved does not keep an excuse', () => {
  const open = '原文缺名称，待补 the name is lost in the source';
  const register = { ...SMALL, rows: SMALL.rows.map((row) => ({ ...row, open })) };
  expect(systemsPage(register, systemRows(register, [], [], []), [])).toContain(`| 未证 open: ${open} |`);
  expect(systemsPage(register, systemRows(register, [DOCUMENT], NAMING, []), [])).toContain(
    `| 未通过 failing: ${open} |`,
  );
  const passed = [{ operation: 'at-a-glance', ok: true }];
  expect(() => systemRows(register, [DOCUMENT], NAMING, passed)).toThrow('S05 is proved');
});

test('a document that names a row outside the register is refused', () => {
  expect(() => systemRows(SMALL, [{ ...DOCUMENT, rows: ['S99'] }], [], [])).toThrow('at-a-glance: S99');
});

test('a scenario without a passing document or without a test that says its number is not proved', () => {
  const scenario = { id: 7, zh: '场景', en: 'scenario', documents: ['at-a-glance'] };
  const says = [{ path: 'a.test.ts', words: new Set<string>(), scenarios: new Set([7]) }];
  const passed = [{ operation: 'at-a-glance', ok: true }];
  const status = (...given: [typeof says, typeof passed]) =>
    acceptanceRows([scenario], [DOCUMENT], ...given)[0]?.status;
  expect(status(says, passed)).toBe('PROVED');
  expect(status([], passed)).toBe('UNTESTED');
  expect(status(says, [])).toBe('FAILING');
  expect(status(says, [{ operation: 'at-a-glance', ok: false }])).toBe('FAILING');
  expect(acceptanceRows([{ ...scenario, documents: [] }], [DOCUMENT], says, passed)[0]?.status).toBe('OPEN');
  expect(() => acceptanceRows([{ ...scenario, documents: ['none'] }], [DOCUMENT], says, passed)).toThrow('scenario 7');
});
