import { join } from 'node:path';
import { buildSchema, type DocumentNode, execute, type GraphQLObjectType, type GraphQLSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readExamples } from '../../gateway/operations/examples.ts';
import { compileDocument } from '../../gateway/transport/compile-document.ts';
import { levelProgram } from '../../gateway/transport/level-program.ts';
import { BatchLoader } from '../../subgraphs/kit/batch-loader.ts';
import { guardByCard } from '../../subgraphs/kit/graph/card-guard.ts';
import { loadedBelow } from '../../subgraphs/kit/graph/loaded-below.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { subgraphs } from '../../subgraphs/registry.ts';
import { federatedSchemaOf } from '../kit/federated-schema-of.ts';
import { freshDatabase } from '../kit/test-database.ts';
import { openTestGraph } from '../kit/test-graph.ts';

type Resolve = (source: never, args: never, context: never, info: never) => unknown;

/** A schema with resolvers by `Type.field`; what has none is the property of its name. */
function schemaWith(sdl: string, resolvers: Readonly<Record<string, Resolve>>): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const [coordinate, resolve] of Object.entries(resolvers)) {
    const [type = '', field = ''] = coordinate.split('.');
    fieldOf(schema, type, field).resolve = resolve as never;
  }
  return schema;
}

function fieldOf(schema: GraphQLSchema, type: string, field: string) {
  const found = (schema.getType(type) as GraphQLObjectType).getFields()[field];
  if (found === undefined) throw new Error(`${type}.${field}`);
  return found;
}

function programOf(schema: GraphQLSchema, text: string) {
  const program = levelProgram(schema, parse(text));
  if (program === undefined) throw new Error('no program');
  return program;
}

const TOWN = `
  enum Kind { VILLAGE CITY }
  interface Named { name: String! }
  type House implements Named { name: String! floors: Int owner: Person rooms: [[Room!]!] }
  type Person implements Named { name: String! age: Int kind: Kind friends(first: Int = 2): [Person] house: House }
  type Room { size: Float! }
  union Anything = House | Person
  input Wish { name: String = "x" }
  type Query {
    person(id: ID!): Person
    people: [Person!]!
    things: [Anything]
    named: [Named!]
    echo(text: String = "none", wish: Wish, list: [Int!]): String
    nothing: Person
  }
`;
const later = <Value>(value: Value) => Promise.resolve(value);
const ann = { name: '安', age: 30, kind: 'CITY', __typename: 'Person' };
const bo = { name: '柏', age: null, kind: null, __typename: 'Person' };
const house = {
  name: '一号',
  floors: 3,
  __typename: 'House',
  rooms: [[{ size: 1.5 }], [], [{ size: 2 }, { size: 3 }]],
};
const townResolvers: Readonly<Record<string, Resolve>> = {
  'Query.person': (_source, { id }: { id: string }) => later(id === '1' ? ann : null),
  'Query.people': () => [ann, later(bo), ann],
  'Query.things': () => later([house, null, ann, house]),
  'Query.named': () => [ann, house, bo],
  'Query.echo': (_source, args: object) => JSON.stringify(args),
  'Person.friends': ({ name }: typeof ann, { first }: { first: number }) =>
    name === '安' ? [bo, null, later(ann)].slice(0, first) : null,
  'Person.house': ({ name }: typeof ann) => (name === '安' ? later(house) : null),
  'House.owner': () => later(ann),
};

describe('answers without errors are those of graphql-js', () => {
  const schema = schemaWith(TOWN, townResolvers);
  const documents: readonly [string, Record<string, unknown>][] = [
    ['{ people { name age kind friends { name } } }', {}],
    ['{ person(id: "1") { name house { floors owner { name house { name } } } } }', {}],
    ['{ person(id: "2") { name } nothing { name } }', {}],
    [
      'query ($id: ID!) { person(id: $id) { ...P friends(first: 3) { ...P } } } fragment P on Person { name kind }',
      { id: 1 },
    ],
    ['{ things { __typename ... on House { name floors rooms { size } } ... on Person { age name } } }', {}],
    ['{ named { name ... on Person { kind } ... on House { owner { name } } ... on Named { name } } }', {}],
    ['query ($text: String, $list: [Int!]) { echo(text: $text, wish: { }, list: $list) }', { list: 4 }],
    ['query ($text: String = "a") { a: echo(text: $text) b: echo }', {}],
    ['{ z: people { b: name a: name __proto__: name } people { name } z: people { age } }', {}],
    ['{ __typename t: __typename }', {}],
  ];
  test.each(documents)('%s', async (text, variables) => {
    const data = await programOf(schema, text)(variables, {});
    const expected = await execute({ schema, document: parse(text), variableValues: variables });

    expect(expected.errors).toBeUndefined();
    expect(JSON.stringify(data)).toBe(JSON.stringify(expected.data));
  });
});

describe('what is no answer without errors is left to others', () => {
  const failing: Readonly<Record<string, Resolve>> = {
    'a resolver that throws': () => {
      throw new Error('no');
    },
    'a promise that is not kept': () => Promise.reject(new Error('no')),
    'an error as a value': () => new Error('no'),
    'a null where there must be something': () => null,
    'a value of another kind': () => ({ a: 1 }),
  };
  const text = '{ people { name age } person(id: "1") { name } }';
  test.each(Object.entries(failing))('%s', async (_what, resolve) => {
    const schema = schemaWith(TOWN, { ...townResolvers, 'Person.name': resolve });
    const document = parse(text);
    const run = compileDocument(schema, document, { runsBeforeCompiling: 0 });

    expect(await programOf(schema, text)({}, {})).toBeUndefined();
    for (let times = 0; times < 12; times++) {
      const answer = await run({}, {});
      const expected = await execute({ schema, document });
      expect(answer.data).toEqual(expected.data);
      // Of several errors that come to the same null one is enough.
      expect(answer.errors?.length).toBeGreaterThan(0);
      for (const { path } of answer.errors ?? [])
        expect(expected.errors?.map((error) => error.path)).toContainEqual(path);
    }
  });

  test('a value outside its enum, an object of no possible type, something else than a list', async () => {
    const run = (coordinate: string, value: unknown, asked: string) =>
      programOf(schemaWith(TOWN, { ...townResolvers, [coordinate]: () => value }), asked)({}, {});

    expect(await run('Person.kind', 'HAMLET', '{ people { kind } }')).toBeUndefined();
    expect(await run('Query.things', [{ __typename: 'Room' }], '{ things { __typename } }')).toBeUndefined();
    expect(await run('Query.people', { length: 1 }, '{ people { name } }')).toBeUndefined();
    expect(await run('Query.people', 'ann', '{ people { name } }')).toBeUndefined();
  });

  test('variables that the operation does not take', async () => {
    const program = programOf(schemaWith(TOWN, townResolvers), 'query ($id: ID!) { person(id: $id) { name } }');

    expect(await program({}, {})).toBeUndefined();
    expect(await program({ id: {} }, {})).toBeUndefined();
  });

  test.each([
    ['another field', 'Person.kind', '{ people { age kind } }'],
    ['a field of another type', 'House.owner', '{ named { ... on Person { age } ... on House { owner { name } } } }'],
  ])('one promise that is not kept while %s has thrown ends no process', async (_what, thrown, text) => {
    const unheard: unknown[] = [];
    const note = (reason: unknown) => unheard.push(reason);
    process.on('unhandledRejection', note);
    const schema = schemaWith(TOWN, {
      ...townResolvers,
      'Person.age': () => new Promise((_resolve, reject) => setImmediate(() => reject(new Error('later')))),
      [thrown]: () => {
        throw new Error('at once');
      },
    });

    expect(await programOf(schema, text)({}, {})).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', note);
    expect(unheard).toEqual([]);
  });
});

test.each([
  ['a mutation', 'type Query { a: Int } type Mutation { b: Int }', 'mutation { b }'],
  ['a condition', 'type Query { a: Int }', 'query ($yes: Boolean!) { a @include(if: $yes) }'],
  ['two operations', 'type Query { a: Int }', 'query A { a } query B { a }'],
])('there is no program for %s', (_what, sdl, text) => {
  expect(levelProgram(buildSchema(sdl), parse(text))).toBeUndefined();
});

test('there is no program where types are told by isTypeOf', () => {
  const schema = buildSchema('type A { a: Int } union U = A type Query { u: U a: A }');
  (schema.getType('A') as GraphQLObjectType).isTypeOf = () => true;

  expect(levelProgram(schema, parse('{ a { a } }'))).toBeUndefined();
  expect(levelProgram(schema, parse('{ u { ... on A { a } } }'))).toBeUndefined();
});

describe('a field that is loaded by a key', () => {
  interface Row {
    readonly name: string;
    readonly houseId: string | null;
  }
  const rows: readonly Row[] = ['a', 'b', null, 'a', 'broken'].map((houseId, index) => ({ name: `${index}`, houseId }));
  const open = (given: readonly Row[]) => {
    const batches: (readonly string[])[] = [];
    const loader = new BatchLoader<{ name: string }>(async (keys) => {
      batches.push(keys);
      if (keys.includes('broken')) throw new Error('broken');
      return keys.map((key) => ({ name: `house ${key}` }));
    });
    const below = loadedBelow({ keyOf: ({ houseId }: Row) => houseId, loaderOf: () => loader });
    let resolved = 0;
    const schema = schemaWith(TOWN, { 'Query.people': () => given });
    const field = fieldOf(schema, 'Person', 'house');
    field.extensions = { loaded: below.loaded };
    field.resolve = ((...all: Parameters<typeof below.resolve>) => {
      resolved += 1;
      return below.resolve(...all);
    }) as never;
    return { schema, field, batches, resolvedCount: () => resolved };
  };
  const text = '{ people { name house { name } } }';

  test('is asked once for the keys of all rows, and not row by row', async () => {
    const { schema, batches, resolvedCount } = open(rows.slice(0, 4));

    expect(await programOf(schema, text)({}, {})).toEqual({
      people: [
        { name: '0', house: { name: 'house a' } },
        { name: '1', house: { name: 'house b' } },
        { name: '2', house: null },
        { name: '3', house: { name: 'house a' } },
      ],
    });
    expect(batches).toEqual([['a', 'b']]);
    expect(resolvedCount()).toBe(0);
  });

  test('that fails is told at each of its places, and not read anew for that', async () => {
    const { schema, batches } = open(rows);
    const run = compileDocument(schema, parse(text), { runsBeforeCompiling: 0 });

    const { data, errors } = await run({}, {});

    expect(data).toMatchObject({ people: [{ house: null }, { house: null }, { house: null }, {}, {}] });
    expect(errors?.map(({ path }) => path?.join('.'))).toEqual([0, 1, 3, 4].map((index) => `people.${index}.house`));
    expect(batches).toHaveLength(1);
  });

  test('is not loaded past its guard', async () => {
    const { schema, field, batches } = open(rows.slice(0, 1));
    const card = {
      source: 'public-security',
      sharing: 'CONDITIONAL',
      grade: 3,
      category: 'PERSONAL',
      updateCycle: 'DAILY',
    } as const;
    field.resolve = guardByCard('Person.house', card, 'person.identity', field.resolve as never) as never;
    const caller = { kind: 'SYSTEM', rights: new Set(), jurisdiction: ['3304'], grants: [] };

    expect(await programOf(schema, text)({}, { caller })).toBeUndefined();
    expect(batches).toEqual([]);
  });
});

test('every document that the queries of schema/operations ask of a subgraph has a program', async () => {
  await using database = await freshDatabase();
  const without: string[] = [];
  let found = 0;
  const schemas = new Map(subgraphs.map((definition) => [definition.name, federatedSchemaOf(definition).schema]));
  await using graph = await openTestGraph({
    pool: database.pool,
    wrapTransport: (transport) => ({
      ...transport,
      subgraph: transport.subgraph,
      readSdl: () => transport.readSdl(),
      execute: (request) => transport.execute(request),
      close: () => transport.close(),
      prepare: (document: DocumentNode) => {
        const isQuery = document.definitions.some((part) => 'operation' in part && part.operation === 'query');
        const schema = schemas.get(transport.subgraph);
        if (isQuery && schema !== undefined && levelProgram(schema, document) === undefined)
          without.push(transport.subgraph);
        if (isQuery && schema !== undefined) found += 1;
        return transport.prepare?.(document) ?? ((request) => transport.execute({ document, ...request }));
      },
    }),
  });
  for (const { document, variables } of readExamples(join(projectRoot, 'schema', 'operations'))) {
    if (/^mutation/m.test(document)) continue;
    await graph.run(document, variables);
  }
  expect(without).toEqual([]);
  expect(found).toBeGreaterThan(100);
});
