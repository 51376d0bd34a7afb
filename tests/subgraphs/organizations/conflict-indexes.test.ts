import { afterAll, beforeAll, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { CONFLICT_CHOICES, conflicts, insertConflicts } from '../../kit/conflict-cases.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { measuredReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;

const CALLERS = [testCaller(['3304']), testCaller(['3304'], 'catalog.steward')];
/** A page of 20 and one more, of each of three parts. */
const MOST_ROWS = 90;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await insertConflicts(subgraph.pool, 'organizations', ['Organization']);
  // The caller's word stands against many, of whom the newest are asked for by no filter; of those that are, the newest
  // are no matter of the caller's.
  await subgraph.pool.query(`
    INSERT INTO organizations.item_conflict (entity_type, entity_id, item, coordinate, department, source_department, stated_text, stated_key,
           standing_provenance_id, standing_department, rule, state, stated_at, provenance_id)
    SELECT 'Organization', gen_random_uuid(), 'address', 'Organization.address', who[1], who[2], 'x', 'x', gen_random_uuid(), who[3], 'SOURCE_STANDS',
           'AGREED', timestamptz '2025-01-01' + n * interval '1 minute', gen_random_uuid()
      FROM generate_series(0, 5999) n, LATERAL (SELECT CASE n / 1500 WHEN 0 THEN ARRAY['health', 'education', 'civil-affairs']
                                                                     WHEN 1 THEN ARRAY['education', 'health', 'civil-affairs']
                                                                     WHEN 2 THEN ARRAY['health', 'housing', 'civil-affairs']
                                                                     ELSE ARRAY['education', 'education', 'housing'] END AS who) parts`);
  await subgraph.pool.query('VACUUM ANALYZE organizations.item_conflict');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

/** Choices, for whichever state, that read more than a page. */
async function dearChoices(): Promise<string[]> {
  const dear: string[] = [];
  for (const choice of CONFLICT_CHOICES.filter((one) => !one.includes('state:'))) {
    for (const caller of CALLERS) {
      const document = `{ ${conflicts('organizationItemConflicts')(choice === '' ? '' : `(${choice})`)} }`;
      const queries = await recordQueries(subgraph.pool, async () => {
        expect((await subgraph.run(caller, document)).problems, choice).toEqual([]);
      });
      const last = queries.at(-1);
      if (last !== undefined && (await measuredReads(subgraph.pool, last)).rows > MOST_ROWS) dear.push(choice);
    }
  }
  return dear;
}

test('each index of conflicts serves a choice that reads more than its page without it', async () => {
  const { rows } = await subgraph.pool.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
      WHERE schemaname = 'organizations' AND tablename = 'item_conflict' AND indexname NOT LIKE '%_pkey' ORDER BY 1`,
  );
  expect(await dearChoices()).toEqual([]);
  const unneeded: string[] = [];
  for (const { name, definition } of rows) {
    await subgraph.pool.query(`DROP INDEX organizations.${name}`);
    if ((await dearChoices()).length === 0) unneeded.push(name);
    await subgraph.pool.query(definition);
    await subgraph.pool.query('ANALYZE organizations.item_conflict');
  }
  expect(rows.length).toBe(8);
  expect(unneeded).toEqual([]);
});
