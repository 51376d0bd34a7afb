import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCitizenIdFlaw, normaliseCitizenId } from '../../../subgraphs/kit/citizen-id.ts';
import { keyedHash } from '../../../subgraphs/kit/store/sealing.ts';
import { people } from '../../../subgraphs/people/index.ts';
import { lastBirthDateOfNoMinor } from '../../../subgraphs/people/rules/age.ts';
import { COMPOUND_SURNAMES, readName } from '../../../subgraphs/people/rules/name-reading.ts';
import { openTestSubgraph, type TestSubgraph, testCaller, testKeys } from '../../kit/open-test-subgraph.ts';
import { CITY, COMMUNITY_A, COUNTY_AB, COUNTY_C, insertPeople, personKeys } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  await insertPeople(subgraph.pool);
  // 李四 and 张三 share a telephone, and 王芳's namesake is born on her day; 赵六 becomes a child of eleven.
  await subgraph.pool.query('UPDATE people.person SET phone_hash = $2 WHERE id = $1', [
    personKeys.li,
    keyedHash(testKeys.lookup, '13800138000'),
  ]);
  await subgraph.pool.query("UPDATE people.person SET name = '王芳', birth_date = '1965-01-02' WHERE id = $1", [
    personKeys.ouyang,
  ]);
  await subgraph.pool.query("UPDATE people.person SET birth_date = '2014-09-01' WHERE id = $1", [personKeys.zhao]);
  await subgraph.pool.query("UPDATE people.person SET name_initials = 'zs' WHERE id = $1", [personKeys.zhang]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const RIGHTS = ['person.identity', 'person.contact'] as const;
const id = (name: keyof typeof personKeys) => ({ id: `Person:${personKeys[name]}` });
const FIND = `query ($by: FindPersonInput!) { findPerson(by: $by) { __typename
  ... on PersonFound { person { id } }
  ... on SeveralPersonsMatch { persons { id } moreMatch } } }`;
const find = (area: string, by: object, ...rights: (typeof RIGHTS)[number][]) =>
  subgraph.run(testCaller([area], ...(rights.length === 0 ? RIGHTS : rights)), FIND, { by });

test.each([
  ['citizen number', COUNTY_AB, { citizenId: '33049919650102018x' }, { __typename: 'PersonFound', person: id('wang') }],
  [
    'old number of 15 digits',
    COUNTY_AB,
    { citizenId: '330499650102018' },
    { __typename: 'PersonFound', person: id('wang') },
  ],
  [
    'telephone of several',
    COUNTY_AB,
    { phone: '13800138000' },
    { __typename: 'SeveralPersonsMatch', persons: [id('zhang'), id('li')], moreMatch: false },
  ],
  [
    'telephone, of whom one is in the area',
    COUNTY_C,
    { phone: '13800138000' },
    { __typename: 'PersonFound', person: id('li') },
  ],
  [
    'telephone as people write it',
    COUNTY_C,
    { phone: '+86 138-0013 8000' },
    { __typename: 'PersonFound', person: id('li') },
  ],
  ['telephone of nobody', CITY, { phone: '13000000000' }, { __typename: 'NoPersonMatches' }],
  [
    'name and birth date',
    '330402001001',
    { name: '王芳', birthDate: '1965-01-02' },
    { __typename: 'SeveralPersonsMatch', persons: [id('wang'), id('ouyang')], moreMatch: false },
  ],
])('a person is found by %s in one statement, an ambiguous key is never guessed', async (_key, area, by, found) => {
  const { data, problems, statements } = await find(area, by);
  expect(problems).toEqual([]);
  expect(data.findPerson).toEqual(found);
  expect(statements).toEqual(['persons_by_key']);
});

test.each([
  [
    'characters',
    { nameStart: '王芳' },
    { __typename: 'SeveralPersonsMatch', persons: [id('wang'), id('ouyang')], moreMatch: false },
  ],
  ['whole pinyin', { nameStart: 'zhangs' }, { __typename: 'PersonFound', person: id('zhang') }],
  ['initials', { nameStart: 'zs' }, { __typename: 'PersonFound', person: id('zhang') }],
  ['capital letters', { nameStart: 'ZHANGS' }, { __typename: 'PersonFound', person: id('zhang') }],
  // 赵六 is a child.
  ['pinyin of a child', { nameStart: 'zhaol' }, { __typename: 'NoPersonMatches' }],
  ['the beginning of nobody', { nameStart: '钱钱' }, { __typename: 'NoPersonMatches' }],
])(
  'a name is found by how it begins, in %s, in one statement; several that match are never guessed',
  async (_how, by, found) => {
    const { data, problems, statements } = await find(CITY, by);
    expect(problems).toEqual([]);
    expect(data.findPerson).toEqual(found);
    expect(statements).toEqual(['persons_by_name_start']);
  },
);

test.each([
  [
    'a family name of one character',
    CITY,
    '芳',
    { __typename: 'SeveralPersonsMatch', persons: [id('wang'), id('ouyang')], moreMatch: false },
  ],
  ['a family name of two', CITY, '丰', { __typename: 'PersonFound', person: id('li') }],
  // 司马丰 is no 司 by the given name 马丰.
  ['part of a family name', CITY, '马丰', { __typename: 'NoPersonMatches' }],
  ['any family name, for a grid', '330402001001001', '三', { __typename: 'PersonFound', person: id('zhang') }],
  ['a child’s family name', CITY, '六', { __typename: 'NoPersonMatches' }],
  ['nobody’s family name in the area', '3301', '芳', { __typename: 'NoPersonMatches' }],
  ['a part of the given name alone', CITY, '方', { __typename: 'NoPersonMatches' }],
])('a given name is found after %s, in one statement', async (_after, area, givenName, found) => {
  await subgraph.pool.query("UPDATE people.person SET name = '司马丰' WHERE id = $1", [personKeys.li]);
  const { data, problems, statements } = await find(area, { givenName });
  expect(problems).toEqual([]);
  expect(data.findPerson).toEqual(found);
  expect(statements).toEqual(['persons_by_given_name']);
});

test('a name begins nothing outside of the area', async () => {
  expect((await find('3301', { nameStart: '王芳' })).data.findPerson).toEqual({ __typename: 'NoPersonMatches' });
});

test.each([
  [{}, 'FILTER_INVALID'],
  [{ nameStart: '王' }, 'FILTER_INVALID'],
  [{ nameStart: '王%' }, 'FILTER_INVALID'],
  [{ givenName: 'fang1' }, 'FILTER_INVALID'],
  [{ givenName: '芳fang' }, 'FILTER_INVALID'],
  [{ givenName: '芳', nameStart: '王芳' }, 'FILTER_INVALID'],
  [{ nameStart: 'zhang', phone: '13800138000' }, 'FILTER_INVALID'],
  [{ phone: '13800138000', citizenId: '33049919650102018X' }, 'FILTER_INVALID'],
  [{ phone: '123' }, 'FILTER_INVALID'],
  [{ name: '王芳' }, 'FILTER_INVALID'],
  [{ citizenId: '330499196501020181' }, 'CITIZEN_ID_INVALID'],
])('a key that is none is refused before anything is read: %j', async (by, code) => {
  const { data, errors, statements } = await find(CITY, by);
  expect(data).toBeNull();
  expect(errors[0]?.extensions.code).toBe(code);
  expect(JSON.stringify(errors)).not.toMatch(/13800138000|19650102|王芳/);
  expect(statements).toEqual([]);
});

test('a key that one may not read does not find anybody either', async () => {
  const { data, errors, statements } = await find(CITY, { phone: '13800138000' }, 'person.identity');
  expect(data).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({ coordinate: 'Query.findPerson(by.phone:)', right: 'person.contact' });
  expect(statements).toEqual([]);
});

test('names are found by characters and by initials, in the order of each', async () => {
  const list = async (filter: object, sort: string) =>
    (
      await subgraph.run(
        testCaller([CITY], ...RIGHTS, 'person.minor'),
        'query ($f: PersonFilter, $s: PersonSort!) { persons(filter: $f, sort: $s) { nodes { id } } }',
        { f: filter, s: sort },
      )
    ).data.persons.nodes;
  expect(await list({ namePrefix: '王' }, 'CHARACTERS')).toEqual([id('wang'), id('ouyang')]);
  expect(await list({ namePrefix: '王芳', sex: 'MALE' }, 'CHARACTERS')).toEqual([]);
  expect(await list({ initialsPrefix: 'z' }, 'INITIALS')).toEqual([id('zhao'), id('zhang')]);
});

test('a child under fourteen needs a right of its own: masked, refused and not found by name without it', async () => {
  const document = `query ($id: ID!) {
    person(id: $id) { name minor ageYears citizenId birthDate }
    persons(sort: NAME, filter: { namePinyinPrefix: "zh" }) { nodes { id } totalCount } }`;
  const run = (...more: 'person.minor'[]) =>
    subgraph.run(testCaller([CITY], ...RIGHTS, ...more), document, { id: id('zhao').id });

  const without = await run();
  expect(without.data.person).toEqual({
    name: '赵*',
    minor: true,
    ageYears: 11,
    citizenId: '330499********0053',
    birthDate: null,
  });
  expect(without.errors.map(({ extensions }) => [extensions.code, extensions.right])).toEqual([
    ['FIELD_RIGHT_MISSING', 'person.minor'],
  ]);
  expect(without.data.persons).toEqual({ nodes: [id('zhang')], totalCount: 1 });

  const withRight = await run('person.minor');
  expect(withRight.problems).toEqual([]);
  expect(withRight.data.person).toMatchObject({ name: '赵六', birthDate: '2014-09-01' });
  expect(withRight.data.persons).toEqual({ nodes: [id('zhang'), id('zhao')], totalCount: 2 });
});

test('those who live apart from where they are registered are listed from both sides', async () => {
  const { data, statements } = await subgraph.run(
    testCaller([CITY]),
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community {
      here: separatedPersons(side: LIVES_HERE) { nodes { id } }
      away: separatedPersons(side: REGISTERED_HERE) { nodes { id } } } } }`,
    { r: [{ __typename: 'Community', id: `Community:${COMMUNITY_A}` }] },
  );
  expect(data._entities[0]).toEqual({ here: { nodes: [id('li')] }, away: { nodes: [id('ouyang')] } });
  expect([...statements].sort()).toEqual(['people.living_apart', 'people.registered_apart']);
});

test.each([
  ['whole pinyin', CITY, 'sanfeng', { __typename: 'PersonFound', person: id('li') }],
  ['initials', CITY, 'sf', { __typename: 'PersonFound', person: id('li') }],
  ['capital letters', CITY, 'SanFeng', { __typename: 'PersonFound', person: id('li') }],
  ['pinyin after a family name of two characters', CITY, 'gang', { __typename: 'PersonFound', person: id('ouyang') }],
  // 司马刚 simagang: nobody is called agang or ang.
  ['letters of the family name', CITY, 'ang', { __typename: 'NoPersonMatches' }],
  ['a part of the given name', CITY, 'feng', { __typename: 'NoPersonMatches' }],
  ['initials of the whole name', CITY, 'zsf', { __typename: 'NoPersonMatches' }],
  ['pinyin, for a grid', '330402001001001', 'san', { __typename: 'PersonFound', person: id('zhang') }],
  ['pinyin of a child', CITY, 'liu', { __typename: 'NoPersonMatches' }],
  ['pinyin of nobody in the area', '3301', 'sanfeng', { __typename: 'NoPersonMatches' }],
])('a given name is found by its %s, in one statement', async (_how, area, givenName, found) => {
  const rename = async (who: keyof typeof personKeys, name: string) => {
    const { pinyin, initials } = readName(name);
    await subgraph.pool.query(
      'UPDATE people.person SET name_pinyin = $2, name_initials = $3, name = $4 WHERE id = $1',
      [...[personKeys[who], pinyin, initials, name]],
    );
  };
  await rename('li', '张三丰');
  await rename('zhang', '张三');
  await rename('ouyang', '司马刚');
  await rename('zhao', '赵六');
  const { data, problems, statements } = await find(area, { givenName });
  expect(problems).toEqual([]);
  expect(data.findPerson).toEqual(found);
  expect(statements).toEqual(['persons_by_given_letters']);
});

test('what follows a family name in letters is told from them by syllables and initials, as names are read', async () => {
  const given = async (name: string) => {
    const { pinyin, initials } = readName(name);
    const { rows } = await subgraph.pool.query<{ pinyin: string; initials: string }>(
      `SELECT people.letters_after_surname(people.surname_length($1), $2, $3) AS pinyin,
              substr($3::text, people.surname_length($1) + 1) AS initials`,
      [name, pinyin, initials],
    );
    return rows[0];
  };
  expect(await given('王刚')).toEqual({ pinyin: 'gang', initials: 'g' });
  expect(await given('方安')).toEqual({ pinyin: 'an', initials: 'a' });
  expect(await given('范刚')).toEqual({ pinyin: 'gang', initials: 'g' });
  expect(await given('李娜')).toEqual({ pinyin: 'na', initials: 'n' });
  expect(await given('林娜')).toEqual({ pinyin: 'na', initials: 'n' });
  expect(await given('吕安宁')).toEqual({ pinyin: 'anning', initials: 'an' });
  expect(await given('单于安')).toEqual({ pinyin: 'an', initials: 'a' });
  for (const surname of COMPOUND_SURNAMES)
    expect(await given(`${surname}三丰`), surname).toEqual({ pinyin: 'sanfeng', initials: 'sf' });
  expect(await given('司马')).toEqual({ pinyin: 'ma', initials: 'm' });
});

test.each([
  ['330499650102018', '33049919650102018X'],
  [' 33049919650102018x ', '33049919650102018X'],
  ['3304996501020', '3304996501020'],
])('%s is written %s in the register', (given, written) => {
  expect(normaliseCitizenId(given)).toBe(written);
});

test('what is wrong with an old number is found at its place', () => {
  expect(findCitizenIdFlaw(normaliseCitizenId('330499651302018'), '2026-06-30')).toMatchObject({ position: 7 });
  expect(findCitizenIdFlaw(normaliseCitizenId('33049965010201'), '2026-06-30')).toMatchObject({ position: 15 });
});

test.each([
  ['2026-06-30', '2012-06-30'],
  ['2028-02-29', '2014-02-28'],
])('on %s nobody born until %s is under fourteen', (today, day) => {
  expect(lastBirthDateOfNoMinor(today)).toBe(day);
});
