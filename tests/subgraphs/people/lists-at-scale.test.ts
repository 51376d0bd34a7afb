import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { measuredReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;

/** A tenth of five and a half million, in 111 communities of four counties. */
const PEOPLE = 555_000;
const PLACES = 'city_code, county_code, township_code, community_code';

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  const { pool } = subgraph;
  const { rows } = await pool.query<{ name: string; definition: string }>(`
    SELECT 'people.' || indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE schemaname = 'people' AND tablename IN ('person', 'care_tag') AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'`);
  await pool.query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`);
  await pool.query(`
    INSERT INTO people.person (id, name, name_pinyin, name_initials, sex_code, birth_date, citizen_id_sealed,
      citizen_id_hash, ethnic_group_code, education_code, marital_status_code, employment_status_code,
      registered_city_code, registered_county_code, registered_community_code, ${PLACES}, grid_code, micro_grid_code, provenance_id)
    SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'x' || left(md5(n::text), 4), md5(n::text),
           left(md5('i' || n), 3), CASE WHEN n % 2 = 0 THEN '1' ELSE '2' END, date '1930-01-01' + n % 33000, '',
           int4send(n), '01', '10', '10', '10', '3304', '330401',
           CASE WHEN n % 10 = 0 THEN '330401001001' ELSE left(grid, 12) END, left(grid, 4), left(grid, 6), left(grid, 9), left(grid, 12),
           grid, grid || '001', '01900000-0000-7000-8000-000000999999'
      FROM (SELECT n, '33040' || 1 + c % 4 || '00' || 1 + c / 4 % 3 || lpad((1 + c / 12)::text, 3, '0') || '00' || 1 + n / 111 % 5 AS grid
              FROM (SELECT n, n % 111 AS c FROM generate_series(1, ${PEOPLE}) n) placed) numbered`);
  await pool.query(`
    INSERT INTO people.care_tag (id, person_id, kind, restricted, valid_from, valid_to, ${PLACES}, grid_code, provenance_id)
    SELECT gen_random_uuid(), id, 'SOLITARY_ELDER', false, '2020-01-01', CASE WHEN random() < 0.9 THEN date '2024-01-01' END,
           ${PLACES}, grid_code, provenance_id FROM people.person WHERE birth_date < '1950-01-01'`);
  await pool.query(`
    INSERT INTO people.elder_alert (id, person_id, kind, state, raised_at, closed_at, ${PLACES}, grid_code, provenance_id)
    SELECT gen_random_uuid(), id, 'NO_MOVEMENT', 'CLOSED', timestamptz '2025-01-01' + random() * interval '1 year',
           '2026-02-01', ${PLACES}, grid_code, provenance_id FROM people.person WHERE birth_date < '1936-01-01'`);
  for (const { definition } of rows) await pool.query(definition);
  await pool.query('VACUUM ANALYZE people.person, people.care_tag, people.elder_alert');
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

async function costOf(area: string, document: string, rights: readonly 'person.minor'[] = []) {
  const caller = testCaller([area], 'person.identity', 'person.care', 'person.key-population', ...rights);
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(caller, document);
    expect(problems).toEqual([]);
  });
  expect(queries).toHaveLength(1);
  const [query] = queries;
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

test.each([
  ['residents of a community', '3304', COMMUNITY('residents(sort: NAME) { nodes { id } }')],
  ['residents who live apart', '3304', COMMUNITY('separatedPersons(side: LIVES_HERE) { nodes { id } }')],
  [
    'those registered in it who live elsewhere',
    '3304',
    COMMUNITY('separatedPersons(side: REGISTERED_HERE) { nodes { id } }'),
  ],
  ['persons of a grid', '330401001001001', '{ persons { nodes { id } } }'],
  [
    'live tags of a city, of which nine in ten have ended',
    '3304',
    '{ careTags(filter: { kind: SOLITARY_ELDER }) { nodes { id } } }',
  ],
  ['live tags of a county', '330402', '{ careTags(filter: { kind: SOLITARY_ELDER }) { nodes { id } } }'],
  ['live tags of a grid', '330401001001001', '{ careTags(filter: { kind: SOLITARY_ELDER }) { nodes { id } } }'],
  ['no tags', '3304', '{ careTags(filter: { kind: VETERAN }) { nodes { id } } }'],
  ['open alerts of a city, of which all are closed', '3304', '{ elderAlerts(open: true) { nodes { id } } }'],
  ['closed alerts of a county', '330401', '{ elderAlerts(open: false) { nodes { id } } }'],
])('a page of %s reads no more than its rows and a constant', async (_what, area, document) => {
  const { rows, pages: blocks } = await costOf(area, document, ['person.minor']);
  expect(rows).toBeLessThanOrEqual(MOST_ROWS);
  expect(blocks).toBeLessThanOrEqual(MOST_BLOCKS);
});
