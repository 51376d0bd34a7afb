import { expect, test } from 'vitest';
import { scriptedGraph } from './scripted-graph.ts';

test('what a scalar has made stays what it is where one subgraph is asked about several places', async () => {
  const at = new Date('2026-06-30T02:00:00.000Z');
  const { run, asked, fallbacks } = scriptedGraph({
    a: {
      sdl: 'type Query { me: Person } type Person @key(fields: "id") { id: ID! friend: Person }',
      answer: () => ({
        data: { me: { __typename: 'Person', id: '1', friend: { __typename: 'Person', id: '2' } } },
      }),
    },
    b: {
      sdl: 'scalar DateTime type Person @key(fields: "id") { id: ID! seen: Stamp } type Stamp { at: DateTime by: String }',
      answer: () => ({
        data: {
          _e0: [1, 2].map(() => ({ seen: { at, by: 'b' } })),
          _entities: [1, 2].map(() => ({ seen: { at, by: 'b' } })),
        },
      }),
    },
  });
  const seen = { at, by: 'b' };
  expect(await run('{ me { seen { at by } friend { seen { at by } } } }')).toEqual({
    data: { me: { seen, friend: { seen } } },
  });
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['a', 'b']);
  expect(fallbacks).toEqual([]);
});
