import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../../../subgraphs/kit/caller/caller.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { CONFLICT_CHOICES, insertConflicts } from '../../kit/conflict-cases.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await insertConflicts(subgraph.pool, 'organizations', ['Organization']);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const OWN = testCaller(['3304']);
const STEWARD = testCaller(['3304'], 'catalog.steward');
const CODES = { departmentCode: 'department', sourceDepartmentCode: 'source_department', state: 'state' } as const;

/** What the choice means, said as one condition over all rows. */
async function expectedOf(caller: Caller, choice: string): Promise<string[]> {
  const conditions = Object.entries(CODES).flatMap(([name, column]) => {
    const value = new RegExp(`\\b${name}: "?([\\w-]+)`).exec(choice)?.[1];
    return value === undefined ? [] : [`${column} = '${value}'`];
  });
  if (caller === OWN)
    conditions.push(`'${caller.departmentCode}' IN (department, source_department, standing_department)`);
  const { rows } = await subgraph.pool.query<{ id: string }>(
    `SELECT entity_id AS id FROM organizations.item_conflict WHERE ${conditions.join(' AND ') || 'true'}
      ORDER BY stated_at DESC, entity_id DESC, item DESC, department DESC`,
  );
  return rows.map(({ id }) => id);
}

async function page(caller: Caller, args: string) {
  const { data, problems } = await subgraph.run(
    caller,
    `{ organizationItemConflicts(${args}) { totalCount nodes { accessSubject } pageInfo { hasNextPage endCursor } } }`,
  );
  expect(problems, args).toEqual([]);
  const list = (data as { organizationItemConflicts: Listed }).organizationItemConflicts;
  return { ...list, ids: list.nodes.map(({ accessSubject }) => accessSubject.replace('Organization:', '')) };
}
interface Listed {
  readonly totalCount: number;
  readonly nodes: readonly { readonly accessSubject: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

test.each([
  ['a department', OWN],
  ['a data steward', STEWARD],
])('%s finds each conflict that it has a part in once, newest first, whatever it asks for', async (_who, caller) => {
  let found = 0;
  for (const choice of CONFLICT_CHOICES) {
    const expected = await expectedOf(caller, choice);
    const first = await page(caller, ['first: 100', choice].filter(Boolean).join(', '));
    expect(first.ids, choice).toEqual(expected.slice(0, 100));
    expect([first.totalCount, first.pageInfo.hasNextPage], choice).toEqual([expected.length, expected.length > 100]);
    found += first.ids.length;
  }
  expect(found).toBeGreaterThan(200);
});

test('pages by cursor and by number follow each other without a gap and without a conflict shown twice', async () => {
  const expected = await expectedOf(OWN, '');
  const walked: string[] = [];
  let after: string | null = null;
  do {
    const { ids, pageInfo }: Awaited<ReturnType<typeof page>> = await page(
      OWN,
      `first: 30${after === null ? '' : `, after: "${after}"`}`,
    );
    walked.push(...ids);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  expect(walked).toEqual(expected);
  expect((await page(OWN, 'first: 30, page: 3')).ids).toEqual(expected.slice(60, 90));
});
