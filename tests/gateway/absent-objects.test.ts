import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';

let city: CityHub;
beforeAll(async () => {
  city = await openCityHub();
});
afterAll(() => city[Symbol.asyncDispose]());

const NO_PERSON = 'Person:019f0000-0000-7000-8000-000000000000';

test.each([
  ['a grid', 'Grid:330402999999999', 'Grid', 'name'],
  ['a community', 'Community:330402999999', 'Community', 'name'],
  ['a party organization', 'PartyOrganization:019f0000-0000-7000-8000-000000000000', 'PartyOrganization', 'kind'],
  ['a person', NO_PERSON, 'Person', 'ageYears'],
  ['a thing of no type', 'Nothing:1', 'Person', 'ageYears'],
])('%s that does not exist is null by its id, whatever is asked of it', async (_what, id, type, field) => {
  for (const selection of ['__typename', '__typename id', `id ... on ${type} { ${field} }`]) {
    const answer = await city.ask('system', `query ($id: ID!) { node(id: $id) { ${selection} } }`, { id });

    expect([answer.status, answer.data, answer.errors]).toEqual([200, { node: null }, []]);
  }
});

test('each of several things is looked up by itself', async () => {
  const { data, errors } = await city.ask(
    'system',
    `{ there: node(id: "Community:330402007024") { id } absent: node(id: "Community:330402999999") { id } }`,
  );

  expect([data, errors]).toEqual([{ there: { id: 'Community:330402007024' }, absent: null }, []]);
});

test('running a mutation without its right says running, reading a field says reading', async () => {
  const mutation = await city.ask(
    'steward',
    `mutation { changeResidence(input: { personId: "${NO_PERSON}", dwellingId: "Dwelling:x", from: "2026-06-30", kind: REGISTERED, idempotencyKey: "absent-0001" }) { __typename } }`,
  );

  expect(mutation.data).toBeNull();
  expect(mutation.errors.map(({ message }) => message).join()).toMatch(
    /执行 Mutation\.\w+ 需要权限.*running Mutation\./,
  );
});
