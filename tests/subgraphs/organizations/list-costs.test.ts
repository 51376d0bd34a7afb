import { afterAll, beforeAll, expect, test } from 'vitest';
import { deriveMarks } from '../../../prisma/seed/loading/derived-rows.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { CONFLICT_CHOICES, conflicts, insertConflicts } from '../../kit/conflict-cases.ts';
import { unasked } from '../../kit/list-fields.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { measuredReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;

const PLACE = 'city_code, county_code, township_code, community_code';
const ID = (table: string, n: string) => `('01900000-0000-7${table}-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * A city at 1:10 and more: 400 communities in four counties, 1,600 grids, 8,000 of each further row. What filters ask
 * for is rare, or nowhere in the last county, where most pages are asked for.
 */
beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await subgraph.pool.query(`
    CREATE TABLE organizations.place_of_test AS
    SELECT row_number() OVER ()::int AS n, left(code, 4) AS city_code, left(code, 6) AS county_code,
           left(code, 9) AS township_code, code AS community_code
      FROM (SELECT '33040' || 1 + n % 4 || '00' || 1 + n / 4 % 5 || lpad((1 + n / 20)::text, 3, '0') AS code
              FROM generate_series(0, 399) n) numbered;
    INSERT INTO organizations.division (stat_code, code, name, level, kind, parent_stat_code, city_code, county_code,
           township_code, list_edition, valid_to, provenance_id)
    SELECT rpad(code, 12, '0'), code, 'x', level, 'x', parent, left(code, 4), nullif(left(code, 6), left(code, 4)), NULL, '2023-06-30',
           CASE WHEN level = 'VILLAGE' AND n % 50 = 0 THEN date '2025-01-01' END, gen_random_uuid()
      FROM (SELECT DISTINCT 0 AS n, county_code AS code, 'COUNTY' AS level, '330400000000' AS parent FROM organizations.place_of_test
             UNION ALL SELECT DISTINCT 0, township_code, 'TOWNSHIP', county_code || '000000' FROM organizations.place_of_test
             UNION ALL SELECT n, community_code, 'VILLAGE', township_code || '000' FROM organizations.place_of_test) d;
    INSERT INTO organizations.community (stat_code, name, kind, origin, valid_to, ${PLACE}, provenance_id)
    SELECT community_code, md5(n::text), CASE WHEN n % 40 = 1 THEN 'ADMINISTRATIVE_VILLAGE' ELSE 'RESIDENTIAL_COMMUNITY' END,
           'ORIGINAL', CASE WHEN n % 50 = 0 THEN date '2025-01-01' END, ${PLACE}, gen_random_uuid() FROM organizations.place_of_test;
    INSERT INTO organizations.grid (grid_code, name, kind, ${PLACE}, provenance_id)
    SELECT community_code || '00' || g, 'x', 'GENERAL', ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 4) g;
    INSERT INTO organizations.micro_grid (micro_grid_code, name, grid_code, ${PLACE}, provenance_id)
    SELECT community_code || '001' || lpad(m::text, 3, '0'), 'x', community_code || '001', ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 30) m;
    INSERT INTO organizations.grid_assignment (id, role, person_id, holder_name, grid_code, valid_from, valid_to, ${PLACE}, provenance_id)
    SELECT gen_random_uuid(), CASE a WHEN 1 THEN 'GRID_CHIEF' ELSE 'MICRO_GRID_CHIEF' END, gen_random_uuid(), 'x', community_code || '001',
           timestamptz '2015-01-01' + a * interval '3 days', CASE WHEN a BETWEEN 3 AND 990 THEN timestamptz '2015-01-03' + a * interval '3 days' END, ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 1000) a WHERE n <= 40;
    INSERT INTO organizations.grid_assignment (id, role, person_id, holder_name, grid_code, valid_from, ${PLACE}, provenance_id)
    SELECT gen_random_uuid(), 'GRID_CHIEF', gen_random_uuid(), 'x', grid_code, '2015-01-01', ${PLACE}, gen_random_uuid()
      FROM organizations.grid g WHERE NOT EXISTS (SELECT FROM organizations.grid_assignment a WHERE a.grid_code = g.grid_code)
       AND (county_code <> '330401' OR grid_code < '330401005');
    INSERT INTO organizations.community_worker (id, person_id, name, name_pinyin, post, grade_level, mode, hired_on, left_on, ${PLACE}, provenance_id)
    SELECT ${ID('001', 'n * 100 + i')}, gen_random_uuid(), 'x', 'x', CASE WHEN i = 1 AND county_code <> '330404' THEN 'DEPUTY' ELSE 'SPECIALIST' END, 1, 'GENERAL',
           '2020-01-01', CASE WHEN i = 2 AND county_code <> '330404' THEN date '2024-01-01' END, ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 25) i;
    INSERT INTO organizations.social_worker_registration (id, person_id, certificate_id, holder_name, level, registered_on, expires_on, ended_on, ${PLACE}, provenance_id)
    SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', 'ASSISTANT', date '2023-01-01' + i * 40, date '2026-01-01' + i * 40,
           CASE WHEN i % 2 = 0 THEN date '2026-01-01' END, ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 20) i;
    INSERT INTO organizations.worker_record (id, worker_id, person_id, holder_name, kind, title, happened_on, ${PLACE}, provenance_id)
    SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', (ARRAY['BASE_PAY', 'AWARD', 'APPRAISAL', 'ALLOWANCE'])[1 + i % 4], 'x',
           date '2024-01-01' + i * 40, ${PLACE}, gen_random_uuid() FROM organizations.place_of_test, generate_series(1, 20) i;
    INSERT INTO organizations.post (id, title, kind, headcount, duties, position, goals, appraisal, pay, lowest_grade, highest_grade, established_on, ${PLACE}, provenance_id)
    SELECT gen_random_uuid(), 'x', 'SPECIALIST', 1, 'x', 'x', 'x', 'x', 'x', 1, 11, '2021-01-01', ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 25) i;
    INSERT INTO organizations.recruitment (id, title, channel, headcount, applicants, hired, state, announced_on, ${PLACE}, provenance_id)
    SELECT gen_random_uuid(), 'x', 'OPEN_EXAMINATION', 1, 0, 0, 'ANNOUNCED', date '2015-01-01' + i, ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 20) i WHERE county_code <> '330404';
    INSERT INTO organizations.organization (id, kind, name, form, field, registration, ${PLACE}, provenance_id)
    SELECT gen_random_uuid(), CASE WHEN i > 15 THEN 'STATIONED_UNIT' ELSE 'SOCIAL_ORGANIZATION' END, md5(n || '/' || i), 'COMMUNITY_SOCIAL_ORGANIZATION',
           CASE WHEN i <= 15 THEN (ARRAY['CHARITY', 'LIVING_SERVICE', 'CULTURE_SPORTS'])[1 + i % 3] END, 'FILED', ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 20) i;
    INSERT INTO organizations.training_course (id, title, kind, tier, mode, run_number, term, starts_on, hours, city_code, county_code, provenance_id)
    SELECT gen_random_uuid(), 'x', (ARRAY['POST', 'CONTINUING'])[1 + i % 2], 'COUNTY', 'MIXED', i, '2025', date '2010-01-01' + i, 8, '3304',
           '33040' || 1 + i % 3, gen_random_uuid() FROM generate_series(1, 4000) i;
    INSERT INTO organizations.election (id, committee_kind, term_number, by_election, seats, state, registered_voters, ballots_cast, valid_ballots, ${PLACE}, provenance_id)
    SELECT gen_random_uuid(), 'RESIDENTS', i, false, 5, 'CERTIFIED', 100, 90, 90, ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 10) i WHERE county_code <> '330404';
    INSERT INTO organizations.programme (id, code, name, kind, city_code, provenance_id)
    VALUES (${ID('002', '1')}, 'SAFE', 'x', 'CAMPAIGN', '3304', gen_random_uuid());
    INSERT INTO organizations.designation (id, programme_id, valid_from, valid_to, ${PLACE}, provenance_id)
    SELECT gen_random_uuid(), ${ID('002', '1')}, date '2010-01-01' + i, CASE WHEN i < 10 THEN date '2020-01-01' END, ${PLACE}, gen_random_uuid()
      FROM organizations.place_of_test, generate_series(1, 10) i WHERE county_code <> '330404' AND (county_code = '330401' OR i < 10);
    INSERT INTO organizations.experience_event (id, kind, theme, host, held_on, year, quarter, city_code, provenance_id)
    SELECT gen_random_uuid(), CASE WHEN i % 20 = 0 THEN 'SITE_VISIT' ELSE 'SYMPOSIUM' END, 'x', 'x', date '2012-01-01' + i, 2012 + i / 365, 1, '3304', gen_random_uuid()
      FROM generate_series(0, 4000) i;
    INSERT INTO organizations.fund (id, source, name, year, allotted_yuan, spent_yuan, balance_yuan, entry_count, city_code, county_code, provenance_id)
    SELECT ${ID('003', 'i')}, 'BUDGET', 'x', 2010 + i % 15, 1000, 0, 1000, 200, '3304', '33040' || 1 + i % 3, gen_random_uuid()
      FROM generate_series(0, 3000) i;
    INSERT INTO organizations.fund_entry (id, fund_id, ordinal, kind, amount_yuan, balance_after_yuan, purpose, entered_on, provenance_id)
    SELECT gen_random_uuid(), ${ID('003', 'f')}, i, 'ALLOTMENT', 5, i * 5, 'x', '2020-01-01', gen_random_uuid()
      FROM generate_series(0, 20) f, generate_series(1, 200) i`);
  await subgraph.pool.query(`
    INSERT INTO organizations.import_batch (id, dataset, dataset_version, client_id, department, format, policy, max_error_rate, state, received_at, touched_at)
    SELECT ${ID('004', 'n')}, 'organizations', 1, 'x', CASE WHEN n % 2 = 0 THEN 'civil-affairs' ELSE 'public-security' END, 'CSV', 'GOOD_ROWS', 0, 'COMPLETED',
           timestamptz '2020-01-01' + n * interval '1 hour', '2026-01-01' FROM generate_series(1, 8000) n;
    INSERT INTO organizations.import_row (batch_id, line, outcome, code)
    SELECT ${ID('004', '8000 - b')}, n, CASE WHEN b = 0 THEN 'REJECTED' ELSE 'HELD' END, 'x' FROM generate_series(1, 8000) n, generate_series(0, 1) b`);
  await insertConflicts(subgraph.pool, 'organizations', ['Organization']);
  await deriveMarks(subgraph.pool);
  await subgraph.pool.query(`
    UPDATE organizations.community SET engaged_roles = ARRAY['LEGAL_ADVISER'] WHERE county_code <> '330401' OR stat_code < '330401005';
    DROP TABLE organizations.place_of_test`);
  await subgraph.pool.query('VACUUM ANALYZE');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const below = (owner: string, field: string) => (args: string) => `${owner} { ${field}${args} { nodes { id } } }`;
const root = (field: string) => (args: string) => `${field}${args} { nodes { id } }`;
const COMMUNITY = 'community(statCode: "330401001001")';
const GRID = 'grid(gridCode: "330401001001001")';
const DAY = 'asOf: "2026-01-01"';

/** Each list, how it is asked, and what for: nothing, each choice found and in vain. */
const LISTS: Record<string, readonly [ask: (args: string) => string, ...choices: string[]]> = {
  'Community.grids': [below(COMMUNITY, 'grids'), '', DAY],
  'Community.workers': [
    below(COMMUNITY, 'workers'),
    '',
    'inService: false',
    'post: DEPUTY',
    'post: SECRETARY_DIRECTOR',
  ],
  'Division.children': [below('division(code: "330401001")', 'children'), '', DAY],
  'Division.communities': [below('division(code: "3304")', 'communities'), '', DAY],
  'EngagementCoverage.uncoveredCommunities': [
    (args) => {
      const [role = '', area = ''] = args.slice(1, -1).split(', ');
      return `engagementCoverage(role: ${role}, divisionCode: "${area}") { uncoveredCommunities { nodes { id } } }`;
    },
    'LEGAL_ADVISER, 3304',
    'LEGAL_ADVISER, 330404',
    'STATIONED, 3304',
    'MEMBER, 3304',
  ],
  'Fund.entries': [below('funds(first: 1, divisionCode: "330401")', 'nodes { entries'), ''],
  'Grid.assignments': [
    below(GRID, 'assignments'),
    '',
    'role: GRID_CHIEF',
    'role: GRID_INSTRUCTOR',
    'asOf: "2026-06-01T00:00:00Z"',
    'asOf: "2019-01-01T00:00:00Z"',
    'asOf: "2016-01-01T00:00:00Z"',
    'asOf: "2014-01-01T00:00:00Z"',
    'role: GRID_CHIEF, asOf: "2026-06-01T00:00:00Z"',
    'role: MICRO_GRID_CHIEF, asOf: "2019-01-01T00:00:00Z"',
  ],
  'Grid.microGrids': [below(GRID, 'microGrids'), '', DAY],
  'GridCoverage.gridsWithoutChief': [
    (args) => `division(code: "${args.slice(1, -1)}") { gridCoverage { gridsWithoutChief { nodes { id } } } }`,
    '3304',
    '330404',
  ],
  'OrganizationsImport.lines': [
    (args) => `organizationsImports(first: 1) { nodes { lines${args} { nodes { line } } } }`,
    '',
    'outcome: REJECTED',
    'outcome: HELD',
  ],
  'Programme.designations': [
    below('programmes(cityCode: "3304", code: "SAFE")', 'designations'),
    '',
    'divisionCode: "330401"',
    'divisionCode: "330402"',
    'divisionCode: "330404"',
  ],
  'Query.communities': [
    root('communities'),
    '',
    'sort: NAME',
    `filter: { ${DAY} }`,
    ...['sort: NAME, ', ''].flatMap((sort) =>
      ['', 'divisionCode: "33"', 'divisionCode: "3304"', 'divisionCode: "330404"'].flatMap((area) =>
        ['ADMINISTRATIVE_VILLAGE', 'FARM_COMMUNITY'].map(
          (kind) => `${sort}filter: { ${[area, `kind: ${kind}`].filter(Boolean).join(', ')} }`,
        ),
      ),
    ),
  ],
  'Query.divisions': [
    root('divisions'),
    '',
    `filter: { ${DAY} }`,
    'filter: { divisionCode: "33" }',
    'filter: { divisionCode: "330404" }',
    'filter: { level: COUNTY }',
    'filter: { level: PROVINCE }',
    'filter: { level: TOWNSHIP, divisionCode: "3304" }',
    'filter: { level: COUNTY, divisionCode: "330404001" }',
    'filter: { parentCode: "330401001" }',
    'filter: { parentCode: "330409" }',
    'filter: { parentCode: "330401001", level: COUNTY }',
  ],
  'Query.elections': [
    root('elections'),
    'divisionCode: "33"',
    'divisionCode: "3304"',
    'divisionCode: "330402"',
    'divisionCode: "330404"',
  ],
  'Query.experienceEvents': [
    root('experienceEvents'),
    ...['year: 2015', 'year: 2099', 'year: 2015, kind: SITE_VISIT', 'year: 2015, kind: EXCHANGE'].map(
      (choice) => `cityCode: "3304", ${choice}`,
    ),
    'cityCode: "3301", year: 2015',
  ],
  'Query.funds': [
    root('funds'),
    ...['3304', '330401', '330404'].flatMap((code) =>
      ['', ', year: 2015', ', year: 2099'].map((choice) => `divisionCode: "${code}"${choice}`),
    ),
  ],
  'Query.grids': [
    root('grids'),
    '',
    `filter: { ${DAY} }`,
    'filter: { divisionCode: "33" }',
    'filter: { divisionCode: "330404" }',
    'filter: { hasChief: true, divisionCode: "33" }',
    'filter: { hasChief: false, divisionCode: "33" }',
    'filter: { hasChief: false }',
    'filter: { hasChief: true }',
    'filter: { hasChief: false, divisionCode: "330404" }',
    'filter: { hasChief: false, divisionCode: "330401" }',
    'filter: { hasChief: true, divisionCode: "330401010" }',
  ],
  'Query.organizationItemConflicts': [conflicts('organizationItemConflicts'), ...CONFLICT_CHOICES],
  'Query.organizations': [
    root('organizations'),
    ...['3304', '330401', '330401001', '330401001001'].flatMap((code) =>
      ['STATIONED_UNIT', 'INCUBATOR'].map((kind) => `kind: ${kind}, divisionCode: "${code}"`),
    ),
  ],
  'Query.organizationsImports': [() => 'organizationsImports { nodes { batchId } }', ''],
  'Query.posts': [root('posts'), '', 'divisionCode: "330404"', 'divisionCode: "330409"'],
  'Query.recruitments': [
    root('recruitments'),
    'divisionCode: "3304"',
    'divisionCode: "330401"',
    'divisionCode: "330404"',
  ],
  'Query.socialOrganizations': [
    root('socialOrganizations'),
    ...['3304', '330402', '330402001', '330402001001'].flatMap((code) =>
      ['CHARITY', 'MEDIATION'].map((field) => `divisionCode: "${code}", field: ${field}`),
    ),
  ],
  'Query.socialWorkerRegistrations': [
    root('socialWorkerRegistrations'),
    '',
    'filter: { divisionCode: "330402" }',
    'filter: { divisionCode: "330409" }',
    'filter: { expiresFrom: "2026-06-30", expiresBefore: "2026-09-28" }',
    'filter: { expiresFrom: "2036-06-30" }',
    'filter: { expiresBefore: "2020-06-30", divisionCode: "330402" }',
  ],
  'Query.trainingCourses': [
    root('trainingCourses'),
    ...['3304', '330402', '330404'].flatMap((code) => [
      `divisionCode: "${code}"`,
      `divisionCode: "${code}", cell: { kind: POST, tier: COUNTY }`,
      `divisionCode: "${code}", cell: { kind: ADVANCED, tier: CITY }`,
    ]),
  ],
  'Query.workerRecords': [
    root('workerRecords'),
    'kind: AWARD',
    'kind: TALENT_TITLE',
    'kind: AWARD, filter: { divisionCode: "330401001" }',
    'kind: AWARD, filter: { divisionCode: "330409" }',
    'kind: AWARD, filter: { fromDay: "2024-06-01", beforeDay: "2025-06-01" }',
    'kind: AWARD, filter: { fromDay: "2034-06-01", divisionCode: "330404" }',
  ],
  'Query.workers': [
    root('workers'),
    '',
    ...[
      '',
      'divisionCode: "330401"',
      'divisionCode: "330404"',
      'divisionCode: "330404001"',
      'divisionCode: "330404001001"',
    ].flatMap((area) =>
      [
        '',
        'inService: true',
        'inService: false',
        'post: SPECIALIST',
        'post: DEPUTY',
        'post: DEPUTY, inService: false',
      ].map((choice) => `filter: { ${[area, choice].filter(Boolean).join(', ')} }`),
    ),
  ],
};

/** A conflict may be found by each of the three that have a part in it. */
const PARTS: Readonly<Record<string, number>> = { 'Query.organizationItemConflicts': 3 };
/** Rows of a page of 20, one more to see whether another follows, and the row that carries the page. */
const MOST_ROWS = 30;
const MOST_PAGES = 80;

test('every list of the contract is asked, by each of its choices', () => {
  const asked = Object.fromEntries(Object.entries(LISTS).map(([list, [, ...choices]]) => [list, choices]));
  expect(unasked('organizations', asked)).toEqual([]);
  expect(Object.keys(asked).filter((list) => !unasked('organizations', {}).includes(list))).toEqual([]);
});

test.each(Object.entries(LISTS))(
  'no page of %s reads more than its rows and a constant',
  async (list, [ask, ...choices]) => {
    const dear: string[] = [];
    for (const choice of choices) {
      for (const area of list.startsWith('Query.') ? ['3304', '330404', '330401001001'] : ['3304']) {
        const caller = testCaller([area], 'workforce.pay');
        const args = choice === '' ? '' : `(${choice})`;
        const document = ask(args);
        const queries = await recordQueries(subgraph.pool, async () => {
          const { problems } = await subgraph.run(
            caller,
            `{ ${document} ${document.includes('{ entries') ? '}' : ''} }`,
          );
          expect(problems, document).toEqual([]);
        });
        const last = queries.at(-1);
        expect(last, document).toBeDefined();
        const { rows, pages } = last === undefined ? { rows: -1, pages: -1 } : await measuredReads(subgraph.pool, last);
        if (rows > MOST_ROWS * (PARTS[list] ?? 1) || pages > MOST_PAGES)
          dear.push(`${area} ${document}: ${rows} rows, ${pages} pages`);
      }
    }
    expect(dear).toEqual([]);
  },
);
