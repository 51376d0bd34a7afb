import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removedCertificates } from '../../../../prisma/seed/services/certificate-list.ts';
import { people } from '../../../../subgraphs/people/index.ts';
import { type DepartmentCheck, departmentChecks } from '../../../../subgraphs/people/rules/checks/department-checks.ts';
import { confirmsKinship } from '../../../../subgraphs/people/rules/checks/kinship.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { CITY, COUNTY_C, insertPeople, personKeys } from '../../../kit/people-rows.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  await insertPeople(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const desk = testCaller([CITY], 'department-check.ask');
const { zhang, wang, li } = personKeys;
const id = (key: string) => `Person:${key}`;
const check = (input: object, caller = desk) =>
  subgraph.run(
    caller,
    'query ($input: DepartmentCheckInput!) { departmentCheck(input: $input) { code confirmed checkedAt } }',
    { input },
  );
const kinship = (other: string, kind: string) => ({
  ...{ code: 'KINSHIP', personId: id(zhang), otherPersonId: id(other), kinship: kind },
});

test('Y18, scenario 3: a check of kinship answers yes or no and nothing else, in one statement', async () => {
  const { data, statements } = await check(kinship(wang, 'SPOUSES'));
  expect(data.departmentCheck).toEqual({ code: 'KINSHIP', confirmed: true, checkedAt: '2026-06-30T02:00:00.000Z' });
  expect(statements).toEqual(['person_by_id']);
});

test('a check sees the whole record, whatever the same document asks of the person', async () => {
  const { data } = await subgraph.run(
    desk,
    'query ($input: DepartmentCheckInput!, $id: ID!) { departmentCheck(input: $input) { confirmed } person(id: $id) { ageYears } }',
    { input: { code: 'IDENTITY', personId: id(zhang), name: '张三' }, id: id(zhang) },
  );
  expect(data).toEqual({ departmentCheck: { confirmed: true }, person: { ageYears: expect.any(Number) } });
});

test.each([
  ['another relation', kinship(wang, 'SIBLINGS'), false],
  ['somebody of another household', kinship(li, 'SPOUSES'), false],
  ['somebody who does not exist', kinship('019f0000-0000-7000-8000-000000000000', 'SPOUSES'), false],
  ['the same person twice', kinship(zhang, 'SPOUSES'), false],
  ['the right name', { code: 'IDENTITY', personId: id(zhang), name: ' 张三 ' }, true],
  ['a wrong name', { code: 'IDENTITY', personId: id(zhang), name: '张四' }, false],
  ['nobody', { code: 'MARRIAGE', personId: 'Person:x' }, false],
])('asked about %s the answer is %#', async (_what, input, confirmed) => {
  const { data, problems } = await check(input);
  expect(problems).toEqual([]);
  expect(data.departmentCheck.confirmed).toBe(confirmed);
});

test('outside the caller’s area the register confirms nothing', async () => {
  const { data } = await check(kinship(wang, 'SPOUSES'), testCaller([COUNTY_C], 'department-check.ask'));
  expect(data.departmentCheck.confirmed).toBe(false);
});

test('without the right, and without a purpose, nothing is read', async () => {
  const { purpose: _none, ...unexplained } = desk;
  for (const caller of [testCaller([CITY]), unexplained]) {
    const { data, problems, statements } = await check(kinship(wang, 'SPOUSES'), caller);
    expect(data.departmentCheck).toBeNull();
    expect(problems[0]).toMatch(/departmentCheck$/);
    expect(statements).toEqual([]);
  }
});

test.each([
  ['the day of birth', { code: 'BIRTH', personId: id(zhang), birthDate: '1960-06-30' }, true],
  ['another day of birth', { code: 'BIRTH', personId: id(zhang), birthDate: '1999-12-31' }, false],
])('BIRTH, asked about %s, is answered by the register', async (_what, input, confirmed) => {
  const { data, problems } = await subgraph.run(
    desk,
    'query ($input: DepartmentCheckInput!) { departmentCheck(input: $input) { held confirmed department { code } } }',
    { input },
  );
  expect(problems).toEqual([]);
  expect(data.departmentCheck).toEqual({ held: true, confirmed, department: { code: 'health' } });
});

test('EMPLOYMENT and DISABILITY answer what the registers hold now, by yes or no, in at most two statements', async () => {
  const employed = async (code: string) => {
    await subgraph.pool.query('UPDATE people.person SET employment_status_code = $1 WHERE id = $2', [code, zhang]);
    return (await check({ code: 'EMPLOYMENT', personId: id(zhang) })).data.departmentCheck.confirmed;
  };
  expect([await employed('24'), await employed('70'), await employed('80')]).toEqual([true, false, false]);
  const disability = { code: 'DISABILITY', personId: id(zhang) };
  const tagged = async (validTo: string | null) => {
    await subgraph.pool.query('DELETE FROM people.care_tag WHERE person_id = $1', [zhang]);
    await subgraph.pool.query(
      `INSERT INTO people.care_tag (id, person_id, kind, restricted, valid_from, valid_to, city_code, county_code, township_code, community_code, grid_code, provenance_id)
       SELECT gen_random_uuid(), id, 'DISABILITY', false, '2024-01-01', $2::date, city_code, county_code, township_code, community_code, grid_code, provenance_id
         FROM people.person WHERE id = $1`,
      [zhang, validTo],
    );
    return check(disability);
  };
  const live = await tagged(null);
  expect(live.data.departmentCheck.confirmed).toBe(true);
  expect(live.statements).toEqual(['person_by_id', 'care_tags_of_persons']);
  expect((await tagged('2026-06-30')).data.departmentCheck.confirmed).toBe(false);
  const elsewhere = await check(disability, testCaller([COUNTY_C], 'department-check.ask'));
  expect(elsewhere.data.departmentCheck.confirmed).toBe(false);
});

const unheld = Object.entries<DepartmentCheck>(departmentChecks).filter(([, { inputs }]) => inputs === null);
test.each(unheld)(
  'Y18: nobody’s register in the graph holds %s: the answer names whom to ask, and nothing is read',
  async (code, { department }) => {
    const { data, problems, statements } = await subgraph.run(
      desk,
      'query ($input: DepartmentCheckInput!) { departmentCheck(input: $input) { code held confirmed department { code } } }',
      { input: { code, personId: id(zhang) } },
    );
    expect(problems).toEqual([]);
    expect(data.departmentCheck).toMatchObject({
      code,
      held: false,
      confirmed: null,
      department: { code: department },
    });
    expect(statements).toEqual([]);
  },
);

test('Y18: each of the twenty certificates that were removed has its check, of the department that the list names', () => {
  expect(removedCertificates).toHaveLength(20);
  for (const [name, department, code] of removedCertificates) {
    const found: DepartmentCheck | undefined = departmentChecks[code as keyof typeof departmentChecks];
    expect(found, code).toMatchObject({ zh: name, department });
  }
  expect(new Set(removedCertificates.map(([, , code]) => code)).size).toBe(20);
});

test.each([
  { code: 'KINSHIP', personId: id(zhang) },
  { code: 'BIRTH', personId: id(zhang) },
  { code: 'NO_CRIMINAL_RECORD', personId: id(zhang), name: '张三' },
  { code: 'MARRIAGE', personId: id(zhang), name: '张三' },
  { code: 'IDENTITY', personId: id(zhang), name: '张三', otherPersonId: id(wang) },
])('the inputs of another check are refused, not ignored: %j', async (input) => {
  expect((await check(input)).problems).toEqual(['FILTER_INVALID departmentCheck']);
});

test('H37: what the registers hold of a person is told as codes, without the content', async () => {
  const { data } = await subgraph.run(testCaller([CITY]), `{ person(id: "${id(zhang)}") { heldMaterials } }`);
  expect(data.person.heldMaterials).toEqual(
    expect.arrayContaining(['ID_CARD', 'HOUSEHOLD_REGISTER', 'RESIDENCE_RECORD']),
  );
});

describe('kinship by relations to the head of the household', () => {
  const member = (key: string, relationToHeadCode: string) => ({ id: key, householdId: 'h', relationToHeadCode });
  test.each([
    ['02', '11', 'SPOUSES', true],
    ['02', '21', 'PARENT_AND_CHILD', true],
    ['51', '02', 'PARENT_AND_CHILD', true],
    ['51', '31', 'GRANDPARENT_AND_GRANDCHILD', true],
    ['21', '31', 'SIBLINGS', true],
    ['71', '01', 'SIBLINGS', true],
    // In-laws are no relations by blood, and the register does not say whose child a spouse's is.
    ['02', '28', 'PARENT_AND_CHILD', false],
    ['53', '02', 'PARENT_AND_CHILD', false],
    ['11', '21', 'PARENT_AND_CHILD', false],
    ['02', '97', 'SPOUSES', false],
  ] as const)('%s and %s: %s is %s', (a, b, kind, expected) => {
    expect(confirmsKinship(member('a', a), member('b', b), kind)).toBe(expected);
    expect(confirmsKinship(member('b', b), member('a', a), kind)).toBe(expected);
  });
});
