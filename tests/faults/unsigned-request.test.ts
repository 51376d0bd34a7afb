import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { createSubgraphServer } from '../../gateway/transport/subgraph-server.ts';
import { type Caller, HUB_CALLER } from '../../subgraphs/kit/caller/caller.ts';
import { SIGNATURE_HEADER, signRequest } from '../../subgraphs/kit/caller/gateway-signature.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { openSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import { getSubgraph } from '../../subgraphs/registry.ts';
import { cityDatabase, TEST_KEYS } from '../kit/city-database.ts';
import { systemCaller } from '../kit/test-graph.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const BODY = JSON.stringify({
  query: '{ _entities(representations: [{ __typename: "Person", id: "%" }]) { ... on Person { name } } }'.replace(
    '%',
    PERSON,
  ),
});

async function openPeople() {
  const database = await cityDatabase();
  const running = openSubgraph(getSubgraph('people'), {
    pool: database.pool,
    clock: fixedClock('2026-06-30T02:00:00Z'),
    ids: uuidSource,
    keys: TEST_KEYS,
  });
  const server = await createSubgraphServer({
    name: 'people',
    schema: running.schema,
    running: async () => running,
    signatureKey: TEST_KEYS.signature,
    onError: () => {},
  });
  const post = (body: string, headers: Record<string, string>) =>
    server.inject({
      method: 'POST',
      url: '/graphql',
      payload: body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  return {
    post,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await running.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

test('a subgraph on its own answers the gateway and nobody else', async () => {
  await using people = await openPeople();
  const signature = signRequest(TEST_KEYS.signature, 'people', systemCaller(), BODY);

  const answered = await people.post(BODY, { [SIGNATURE_HEADER]: signature });
  expect(answered.statusCode).toBe(200);
  expect(answered.json()).toMatchObject({ data: { _entities: [{ name: '沈浩' }] } });

  const refused = {
    'no signature': [BODY, {}],
    'a made-up signature': [BODY, { [SIGNATURE_HEADER]: 'eyJhbGciOiJub25lIn0.e30.' }],
    'a signature for another body': [BODY.replace('0acb', '11cb'), { [SIGNATURE_HEADER]: signature }],
    'a signature for another subgraph': [
      BODY,
      { [SIGNATURE_HEADER]: signRequest(TEST_KEYS.signature, 'party', systemCaller(), BODY) },
    ],
    'a signature with another key': [
      BODY,
      { [SIGNATURE_HEADER]: signRequest(Buffer.alloc(32, 9), 'people', systemCaller(), BODY) },
    ],
  } as const;
  for (const [title, [body, headers]] of Object.entries(refused)) {
    const { statusCode, body: text } = await people.post(body, headers);
    expect(statusCode, title).toBe(401);
    expect(text, title).toContain('GATEWAY_SIGNATURE_INVALID');
    expect(text, title).not.toContain('沈');
  }
});

test('a signed caller without the rights, or without a purpose, gets values masked and refused by the subgraph itself', async () => {
  await using people = await openPeople();
  const body = BODY.replace('{ name }', '{ name birthDate }');
  const read = async (caller: Caller) => {
    const signature = signRequest(TEST_KEYS.signature, 'people', caller, body);
    const { data, errors = [] } = (await people.post(body, { [SIGNATURE_HEADER]: signature })).json();
    const codes = errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code);
    return [data._entities[0], codes];
  };
  const masked = { name: '沈*', birthDate: null };
  const { purpose: _purpose, ...unstated } = systemCaller();
  expect(await read(systemCaller())).toEqual([{ name: '沈浩', birthDate: '1985-08-25' }, []]);
  expect(await read(systemCaller({ rights: [] }))).toEqual([masked, ['FIELD_RIGHT_MISSING']]);
  expect(await read(unstated)).toEqual([masked, ['PURPOSE_REQUIRED']]);
  expect(await read(systemCaller({ unmask: false }))).toEqual([{ name: '沈*', birthDate: '1985-08-25' }, []]);
  expect((await read(systemCaller({ jurisdiction: ['330481'] })))[0]).toBeNull();
});

const GATEWAY = { accept: 'application/graphql-response+json, application/json' };

test('what a gateway asks for again and again is answered as when Apollo Server answers it, caller by caller', async () => {
  await using people = await openPeople();
  const query =
    'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Person { name birthDate citizenId } } }';
  const body = JSON.stringify({ query, variables: { ids: [{ __typename: 'Person', id: PERSON }] } });
  const { purpose: _purpose, ...unstated } = systemCaller();
  const callers: Caller[] = [
    systemCaller(),
    systemCaller({ rights: [] }),
    unstated,
    systemCaller({ unmask: false }),
    systemCaller({ jurisdiction: ['330481'] }),
  ];
  // Often enough for it to be compiled, with and without guards.
  for (let round = 0; round < 12; round++) {
    for (const caller of callers) {
      const headers = { [SIGNATURE_HEADER]: signRequest(TEST_KEYS.signature, 'people', caller, body) };
      const [plain, apollo] = [await people.post(body, { ...headers, ...GATEWAY }), await people.post(body, headers)];
      const told = ({ data, errors = [] }: { data?: unknown; errors?: Record<string, unknown>[] }) => ({
        data,
        errors: errors.map(({ message, path, extensions }) => ({ message, path, extensions })),
      });
      expect(plain.statusCode).toBe(200);
      expect(plain.headers['content-type']).toMatch('application/graphql-response+json');
      expect(told(plain.json())).toEqual(told(apollo.json()));
    }
  }
});

test.each([
  ['no document', { query: '{' }, 'SUBGRAPH_UNAVAILABLE'],
  ['a document of another schema', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['no variables', { query: '{ __typename }', variables: [] }, undefined],
  ['an operation that is not there', { query: '{ __typename }', operationName: 'Other' }, 'SUBGRAPH_UNAVAILABLE'],
])('a gateway that sends %s is told so', async (_name, message, code) => {
  await using people = await openPeople();
  const body = JSON.stringify(message);
  const signature = signRequest(TEST_KEYS.signature, 'people', systemCaller(), body);
  const { statusCode, body: text } = await people.post(body, { [SIGNATURE_HEADER]: signature, ...GATEWAY });
  expect(statusCode).toBe(400);
  const { data, errors } = JSON.parse(text);
  expect(data).toBeUndefined();
  if (code !== undefined) expect(errors[0].extensions.code).toBe(code);
});

test('a subgraph whose database cannot be had says that it is not available', async () => {
  const troubles: unknown[] = [];
  const server = await createSubgraphServer({
    name: 'people',
    schema: buildSchema('type Query { one: Int }'),
    running: () => Promise.reject(new Error('no database')),
    signatureKey: TEST_KEYS.signature,
    onError: (error) => troubles.push(error),
  });
  const payload = JSON.stringify({ query: '{ one }' });
  const signature = signRequest(TEST_KEYS.signature, 'people', systemCaller(), payload);
  const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature, ...GATEWAY };
  const answered = await server.inject({ method: 'POST', url: '/graphql', payload, headers });
  await server.close();
  expect(answered.json().errors[0].extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'people' });
  expect(String(troubles)).toBe('Error: no database');
});

test('the contract, too, is for the gateway only', async () => {
  await using people = await openPeople();
  const body = JSON.stringify({ query: '{ _service { sdl } }' });
  expect((await people.post(body, {})).statusCode).toBe(401);
  const signature = signRequest(TEST_KEYS.signature, 'people', HUB_CALLER, body);
  expect((await people.post(body, { [SIGNATURE_HEADER]: signature })).json().data._service.sdl).toContain(
    'type Person',
  );
});
