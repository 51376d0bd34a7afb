import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examplesByCity, examplesIn } from '../../gateway/operations/example-operation.ts';
import { InvalidExampleOperation, readExamples } from '../../gateway/operations/examples.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yiyun-examples-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Record<string, string>) {
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(join(folder, file), text);
  }
}

function refusal(file: string): string {
  try {
    readExamples(folder);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidExampleOperation);
    expect((error as InvalidExampleOperation).file).toBe(join(folder, file));
    return (error as InvalidExampleOperation).message;
  }
  throw new Error(`${file} was accepted`);
}

test('an example has rows, city, title, document, variables and operation name', () => {
  write({
    'community.graphql':
      '# rows: S05, S22\n# city: sanya\n# 社区全貌 / A whole community\n# 一次请求\nquery Community($code: ID!) {\n  a\n}\n',
    'community.variables.json': '{ "code": "330499001001" }',
  });

  expect(readExamples(folder)).toEqual([
    {
      name: 'community',
      title: '社区全貌 / A whole community',
      rows: ['S05', 'S22'],
      city: 'sanya',
      document: '# 一次请求\nquery Community($code: ID!) {\n  a\n}\n',
      variables: { code: '330499001001' },
      operationName: 'Community',
    },
  ]);
});

test('a document runs in other cities with variables of theirs, and elsewhere as it is', () => {
  write({
    'purse.graphql': '# rows: S05\n# 钱袋 / Purse\nquery Purse($code: ID!) { a }',
    'purse.variables.json': '{ "code": "3304" }',
    'purse.sanya.variables.json': '{ "code": "4602" }',
  });

  const examples = readExamples(folder);
  expect(examples[0]).toMatchObject({ variables: { code: '3304' }, elsewhere: { sanya: { code: '4602' } } });
  const byCity = examplesByCity(examples);
  expect([...byCity].map(([city, own]) => [city, own.map(({ variables }) => variables)])).toEqual([
    ['jiaxing', [{ code: '3304' }]],
    ['sanya', [{ code: '4602' }]],
  ]);
  expect(examplesIn('sanya', examples)[0]?.variables).toEqual({ code: '4602' });
  expect(examplesIn('yantai', examples)[0]?.variables).toEqual({ code: '3304' });
  expect(examplesIn(undefined, examples)[0]?.variables).toEqual({ code: '3304' });
});

test('variables of a city without their document are refused', () => {
  write({ 'bag.graphql': '# rows: S05\n{ a }', 'purse.sanya.variables.json': '{}' });

  expect(refusal('purse.sanya.variables.json')).toContain('purse.sanya.graphql');
});

test('city, title, variables and operation name may be absent', () => {
  write({ 'small.graphql': '# rows: Y20a\n{ a }' });

  expect(readExamples(folder)).toEqual([
    { name: 'small', title: 'small', rows: ['Y20a'], document: '{ a }\n', variables: {} },
  ]);
});

test('a title may follow the rows without a city', () => {
  write({ 'small.graphql': '# rows: S05\n# 标题 / Title\n{ a }' });

  expect(readExamples(folder)).toEqual([
    { name: 'small', title: '标题 / Title', rows: ['S05'], document: '{ a }\n', variables: {} },
  ]);
});

test('examples are sorted by name and other files are left alone', () => {
  write({ 'b.graphql': '# rows: S01\n{ b }', 'a.graphql': '# rows: S01\n{ a }', 'README.md': 'text' });
  mkdirSync(join(folder, 'drafts'));

  expect(readExamples(folder).map((example) => example.name)).toEqual(['a', 'b']);
});

test('a byte order mark, Windows line ends and Chinese punctuation are read', () => {
  write({ 'a.graphql': '\uFEFF# rows： S05、S22，J02\r\n# 标题 / Title\r\n{ a }\r\n' });

  expect(readExamples(folder)[0]).toMatchObject({ rows: ['S05', 'S22', 'J02'], title: '标题 / Title' });
});

test('the first named operation of several is the one to run', () => {
  write({ 'a.graphql': '# rows: S05\nfragment F on Query { a }\nquery One { ...F }\nquery Two { a }' });

  expect(readExamples(folder)[0]?.operationName).toBe('One');
});

test('a document without rows is refused', () => {
  write({ 'a.graphql': 'query A { a }' });

  expect(refusal('a.graphql')).toBe(
    `${join(folder, 'a.graphql')}: 第一行必须写明所证明的需求行，例如“# rows: S05, S22” / ` +
      'the first line must name the rows that the operation proves, for example "# rows: S05, S22"',
  );
});

test.each(['# rows:', '# rows: S05,', '# rows: ,'])('an empty place in the rows is refused: %s', (line) => {
  write({ 'a.graphql': `${line}\n{ a }` });

  expect(refusal('a.graphql')).toContain('第一行必须写明所证明的需求行');
});

test('a row id of another shape is refused by name', () => {
  write({ 'a.graphql': '# rows: S05, community\n{ a }' });

  expect(refusal('a.graphql')).toContain('"community" in "# rows:" is not a row id');
});

test('an empty city is refused', () => {
  write({ 'a.graphql': '# rows: S05\n# city:\n{ a }' });

  expect(refusal('a.graphql')).toContain('"# city:" names no city');
});

test('a document that does not parse is refused with its place', () => {
  write({ 'a.graphql': '# rows: S05\n# 标题 / Title\n\nquery A {\n  a(\n}' });

  expect(refusal('a.graphql')).toBe(
    `${join(folder, 'a.graphql')}: 第 6 行第 1 列有 GraphQL 语法错误 / ` +
      'line 6, column 1: Syntax Error: Expected Name, found "}".',
  );
});

test('a document without an operation is refused', () => {
  write({ 'a.graphql': '# rows: S05\nfragment F on Query { a }' });

  expect(refusal('a.graphql')).toContain('there is no query, mutation or subscription in it');
});

test('variables that are not JSON are refused', () => {
  write({ 'a.graphql': '# rows: S05\n{ a }', 'a.variables.json': '{ "code": }' });

  expect(refusal('a.variables.json')).toContain('变量不是合法的 JSON / the variables are not valid JSON: ');
});

test.each(['[]', 'null', '"code"', '1'])('variables that are not an object are refused: %s', (text) => {
  write({ 'a.graphql': '# rows: S05\n{ a }', 'a.variables.json': text });

  expect(refusal('a.variables.json')).toContain('the variables must be one JSON object');
});

test('variables without a document are refused', () => {
  write({ 'a.graphql': '# rows: S05\n{ a }', 'b.variables.json': '{}' });

  expect(refusal('b.variables.json')).toContain('there is no b.graphql beside it');
});

test('a folder that cannot be read is named', () => {
  rmSync(folder, { recursive: true });

  expect(refusal('')).toContain('the folder of examples cannot be read');
});
