/** Where a row stands. Only an operation that was run and answered, and that a test names, proves it. */
export type RowStatus = 'PROVED' | 'UNTESTED' | 'FAILING' | 'OPEN';

export const STATUS_TEXT: Readonly<Record<RowStatus, string>> = {
  PROVED: '已证 proved',
  UNTESTED: '缺测试 no test',
  FAILING: '未通过 failing',
  OPEN: '未证 open',
};

/** By how many documents there are, how many of them have passed, and how many tests name them. */
export function statusOf(documents: number, passed: number, tests: number): RowStatus {
  if (documents === 0) return 'OPEN';
  if (passed < documents) return 'FAILING';
  return tests === 0 ? 'UNTESTED' : 'PROVED';
}

export function operationLinks(names: readonly string[]): string {
  return names.map((name) => `[${name}](../schema/operations/${name}.graphql)`).join(', ');
}

export function testLinks(paths: readonly string[]): string {
  return paths.map((path) => `[${path.replace('.test.ts', '')}](../tests/${path})`).join(', ');
}
