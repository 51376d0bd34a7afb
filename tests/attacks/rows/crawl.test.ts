import { type GraphQLObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphExtensions } from '../../../subgraphs/kit/graph/graph-plugin.ts';
import type { RowScope } from '../../../subgraphs/kit/graph/row-scope.ts';
import { subgraphs } from '../../../subgraphs/registry.ts';
import { type CityGraphs, type Engine, openCityGraphs } from '../../federation/compiled/city-graphs.ts';
import type { TestDatabase } from '../../kit/test-database.ts';
import { systemCaller } from '../../kit/test-graph.ts';
import { Harvest } from './harvest.ts';
import { type RootDocument, rootDocuments } from './root-documents.ts';
import { documentsBelow } from './selections.ts';
import { askStraight, type StraightDocument, signed, straightDocuments } from './straight-to-subgraphs.ts';
import { DISTRICT_A, idsBySide, twoDistricts } from './two-districts.ts';

const IDS_PER_TYPE = 6;
/** Every right there is, so that nothing but the area stands in the way. */
const city = systemCaller({ clientId: 'of-the-city', jurisdiction: ['3304'] });
const ofA = systemCaller({ clientId: 'of-district-a', jurisdiction: [DISTRICT_A] });

/** Each entity type with what it declares of its rows, as its owner's code says it. */
const schemas = subgraphs.map((definition) => ({
  name: definition.name,
  schema: definition.buildSchema(),
  owns: definition.entities,
}));
const declared = new Map<string, RowScope | undefined>(
  schemas.flatMap(({ schema, owns }) =>
    owns.map((typeName): [string, RowScope | undefined] => [
      typeName,
      (schema.getType(typeName)?.extensions as GraphExtensions | undefined)?.entity?.rows,
    ]),
  ),
);
const scoped = [...declared].filter(
  (entry): entry is [string, Exclude<RowScope, { scope: 'REFERENCE' }>] =>
    entry[1] !== undefined && entry[1].scope !== 'REFERENCE',
);

let database: TestDatabase;
let graphs: CityGraphs;
const sides = new Map<string, { readonly a: readonly string[]; readonly b: readonly string[] }>();
/** Keys of rows that only district B may see, with the types that they belong to. */
const keysOfB = new Map<string, string>();
/** What callers of the whole city saw. */
const seenByCity = new Harvest();
let roots: readonly RootDocument[] = [];

beforeAll(async () => {
  database = await twoDistricts();
  graphs = await openCityGraphs(database.pool);
  for (const [typeName, rows] of scoped) {
    const found = await idsBySide(database.pool, typeName, rows);
    sides.set(typeName, found);
    for (const id of found.b) keysOfB.set(id.slice(typeName.length + 1), id);
    for (const id of [...found.a.slice(0, IDS_PER_TYPE / 2), ...found.b.slice(0, IDS_PER_TYPE / 2)])
      seenByCity.add({ id });
  }
  // Twice: what the first round saw are the second one's arguments.
  for (let round = 0; round < 2; round += 1) {
    for (const { document, variables } of rootDocuments(schema(), seenByCity)) {
      for (const values of variables.slice(0, 2)) seenByCity.add(await data('compiled', document, values, city));
    }
  }
  roots = rootDocuments(schema(), seenByCity);
});

afterAll(async () => {
  await graphs?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
});

const schema = () => graphs.graphs.compiled.apiSchema;

async function data(engine: Engine, document: string, variables: Readonly<Record<string, unknown>>, caller = ofA) {
  const answer = await graphs.run(engine, document, { ...variables }, caller);
  return JSON.parse(answer.data) as unknown;
}

/** What of district B an answer, or its text, shows: each row's global id, once. */
function rowsOfB(answer: unknown): string[] {
  const found = new Set<string>();
  for (const [key] of (typeof answer === 'string' ? answer : JSON.stringify(answer)).matchAll(
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
  )) {
    const id = keysOfB.get(key);
    if (id !== undefined) found.add(id);
  }
  return [...found];
}

interface Leak {
  readonly path: string;
  readonly variables: string;
  readonly shows: readonly string[];
}

function leakOf(path: string, variables: unknown, answer: unknown): Leak[] {
  const shows = rowsOfB(answer).slice(0, 3);
  return shows.length === 0 ? [] : [{ path, variables: JSON.stringify(variables), shows }];
}

test('every entity type says whether its rows lie at a place, at several, or are the same for all', () => {
  expect([...declared].filter(([, rows]) => rows === undefined).map(([typeName]) => typeName)).toEqual([]);
});

test('both districts have rows of every type that lies at a place', () => {
  const oneSided = [...sides].filter(([, { a, b }]) => a.length + b.length > 3 && (a.length === 0 || b.length === 0));
  expect(oneSided.map(([typeName]) => typeName)).toEqual([]);
  expect(sides.size).toBeGreaterThan(5);
});

describe.each(['compiled', 'stitching', 'compiledOverHttp'] as const)(
  '%s: a caller of district A finds nothing of B',
  (engine) => {
    // The other ways of executing get each field, but not each argument and value.
    const tries = engine === 'compiled' ? 8 : 1;

    test('by any root field, argument or filter', async () => {
      const leaks: Leak[] = [];
      for (const { name, document, variables, isFiltered } of roots) {
        if (isFiltered && engine !== 'compiled') continue;
        for (const values of spread(variables, tries))
          leaks.push(...leakOf(name, values, await data(engine, document, values)));
      }
      expect(leaks).toEqual([]);
    });

    test('by any field of any entity, whichever district it belongs to', async () => {
      const leaks: Leak[] = [];
      const reached = new Set<string>();
      for (const [typeName] of declared) {
        const own = sides.get(typeName);
        const ids =
          engine === 'compiled'
            ? seenByCity.someIds(typeName, IDS_PER_TYPE)
            : own === undefined
              ? seenByCity.someIds(typeName, 2)
              : [...own.a.slice(0, 1), ...own.b.slice(0, 1)];
        const type = schema().getType(typeName);
        if (ids.length === 0 || !isObjectType(type)) continue;
        for (const { name, document } of documentsBelow(schema(), type as GraphQLObjectType, 2)) {
          for (const [id0, id1] of pairs(ids)) {
            const answer = await data(engine, document, { id0, id1 });
            leaks.push(...leakOf(name, [id0, id1], answer));
            const seen = new Harvest();
            seen.add(answer);
            for (const known of seen.ids.keys()) reached.add(known);
          }
        }
      }
      expect(leaks).toEqual([]);
      // The crawl proves something: what A may see of each type has been seen.
      const missed = [...sides].filter(([typeName, { a }]) => a.length > 3 && !reached.has(typeName));
      expect(missed.map(([typeName]) => typeName)).toEqual([]);
    });
  },
);

test('a cursor of the whole city opens no row of B, and one that was tampered with opens nothing', async () => {
  const leaks: Leak[] = [];
  for (const { name, document, variables, isPaged } of roots) {
    if (!isPaged) continue;
    for (const values of variables.slice(0, 1)) {
      const page = await data('compiled', document, { ...values, first: 3 }, city);
      const cursor = /"cursor":"([^"]+)"/.exec(JSON.stringify(page))?.[1];
      if (cursor === undefined) continue;
      const inA = await data('compiled', document, { ...values, after: cursor });
      leaks.push(...leakOf(`${name} after a cursor of the city`, values, inA));
      for (const after of [tamper(cursor), cursor.slice(0, -4), Buffer.from('{"id":1}').toString('base64url')]) {
        const answer = await data('compiled', document, { ...values, after });
        expect(JSON.stringify(answer), `${name} after ${after}`).not.toMatch(/"nodes":\[\{/);
      }
    }
  }
  expect(leaks).toEqual([]);
});

function tamper(cursor: string): string {
  const at = Math.floor(cursor.length / 2);
  return cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1);
}

test('an id that was guessed or rewritten to another type finds nothing', async () => {
  const typeNames = scoped.map(([typeName]) => typeName);
  const ask = 'query ($id: ID!) { node(id: $id) { __typename id } }';
  for (const [typeName, { b }] of sides) {
    const key = b[0]?.slice(typeName.length + 1);
    if (key === undefined) continue;
    const guesses = [
      ...typeNames.map((other) => `${other}:${key}`),
      `${typeName}:${key.toUpperCase()}`,
      `${typeName}: ${key}`,
      `${typeName.toLowerCase()}:${key}`,
      Buffer.from(`${typeName}:${key}`).toString('base64'),
      key,
    ];
    for (const id of guesses) {
      const answer = (await data('compiled', ask, { id })) as { node: { id: string } | null };
      expect(answer.node, id).toBeNull();
    }
  }
});

describe.each(schemas.map(({ name }) => name))('%s, asked over HTTP past the gateway', (name) => {
  let straight: StraightDocument[];
  beforeAll(() => {
    const running = graphs.running.find((one) => one.name === name);
    if (running === undefined) throw new Error(`no subgraph ${name}`);
    straight = straightDocuments(running.schema, seenByCity, sides);
  });

  test('and signed for a caller of A shows no row of B, by root field or reference, whatever the reference claims', async () => {
    const own = new Set(schemas.find((one) => one.name === name)?.owns);
    const leaks: Leak[] = [];
    let shown = 0;
    for (const { path, document, variables } of straight) {
      const { status, text } = await askStraight(graphs.urls, name, { document, variables, caller: ofA });
      expect([path, status]).toEqual([path, 200]);
      // A row of another subgraph is a bare key here; whether it is shown the gateway asks its owner.
      const shows = rowsOfB(text).filter((id) => own.has(id.split(':')[0] ?? ''));
      if (shows.length > 0) leaks.push({ path, variables: JSON.stringify(variables), shows: shows.slice(0, 3) });
      if (/"id":"/.test(text)) shown += 1;
    }
    expect(leaks).toEqual([]);
    expect(shown).toBeGreaterThan(0);
  });

  test('without a signature, or with one that is forged or was made for something else, gives nothing', async () => {
    const other = schemas.find((one) => one.name !== name)?.name ?? '';
    for (const { path, document, variables } of straight) {
      const question = { document, variables, caller: city };
      for (const forgery of [
        {},
        { signature: 'eyJhbGciOiJub25lIn0.e30.' },
        { signature: await signed(name, { ...question, variables: { ...variables, first: 1_000 } }) },
        { signature: await signed(other, question) },
        { signature: await signed(name, question, Buffer.alloc(32, 9)) },
      ]) {
        const { status, text } = await askStraight(graphs.urls, name, { document, variables, ...forgery });
        expect([path, status, rowsOfB(text)]).toEqual([path, 401, []]);
        expect(JSON.parse(text)).toEqual({ errors: [expect.objectContaining({ message: expect.any(String) })] });
      }
    }
  });
});

/** Two by two, the first with the last: ids of one document are asked for in one batch, and planned once for all. */
function pairs(ids: readonly string[]): [string, string | undefined][] {
  const half = Math.ceil(ids.length / 2);
  return ids.slice(0, half).map((id, index) => [id, ids.at(-1 - index)]);
}

function spread<Value>(values: readonly Value[], count: number): Value[] {
  const step = Math.max(1, Math.ceil(values.length / count));
  return values.filter((_value, index) => index % step === 0);
}
