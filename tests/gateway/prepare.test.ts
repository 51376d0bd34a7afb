import { expect, test } from 'vitest';
import { createOperationCache, type OperationCacheOptions } from '../../gateway/operations/prepare.ts';
import { defaultLimits, englishOf, smallSchema } from './small-graph.ts';

function open(options: Partial<OperationCacheOptions> = {}) {
  return createOperationCache({
    apiSchema: smallSchema,
    limits: defaultLimits,
    introspection: true,
    suggestions: true,
    ...options,
  });
}

function messages(cache: ReturnType<typeof open>, text: string, name?: string): string[] {
  const prepared = cache.prepare(text, name);
  if ('document' in prepared) throw new Error('it was accepted');
  return prepared.map(({ message }) => message);
}

test('a document is prepared once per operation name; refusals are remembered too', () => {
  const cache = open();
  const text = 'query A { greeting } query B { greeting }';

  expect(cache.prepare(text, 'A')).toBe(cache.prepare(text, 'A'));
  expect(cache.prepare(text, 'B')).not.toBe(cache.prepare(text, 'A'));
  expect(cache.prepare('{ nope }', undefined)).toBe(cache.prepare('{ nope }', undefined));
  expect(cache.size).toBe(3);
});

test('the documents that were not used for longest are forgotten', () => {
  const cache = open({ capacity: 2 });
  const first = cache.prepare('{ a: greeting }', undefined);
  const second = cache.prepare('{ b: greeting }', undefined);
  cache.prepare('{ a: greeting }', undefined);
  cache.prepare('{ c: greeting }', undefined);

  expect(cache.size).toBe(2);
  expect(cache.prepare('{ a: greeting }', undefined)).toBe(first);
  expect(cache.prepare('{ b: greeting }', undefined)).not.toBe(second);
});

test('very long documents do not fill the memory', () => {
  const cache = open();
  for (let i = 0; i < 40; i++) cache.prepare(`{ a${i}: greeting } # ${'x'.repeat(250_000)}`, undefined);

  expect(cache.size).toBeLessThan(20);
});

test('which operation to run must be clear', () => {
  const text = 'query A { greeting } query B { greeting }';
  const cache = open();

  expect(messages(cache, text)[0]).toContain('name one in operationName');
  expect(messages(cache, text, 'C')[0]).toContain('no operation called');
  expect(messages(cache, 'fragment F on Query { greeting }')[0]).toContain('never used');
});

test('suggestions can be switched off everywhere', () => {
  const text = '{ greting people(filter: { nam: "x", sex: MAL }) { totalCount } community(cod: 1) { id } }';

  expect(messages(open(), text).join()).toContain('Did you mean');
  expect(messages(open({ suggestions: false }), text).map(englishOf)).toEqual([
    'Cannot query field "greting" on type "Query".',
    'Field "nam" is not defined by type "PersonFilter".',
    'Expected a value of type "Sex".',
    'Unknown argument "cod" on field "Query.community".',
    'Field "community" argument "code" of type "ID!" is required, but it was not provided.',
  ]);
});

test('introspection can be switched off; __typename stays', () => {
  const cache = open({ introspection: false });
  const refused = cache.prepare('{ __schema { queryType { name } } }', undefined);

  expect('document' in refused ? [] : refused.map(({ extensions }) => extensions.code)).toContain(
    'INTROSPECTION_DISABLED',
  );
  expect('document' in cache.prepare('{ __typename }', undefined)).toBe(true);
});

test('an error tells where it is, in a document that is not kept for it', () => {
  const [error] = open().prepare('{\n  greting\n}', undefined) as readonly Error[];

  expect(JSON.parse(JSON.stringify(error))).toEqual({
    message:
      '文档与图谱不符：类型 Query 没有字段 greting；您要的是否为 "greeting" | ' +
      'the document does not fit the graph: Cannot query field "greting" on type "Query". Did you mean "greeting"?',
    locations: [{ line: 2, column: 3 }],
    extensions: { code: 'DOCUMENT_INVALID' },
  });
  expect(error).not.toHaveProperty('nodes.0');
});

test('a document with a hundred errors tells the first few', () => {
  const texts = messages(open(), `{ ${Array.from({ length: 100 }, (_, i) => `x${i}`).join(' ')} }`.slice(0, 200));

  expect(texts.length).toBeLessThanOrEqual(6);
});

test('variables are coerced by the rules, and only declared ones are passed on', () => {
  const text =
    'query ($a: [Int!], $b: String = "x", $c: PersonFilter) { greeting(name: $b) sum(of: $a) people(filter: $c) { totalCount } }';
  const prepared = open().prepare(text, undefined);
  if (!('document' in prepared)) throw new Error(JSON.stringify(prepared));

  expect(prepared.coerceVariables({ a: 1, c: { name: 'n' }, other: 1 })).toEqual({
    variables: { a: [1], b: 'x', c: { name: 'n' } },
  });
  expect(prepared.coerceVariables({ a: null })).toEqual({ variables: { a: null, b: 'x' } });
  expect(prepared.coerceVariables({ a: [null] })).toMatchObject([
    {
      message: expect.stringContaining(
        'Variable "$a" got invalid value at "a[0]"; Expected non-nullable type "Int!" not to be null.',
      ),
    },
  ]);
});

test('a variable nested deeper than the stack is refused, not a crash', () => {
  const prepared = open().prepare('query ($f: PersonFilter) { people(filter: $f) { totalCount } }', undefined);
  if (!('document' in prepared)) throw new Error('it was refused');
  let filter: unknown = { name: 'x' };
  for (let i = 0; i < 20_000; i++) filter = { and: [filter] };

  const coerced = prepared.coerceVariables({ f: filter });

  expect(coerced).toMatchObject([
    {
      message: expect.stringContaining('Variable "$f" got invalid value; Expected a value of type "PersonFilter".'),
      extensions: { code: 'VARIABLE_INVALID' },
    },
  ]);
});
