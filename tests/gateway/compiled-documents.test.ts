import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { compileDocument } from '../../gateway/transport/compile-document.ts';
import { CompiledDocuments } from '../../gateway/transport/compiled-documents.ts';

const schema = buildSchema('type Query { a: Int b: Int c: Int }');

test('a document is compiled after some runs and answers as before', () => {
  const compiled = new CompiledDocuments();
  const run = compileDocument(schema, parse('{ a b }'), { compiled, runsBeforeCompiling: 2 });
  const answers = [1, 2, 3, 4].map(() => ({ answer: run({}, {}), fields: compiled.fields }));
  const answer = { data: { a: null, b: null } };
  expect(answers.map((one) => one.fields)).toEqual([0, 0, 2, 2]);
  for (const one of answers) expect(one.answer).toEqual(answer);
});

test('where there is no more room, what was not run for longest makes it, and comes back later than before', () => {
  const compiled = new CompiledDocuments(2);
  const options = { compiled, runsBeforeCompiling: 1 };
  const wide = compileDocument(schema, parse('{ a b }'), options);
  const narrow = compileDocument(schema, parse('{ c }'), options);
  const fieldsAfter = (run: typeof wide) => {
    run({}, {});
    return compiled.fields;
  };
  expect([fieldsAfter(wide), fieldsAfter(wide)]).toEqual([0, 2]);
  expect([fieldsAfter(narrow), fieldsAfter(narrow)]).toEqual([2, 1]);
  expect(wide({}, {})).toEqual({ data: { a: null, b: null } });
  expect([fieldsAfter(wide), fieldsAfter(wide)]).toEqual([1, 2]);
  expect(narrow({}, {})).toEqual({ data: { c: null } });
});
