import { getNamedType, isNonNullType, isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Graph } from '../../../gateway/graph.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { openTestGraph, type TestGraph } from '../../kit/test-graph.ts';

let hub: CityHub;
let testGraph: TestGraph;
let schema: Graph['apiSchema'];
beforeAll(async () => {
  hub = await openCityHub();
  testGraph = await openTestGraph({ pool: hub.pool });
  schema = testGraph.graph.apiSchema;
});
afterAll(async () => {
  await testGraph[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
});

interface Listed {
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const SELECTION = '{ edges { cursor } pageInfo { hasNextPage endCursor } }';

/** Root lists that need no argument beyond the page. */
function plainLists(): string[] {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  return fields
    .filter(({ args, type }) => {
      const named = getNamedType(type);
      const isList = isObjectType(named) && named.name.endsWith('Connection');
      return isList && args.every((arg) => !isNonNullType(arg.type) || arg.defaultValue !== undefined);
    })
    .map(({ name }) => name)
    .sort();
}

test('every connection of the graph takes a page number beside its cursor', () => {
  const without: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const names = field.args.map(({ name }) => name);
      if (!getNamedType(field.type).name.endsWith('Connection')) continue;
      // The feed of changes goes on for ever and has no pages.
      if (!names.includes('page') && field.name !== 'changes') without.push(`${type.name}.${field.name}`);
    }
  }
  expect(without).toEqual([]);
});

test('on each list page two is what follows the cursor of page one, and pages and cursors can be mixed', async () => {
  const compared: string[] = [];
  // The log of accesses grows by being read.
  for (const list of plainLists().filter((name) => name !== 'accessLog')) {
    for (const role of ['system', 'steward'] as const) {
      const ask = async (args: string) => {
        const { data, errors } = await hub.ask(role, `{ ${list}(${args}) ${SELECTION} }`);
        return errors.length > 0 ? undefined : ((data as Record<string, Listed>)[list] ?? undefined);
      };
      const one = await ask('first: 2, page: 1');
      if (one === undefined || one.pageInfo.endCursor === null) continue;
      const two = await ask('first: 2, page: 2');
      const following = await ask(`first: 2, after: ${JSON.stringify(one.pageInfo.endCursor)}`);
      expect(two, list).toEqual(following);
      expect(await ask('first: 2'), list).toEqual(one);
      if ((two?.edges.length ?? 0) > 0) compared.push(list);
      if (two?.pageInfo.hasNextPage) {
        const three = await ask('first: 2, page: 3');
        expect(await ask(`first: 2, after: ${JSON.stringify(two.pageInfo.endCursor)}`), list).toEqual(three);
      }
      break;
    }
  }
  expect(compared.length).toBeGreaterThan(15);
});

test('the last page by number is not full, and the one after it is empty', async () => {
  const ask = async (page: number) => {
    const { data } = await hub.ask(
      'system',
      `{ dataFields(first: 100, page: ${page}) { totalCount ...Rest } }
      fragment Rest on DataFieldConnection ${SELECTION}`,
    );
    return (data as { dataFields: Listed & { totalCount: number } }).dataFields;
  };
  const { totalCount } = await ask(1);
  const last = Math.ceil(totalCount / 100);
  expect((await ask(last)).edges).toHaveLength(totalCount - (last - 1) * 100 || 100);
  expect(await ask(last + 1)).toEqual({ totalCount, edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
});

test.each([
  ['first: 20, page: 0', 'PAGE_OUT_OF_RANGE'],
  ['first: 20, page: -1', 'PAGE_OUT_OF_RANGE'],
  ['first: 20, page: 501', 'PAGE_OUT_OF_RANGE'],
  ['first: 100, page: 101', 'PAGE_OUT_OF_RANGE'],
  ['first: 20, page: 2, after: "x"', 'PAGE_AND_CURSOR'],
])('%s is refused with %s, and nothing is read', async (args, code) => {
  const { data, errors, statements } = await hub.ask('system', `{ communities(${args}) { nodes { name } } }`);
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => extensions?.code)).toEqual([code]);
  expect(statements).toEqual({});
  if (code === 'PAGE_OUT_OF_RANGE') expect(errors[0]?.message).toContain('pageInfo.endCursor');
});

test('the furthest page by number is served by the index of the list, in one statement', async () => {
  const { data, errors, statements } = await hub.ask('system', '{ persons(first: 20, page: 500) { nodes { id } } }');
  expect(errors).toEqual([]);
  expect((data as { persons: { nodes: unknown[] } }).persons.nodes).toEqual([]);
  expect(statements).toEqual({ people: 1 });
});

test('a list below an entity is paged by number, for several entities in one statement', async () => {
  const { data, errors, statements } = await hub.ask(
    'system',
    `{ communities(first: 2) { nodes { one: grids(first: 1, page: 1) { nodes { gridCode } }
                                       two: grids(first: 1, page: 2) { nodes { gridCode } }
                                       both: grids(first: 2) { nodes { gridCode } } } } }`,
  );
  expect(errors).toEqual([]);
  const { nodes } = (data as { communities: { nodes: Record<'one' | 'two' | 'both', { nodes: object[] }>[] } })
    .communities;
  expect(nodes.length).toBeGreaterThan(0);
  for (const { one, two, both } of nodes) expect([...one.nodes, ...two.nodes]).toEqual(both.nodes);
  expect(statements.organizations).toBe(4);
});
