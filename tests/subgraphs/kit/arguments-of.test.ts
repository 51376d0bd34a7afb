import { buildSchema, type FieldNode, getArgumentValues, type OperationDefinitionNode, parse } from 'graphql';
import { expect, it } from 'vitest';
import { argumentsOf } from '../../../subgraphs/kit/graph/selected-fields.ts';

const schema = buildSchema(`
  input Filter { name: String, most: Int = 3 }
  enum Sort { NEWEST OLDEST }
  type Query { list(first: Int! = 20, after: String, sort: Sort = NEWEST, filter: Filter, ids: [ID!]): Int }
`);
const field = schema.getQueryType()?.getFields().list as NonNullable<
  ReturnType<NonNullable<ReturnType<typeof schema.getQueryType>>['getFields']>[string]
>;

function nodeOf(text: string): FieldNode {
  const [operation] = parse(text).definitions as [OperationDefinitionNode];
  return operation.selectionSet.selections[0] as FieldNode;
}

it.each([
  ['no arguments', '{ list }', {}],
  ['literals', '{ list(first: 5, sort: OLDEST, after: null, filter: { name: "王" }) }', {}],
  ['a variable beside literals', 'query ($first: Int!) { list(first: $first, sort: OLDEST) }', { first: 7 }],
  ['a variable that is not given', 'query ($after: String) { list(after: $after) }', {}],
  ['a variable that is not given and has a default', 'query ($sort: Sort) { list(sort: $sort) }', {}],
  ['null', 'query ($after: String, $sort: Sort) { list(after: $after, sort: $sort) }', { after: null, sort: null }],
  ['a variable inside an object', 'query ($name: String) { list(filter: { name: $name }) }', { name: '李' }],
  ['a variable inside a list', 'query ($id: ID!) { list(ids: [$id]) }', { id: '1' }],
  ['one variable twice', 'query ($text: String) { list(after: $text, filter: { name: $text }) }', { text: 'x' }],
  [
    'false values',
    'query ($first: Int!, $after: String) { list(first: $first, after: $after) }',
    { first: 0, after: '' },
  ],
])('gives a field what graphql-js gives it: %s', (_case, text, variables) => {
  const node = nodeOf(text);
  const made = argumentsOf(field, node);
  for (let run = 0; run < 2; run++) expect({ ...made(variables) }).toEqual(getArgumentValues(field, node, variables));
});

it('refuses null where there must be a value, and finds the values of each run anew', () => {
  const made = argumentsOf(field, nodeOf('query ($first: Int) { list(first: $first) }'));
  expect(made({ first: 1 })).toMatchObject({ first: 1 });
  expect(made({ first: 2 })).toMatchObject({ first: 2 });
  expect(() => made({ first: null })).toThrow('must not be null');
});
