import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph } from '../../kit/open-test-subgraph.ts';

let subgraph: TestSubgraph;

/** A hundred thousand running terms: as many as a city has open, times its years. */
beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await subgraph.pool.query(`
    INSERT INTO services.running_term (subject_id, rule_code, entity_type, started_on, amount, unit, due_at, calendar_version, told_at,
      city_code, county_code, township_code, community_code)
    SELECT gen_random_uuid(), 'INCIDENT_GENERAL', 'Incident', '2026-06-01', 5, 'WORKING_DAY', timestamptz '2026-06-01' + n * interval '1 minute',
           CASE WHEN n % 1000 = 0 THEN '2026.1+2027.0' ELSE '2026.1' END, CASE WHEN n < 99000 THEN now() END, '3304', '330402', '330402001', '330402001001'
      FROM generate_series(1, 100000) n`);
  await subgraph.pool.query('VACUUM ANALYZE services.running_term');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

async function plan(statement: string): Promise<string> {
  const { rows } = await subgraph.pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${statement}`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

test('what has passed and was not told is found by its own index, whatever else runs', async () => {
  const found = await plan(`SELECT subject_id, rule_code FROM services.running_term
    WHERE told_at IS NULL AND due_at <= timestamptz '2026-09-01' ORDER BY due_at, subject_id LIMIT 500 FOR UPDATE SKIP LOCKED`);
  expect(found).toContain('running_term_untold_idx');
  expect(found).not.toContain('Seq Scan');
});

test('the calendars that terms stand on, and those on one of them, are found by one index', async () => {
  const versions = await plan(
    `SELECT min(calendar_version) FROM services.running_term WHERE calendar_version > '2026.1'`,
  );
  expect(versions).toContain('running_term_calendar_version_subject_id_idx');
  expect(versions).toContain('Index Only Scan');
  const counted = await plan(`SELECT subject_id, entity_type FROM services.running_term
    WHERE calendar_version = '2026.1+2027.0' ORDER BY subject_id LIMIT 500`);
  expect(counted).toContain('running_term_calendar_version_subject_id_idx');
  expect(counted).not.toContain('Seq Scan');
  expect(counted).not.toContain('Sort');
});
