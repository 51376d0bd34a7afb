import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { findExceededLimit } from '../../gateway/operations/limits.ts';
import { createOperationCache, type ServedOperation } from '../../gateway/operations/prepare.ts';
import { defaultLimits, smallSchema } from './small-graph.ts';

function check(document: string): Record<string, unknown> | null {
  return findExceededLimit(parse(document), defaultLimits)?.extensions ?? null;
}

/** `community { grids { community { …` to that many levels, a leaf included. */
function nested(levels: number): string {
  const fields = Array.from({ length: levels - 1 }, (_, level) => (level % 2 === 0 ? 'community' : 'grids'));
  return `{ ${fields.map((field) => `${field} { `).join('')}id${' }'.repeat(levels)}`;
}

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

describe('depth', () => {
  test('fourteen levels pass, fifteen are refused', () => {
    expect(check(nested(14))).toBeNull();
    expect(check(nested(15))).toEqual({ code: 'DEPTH_EXCEEDED', depth: 15, max: 14 });
  });

  test('fragments count where they are spread, and are looked at even when unused', () => {
    const deep = `fragment Deep on Community ${nested(12)}`;
    expect(check(`{ community { ...Deep } } ${deep}`)).toBeNull();
    expect(check(`{ community { grids { community { ...Deep } } } } ${deep}`)).toEqual({
      code: 'DEPTH_EXCEEDED',
      depth: 15,
      max: 14,
    });
    expect(check(`{ greeting } fragment Deep on Community ${nested(15)}`)).toMatchObject({ depth: 15 });
  });

  test('a literal nests like fields', () => {
    const filter = `${'{ and: ['.repeat(10)}{ name: "x" }${'] }'.repeat(10)}`;
    expect(check(`{ people(filter: ${filter}) { totalCount } }`)).toMatchObject({ code: 'DEPTH_EXCEEDED', depth: 22 });
    expect(check(`query ($f: PersonFilter = ${filter}) { people(filter: $f) { totalCount } }`)).toMatchObject({
      depth: 21,
    });
  });

  test('the introspection query of common tools passes, an endless one does not', () => {
    const types = (levels: number) =>
      `{ __schema { types { fields { type { ${'ofType { '.repeat(levels)}name${' }'.repeat(levels)} } } } } }`;
    expect(check(types(9))).toBeNull();
    expect(check(types(30))).toMatchObject({ code: 'DEPTH_EXCEEDED', max: 20 });
  });

  test('fragments inside each other without a field are bounded too', () => {
    expect(check(`{ ${'... { '.repeat(100)}greeting${' }'.repeat(100)} }`)).toMatchObject({
      code: 'DEPTH_EXCEEDED',
      max: 60,
    });
    const chain = times(100, (i) => `fragment F${i} on Query { ...F${i + 1} }`);
    expect(check(`{ ...F0 } ${chain} fragment F100 on Query { greeting }`)).toMatchObject({ max: 60 });
  });
});

describe('aliases', () => {
  test('sixty pass, sixty-one are refused', () => {
    const many = (count: number) => `{ community { ${times(count, (i) => `a${i}: name`)} } }`;
    expect(check(many(60))).toBeNull();
    expect(check(many(61))).toEqual({ code: 'ALIASES_EXCEEDED', count: 61, max: 60 });
  });

  test('repeating a field without an alias counts the same', () => {
    expect(check(`{ community { ${times(62, () => 'name')} } }`)).toMatchObject({
      code: 'ALIASES_EXCEEDED',
      count: 61,
    });
    expect(check(`{ community { ${times(62, () => '... { name }')} } }`)).toMatchObject({ count: 61 });
  });

  test('a fragment counts as often as it is spread, however small the document', () => {
    const doubling = times(
      30,
      (i) => `fragment F${i} on Query { a: community { ...F${i + 1} } b: community { ...F${i + 1} } }`,
    );
    const limits = { ...defaultLimits, depth: 100 };
    const document = parse(`{ ...F0 } ${doubling} fragment F30 on Query { x: greeting }`);

    const started = performance.now();
    const problem = findExceededLimit(document, limits);

    expect(problem?.extensions.code).toBe('ALIASES_EXCEEDED');
    expect(problem?.extensions.count).toBeGreaterThan(2 ** 30);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('directives', () => {
  test('sixty pass, sixty-one are refused, wherever they stand', () => {
    const many = (count: number) => `{ greeting ${times(count, () => '@include(if: true)')} }`;
    expect(check(many(60))).toBeNull();
    expect(check(many(61))).toEqual({ code: 'DIRECTIVES_EXCEEDED', count: 61, max: 60 });
    expect(check(`query Q ${times(61, () => '@x')} { greeting }`)).toMatchObject({ count: 61 });
    expect(check(`query ($v: Int ${times(61, () => '@x')}) { count(n: $v) }`)).toMatchObject({ count: 61 });
    expect(check(`{ ...F } fragment F on Query ${times(61, () => '@x')} { greeting }`)).toMatchObject({ count: 61 });
    expect(check(`{ ... ${times(61, () => '@x')} { greeting } }`)).toMatchObject({ count: 61 });
    expect(check(`{ greeting } fragment F on Query { ...G ${times(61, () => '@x')} }`)).toMatchObject({ count: 61 });
  });
});

describe('root fields', () => {
  test('twenty pass, twenty-one are refused, fragments included', () => {
    const fields = (count: number) => times(count, (i) => `a${i}: greeting`);
    expect(check(`{ ${fields(20)} }`)).toBeNull();
    expect(check(`{ ${fields(21)} }`)).toEqual({ code: 'ROOT_FIELDS_EXCEEDED', count: 21, max: 20 });
    expect(check(`{ ... { ${fields(11)} } ...F ...F } fragment F on Query { ${fields(10)} }`)).toMatchObject({
      count: 21,
    });
  });
});

describe('a hostile document', () => {
  const cache = () =>
    createOperationCache({ apiSchema: smallSchema, limits: defaultLimits, introspection: true, suggestions: true });
  const refusalOf = (text: string) => {
    const prepared = cache().prepare(text, undefined);
    if ('document' in prepared) throw new Error('it was accepted');
    return prepared[0];
  };

  test.each([
    ['of fragments that spread themselves', '{ ...A } fragment A on Query { greeting ...A }'],
    ['of fragments that spread each other', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
    [
      'of fields that come back to themselves',
      '{ community(code: "1") { ...A } } fragment A on Community { grids { community { ...A } } }',
    ],
  ])('%s is refused by validation', (_title, text) => {
    expect(refusalOf(text)?.message).toContain('Cannot spread fragment');
  });

  test('of more tokens than allowed is refused before it is parsed to its end', () => {
    expect(refusalOf(`{ ${'greeting '.repeat(4_000)} }`)?.extensions).toEqual({
      code: 'DOCUMENT_TOO_LONG',
      max: 4_000,
    });
  });

  test.each([
    ['brackets', `{ free(value: ${'['.repeat(3_900)}`],
    ['braces', `{ ${'a { '.repeat(1_900)}`],
    ['closed brackets', `{ free(value: ${'['.repeat(1_900)}${']'.repeat(1_900)}) }`],
    ['closed objects', `{ free(value: ${'{a:'.repeat(900)}1${'}'.repeat(900)}) }`],
    ['types', `query ($a: ${'['.repeat(1_900)}Int${']'.repeat(1_900)}) { count(n: $a) }`],
    ['the same field', `{ ${'__typename '.repeat(3_900)} }`],
    ['different unknown fields', `{ community { ${times(3_900, (i) => `x${i}`)} } }`],
    ['variables', `query (${times(800, (i) => `$v${i}: Int`)}) { greeting }`],
    ['fragments', `{ ${times(400, (i) => `...F${i}`)} } ${times(300, (i) => `fragment F${i} on Query { greeting }`)}`],
  ])('of %s is refused within a second', (_title, text) => {
    const started = performance.now();

    expect(refusalOf(text)).toBeDefined();

    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('with very many operations still runs only the named one', () => {
    const text = times(300, (i) => `query Q${i} { greeting }`);
    const prepared = cache().prepare(text, 'Q7') as ServedOperation;

    expect(prepared.operationName).toBe('Q7');
    expect(prepared.normalisedText).toBe('query Q7 {\n  greeting\n}');
  });
});
