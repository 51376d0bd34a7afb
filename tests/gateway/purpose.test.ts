import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const DOSSIER = 'query ($id: ID!) { person(id: $id) { name birthDate community { name } } }';
const NO_PURPOSE = { 'x-yiyun-legal-basis': '', 'x-yiyun-scenario': '', 'x-yiyun-unmask': '' };
const CLEAR = { name: '沈浩', birthDate: '1985-08-25', community: { name: '百福弄社区' } };

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const ask = (headers: Record<string, string>, document = DOSSIER) =>
  hub.ask('system', document, { id: PERSON }, headers);
const gaps = (errors: Awaited<ReturnType<CityHub['ask']>>['errors']) =>
  errors.map(({ path, extensions }) => [path?.join('.'), extensions?.code, extensions?.coordinate]);

test('a client with every right that states no purpose gets what is masked masked, and a typed gap for the rest', async () => {
  const { data, errors, text } = await ask(NO_PURPOSE);
  expect(data).toEqual({ person: { name: '沈*', birthDate: null, community: { name: '百福弄社区' } } });
  expect(gaps(errors)).toEqual([['person.birthDate', 'PURPOSE_REQUIRED', 'Person.birthDate']]);
  expect(errors[0]?.message).toContain('x-yiyun-scenario');
  expect(text).not.toContain('1985');
});

test('a purpose opens what the client has a right to, but masked values stay masked until they are asked for in clear', async () => {
  const purpose = { ...NO_PURPOSE, 'x-yiyun-legal-basis': 'PIPL-13-3', 'x-yiyun-scenario': 'service-handling' };
  const masked = await ask(purpose);
  expect([masked.data, masked.errors]).toEqual([{ person: { ...CLEAR, name: '沈*' } }, []]);
  const clear = await ask({ ...purpose, 'x-yiyun-unmask': 'true' });
  expect([clear.data, clear.errors]).toEqual([{ person: CLEAR }, []]);
});

test('the purpose may travel in extensions.purpose, which goes before the headers', async () => {
  const stated = { legalBasis: 'PIPL-13-3', scenario: 'service-handling', unmask: true };
  const response = await hub.inject(
    'system',
    { query: DOSSIER, variables: { id: PERSON }, extensions: { purpose: stated } },
    NO_PURPOSE,
  );
  expect(response.json()).toEqual({ data: { person: CLEAR } });
});

test('to ask for clear values without a purpose is refused as a whole, before anything is read', async () => {
  const { data, errors, statements } = await ask({ ...NO_PURPOSE, 'x-yiyun-unmask': 'true' });
  expect(data).toBeNull();
  expect(gaps(errors)).toEqual([[undefined, 'PURPOSE_REQUIRED', 'Person.name']]);
  expect(statements).toEqual({});
});

test.each([
  ['a legal basis that is not registered', 'PIPL-99', 'service-handling', 'PURPOSE_UNKNOWN', 'x-yiyun-legal-basis'],
  ['a scenario that is not registered', 'PIPL-13-3', 'curiosity', 'PURPOSE_UNKNOWN', 'x-yiyun-scenario'],
  ['a scenario without a legal basis', '', 'service-handling', 'PURPOSE_UNKNOWN', 'x-yiyun-legal-basis'],
  ['no code at all', '<script>', 'service-handling', 'PURPOSE_UNKNOWN', 'x-yiyun-legal-basis'],
  ['a basis that the scenario does not stand on', 'PIPL-13-5', 'grid-visit', 'PURPOSE_NOT_PERMITTED', 'PIPL-13-5'],
  ['a scenario of another department', 'PIPL-13-3', 'party-affairs', 'PURPOSE_NOT_PERMITTED', 'party-affairs'],
])('%s is refused before anything is read', async (_what, basis, scenario, code, named) => {
  const { data, errors, statements } = await ask({ 'x-yiyun-legal-basis': basis, 'x-yiyun-scenario': scenario });
  expect([data, errors.map(({ extensions }) => extensions?.code), statements]).toEqual([null, [code], {}]);
  expect(errors[0]?.message).toContain(named);
});

test('a scenario opens only what it covers: a grid visit is no reason to read party membership', async () => {
  const document = 'query ($id: ID!) { person(id: $id) { name birthDate partyMembership { joinedOn } } }';
  const visit = { 'x-yiyun-legal-basis': 'PIPL-13-3', 'x-yiyun-scenario': 'grid-visit' };
  const { data, errors } = await ask(visit, document);
  expect(data).toEqual({ person: { name: '沈浩', birthDate: '1985-08-25', partyMembership: null } });
  expect(gaps(errors)).toEqual([['person.partyMembership', 'PURPOSE_NOT_PERMITTED', 'Person.partyMembership']]);
  const all = await ask({ ...visit, 'x-yiyun-missing-rights': 'refuse' }, document);
  expect(all.data).toBeNull();
  expect(gaps(all.errors).map(([, code]) => code)).toEqual(['PURPOSE_NOT_PERMITTED', 'PURPOSE_NOT_PERMITTED']);
});

test('what is asked for in clear without the right counts as missing for a client that wants all or nothing', async () => {
  const { data, errors } = await hub.ask(
    'frontend',
    'query ($id: ID!) { person(id: $id) { name } }',
    { id: PERSON },
    {
      'x-yiyun-missing-rights': 'refuse',
    },
  );
  expect(data).toBeNull();
  expect(gaps(errors)).toEqual([[undefined, 'FIELD_RIGHT_MISSING', 'Person.name']]);
});

test('finding by a protected value needs a purpose, too', async () => {
  const { errors } = await ask(
    NO_PURPOSE,
    '{ persons(first: 1, sort: NAME, filter: { namePinyinPrefix: "shen" }) { nodes { id } } }',
  );
  expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['PURPOSE_REQUIRED']);
});

test('what names nobody needs no purpose', async () => {
  const { errors } = await ask(
    NO_PURPOSE,
    '{ community(statCode: "330402007024") { name population { residentCount } } }',
  );
  expect(errors).toEqual([]);
});

test('a scenario that a steward ends is no purpose a few seconds later', async () => {
  await using other = await openCityHub();
  await other.pool.query("update catalog.use_scenario set effective_to = '2026-06-30' where code = 'grid-visit'");
  const { errors } = await other.ask('system', DOSSIER, { id: PERSON }, { 'x-yiyun-scenario': 'grid-visit' });
  expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['PURPOSE_UNKNOWN']);
});

test('the catalogue lists the purposes that can be stated', async () => {
  const { data } = await hub.ask('frontend', '{ legalBases { code } useScenarios { code departmentCodes } }');
  const { legalBases, useScenarios } = data as { legalBases: { code: string }[]; useScenarios: { code: string }[] };
  expect(legalBases.map(({ code }) => code)).toEqual([
    ...[1, 2, 3, 4, 5, 6, 7].map((item) => `PIPL-13-${item}`),
    'PIPL-45',
  ]);
  expect(useScenarios.find(({ code }) => code === 'party-affairs')).toEqual({
    code: 'party-affairs',
    departmentCodes: ['party-organization'],
  });
});
