import { type ExecutionResult, GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { scriptedGraph } from './scripted-graph.ts';

const owner = (answer: () => ExecutionResult) => ({
  sdl: 'type Query { person(id: ID!): Person search(name: String, id: ID): Person } type Person @key(fields: "id") { id: ID! name: String }',
  answer,
});
const other = (answer: () => ExecutionResult) => ({
  sdl: 'type Person @key(fields: "id") { id: ID! age: Int }',
  answer,
});
const ada = () => ({ data: { person: { __typename: 'Person', id: 'p1', name: 'Ada' } } });
const entities = (...found: unknown[]) => ({ data: { _entities: found } });
const QUERY = '{ person(id: "p1") { name age } }';

test('what others know of an entity found by its id is asked for while its owner is being asked', async () => {
  const { run, asked, fallbacks } = scriptedGraph({ a: owner(ada), b: other(() => entities({ age: 36 })) });
  const running = run(QUERY);
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['a', 'b']);
  expect(asked[1]?.variables).toEqual({ representations: [{ __typename: 'Person', id: 'p1' }] });
  expect(await running).toEqual({ data: { person: { name: 'Ada', age: 36 } } });
  expect(asked).toHaveLength(2);
  expect(fallbacks).toEqual([]);
});

test('where the owner shows nobody, what the others said and how they failed is of no account', async () => {
  for (const answer of [entities({ age: 36 }), { errors: [new GraphQLError('down')] }]) {
    const { run, asked } = scriptedGraph({ a: owner(() => ({ data: { person: null } })), b: other(() => answer) });
    expect(await run(QUERY)).toEqual({ data: { person: null } });
    expect(asked).toHaveLength(2);
  }
});

test('a root field that gives another entity than its id says is asked about again, and nothing of the first is kept', async () => {
  const answers = [entities({ age: 1 }), entities({ age: 2 })];
  const { run, asked } = scriptedGraph({
    a: owner(() => ({ data: { person: { __typename: 'Person', id: 'p2', name: 'Bob' } } })),
    b: other(() => answers.shift() as ExecutionResult),
  });
  expect(await run(QUERY)).toEqual({ data: { person: { name: 'Bob', age: 2 } } });
  expect(asked.map(({ variables }) => variables)).toEqual([
    {},
    { representations: [{ __typename: 'Person', id: 'p1' }] },
    { representations: [{ __typename: 'Person', id: 'p2' }] },
  ]);
});

test('a failure of what was asked early is reported where the entity stands', async () => {
  const down = { errors: [new GraphQLError('down', { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })] };
  const { run } = scriptedGraph({ a: owner(ada), b: other(() => down) });
  const { data, errors } = await run(QUERY);
  expect(data).toEqual({ person: { name: 'Ada', age: null } });
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['person', 'age'], 'SUBGRAPH_UNAVAILABLE'],
  ]);
});

test('a field with more than an id foresees nothing', async () => {
  const { run, asked } = scriptedGraph({
    a: owner(() => ({ data: { search: { __typename: 'Person', id: 'p1' } } })),
    b: other(() => entities({ age: 36 })),
  });
  const running = run('{ search(name: "Ada", id: "p1") { age } }');
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['a']);
  expect(await running).toEqual({ data: { search: { age: 36 } } });
});
