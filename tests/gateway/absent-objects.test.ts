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
])('%s that does not exist is null by its id, with the field that was asked for', async (_what, id, type, field) => {
  const { status, data, errors } = await city.ask(
    'system',
    `query ($id: ID!) { node(id: $id) { __typename id ... on ${type} { ${field} } } }`,
    { id },
  );

  expect([status, data]).toEqual([200, { node: null }]);
  expect(errors.map(({ path, extensions }) => [path, extensions])).toEqual([
    [['node', field], { code: 'OBJECT_NOT_FOUND', coordinate: `${type}.${field}` }],
  ]);
});

test('a person that does not exist is null by his id, as one outside the area is', async () => {
  const { data, errors } = await city.ask(
    'system',
    '{ node(id: "%") { id ... on Person { ageYears } } }'.replace('%', NO_PERSON),
  );

  expect([data, errors]).toEqual([{ node: null }, []]);
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
