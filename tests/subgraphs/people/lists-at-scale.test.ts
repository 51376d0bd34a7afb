import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RightCode } from '../../../subgraphs/kit/codes/rights.ts';
import { people } from '../../../subgraphs/people/index.ts';
import { CONFLICT_CHOICES, conflicts, insertConflicts } from '../../kit/conflict-cases.ts';
import { unasked } from '../../kit/list-fields.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { measuredReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;

/** A tenth of five and a half million, in 111 communities of four counties. */
const PEOPLE = 555_000;
const PLACES = 'city_code, county_code, township_code, community_code';
const ID = (group: string, n: string) => `('01900000-0000-7${group}-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  // One connection, so that what it is given to sort with holds for every index; nothing here has to outlive a crash.
  const client = await subgraph.pool.connect();
  const query = (text: string) => client.query(text);
  await query("SET maintenance_work_mem = '512MB'");
  await query('SET max_parallel_maintenance_workers = 1');
  const { rows } = await client.query<{ name: string; definition: string }>(`
    SELECT 'people.' || indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE schemaname = 'people' AND tablename IN ('person', 'care_tag') AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'`);
  await query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`);
  await query('ALTER TABLE people.person SET UNLOGGED');
  await query(`
    INSERT INTO people.person (id, household_id, name, name_pinyin, name_initials, sex_code, birth_date, citizen_id_sealed,
      citizen_id_hash, ethnic_group_code, education_code, marital_status_code, employment_status_code,
      registered_city_code, registered_county_code, registered_community_code, ${PLACES}, grid_code, micro_grid_code, provenance_id)
    SELECT ${ID('000', 'n')}, CASE WHEN n <= 2000 THEN ${ID('001', '1')} END, 'x' || left(hash, 4), hash, right(hash, 3),
           CASE WHEN n % 2 = 0 THEN '1' ELSE '2' END, date '1930-01-01' + n % 33000, '', int4send(n), '01', '10', '10', '10',
           '3304', '330401', CASE WHEN n % 10 = 0 THEN '330401001001' ELSE left(grid, 12) END, left(grid, 4), left(grid, 6),
           left(grid, 9), left(grid, 12), grid, grid || '001', '01900000-0000-7000-8000-000000999999'
      FROM (SELECT n, md5(n::text) AS hash,
                   '33040' || 1 + c % 4 || '00' || 1 + c / 4 % 3 || lpad((1 + c / 12)::text, 3, '0') || '00' || 1 + n / 111 % 5 AS grid
              FROM (SELECT n, n % 111 AS c FROM generate_series(1, ${PEOPLE}) n) placed) numbered`);
  await query(`
    INSERT INTO people.care_tag (id, person_id, kind, restricted, valid_from, valid_to, ${PLACES}, grid_code, provenance_id)
    SELECT gen_random_uuid(), id, k.kind, k.restricted, '2020-01-01', CASE WHEN random() < 0.9 THEN date '2024-01-01' END,
           ${PLACES}, grid_code, provenance_id
      FROM people.person, (VALUES ('SOLITARY_ELDER', false, date '1950-01-01'), ('AFTERCARE_SUPPORT', true, date '1932-01-01')) AS k(kind, restricted, born)
     WHERE birth_date < k.born`);
  await query(`
    INSERT INTO people.elder_alert (id, person_id, kind, state, raised_at, closed_at, ${PLACES}, grid_code, provenance_id)
    SELECT gen_random_uuid(), id, 'NO_MOVEMENT', 'CLOSED', timestamptz '2025-01-01' + random() * interval '1 year',
           '2026-02-01', ${PLACES}, grid_code, provenance_id FROM people.person WHERE birth_date < '1936-01-01'`);
  await query(`
    INSERT INTO people.identity_candidate (id, first_id, second_id, score, reasons, state, found_at, ${PLACES}, grid_code, provenance_id)
    SELECT gen_random_uuid(), id, gen_random_uuid(), 50 + mod(extract(day FROM birth_date)::int, 50), '{NAME}', (ARRAY['OPEN', 'APART', 'MERGED'])[1 + mod(extract(day FROM birth_date)::int, 3)], '2026-01-01',
           ${PLACES}, grid_code, provenance_id FROM people.person WHERE birth_date < '1931-01-01' AND county_code <> '330401'`);
  await query(`
    INSERT INTO people.household (id, household_number, type, dwelling_id, ${PLACES}, grid_code, micro_grid_code, provenance_id)
    SELECT ${ID('001', 'n')}, 'H' || n, 'FAMILY', CASE WHEN n % 2 = 0 THEN ${ID('002', '1')} ELSE gen_random_uuid() END, ${PLACES}, grid_code, micro_grid_code, provenance_id
      FROM (SELECT row_number() OVER () AS n, * FROM people.person LIMIT 20000) p`);
  await query(`
    INSERT INTO people.standard_address (id, level, parent_id, name, address_text, ${PLACES}, grid_code, provenance_id)
    SELECT ${ID('003', 'n')}, CASE WHEN n % 20 = 1 THEN 'ESTATE' ELSE 'BUILDING' END, CASE WHEN n % 20 <> 1 THEN ${ID('003', '1')} END,
           n::text, 'x' || n, ${PLACES}, grid_code, provenance_id FROM (SELECT row_number() OVER () AS n, * FROM people.person LIMIT 20000) p`);
  await query(`
    INSERT INTO people.dwelling (id, address_id, estate_name, address_text, building, room, area_square_metres, usage, ${PLACES}, grid_code, micro_grid_code, provenance_id)
    SELECT ${ID('002', 'n')}, CASE WHEN n % 2 = 0 THEN ${ID('003', '1')} ELSE ${ID('003', '2')} END, 'x', 'x', '1', n::text, 80, 'RESIDENTIAL', h.city_code, h.county_code, h.township_code,
           '330401001001', '330401001001001', h.micro_grid_code, h.provenance_id FROM (SELECT row_number() OVER () AS n, * FROM people.household) h`);
  await query(`
    INSERT INTO people.import_batch (id, dataset, dataset_version, client_id, department, format, policy, max_error_rate, state, received_at, touched_at)
    SELECT ${ID('004', 'n')}, 'people', 1, 'x', CASE WHEN n % 2 = 0 THEN 'civil-affairs' ELSE 'public-security' END, 'CSV', 'GOOD_ROWS', 0, 'COMPLETED',
           timestamptz '2020-01-01' + n * interval '1 hour', '2026-01-01' FROM generate_series(1, 20000) n;
    INSERT INTO people.import_row (batch_id, line, outcome, code) SELECT ${ID('004', '20000 - b')}, n, CASE WHEN b = 0 THEN 'REJECTED' ELSE 'HELD' END, 'x' FROM generate_series(1, 20000) n, generate_series(0, 1) b`);
  await insertConflicts(subgraph.pool, 'people', ['Person', 'Household']);
  for (const { definition } of rows) await query(definition);
  await query('VACUUM ANALYZE');
  client.release();
}, 300_000);
afterAll(() => subgraph[Symbol.asyncDispose]());

const AREAS = [
  ['city', '3304'],
  ['county', '330401'],
  ['township', '330401001'],
  ['community', '330401001001'],
] as const;

const SEXES = ['', 'sex: FEMALE', 'sex: UNKNOWN'];
/** Every sort with every filter that it serves: found, found by few and found by nobody. */
const CHOICES: readonly (readonly [sort: string, filters: readonly string[]])[] = [
  ['ID', ['']],
  ['NAME', ['', 'namePinyinPrefix: "a"', 'namePinyinPrefix: "abcd"', 'namePinyinPrefix: "zz"']],
  ['CHARACTERS', ['', 'namePrefix: "x"', 'namePrefix: "xabc"', 'namePrefix: "王"']],
  ['INITIALS', ['', 'initialsPrefix: "a"', 'initialsPrefix: "abc"', 'initialsPrefix: "zz"']],
  [
    'BIRTH_DATE',
    [
      '',
      'bornFrom: "1990-01-01"',
      'bornTo: "1940-01-01"',
      'bornFrom: "1990-01-01", bornTo: "1990-01-31"',
      'bornFrom: "2090-01-01"',
    ],
  ],
];

/**
 * A page of 20 and one more, each found among two where the sex is asked for and among eight in seven where minors are
 * left out, and what carries the page.
 */
const MOST_ROWS = 21 * 2 * 1.5 + 20;
const MOST_BLOCKS = 400;

async function costOf(area: string, document: string, rights: readonly RightCode[] = []) {
  const caller = testCaller([area], 'person.identity', 'person.care', 'person.key-population', ...rights);
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(caller, document);
    expect(problems).toEqual([]);
  });
  // The last one is the list's; whom it lies below is read before.
  const query = queries.at(-1);
  return query === undefined ? { rows: -1, pages: -1 } : measuredReads(subgraph.pool, query);
}

test.each(AREAS)(
  'no page of persons of a %s reads more than its rows and a constant, whatever the filter and the sort',
  async (_tier, area) => {
    const dear: string[] = [];
    let asked = 0;
    for (const [sort, filters] of CHOICES) {
      for (const filter of filters) {
        for (const sex of SEXES) {
          const given = [filter, sex].filter((text) => text !== '').join(', ');
          for (const rights of [[], ['person.minor']] as const) {
            const { rows, pages: blocks } = await costOf(
              area,
              `{ persons(sort: ${sort}, filter: { ${given} }) { nodes { id } } }`,
              rights,
            );
            asked++;
            if (rows > MOST_ROWS || blocks > MOST_BLOCKS)
              dear.push(`${sort} { ${given} } ${rights}: ${rows} rows, ${blocks} blocks`);
          }
        }
      }
    }
    expect(asked).toBe(18 * 3 * 2);
    expect(dear).toEqual([]);
  },
  120_000,
);

const COMMUNITY = (fields: string) =>
  `query { _entities(representations: [{ __typename: "Community", id: "Community:330401001001" }]) { ... on Community { ${fields} } } }`;

const ENTITY = (typeName: string, key: string, fields: string) =>
  `query { _entities(representations: [{ __typename: "${typeName}", id: "${typeName}:${key}" }]) { ... on ${typeName} { ${fields} } } }`;
const key = (group: string, n = 1) => `01900000-0000-7${group}-8000-${n.toString(16).padStart(12, '0')}`;
const DIVISIONS = [
  '',
  'divisionCode: "3304"',
  'divisionCode: "330402"',
  'divisionCode: "330402001"',
  'divisionCode: "330409"',
];
const joined = (...texts: readonly string[]) => texts.filter((text) => text !== '').join(', ');
const found = (args: string, field: string) => `${field}${args === '' ? '' : `(${args})`} { nodes { id } }`;

const conflictsOf = (field: string) => (args: string) => `{ ${conflicts(field)(args === '' ? '' : `(${args})`)} }`;

/** Every other list, how it is asked, and what for: nothing, each choice found and in vain. */
const LISTS: Readonly<Record<string, readonly [ask: (args: string) => string, ...choices: string[]]>> = {
  'Community.estates': [(args) => COMMUNITY(found(args, 'estates')), ''],
  'Community.households': [(args) => COMMUNITY(found(args, 'households')), ''],
  'Community.residents': [
    (args) => COMMUNITY(found(args, 'residents')),
    '',
    'sort: NAME',
    'sort: NAME, filter: { namePinyinPrefix: "zz" }',
    'sort: INITIALS, filter: { initialsPrefix: "zz" }',
    'sort: CHARACTERS, filter: { namePrefix: "王" }',
    'sort: BIRTH_DATE, filter: { bornFrom: "2090-01-01", bornTo: "2091-01-01", sex: UNKNOWN }',
  ],
  'Community.separatedPersons': [
    (args) => COMMUNITY(found(args, 'separatedPersons')),
    'side: LIVES_HERE',
    'side: REGISTERED_HERE',
  ],
  'Dwelling.households': [(args) => ENTITY('Dwelling', key('002'), found(args, 'households')), ''],
  'Grid.residents': [(args) => ENTITY('Grid', '330401001001001', found(args, 'residents')), ''],
  'Household.members': [(args) => ENTITY('Household', key('001'), found(args, 'members')), ''],
  'StandardAddress.children': [(args) => ENTITY('StandardAddress', key('003'), found(args, 'children')), ''],
  'StandardAddress.dwellings': [(args) => ENTITY('StandardAddress', key('003'), found(args, 'dwellings')), ''],
  'PeopleImport.lines': [
    (args) => `{ peopleImports(first: 1) { nodes { lines${args === '' ? '' : `(${args})`} { nodes { line } } } } }`,
    '',
    'outcome: REJECTED',
    'outcome: HELD',
  ],
  'Query.peopleImports': [() => '{ peopleImports { nodes { batchId } } }', ''],
  'Query.careTags': [
    (args) => `{ ${found(args, 'careTags')} }`,
    ...DIVISIONS.flatMap((division) =>
      ['SOLITARY_ELDER', 'VETERAN'].map((kind) => `filter: { ${joined(`kind: ${kind}`, division)} }`),
    ),
  ],
  'Query.keyPopulationTags': [
    (args) => `{ ${found(args, 'keyPopulationTags')} }`,
    ...DIVISIONS.flatMap((division) =>
      ['AFTERCARE_SUPPORT', 'SOLITARY_ELDER'].map((kind) => `filter: { ${joined(`kind: ${kind}`, division)} }`),
    ),
  ],
  'Query.elderAlerts': [
    (args) => `{ ${found(args, 'elderAlerts')} }`,
    ...DIVISIONS.flatMap((division) => ['', 'open: true', 'open: false'].map((open) => joined(open, division))),
  ],
  'Query.identityCandidates': [
    (args) => `{ ${found(args, 'identityCandidates').replace('{ id }', '{ score }')} }`,
    ...['', 'OPEN', 'APART', 'MERGED'].map((state) => (state === '' ? '' : `state: ${state}`)),
  ],
  'Query.personItemConflicts': [conflictsOf('personItemConflicts'), ...CONFLICT_CHOICES],
  'Query.householdItemConflicts': [conflictsOf('householdItemConflicts'), ...CONFLICT_CHOICES],
  'Query.persons': [(args) => `{ ${found(args, 'persons')} }`, ''],
  'Query.standardAddresses': [
    (args) => `{ ${found(args, 'standardAddresses')} }`,
    ...DIVISIONS.slice(1).flatMap((division) =>
      ['ESTATE', 'STAIRWELL'].map((level) => joined(division, `level: ${level}`)),
    ),
  ],
};

test.each(AREAS)(
  'no search by how a name begins reads more than its matches in a %s, found or in vain',
  async (_tier, area) => {
    for (const nameStart of ['ab', 'abcdef', 'zz', 'qx', '王芳']) {
      const { rows, pages } = await costOf(area, `{ findPerson(by: { nameStart: "${nameStart}" }) { __typename } }`);
      expect(rows, nameStart).toBeLessThanOrEqual(2 * MOST_ROWS + 3 * 21);
      expect(pages, nameStart).toBeLessThanOrEqual(MOST_BLOCKS);
    }
  },
);

test('every list of the contract is asked, by each of its choices', () => {
  const asked: Record<string, readonly string[]> = Object.fromEntries(
    Object.entries(LISTS).map(([list, [, ...choices]]) => [list, choices]),
  );
  asked['Query.persons'] = ['sort:', ...SEXES, ...CHOICES.flatMap(([, filters]) => filters)];
  expect(unasked('people', asked)).toEqual([]);
});

test.each(Object.entries(LISTS))(
  'no page of %s reads more than its rows and a constant',
  async (list, [ask, ...choices]) => {
    const dear: string[] = [];
    const areas = list.startsWith('Query.')
      ? ['3304', '330401', '330402001', '330401001001', '330401001001001']
      : ['3304'];
    for (const choice of choices) {
      for (const area of areas) {
        const { rows, pages } = await costOf(area, ask(choice), [
          'person.minor',
          'household.address',
          'identity.decide',
        ]);
        if (rows > MOST_ROWS || pages > MOST_BLOCKS)
          dear.push(`${area} ${list}(${choice}): ${rows} rows, ${pages} pages`);
      }
    }
    expect(dear).toEqual([]);
  },
);
