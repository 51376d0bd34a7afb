import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import type { ExampleOperation } from '../operations/example-operation.ts';

/** Tests that run every document alike and so prove none of its behaviour. */
const SWEEPING_TESTS: ReadonlySet<string> = new Set([
  'federation/operation-costs.test.ts',
  'federation/systems.test.ts',
  'federation/parallel-callers.test.ts',
  'subgraphs/organizations/list-costs.test.ts',
  'subgraphs/people/lists-at-scale.test.ts',
  'federation/compiled/city.test.ts',
]);

/** A test file with the words by which it may name an operation or a row. */
export interface TestFile {
  /** Path below `tests/`. */
  readonly path: string;
  readonly words: ReadonlySet<string>;
  /** Acceptance scenarios that it says it proves: `scenario 5`. */
  readonly scenarios?: ReadonlySet<number>;
}

/** Reads every test below a folder. */
export function readTests(folder: string): TestFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.test.ts') && !SWEEPING_TESTS.has(path))
    .sort()
    .map((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      const scenarios = [...text.matchAll(/\bscenario (\d+)\b/g)].map(([, number]) => Number(number));
      return { path, words: new Set(text.match(/[A-Za-z0-9-]+/g)), scenarios: new Set(scenarios) };
    });
}

/** Tests that name the operation: by its file's name, by the row, or by the mutation that it sends. */
export function testsOf(row: string, operation: ExampleOperation, tests: readonly TestFile[]): string[] {
  const names = [row, operation.name, ...mutationsOf(operation)];
  return tests.filter(({ words }) => names.some((name) => words.has(name))).map(({ path }) => path);
}

function mutationsOf({ document }: ExampleOperation): string[] {
  return parse(document).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.operation !== 'query'
      ? definition.selectionSet.selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : []))
      : [],
  );
}
