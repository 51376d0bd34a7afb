import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CompiledExecutor } from '../../../gateway/execute/compiled/compiled-executor.ts';
import { executableOperation } from '../../../gateway/execute/executable-operation.ts';
import type { Executor } from '../../../gateway/execute/executor.ts';
import type { SubgraphTransport } from '../../../gateway/transport/subgraph-transport.ts';
import { HUB_CALLER } from '../../../subgraphs/kit/caller/caller.ts';
import { OperationTrace } from '../../../subgraphs/kit/operation-trace.ts';
import { comparable } from './compare-answers.ts';
import { RunningWorld } from './run-world.ts';
import { type ScriptedSubgraph, scriptedGraph } from './scripted-graph.ts';
import { worlds } from './worlds.ts';

function world(name: string): RunningWorld {
  const found = worlds.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return new RunningWorld(found);
}

async function expectAsOracle(running: RunningWorld, text: string, variables: Record<string, unknown> = {}) {
  const answer = await running.run(running.compiled, text, variables);
  expect(comparable(answer)).toEqual(comparable(await running.oracle(text, variables)));
  expect(running.fallbacks).toEqual([]);
  return answer;
}

describe('answers that other engines get wrong', () => {
  it('a repeated list field is one list', async () => {
    await expectAsOracle(
      world('neighbours'),
      '{ people { id } people { name } people { friends { id } friends { name } } }',
    );
  });

  it('a field and a fragment on it are one field', async () => {
    await expectAsOracle(
      world('neighbours'),
      '{ people { ...F visits { id } } } fragment F on Person { visits { note } }',
    );
  });

  it('introspection beside data is answered from the API', async () => {
    const { data } = await expectAsOracle(
      world('neighbours'),
      '{ __schema { queryType { name } } me { id } __typename }',
    );
    expect(Object.keys(data ?? {})).toEqual(['__schema', 'me', '__typename']);
  });

  it('an alias may hide a key', async () => {
    await expectAsOracle(world('neighbours'), '{ people { id: name visits { id: note } livesIn { id: title busy } } }');
  });

  it('an alias may hide a required field, and a required field may be asked with other arguments', async () => {
    await expectAsOracle(world('shop'), '{ articles { price: name fee weight: days } }');
    await expectAsOracle(world('shop'), '{ articles { fee(express: true) verdict } }');
  });

  it('the same alias on two types may have two nullabilities', async () => {
    await expectAsOracle(
      world('creatures'),
      '{ search { ... on Cat { n: name } ... on Note { n: text } ... on Dog { n: name } } }',
    );
  });

  it('an object whose fields are all skipped is empty, not null', async () => {
    const { data } = await expectAsOracle(
      world('neighbours'),
      'query Q($no: Boolean!) { people { name @include(if: $no) visits @include(if: $no) { id } } }',
      { no: false },
    );
    expect(new Set((data as { people: object[] }).people.map((found) => JSON.stringify(found)))).toEqual(
      new Set(['{}']),
    );
  });

  it('an operation whose whole selection is skipped asks nobody', async () => {
    const running = world('neighbours');
    const { data } = await expectAsOracle(running, '{ me @include(if: false) { id } }');
    expect(data).toEqual({});
    expect(running.asked).toEqual([]);
  });

  it('a field skipped at one place stands where it is included', async () => {
    const text = 'query Q($no: Boolean!) { people { name @include(if: $no) id name } }';
    const running = world('neighbours');
    const { data } = await expectAsOracle(running, text, { no: false });
    const [first] = (data as { people: object[] }).people;
    expect(Object.keys(first ?? {})).toEqual(['id', 'name']);
  });

  it('root fields of a mutation are carried out one after another', async () => {
    const running = world('writers');
    await running.run(
      running.compiled,
      'mutation { a: addLeft(value: 1) { size } b: addRight(value: 2) { left } c: setLeft { size } }',
    );
    expect(running.log).toEqual(['addLeft {"value":1}', 'addRight {"value":2}', 'setLeft {"name":"x"}']);
  });

  it('a list of lists of entities is completed', async () => {
    await expectAsOracle(world('neighbours'), '{ matrix { name livesIn { title } } }');
  });
});

const person: ScriptedSubgraph = {
  sdl: `type Query { me: Person people: [Person!]! strict: Person! }
    type Person @key(fields: "id") { id: ID! name: String }`,
  answer: () => ({ data: { me: { __typename: 'Person', id: '1', name: 'Li' } } }),
};
const friends: ScriptedSubgraph = {
  sdl: 'type Person @key(fields: "id") { id: ID! age: Int city: String! nick: String }',
  answer: () => ({ data: { _entities: [{ age: 40, city: 'Jiaxing', nick: null }] } }),
};

describe('a subgraph that misbehaves', () => {
  it('leaves null and one error at each field that it should have served', async () => {
    const down = {
      errors: [new GraphQLError('down', { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'b' } })],
    };
    const { run } = scriptedGraph({ a: person, b: { ...friends, answer: () => down } });
    const result = await run('{ me { name old: age nick } }');

    expect(result.data).toEqual({ me: { name: 'Li', old: null, nick: null } });
    expect(result.errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['me', 'old'], { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'b' }],
      [['me', 'nick'], { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'b' }],
    ]);
  });

  it('takes a non-null field with it up to the next nullable place', async () => {
    const down = {
      errors: [new GraphQLError('down', { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'b' } })],
    };
    const { run } = scriptedGraph({ a: person, b: { ...friends, answer: () => down } });
    const result = await run('{ me { city } }');

    expect(result.data).toEqual({ me: null });
    expect(result.errors?.map(({ path }) => path)).toEqual([['me', 'city']]);
  });

  it('leaves data null, not absent, when the root must not be null', async () => {
    const { run } = scriptedGraph({
      a: { ...person, answer: () => ({ data: null, errors: [new GraphQLError('no')] }) },
      b: friends,
    });

    expect(await run('{ strict { name } }')).toMatchObject({ data: null, errors: [{ path: ['strict'] }] });
  });

  it.each([
    ['nothing', {}],
    ['too few entities', { data: { _entities: [] } }],
    ['no list', { data: { _entities: {} } }],
  ])('is told apart when it answers %s', async (_what, answer) => {
    const { run } = scriptedGraph({ a: person, b: { ...friends, answer: () => answer } });
    const result = await run('{ me { age } }');

    expect(result.data).toEqual({ me: { age: null } });
    expect(result.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['me', 'age'], 'SUBGRAPH_ANSWER_INVALID'],
    ]);
  });

  it('may answer something that is no list', async () => {
    const { run } = scriptedGraph({ a: { ...person, answer: () => ({ data: { people: { id: '1' } } }) }, b: friends });

    expect(await run('{ people { name } }')).toMatchObject({ data: null, errors: [{ path: ['people'] }] });
  });

  it('has its errors reported at every place of the entity', async () => {
    const { run, asked } = scriptedGraph({
      a: {
        ...person,
        answer: () => ({ data: { people: ['1', '2', '1'].map((id) => ({ __typename: 'Person', id })) } }),
      },
      b: {
        ...friends,
        answer: () => ({
          data: { _entities: [{ age: null }, { age: 7 }] },
          errors: [new GraphQLError('no', { path: ['_entities', 0, 'age'], extensions: { code: 'REFUSED' } })],
        }),
      },
    });
    const result = await run('{ people { age } }');

    expect(asked.at(-1)?.variables).toEqual({
      representations: [
        { __typename: 'Person', id: '1' },
        { __typename: 'Person', id: '2' },
      ],
    });
    expect(result.data).toEqual({ people: [{ age: null }, { age: 7 }, { age: null }] });
    expect(result.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['people', 0, 'age'], 'REFUSED'],
      [['people', 2, 'age'], 'REFUSED'],
    ]);
  });

  it('that does not know an entity leaves null without an error, and an error only for what must not be null', async () => {
    const { run } = scriptedGraph({ a: person, b: { ...friends, answer: () => ({ data: { _entities: [null] } }) } });

    expect(await run('{ me { name age } }')).toEqual({ data: { me: { name: 'Li', age: null } } });
    const strict = await run('{ me { name city } }');
    expect(strict.data).toEqual({ me: null });
    expect(strict.errors?.map(({ message, path }) => [message, path])).toEqual([
      ['Cannot return null for non-nullable field Person.city.', ['me', 'city']],
    ]);
  });
});

describe('the executor', () => {
  it('makes no more fetches once the request is aborted', async () => {
    const controller = new AbortController();
    const { executor, asked } = scriptedGraph({
      a: {
        ...person,
        answer: () => {
          controller.abort(new Error('gone'));
          return { data: { me: { __typename: 'Person', id: '1' } } };
        },
      },
      b: friends,
    });
    const running = executor.execute({
      prepared: executableOperation('{ me { age } }'),
      variables: {},
      caller: HUB_CALLER,
      trace: new OperationTrace(),
      signal: controller.signal,
    });

    await expect(running).rejects.toThrow('gone');
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['a']);
  });

  it('leaves names that every object has to the fallback, says so once and counts each request', async () => {
    const { run, fallbacks, served, counted } = scriptedGraph({ a: person, b: friends });
    const prepared = executableOperation('{ me { constructor: name } }');
    await run(prepared);
    await run(prepared);

    expect(fallbacks).toEqual(['the name constructor']);
    expect(served).toEqual([prepared, prepared]);
    expect(counted.fallbackRequests).toBe(2);
  });

  it('leaves a variable called as the planner calls its own to the fallback', async () => {
    const { run, fallbacks } = scriptedGraph({ a: person, b: friends });
    await run('query Q($representations: ID) { me { name } a: me { nick } }');

    expect(fallbacks).toEqual(['the variable $representations']);
  });

  it('serves everything through the fallback where the planner does not load', async () => {
    const fallback: Executor = { name: 'fallback', execute: async () => ({ data: { from: 'fallback' } }) };
    const reasons: string[] = [];
    const { apiSchema } = world('writers');
    const transports: SubgraphTransport[] = [];
    const executor = new CompiledExecutor({
      supergraphSdl: 'type Query { a: Int }',
      loadPlanner: () => {
        throw new Error('no such binary');
      },
      apiSchema,
      transports,
      fallback,
      onFallback: (reason) => reasons.push(reason),
    });
    const request = { prepared: executableOperation('{ left { id } }'), variables: {}, caller: HUB_CALLER };

    expect(await executor.execute({ ...request, trace: new OperationTrace() })).toEqual({ data: { from: 'fallback' } });
    await executor.execute({ ...request, trace: new OperationTrace() });
    expect(reasons).toEqual(['no planner binary']);
  });

  it('plans an operation once for each combination of choices', async () => {
    const running = world('neighbours');
    const prepared = executableOperation('query Q($a: Boolean!) { me { id name @include(if: $a) } }');
    const ask = (a: boolean) =>
      running.compiled.execute({ prepared, variables: { a }, caller: HUB_CALLER, trace: new OperationTrace() });
    for (const a of [true, false, true, false]) await ask(a);

    expect(new Set(running.asked.map(({ document }) => document)).size).toBe(2);
  });
});
