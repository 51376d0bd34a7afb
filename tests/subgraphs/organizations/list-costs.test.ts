import { afterAll, beforeAll, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { recordQueries, rowsRead } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;

/** A tenth of a city's workforce and bodies: 400 communities in four counties, 8,000 of each row. */
beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  const { pool } = subgraph;
  const place = 'city_code, county_code, township_code, community_code';
  await pool.query(`
    CREATE TABLE organizations.place_of_test AS
    SELECT row_number() OVER () AS n, left(code, 4) AS city_code, left(code, 6) AS county_code,
           left(code, 9) AS township_code, code AS community_code
      FROM (SELECT '33040' || 1 + n % 4 || '00' || 1 + n / 4 % 5 || lpad((1 + n / 20)::text, 3, '0') AS code
              FROM generate_series(0, 399) n) numbered`);
  await pool.query(`
    INSERT INTO organizations.social_worker_registration (id, person_id, certificate_id, holder_name, level, registered_on,
           expires_on, ${place}, provenance_id)
    SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', 'ASSISTANT', date '2023-01-01' + i * 40,
           date '2026-01-01' + i * 40, ${place}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 20) i`);
  await pool.query(`
    INSERT INTO organizations.worker_record (id, worker_id, person_id, holder_name, kind, title, happened_on, ${place},
           provenance_id)
    SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x',
           (ARRAY['BASE_PAY', 'AWARD', 'APPRAISAL', 'ALLOWANCE'])[1 + i % 4], 'x', date '2024-01-01' + i * 40, ${place},
           gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 20) i`);
  await pool.query(`
    INSERT INTO organizations.post (id, title, kind, headcount, duties, position, goals, appraisal, pay, lowest_grade,
           highest_grade, established_on, ${place}, provenance_id)
    SELECT gen_random_uuid(), 'x', 'SPECIALIST', 1, 'x', 'x', 'x', 'x', 'x', 1, 11, '2021-01-01', ${place}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 20) i`);
  await pool.query(`
    INSERT INTO organizations.organization (id, kind, name, form, field, registration, ${place}, provenance_id)
    SELECT gen_random_uuid(), 'SOCIAL_ORGANIZATION', md5(n || '/' || i), 'COMMUNITY_SOCIAL_ORGANIZATION',
           (ARRAY['CHARITY', 'LIVING_SERVICE', 'CULTURE_SPORTS'])[1 + i % 3], 'FILED', ${place}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 15) i`);
  await pool.query(`
    INSERT INTO organizations.organization (id, kind, name, ${place}, provenance_id)
    SELECT gen_random_uuid(), 'STATIONED_UNIT', md5(n || '-' || i), ${place}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 5) i`);
  await pool.query(`
    INSERT INTO organizations.training_course (id, title, kind, tier, mode, run_number, term, starts_on, hours, city_code,
           county_code, provenance_id)
    SELECT gen_random_uuid(), 'x', (ARRAY['POST', 'CONTINUING'])[1 + i % 2], 'COUNTY', 'MIXED', i, '2025',
           date '2020-01-01' + i, 8, '3304', '33040' || 1 + i % 4, gen_random_uuid() FROM generate_series(1, 4000) i`);
  await pool.query('DROP TABLE organizations.place_of_test');
  await pool.query('VACUUM ANALYZE');
}, 120_000);
afterAll(() => subgraph[Symbol.asyncDispose]());

const PAGE = 'nodes { id }';
/** Rows of a page of 20, one more to see whether another follows, and the row that carries the page. */
const MOST_ROWS = 30;

test.each([
  ['registrations of the city', '3304', `socialWorkerRegistrations { ${PAGE} }`],
  ['registrations of a county', '3304', `socialWorkerRegistrations(filter: { divisionCode: "330402" }) { ${PAGE} }`],
  [
    'registrations that run out between two days',
    '330403',
    `socialWorkerRegistrations(filter: { expiresFrom: "2026-06-30", expiresBefore: "2026-09-28" }) { ${PAGE} }`,
  ],
  ['no registrations', '330403', `socialWorkerRegistrations(filter: { expiresFrom: "2036-06-30" }) { ${PAGE} }`],
  [
    'registrations of a county elsewhere',
    '330403',
    `socialWorkerRegistrations(filter: { divisionCode: "330402" }) { ${PAGE} }`,
  ],
  ['awards of the city', '3304', `workerRecords(kind: AWARD) { ${PAGE} }`],
  ['awards of a township', '3304', `workerRecords(kind: AWARD, filter: { divisionCode: "330401001" }) { ${PAGE} }`],
  ['no talents', '3304', `workerRecords(kind: TALENT_TITLE) { ${PAGE} }`],
  ['posts of a county', '3304', `posts(divisionCode: "330404") { ${PAGE} }`],
  ['posts of the own community', '330401001001', `posts { ${PAGE} }`],
  ['charities of a county', '3304', `socialOrganizations(divisionCode: "330402", field: CHARITY) { ${PAGE} }`],
  ['no mediators', '3304', `socialOrganizations(divisionCode: "330402", field: MEDIATION) { ${PAGE} }`],
  ['stationed units of the city', '3304', `organizations(kind: STATIONED_UNIT, divisionCode: "3304") { ${PAGE} }`],
  ['no incubators', '3304', `organizations(kind: INCUBATOR, divisionCode: "330401") { ${PAGE} }`],
  ['courses of a county', '3304', `trainingCourses(divisionCode: "330402") { ${PAGE} }`],
  [
    'courses of one cell',
    '3304',
    `trainingCourses(divisionCode: "3304", cell: { kind: POST, tier: COUNTY }) { ${PAGE} }`,
  ],
  [
    'no courses of a cell',
    '3304',
    `trainingCourses(divisionCode: "3304", cell: { kind: ADVANCED, tier: CITY }) { ${PAGE} }`,
  ],
  ['elections of a county', '3304', `elections(divisionCode: "330402") { ${PAGE} }`],
])('a page of %s reads no more than its rows', async (what, area, field) => {
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(testCaller([area]), `{ ${field} }`);
    expect(problems).toEqual([]);
  });
  const last = queries.at(-1);
  const read = last === undefined ? -1 : await rowsRead(subgraph.pool, last);
  expect(read).toBeLessThanOrEqual(MOST_ROWS);
  if (!/^no |elsewhere|elections/.test(what)) expect(read).toBeGreaterThanOrEqual(20);
});
