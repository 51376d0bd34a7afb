import { isEnumType, isIntrospectionType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeGraph } from '../../gateway/plan/live-contract.ts';
import type { PublishedGraph } from '../../subgraphs/kit/catalog-port.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { openTestGraph } from '../kit/test-graph.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const NAME = 'gb-t-2261.1-sex';

async function get(path: string, headers: Record<string, string> = {}, token?: string) {
  const authorization = token ?? `Bearer ${await hub.tokenOf('frontend')}`;
  return hub.app.inject({ url: `/dictionaries/${path}`, headers: { authorization, ...headers } });
}

test('a dictionary is served with its version as the entity tag, and 304 to who has it', async () => {
  const first = await get(NAME);
  expect(first.statusCode).toBe(200);
  const body = first.json();
  expect(body).toMatchObject({ name: NAME, kind: 'STANDARD', standard: 'GB/T 2261.1', replacedAt: null });
  expect(body.entries).toContainEqual({ code: '1', nameZh: '男性', nameEn: null });
  const { etag } = first.headers;
  expect(etag).toBe(`"${body.version}"`);
  for (const known of [String(etag), `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await get(NAME, { 'if-none-match': known });
    expect([again.statusCode, again.body, again.headers.etag], known).toEqual([304, '', etag]);
  }
  expect((await get(NAME, { 'if-none-match': '"other"' })).statusCode).toBe(200);
});

test('an enum of the graph is a dictionary in both languages', async () => {
  const { entries, nameZh } = (await get('DivisionLevel')).json();
  expect(nameZh).toMatch(/[\u4e00-\u9fff]/);
  expect(entries.map(({ code }: { code: string }) => code)).toContain('TOWNSHIP');
  for (const { nameZh: zh, nameEn } of entries) expect([zh, nameEn]).not.toContain('');
});

test('without a token, and under an unknown name or version, nothing is given', async () => {
  expect((await get(NAME, {}, '')).statusCode).toBe(401);
  for (const path of ['nothing', `${NAME}?version=0000`]) {
    const answer = await get(path);
    expect(answer.statusCode).toBe(404);
    expect(answer.json().errors[0].extensions.code).toBe('DICTIONARY_UNKNOWN');
  }
});

test('every enum that clients see is listed on the graph, by page and by search', async () => {
  await using graph = await openTestGraph({ pool: hub.pool });
  const wanted = Object.values(graph.graph.apiSchema.getTypeMap()).filter(
    (type) => isEnumType(type) && !isIntrospectionType(type),
  );
  const { data, errors } = await hub.ask(
    'frontend',
    '{ dictionaries(filter: { kind: ENUM }) { totalCount } standards: dictionaries(filter: { kind: STANDARD }) { totalCount } found: dictionaries(filter: { search: "家庭关系" }) { nodes { name edition } } }',
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    dictionaries: { totalCount: wanted.length },
    standards: { totalCount: 9 },
    found: { nodes: [{ name: 'gb-t-4761-family-relation', edition: '2008' }] },
  });
});

test('a changed list is a new version; the old one is kept, served by its version, and current again when it returns', async () => {
  await using testGraph = await openTestGraph({ pool: hub.pool });
  const graph: PublishedGraph = describeGraph(testGraph.graph, []);
  const [list] = (graph.standards ?? []).filter(({ name }) => name === NAME);
  if (list === undefined) throw new Error('the list of sexes');
  const before = (await get(NAME)).json().version;
  const changed = { ...list, version: 'ffff000011112222', entries: list.entries.slice(0, 2) };
  const publish = (given: typeof list) =>
    hub.catalog.publishGraph({
      ...graph,
      standards: [given, ...(graph.standards ?? []).filter(({ name }) => name !== NAME)],
    });
  await publish(changed);
  expect((await get(NAME, { 'if-none-match': `"${before}"` })).json()).toMatchObject({
    version: 'ffff000011112222',
    entries: [{}, {}],
  });
  const old = (await get(`${NAME}?version=${before}`)).json();
  expect(old.entries).toHaveLength(list.entries.length);
  expect(old.replacedAt).not.toBeNull();
  const { data } = await hub.ask(
    'frontend',
    `{ dictionary(name: "${NAME}") { version versions { version replacedAt } } }`,
  );
  expect(data).toEqual({
    dictionary: {
      version: 'ffff000011112222',
      versions: [
        { version: 'ffff000011112222', replacedAt: null },
        { version: before, replacedAt: expect.any(String) },
      ],
    },
  });
  await publish(list);
  expect((await get(NAME)).json().version).toBe(before);
});
