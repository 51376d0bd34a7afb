import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { wantedColumns } from '../../../subgraphs/kit/graph/wanted-columns.ts';
import { ColumnSet } from '../../../subgraphs/kit/store/column-set.ts';
import { coversAll } from '../../../subgraphs/kit/store/place-scope.ts';
import { people } from '../../../subgraphs/people/index.ts';
import { federatedSchemaOf } from '../../kit/federated-schema-of.ts';
import { testCaller } from '../../kit/open-test-subgraph.ts';

const columns = new ColumnSet('t.id, t.born::text AS "birthDate", coalesce(t.a, t.b) AS "either", t.type', ['id']);

test('a select list is taken apart at its own commas only', () => {
  expect(columns.properties).toEqual(['id', 'birthDate', 'either', 'type']);
  expect(() => new ColumnSet('t.id, lower(t.name)', ['id'])).toThrow('a column without a name: lower(t.name)');
  expect(() => new ColumnSet('t.type', ['id'])).toThrow('no column gives id');
});

test('what is wanted is selected beside the base and the sort, in the order of the table', () => {
  expect(columns.select(undefined)).toBe(columns.all);
  expect(columns.select(new Set())).toBe('t.id');
  expect(columns.select(new Set(['either']), ['birthDate'])).toBe(
    't.id, t.born::text AS "birthDate", coalesce(t.a, t.b) AS "either"',
  );
  expect(columns.select(new Set(['either', 'nothingOfThis']))).toBe('t.id, coalesce(t.a, t.b) AS "either"');
});

test('a client that goes through all combinations gets whole rows in the end', () => {
  const names = Array.from({ length: 70 }, (_, index) => `c${index}`);
  const wide = new ColumnSet(['t.id', ...names.map((name) => `t.${name}`)].join(', '), ['id']);
  const texts = new Set(names.map((name) => wide.select(new Set([name]))));
  expect(texts.size).toBe(61);
  expect(texts).toContain(wide.all);
});

test('a document wants what its fields read, through fragments and interfaces, and nothing where one does not say', () => {
  const { schema } = federatedSchemaOf(people);
  const wanted = (text: string) => wantedColumns(schema, parse(text));
  const id = 'id: "Person:x"';
  expect(wanted(`{ person(${id}) { ageYears ...P } } fragment P on Person { phone }`)?.get('Person')).toEqual(
    new Set(['birthDate', 'phoneSealed']),
  );
  expect(wanted(`{ person(${id}) { __typename } }`)?.get('Person')).toEqual(new Set());
  expect(
    wanted('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { name } } }')?.get('Person'),
  ).toEqual(new Set(['name']));
  expect(wanted(`mutation { changeResidence(input: {}) { __typename } }`)).toBeUndefined();
});

test('divisions inside of the area cover all that lies in them', () => {
  const scope = { alias: 't', hasGridCode: true };
  const covers = (codes: string[], column: string, ...keys: string[]) =>
    coversAll(scope, { column, keys }, testCaller(codes));
  expect(covers(['330402'], 't.community_code', '330402007024', '330402007025')).toBe(true);
  expect(covers(['330402'], 't.community_code', '330402007024', '330411001001')).toBe(false);
  expect(covers(['330402007024001'], 't.community_code', '330402007024')).toBe(false);
  expect(covers(['330402'], 't.grid_code', '330402007024001')).toBe(true);
  expect(covers(['330402'], 't.household_id', '330402007024')).toBe(false);
  expect(covers([], 't.community_code', '330402007024')).toBe(false);
});
