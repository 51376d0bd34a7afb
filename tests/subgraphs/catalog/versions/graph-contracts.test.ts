import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../../../kit/city-hub.ts';
import { carry, matterRows } from '../sharing/matter-operations.ts';
import { changed, type Payload } from './graph-operations.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
  await hub.follow();
});
afterAll(() => hub[Symbol.asyncDispose]());

const under = (contract: string, query: string) => hub.ask('system', query, {}, { 'x-yiyun-contract': contract });
const fieldsOf = async (contract: string, type: string): Promise<string[]> => {
  const { data } = await under(contract, `{ __type(name: "${type}") { fields { name } } }`);
  return ((data as Payload).__type?.fields ?? []).map(({ name }: Payload) => name);
};
const define = (role: 'steward' | 'system', input: object) =>
  carry<Payload>(
    hub,
    role,
    `mutation ($input: DefineGraphContractInput!) { defineGraphContract(input: $input) { __typename
       ... on DefineGraphContractSuccess { contract { name maxGrade excludeTags compositionFindings } }
       ... on Refusal { code culprit messageZh } } }`,
    { titleZh: '测试', titleEn: 'For a test', maxGrade: 2, ...input },
  );

test('three contracts are there from the start, each composes, and none shows what is above its grade', async () => {
  const { data } = await hub.ask('frontend', '{ graphContracts { name maxGrade titleZh compositionFindings } }');
  expect((data as Payload).graphContracts).toEqual([
    { name: 'department', maxGrade: 3, titleZh: '部门可见', compositionFindings: [] },
    { name: 'public', maxGrade: 1, titleZh: '公众可见', compositionFindings: [] },
    { name: 'steward', maxGrade: 4, titleZh: '数据专员可见', compositionFindings: [] },
  ]);
  const { rows } = await hub.pool.query<{ field: string; grade: number }>(
    "SELECT field_name AS field, grade FROM catalog.data_field WHERE type_name = 'Person' AND removed_at IS NULL",
  );
  const upTo = (grade: number) =>
    rows
      .filter((row) => row.grade <= grade)
      .map(({ field }) => field)
      .sort();
  expect((await fieldsOf('department', 'Person')).sort()).toEqual(upTo(3));
  expect((await fieldsOf('steward', 'Person')).sort()).toEqual(upTo(4));
  expect(await fieldsOf('public', 'Person')).not.toContain('citizenId');
});

test('a contract answers what it holds, refuses what it leaves out, and one that nobody defined is said to be none', async () => {
  const systems = '{ departmentSystems(first: 2) { nodes { code } } }';
  expect((await under('public', systems)).data).toEqual((await hub.ask('system', systems)).data);
  const person = '{ person(id: "Person:019f1641-3500-7000-a000-0acbc518a266") { citizenId } }';
  const refused = await under('department', person);
  expect(refused.data).toBeNull();
  expect(refused.errors[0]?.message).toContain('citizenId');
  expect((await hub.ask('system', person)).errors).toEqual([]);
  const unknown = await under('nobody', systems);
  expect(unknown.status).toBe(404);
  expect(unknown.errors[0]?.extensions).toMatchObject({ code: 'GRAPH_VARIANT_UNKNOWN' });
});

test('stewards define contracts; a change of contracts is judged as its clients see it', async () => {
  const before = await matterRows(hub);
  expect(await define('steward', { name: 'Bad name' })).toMatchObject({ code: 'CONTRACT_NAME_INVALID' });
  expect(await define('steward', { name: 'open', maxGrade: 7 })).toMatchObject({ code: 'GRADE_INVALID' });
  const both = { name: 'open', includeTags: ['a'], excludeTags: ['a'] };
  expect(await define('steward', both)).toMatchObject({ code: 'CONTRACT_TAGS_INVALID' });
  expect(await matterRows(hub)).toEqual(before);
  await expect(define('system', { name: 'open' })).rejects.toThrow('schema.publish');
  const { contract } = await define('steward', { name: 'open', excludeTags: ['internal'] });
  expect(contract).toEqual({ name: 'open', maxGrade: 2, excludeTags: ['internal'], compositionFindings: [] });
  await hub.follow();
  expect(await fieldsOf('open', 'Person')).not.toContain('citizenId');

  const check = async (contractName: string) => {
    const { data } = await hub.ask(
      'steward',
      `query ($contracts: [ProposedContractInput!]!, $contract: String) {
         schemaCheck(contracts: $contracts, contract: $contract) { composes changes { kind coordinate } } }`,
      {
        contracts: [changed('people', (sdl) => sdl.replace(/\n {2}"""[^"]*"""\n {2}ageYears: .*/, ''))],
        contract: contractName,
      },
    );
    return (data as Payload).schemaCheck;
  };
  expect(await check('department')).toMatchObject({
    composes: true,
    changes: [{ kind: 'FIELD_REMOVED', coordinate: 'Person.ageYears' }],
  });
  expect(await check('public')).toEqual({ composes: true, changes: [] });
});
