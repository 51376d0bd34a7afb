import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { createOperationCache, type ServedOperation } from '../../gateway/operations/prepare.ts';
import { defaultLimits, smallProtectedInputs, smallSchema } from './small-graph.ts';

const cache = createOperationCache({
  apiSchema: smallSchema,
  limits: defaultLimits,
  introspection: true,
  suggestions: true,
  protectedInputs: smallProtectedInputs,
});

function prepare(text: string, operationName?: string): ServedOperation {
  const prepared = cache.prepare(text, operationName);
  if (!('document' in prepared)) throw new Error(prepared.map(({ message }) => message).join('\n'));
  return prepared;
}

test('no literal survives, whatever its kind and place', () => {
  const { normalisedText } = prepare(`
    # 330499199001011234
    query Find($name: String = "secret1", $f: PersonFilter = { name: "secret2", sex: FEMALE, bornAfter: 19850101 }) {
      greeting(name: $name)
      one: people(first: 77, filter: { sex: MALE, name: """secret3""", and: [{ name: "secret4" }, { bornAfter: 1990 }] }) {
        totalCount
      }
      two: people(filter: $f) { totalCount }
      free(value: { secret5: ["secret6", 3.25, true, null, SECRET7] })
      node(id: "Person:secret8") { id @include(if: true) }
      personByCitizenId(citizenId: "330499199001011234") { name }
    }`);

  expect(normalisedText).toBe(`query Find($name: String = "", $f: PersonFilter = {bornAfter: 0, name: "", sex: VALUE}) {
  greeting(name: $name)
  one: people(first: 0, filter: {and: [], name: "", sex: VALUE}) {
    totalCount
  }
  two: people(filter: $f) {
    totalCount
  }
  free(value: {})
  node(id: "") {
    id @include(if: false)
  }
  personByCitizenId(citizenId: "") {
    name
  }
}`);
});

test('a number that hides in a name of the client’s own making does not survive either', () => {
  const { normalisedText, recordedName } = prepare(`
    query q330499199001011234($v13800138000: String) {
      a330499199001011234: greeting(name: $v13800138000)
      ...f330499199001011234
    }
    fragment f330499199001011234 on Query { b12345: greeting }`);

  expect(normalisedText).not.toMatch(/\d{6}/);
  expect(normalisedText).toContain('a0: greeting(name: $v0)');
  expect(normalisedText).toContain('b12345: greeting');
  expect(recordedName).toBe('q0');
});

test('operations that differ in values, spacing, order of input fields and comments have one hash', () => {
  const one = prepare('query Q { people(first: 5, filter: { name: "a", sex: MALE }) { totalCount } }');
  const other = prepare(`query Q { # x
    people(first: 500, filter: { sex: FEMALE, name: "b" }) { totalCount } }`);

  expect(other.hash).toBe(one.hash);
  expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
});

test('operations that differ in a field, a filter or their name have different hashes', () => {
  const hashes = [
    'query Q { people(filter: { name: "a" }) { totalCount } }',
    'query Q { people(filter: { sex: MALE }) { totalCount } }',
    'query Q { people(filter: { name: "a" }) { nodes { id } } }',
    'query R { people(filter: { name: "a" }) { totalCount } }',
  ].map((text) => prepare(text).hash);

  expect(new Set(hashes).size).toBe(4);
});

test('only the operation that runs is recorded, with its fragments, and it stays valid', () => {
  const text = `
    query A { ...One } query B { ...Two }
    fragment Two on Query { greeting } fragment One on Query { ...Two community(code: "1") { name } }`;

  const { normalisedText } = prepare(text, 'A');

  expect(normalisedText).not.toContain('query B');
  expect(validate(smallSchema, parse(normalisedText))).toEqual([]);
  expect(prepare(text, 'B').normalisedText).not.toContain('One');
});

test('the coordinates are those of the declared parent types, each once, without introspection', () => {
  const { coordinates } = prepare(`{
    __typename __schema { types { name } }
    node(id: "1") { id ... on Person { name } ...C }
    search(text: "x") { __typename ... on Person { name community { ...C } } }
  } fragment C on Community { name }`);

  expect(coordinates).toEqual([
    'Community.name',
    'Node.id',
    'Person.community',
    'Person.name',
    'Query.node',
    'Query.search',
  ]);
});

test('protected arguments are found as literals and as variables, in fragments and in lists', () => {
  const { protectedArguments, findProtectedVariable } = prepare(`
    query ($id: String!, $f: PersonFilter, $fs: [PersonFilter!]) {
      ...P
      one: people(filter: { and: [{ namePinyinPrefix: "zh" }] }) { totalCount }
      two: people(filter: $f) { totalCount }
      three: people(filter: { and: $fs }) { totalCount }
    }
    fragment P on Query { personByCitizenId(citizenId: $id) { name } }`);

  expect(protectedArguments).toEqual(['PersonFilter.namePinyinPrefix', 'Query.personByCitizenId(citizenId:)']);
  expect(findProtectedVariable({ id: 'x', f: { name: 'a' } })).toBeUndefined();
  expect(findProtectedVariable({ f: { and: [{ name: 'a' }, { namePinyinPrefix: 'zh' }] } })).toBe(
    'PersonFilter.namePinyinPrefix',
  );
  expect(findProtectedVariable({ fs: [{ namePinyinPrefix: 'zh' }] })).toBe('PersonFilter.namePinyinPrefix');
  expect(findProtectedVariable({ f: { namePinyinPrefix: null } })).toBeUndefined();
});
