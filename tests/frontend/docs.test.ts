import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, isIntrospectionType, parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changelog } from '../../gateway/documentation/changelog.ts';
import { DocsSite } from '../../gateway/documentation/site/docs-site.ts';
import { DocumentedSchema } from '../../gateway/documentation/site/documented-schema.ts';
import { sampleDocument } from '../../gateway/documentation/site/sample-document.ts';
import { readExamples } from '../../gateway/operations/examples.ts';
import { readReviewed } from '../../gateway/plan/reviewed-supergraph.ts';
import { problems } from '../../subgraphs/kit/codes/problems.ts';
import { refusals } from '../../subgraphs/kit/codes/refusals.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';

const schema = buildSchema(readReviewed('api') ?? '', { assumeValidSDL: true });
const examples = readExamples(join(projectRoot, 'schema', 'operations'));
const site = new DocsSite({ schema, examples, readChangelog: async () => [] });

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

test('every type, operation, example and code has its page', () => {
  const fieldsOf = (kind: string, type = schema.getQueryType()) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `operations/${kind}/${field}`);
  const wanted = [
    ...['', 'codes', 'operations', 'types', 'examples', 'changelog'],
    ...Object.values(schema.getTypeMap())
      .filter((type) => !isIntrospectionType(type))
      .map(({ name }) => `types/${name}`),
    ...fieldsOf('query'),
    ...fieldsOf('mutation', schema.getMutationType()),
    ...fieldsOf('subscription', schema.getSubscriptionType()),
    ...[...Object.keys(problems), ...Object.keys(refusals)].map((code) => `codes/${code}`),
    ...examples.map(({ name }) => `examples/${name}`),
  ];
  expect(site.paths().sort()).toEqual([...new Set(wanted)].sort());
});

test('no link leads nowhere, and every page speaks both languages', async () => {
  const known = new Set(site.paths().map((path) => (path === '' ? '/docs' : `/docs/${path}`)));
  for (const other of ['/docs/style.css', '/graphql']) known.add(other);
  const dead: string[] = [];
  for (const path of site.paths()) {
    const page = (await site.render(path)) ?? '';
    for (const [, target = ''] of page.matchAll(/href="(?!data:)([^"#]+)/g))
      if (!known.has(target)) dead.push(`${path} → ${target}`);
    const body = page.slice(page.indexOf('<main>'));
    expect(body, path).toMatch(/[\u4e00-\u9fff]/);
    expect(page, path).not.toMatch(/<script|(?:href|src)="https?:|>undefined<|\[object/);
  }
  expect(dead).toEqual([]);
});

test('where no example is kept, the document that is made for an operation fits the contract', () => {
  const { operations } = new DocumentedSchema(schema, examples);
  const made = operations.filter((operation) => operation.examples.length === 0);
  expect(made.length).toBeGreaterThan(10);
  for (const operation of made) {
    const { document } = sampleDocument(schema, operation);
    expect(
      validate(schema, parse(document)).map(({ message }) => message),
      document,
    ).toEqual([]);
  }
});

test('the documents that need no values run', async () => {
  const { operations } = new DocumentedSchema(schema, examples);
  const runnable = operations.filter(
    (operation) =>
      operation.kind === 'query' &&
      operation.examples.length === 0 &&
      Object.keys(sampleDocument(schema, operation).variables).length === 0,
  );
  expect(runnable.length).toBeGreaterThan(5);
  for (const operation of runnable) {
    const { document } = sampleDocument(schema, operation);
    const { errors, status } = await hub.ask('steward', document);
    const known = ['FIELD_RIGHT_MISSING', 'PERSON_TOKEN_REQUIRED', 'PURPOSE_NOT_PERMITTED'];
    const unknown = errors.filter(({ extensions }) => !known.includes(String(extensions?.code)));
    expect([status, unknown], document).toEqual([200, []]);
  }
});

test('the hub serves the pages to browsers, without a script and without a token', async () => {
  const get = (url: string) => hub.app.inject({ url });
  const person = await get('/docs/types/Person');
  expect(person.statusCode).toBe(200);
  expect(person.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(person.headers['content-security-policy']).toContain("default-src 'none'");
  expect(person.body).toContain('公安局');
  expect((await get('/docs/codes/PAGE_OUT_OF_RANGE')).body).toContain('pageInfo.endCursor');
  expect((await get('/docs/style.css')).headers['content-type']).toBe('text/css; charset=utf-8');
  const missing = await get('/docs/types/Nothing');
  expect([missing.statusCode, missing.body.includes('没有这一页')]).toEqual([404, true]);
  expect((await get('/docs/types/%3Cscript%3E')).body).not.toContain('<script>');
});

test('the changelog shows what changed between the versions that the catalogue keeps', async () => {
  const first = await hub.app.inject({ url: '/docs/changelog' });
  expect(first.statusCode).toBe(200);
  expect(first.body).toContain('首个版本');
});

test('where the schema is not shown, the codes still are', async () => {
  const closed = new DocsSite({ schema: undefined, examples, readChangelog: async () => [] });
  expect(closed.paths().every((path) => path.startsWith('codes'))).toBe(true);
  expect(await closed.render('types/Person')).toBeUndefined();
  expect(await closed.render('codes/UNAUTHENTICATED')).not.toContain('/docs/types"');
});

test('the changelog tells what came, what went and what broke, a whole type once', () => {
  const before = `type Query { person(id: ID!): Person old: String }
    type Person { name: String phone: String @card(grade: 2) }
    enum Sex { MALE FEMALE }`;
  const after = `type Query { person(id: ID!, form: Form): Person }
    type Person { name: String! phone: String @card(grade: 2, right: "person.contact") age: Int }
    enum Sex { MALE FEMALE OTHER }
    enum Form { LONG SHORT }`;
  const entries = changelog([
    { version: 'b', publishedAt: '2026-07-02T00:00:00.000Z', sdl: after },
    { version: 'a', publishedAt: undefined, sdl: before },
  ]);
  expect(entries.map(({ version }) => version)).toEqual(['b', 'a']);
  expect(entries[1]?.changes).toBeUndefined();
  expect(entries[0]?.changes?.map(({ coordinate, zh, breaking }) => [coordinate, zh, breaking])).toEqual([
    ['Person.name', '字段类型变更 String → String!', true],
    ['Person.phone', '读取须有权限 person.contact', true],
    ['Query.old', '字段移除', true],
    ['Form', '类型新增', false],
    ['Person.age', '字段新增', false],
    ['Query.person(form:)', '参数新增', false],
    ['Sex.OTHER', '枚举值新增', false],
  ]);
});

test('npm run docs prints the same pages', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yiyun-docs-'));
  try {
    const { execFileSync } = await import('node:child_process');
    const args = ['--import', 'tsx', 'gateway/print-docs.ts', '--out', folder];
    const printed = execFileSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' });
    expect(printed).toContain(`${site.paths().length} 页 pages`);
    expect(readFileSync(join(folder, 'types', 'Person', 'index.html'), 'utf8')).toBe(await site.render('types/Person'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
