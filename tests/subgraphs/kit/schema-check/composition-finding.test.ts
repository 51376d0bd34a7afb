import { expect, test } from 'vitest';
import { composeGraph } from '../../../../subgraphs/kit/schema-check/compose-graph.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires"])\n';

/** The headlines of what keeps two contracts from composing. */
function headlines(people: string, party: string): string[] {
  const composition = composeGraph([
    { name: 'people', url: 'http://people', sdl: LINK + people },
    { name: 'party', url: 'http://party', sdl: LINK + party },
  ]);
  if (!('findings' in composition)) throw new Error('they compose');
  return composition.findings.map((finding) => finding.split('\n')[0] ?? '');
}

test('the fields of a type that cannot be reached are one finding, in both languages, with the way out', () => {
  expect(
    headlines(
      'type Query { lost: Lost } type Lost { id: ID! @shareable }',
      'type Query { a: Int } type Lost { id: ID! @shareable v: Int w: Int x: Int y: Int }',
    ),
  ).toEqual([
    'Lost.v, Lost.w, Lost.x … +1 (子图 people, party) 从图谱的某条路径取不到：请在提供它的子图中为其类型声明 @key，或由路径上的子图以 @shareable 一并提供' +
      ' | Lost.v, Lost.w, Lost.x … +1 (subgraph people, party) cannot be reached on some path: give its type a @key in the subgraph that has it, or let the subgraphs on the path provide it too (@shareable) [SATISFIABILITY_ERROR]',
  ]);
});

test.each([
  [
    'type Query { x: L } type L @key(fields: "nope") { id: ID! }',
    /^L \(子图 people\) 的 @key 有误.*\[KEY_INVALID_FIELDS\]$/,
  ],
  ['type Query { x: Nope }', /^Nope \(子图 people\) 不是合法的 GraphQL 定义 \| .*\[INVALID_GRAPHQL\]$/],
  ['type Query { x: }', /^\(子图 people\) 不是合法的 GraphQL 定义 \| .*\[INVALID_GRAPHQL\]$/],
  [
    'type Query { x(e: E): E } enum E { A B }',
    /^E \(子图 people, party\) 枚举值在各子图中不一致.*\[ENUM_VALUE_MISMATCH\]$/,
  ],
  [
    'type Query { a: Int }',
    /^Query\.a \(子图 (?:people, party|party, people)\) 由几个子图提供而没有都标 @shareable.*\[INVALID_FIELD_SHARING\]$/,
  ],
  ['type Query { a: String @shareable }', /Query\.a .*在各子图中的定义不一致.*\[FIELD_TYPE_MISMATCH\]$/],
  [
    'type Query { x: L } type L @key(fields: "id") { id: ID! y: Int @requires(fields: "z") }',
    /^L\.y \(子图 people\) 的 @requires 有误.*\[REQUIRES_INVALID_FIELDS\]$/,
  ],
])('what does not compose is named: %s', (people, headline) => {
  const found = headlines(people, 'type Query { a: Int } enum E { A C } type Use { e: E }');

  expect(found.filter((line) => headline.test(line))).toHaveLength(1);
});

test('the same fault in two subgraphs is told of each', () => {
  const told = headlines('type Query { x: Nope }', 'type Query { x: Nope }').map((line) => line.split(' 不是')[0]);

  expect(told.sort()).toEqual(['Nope (子图 party)', 'Nope (子图 people)']);
});
