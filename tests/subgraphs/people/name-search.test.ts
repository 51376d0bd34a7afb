import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../../prisma/seed/chance/random.ts';
import { personName, surname } from '../../../prisma/seed/people/names.ts';
import { people } from '../../../subgraphs/people/index.ts';
import { COMPOUND_SURNAMES, readName } from '../../../subgraphs/people/rules/name-reading.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { measuredReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;

/** A tenth of five and a half million, in 111 communities of four counties, with the names that the generator gives. */
const PEOPLE = 555_000;
const PLACES = 'city_code, county_code, township_code, community_code, grid_code, micro_grid_code';

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  const random = new Random('names-at-scale');
  const names = Array.from({ length: 100_000 }, (_, n) =>
    personName(random, surname(random), n % 2 === 0 ? '1' : '2', 1940 + (n % 70)),
  );
  const client = await subgraph.pool.connect();
  await client.query("SET maintenance_work_mem = '512MB'");
  await client.query('SET max_parallel_maintenance_workers = 1');
  const { rows } = await client.query<{ name: string; definition: string }>(`
    SELECT 'people.' || indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE schemaname = 'people' AND tablename = 'person' AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'`);
  await client.query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`);
  await client.query('ALTER TABLE people.person SET UNLOGGED');
  await client.query(
    `WITH known AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS k(name, pinyin, initials, n))
     INSERT INTO people.person (id, name, name_pinyin, name_initials, sex_code, birth_date, citizen_id_sealed, citizen_id_hash,
       ethnic_group_code, education_code, marital_status_code, employment_status_code, registered_city_code, registered_county_code,
       ${PLACES}, provenance_id)
     SELECT gen_random_uuid(), k.name, k.pinyin, k.initials, '1', date '1930-01-01' + p.n % 33000, '', int4send(p.n), '01', '10', '10', '10',
            '3304', '330401', left(grid, 4), left(grid, 6), left(grid, 9), left(grid, 12), grid, grid || '001', gen_random_uuid()
       FROM (SELECT n, '33040' || 1 + c % 4 || '00' || 1 + c / 4 % 3 || lpad((1 + c / 12)::text, 3, '0') || '00' || 1 + n / 111 % 5 AS grid
               FROM (SELECT n, n::bigint * 7919 % 111 AS c FROM generate_series(1, ${PEOPLE}) n) placed) p
       JOIN known k ON k.n = 1 + p.n % 100000`,
    [names.map(({ name }) => name), names.map(({ pinyin }) => pinyin), names.map(({ initials }) => initials)],
  );
  // Those of the names in question, and those that lead with an area, which might be walked along instead.
  for (const { name, definition } of rows)
    if (/given_|code_id_idx|code_name_id/.test(name)) await client.query(definition);
  await client.query('VACUUM ANALYZE people.person');
  client.release();
}, 300_000);
afterAll(() => subgraph[Symbol.asyncDispose]());

const AREAS = ['3304', '330401', '330401001', '330401001001', '330401001001001'];
/** Twenty people and one more, found and then read, by two ways of a name, with those under age among them. */
const MOST_ROWS = 21 * 2 * 2 * 1.5;
const MOST_PAGES = 400;

async function costOf(area: string, by: string) {
  const caller = testCaller([area], 'person.identity');
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(caller, `{ findPerson(by: { ${by} }) { __typename } }`);
    expect(problems).toEqual([]);
  });
  const [query] = queries;
  if (query === undefined || queries.length !== 1) throw new Error(`${queries.length} statements`);
  return measuredReads(subgraph.pool, query);
}

/** Given names that most bear, some that few do, and one of nobody. */
async function givenNames(): Promise<string[]> {
  const { rows } = await subgraph.pool.query<{ given: string }>(
    `SELECT given FROM (SELECT substr(name, 2) AS given, count(*) AS bearers FROM people.person GROUP BY 1) g
      WHERE char_length(given) IN (1, 2) ORDER BY bearers DESC`,
  );
  // Those that most bear, and those of a name that is part of many others, such as 涛 of 文涛 behind 宇文.
  const common = rows.slice(0, 5).map(({ given }) => given);
  return [...common, rows[Math.floor(rows.length / 2)]?.given ?? '', rows.at(-1)?.given ?? '', '囧囧'];
}

test.each(AREAS)('in %s whoever bears a given name is found at the cost of a page', async (area) => {
  const dear: string[] = [];
  for (const name of await givenNames()) {
    const { rows, pages } = await costOf(area, `givenName: "${name}"`);
    if (rows > MOST_ROWS || pages > MOST_PAGES) dear.push(`${name}: ${rows} rows, ${pages} pages`);
  }
  expect(dear).toEqual([]);
});

let lettersFound: Promise<string[]> | undefined;
/** The same in letters; looked for once. */
function givenLetters(): Promise<string[]> {
  lettersFound ??= findGivenLetters();
  return lettersFound;
}

async function findGivenLetters(): Promise<string[]> {
  const expressions = [
    'people.letters_after_surname(people.surname_length(name), name_pinyin, name_initials)',
    'substr(name_initials, people.surname_length(name) + 1)',
  ];
  const found = await Promise.all(
    expressions.map((given) =>
      subgraph.pool.query<{ given: string }>(
        `SELECT given FROM (SELECT ${given} AS given FROM people.person) g WHERE given <> '' GROUP BY 1 ORDER BY count(*) DESC, 1`,
      ),
    ),
  );
  return [
    ...found.flatMap(({ rows }) =>
      [0, 1, 2, Math.floor(rows.length / 2), rows.length - 1].map((n) => rows[n]?.given ?? ''),
    ),
    ...['qqqq', 'zz'],
  ];
}

test.each(AREAS)(
  'in %s whoever bears a given name in pinyin or initials is found at the cost of a page',
  async (area) => {
    const dear: string[] = [];
    for (const letters of await givenLetters()) {
      const { rows, pages } = await costOf(area, `givenName: "${letters}"`);
      if (rows > MOST_ROWS || pages > MOST_PAGES) dear.push(`${letters}: ${rows} rows, ${pages} pages`);
    }
    expect(dear).toEqual([]);
  },
);

test('of every name that the generator gives, what follows the family name is read as the name is', async () => {
  const { rows } = await subgraph.pool.query<{ name: string; given: string | null; initials: string }>(
    `SELECT DISTINCT name, people.letters_after_surname(people.surname_length(name), name_pinyin, name_initials) AS given,
            substr(name_initials, people.surname_length(name) + 1) AS initials FROM people.person`,
  );
  expect(rows.length).toBeGreaterThan(10_000);
  // 白 is read bai as a family name, and nothing of it is left over.
  const wrong = rows.filter(({ name, given, initials }) => {
    const length = COMPOUND_SURNAMES.has(name.slice(0, 2)) && name.length > 2 ? 2 : 1;
    const after = readName(`白${name.slice(length)}`);
    return given !== after.pinyin.slice('bai'.length) || initials !== after.initials.slice(1);
  });
  expect(wrong).toEqual([]);
});

test('a trigram index of names in pinyin gives all of the city’s matches before a page of an area has its first', async () => {
  await subgraph.pool.query('CREATE INDEX person_trigrams ON people.person USING gin (name_pinyin gin_trgm_ops)');
  await subgraph.pool.query('VACUUM ANALYZE people.person');
  const read = async (community: string, text: string) => {
    const bitmap = `SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off`;
    const client = await subgraph.pool.connect();
    try {
      await client.query(`BEGIN; ${bitmap}`);
      const { rows } = await client.query(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT id FROM people.person t
          WHERE t.community_code || '' = $1 AND t.name_pinyin LIKE $2 ORDER BY t.id LIMIT 21`,
        [community, `%${text}%`],
      );
      const plan = JSON.stringify(rows[0]['QUERY PLAN']);
      expect(plan).toContain('person_trigrams');
      return {
        pages: rows[0]['QUERY PLAN'][0].Plan['Shared Hit Blocks'] as number,
        ms: rows[0]['QUERY PLAN'][0]['Execution Time'] as number,
      };
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };
  const found = Object.fromEntries(
    await Promise.all(
      ['jianguo', 'wei', 'sanfeng'].map(async (text) => [text, await read('330401001001', text)] as const),
    ),
  );
  console.info(JSON.stringify(found));
  // A syllable that many names have, in a community of five thousand: each of the city's matches is looked at.
  expect(found.wei?.pages).toBeGreaterThan(2 * MOST_PAGES);
  await subgraph.pool.query('DROP INDEX people.person_trigrams');
});
