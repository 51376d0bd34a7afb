import { expect, test } from 'vitest';
import { createOperationCache } from '../../gateway/operations/prepare.ts';
import { defaultLimits, smallSchema } from './small-graph.ts';

const cache = createOperationCache({
  apiSchema: smallSchema,
  limits: { ...defaultLimits, aliases: 1_000, depth: 60, rootFields: 100 },
  introspection: true,
  suggestions: true,
});

function cost(text: string, variables: Record<string, unknown> = {}): number {
  const prepared = cache.prepare(text, undefined);
  if (!('document' in prepared)) throw new Error(prepared.map(({ message }) => message).join('\n'));
  const coerced = prepared.coerceVariables(variables);
  if (!('variables' in coerced)) throw new Error('variables');
  return prepared.cost(coerced.variables);
}

test.each([
  ['scalars cost nothing, an operation at least one', '{ greeting __typename }', 1],
  ['each object costs one', '{ community(code: "1") { name } node(id: "1") { id } }', 2],
  ['a plain list counts ten', '{ community(code: "1") { grids { name } } }', 1 + 10],
  ['and so does what is below it', '{ community(code: "1") { grids { community { name } } } }', 1 + 10 * 2],
  [
    'a list with a page size counts that',
    '{ community(code: "1") { recent(first: 3) { household { id } } } }',
    1 + 3 * (1 + 10),
  ],
  ['a list whose page size has no default counts ten', '{ community(code: "1") { recent { id } } }', 1 + 10],
  ['a connection of nothing but its count costs one', '{ people { totalCount } }', 1],
  ['nodes are as many as the page', '{ people(first: 50) { nodes { name } } }', 1 + 50],
  ['edges are bookkeeping', '{ people(first: 50) { edges { cursor node { name } } } }', 1 + 50],
  ['the page size has its default', '{ people { nodes { name } } }', 1 + 20],
  [
    'pages multiply',
    '{ people(first: 5) { nodes { community { people(first: 7) { nodes { id } } } } } }',
    1 + 5 * (1 + 1 + 1 + 7),
  ],
  ['both ways of a page count', '{ people(first: 5) { nodes { id } edges { node { id } } } }', 1 + 5 + 5],
  [
    'all branches are added',
    '{ search(text: "x") { ... on Person { community { id } } ... on Community { grids { id } } } }',
    10 * (1 + 1 + 10),
  ],
  ['@skip changes nothing', '{ community(code: "1") @skip(if: true) { name } }', 1],
  ['a write costs ten more', 'mutation { rename(input: { id: "1", name: "x" }) { id } }', 11],
  ['two writes twice', 'mutation { a: slowly b: slowly }', 20],
  ['introspection costs the same whatever it asks', '{ __schema { types { fields { args { name } } } } }', 50],
])('%s', (_title, text, expected) => {
  expect(cost(text)).toBe(expected);
});

test('a page size given by a variable counts by its value, its default, or the argument’s', () => {
  const text = (declaration: string) => `query (${declaration}) { people(first: $n) { nodes { id } } }`;

  expect(cost(text('$n: Int'), { n: 30 })).toBe(31);
  expect(cost(text('$n: Int = 40'))).toBe(41);
  expect(cost(text('$n: Int'))).toBe(21);
  expect(cost(text('$n: Int'), { n: null })).toBe(21);
});

test('a page of nothing, or of less, still costs one', () => {
  expect(cost('{ people(first: 0) { nodes { id } } }')).toBe(2);
  expect(cost('query ($n: Int) { people(first: $n) { nodes { id } } }', { n: -1_000 })).toBe(2);
});

test('a fragment that selects the page of a connection counts by that connection’s page', () => {
  const text = `{
    a: people(first: 3) { ...Page } b: people(first: 100) { ...Page }
  } fragment Page on PersonConnection { nodes { id community { id } } }`;

  expect(cost(text)).toBe(1 + 3 * 2 + 1 + 100 * 2);
});

test('fragments that double at every step are computed at once, and cost what they would', () => {
  const steps = Array.from(
    { length: 25 },
    (_, i) =>
      `fragment F${i} on Community { grids { community { ...F${i + 1} } } recent(first: 2) { community { ...F${i + 1} } } }`,
  ).join(' ');
  const started = performance.now();

  const points = cost(`{ community(code: "1") { ...F0 } } ${steps} fragment F25 on Community { id }`);

  expect(points).toBe(Number.MAX_SAFE_INTEGER);
  expect(performance.now() - started).toBeLessThan(500);
});

test('writes hidden in fragments are counted once each, however often they are spread', () => {
  const doubling = Array.from(
    { length: 15 },
    (_, i) => `fragment F${i} on Mutation { ...F${i + 1} ...F${i + 1} }`,
  ).join(' ');

  expect(cost(`mutation { ...F0 } ${doubling} fragment F15 on Mutation { slowly }`)).toBe(10);
});
