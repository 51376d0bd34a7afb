import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SubjectHasher } from '../../subgraphs/catalog/store/ledger/subject-hash.ts';
import { accessLinesOf } from '../kit/access-lines.ts';
import { TEST_KEYS } from '../kit/city-database.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const hashOf = (subject: string) => new SubjectHasher(TEST_KEYS.subject).of('2026-06', subject);

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());
beforeEach(async () => {
  await hub.pool.query('DROP TABLE IF EXISTS catalog.broken');
});

let requests = 0;
async function ask(
  role: Parameters<CityHub['ask']>[0],
  document: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
) {
  const request = `access-log-test-${++requests}`;
  const answer = await hub.ask(role, document, variables, { 'x-request-id': request, ...headers });
  return { ...answer, lines: await accessLinesOf(hub.pool, request) };
}

test('a read of a person leaves one line on what was given and one of its own on what was unmasked, for the person alone', async () => {
  const { errors, lines } = await ask(
    'system',
    'query Dossier($id: ID!) { person(id: $id) { name birthDate ageYears community { name } } }',
    {
      id: PERSON,
    },
  );
  expect(errors).toEqual([]);
  const who = {
    client: 'demo-system',
    department: 'public-security',
    basis: 'PIPL-13-3',
    scenario: 'service-handling',
  };
  const whom = { subjects: [hashOf(PERSON)], rows: 1, operationName: 'Dossier' };
  expect(lines).toMatchObject([
    {
      decision: 'READ',
      given: ['Person.ageYears', 'Person.birthDate', 'Person.community'],
      masked: [],
      refused: [],
      ...who,
      ...whom,
    },
    { decision: 'UNMASKED', given: [], unmasked: ['Person.name'], ...who, ...whom },
  ]);
});

test('whoever has no right leaves a line that says what he saw masked and what he was refused', async () => {
  const { lines } = await ask('frontend', 'query ($id: ID!) { person(id: $id) { name birthDate } }', { id: PERSON });
  expect(lines).toMatchObject([
    { decision: 'READ', masked: ['Person.name'], refused: ['Person.birthDate'], given: [], subjects: [hashOf(PERSON)] },
  ]);
});

test('a list leaves all its subjects, through aliases, fragments and interfaces, whether their ids were asked for or not', async () => {
  const { data, lines } = await ask(
    'system',
    `query ($id: ID!) {
      community(statCode: "330402007024") { first: residents(first: 3) { nodes { id: sex ...who } } }
      node(id: $id) { ... on Person { phone } }
    }
    fragment who on Person { called: name }`,
    { id: PERSON },
  );
  const { community } = data as { community: { first: { nodes: { id: string; called: string }[] } } };
  expect(community.first.nodes).toHaveLength(3);
  expect(community.first.nodes[0]).toEqual({ id: expect.stringMatching(/MALE/), called: expect.any(String) });
  expect(lines.map(({ decision, subjects, rows }) => [decision, subjects.length, rows])).toEqual([
    ['READ', 3, 4],
    ['UNMASKED', 3, 4],
  ]);
  // The person lives here and is found twice: once among the residents, once by id.
  expect(lines[1]?.subjects).toContain(hashOf(PERSON));
});

test('an operation that the stitching executor serves leaves the same lines, and its answer holds no id of ours', async () => {
  const document =
    'query ($id: ID!, $representations: Boolean!) { person(id: $id) @include(if: $representations) { birthDate } }';
  const { data, lines } = await ask('system', document, { id: PERSON, representations: true });
  expect(data).toEqual({ person: { birthDate: '1985-08-25' } });
  expect(lines).toMatchObject([{ decision: 'READ', subjects: [hashOf(PERSON)], rows: 1 }]);
});

test('a look for somebody who is not to be seen is on record all the same', async () => {
  const nobody = 'Person:01900000-0000-7000-8000-00000000ffff';
  const { data, lines } = await ask('system', 'query ($id: ID!) { person(id: $id) { birthDate } }', { id: nobody });
  expect(data).toEqual({ person: null });
  expect(lines).toMatchObject([{ decision: 'READ', subjects: [hashOf(nobody)], rows: 0 }]);
});

test('what names nobody leaves no line', async () => {
  const { lines } = await ask(
    'frontend',
    '{ community(statCode: "330402007024") { name grids { nodes { chief { holderName } } } } }',
  );
  expect(lines).toEqual([]);
});

test('a refused attempt is in the log, with whom it was about', async () => {
  const { data, lines } = await ask(
    'frontend',
    `{ person(id: "${PERSON}") { birthDate } }`,
    {},
    { 'x-yiyun-missing-rights': 'refuse' },
  );
  expect(data).toBeNull();
  expect(lines).toMatchObject([
    {
      decision: 'REFUSED',
      refused: ['Person.birthDate'],
      given: [],
      subjects: [hashOf(PERSON)],
      client: 'demo-frontend',
    },
  ]);
});

test('a mutation has its line before it is run, and another for the personal data that it answers', async () => {
  const { errors, lines } = await ask(
    'system',
    `mutation { reportIncident(input: { category: HAZARD, title: "楼道堆物", severity: GENERAL, channel: GRID_WORKER,
      gridId: "Grid:330402007024001", idempotencyKey: "access-log-${Date.now()}" }) { __typename } }`,
  );
  expect(errors).toEqual([]);
  // The line on what was committed may be there already; it has tests of its own.
  expect(lines[0]).toMatchObject({ decision: 'WRITE', given: ['Mutation.reportIncident'], client: 'demo-system' });
});

test('no name, number or id of a person is in the log', async () => {
  const { rows } = await hub.pool.query<{ all: string }>(
    `SELECT string_agg(l::text, ' ') || (SELECT string_agg(s::text, ' ') FROM catalog.access_scope s) AS all FROM catalog.access_log l`,
  );
  expect(rows[0]?.all).not.toContain(PERSON.slice('Person:'.length));
  expect(rows[0]?.all).not.toMatch(/沈|330499|1985-08-25/);
});

test('equal subjects of two months do not show as equal', () => {
  const hasher = new SubjectHasher(TEST_KEYS.subject);
  expect(hasher.of('2026-06', PERSON)).not.toBe(hasher.of('2026-07', PERSON));
  expect(hasher.of('2026-06', PERSON)).toBe(hashOf(PERSON));
});

test('while the log cannot be written protected fields are null with a typed error and the rest of the answer comes', async () => {
  await using other = await openCityHub();
  await other.pool.query('ALTER TABLE catalog.access_log RENAME TO access_log_gone');
  const document = `query ($id: ID!) {
    community(statCode: "330402007024") { name }
    person(id: $id) { id birthDate partyMembership { id } }
    residents: community(statCode: "330402007024") { name residents(first: 2) { totalCount nodes { name } } }
  }`;
  const { data, errors, text } = await other.ask('system', document, { id: PERSON });
  expect(data).toMatchObject({
    community: { name: '百福弄社区' },
    person: { id: PERSON, birthDate: null, partyMembership: null },
  });
  expect(text).not.toContain('1985');
  expect(errors.map(({ extensions, path }) => [extensions?.code, path?.join('.')])).toContainEqual([
    'LEDGER_UNAVAILABLE',
    'person.birthDate',
  ]);
  // Names are non-null, so null is carried up to the next place that may be null.
  expect((data as { residents: unknown }).residents).toBeNull();

  const mutation = await other.ask(
    'system',
    `mutation { reportIncident(input: { category: HAZARD, title: "楼道堆物", severity: GENERAL, channel: GRID_WORKER,
      gridId: "Grid:330402007024001", idempotencyKey: "no-ledger-no-write" }) { __typename } }`,
  );
  expect(mutation.errors.map(({ extensions }) => extensions?.code)).toEqual(['LEDGER_UNAVAILABLE']);
  const { rows } = await other.pool.query(
    "SELECT count(*)::int AS count FROM services.idempotency WHERE key = 'no-ledger-no-write'",
  );
  expect(rows).toEqual([{ count: 0 }]);

  await other.pool.query('ALTER TABLE catalog.access_log_gone RENAME TO access_log');
  const after = await other.ask('system', 'query ($id: ID!) { person(id: $id) { birthDate } }', { id: PERSON });
  expect([after.data, after.errors]).toEqual([{ person: { birthDate: '1985-08-25' } }, []]);
});

test('what stays closed in the rows of children under fourteen stands in the line as masked and refused', async () => {
  const { rows: children } = await hub.pool.query<{ id: string; birth: string }>(
    "SELECT id, birth_date::text AS birth FROM people.person WHERE birth_date > '2013-01-01' ORDER BY id LIMIT 1",
  );
  const child = `Person:${children[0]?.id}`;
  const document = 'query ($id: ID!) { person(id: $id) { name birthDate } }';
  // The scenario covers identities, and not those of minors.
  const visit = await ask('system', document, { id: child }, { 'x-yiyun-scenario': 'grid-visit' });
  expect(visit.text).not.toContain(children[0]?.birth);
  expect(visit.data).toMatchObject({ person: { name: expect.stringContaining('*'), birthDate: null } });
  expect(visit.lines).toMatchObject([
    { decision: 'READ', masked: ['Person.name'], refused: ['Person.birthDate'], subjects: [hashOf(child)] },
    { decision: 'UNMASKED', unmasked: ['Person.name'] },
  ]);
  const handled = await ask('system', document, { id: child });
  expect(handled.text).toContain(children[0]?.birth);
  expect(handled.lines).toMatchObject([{ decision: 'READ', masked: [], refused: [] }, { decision: 'UNMASKED' }]);
});

test('whoever comes alone waits for nobody, and fifty at once share their commits, each with his line', async () => {
  const commits = async () =>
    Number((await hub.pool.query('SELECT count(DISTINCT at || text) AS n FROM catalog.access_log')).rows[0].n);
  const query = '{ person(id: "%") { birthDate } }'.replace('%', PERSON);
  const before = await commits();
  await ask('system', query);
  expect(await commits()).toBe(before + 1);
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask('system', query)));
  expect(answers.map(({ errors, lines }) => [errors.length, lines.length])).toEqual(answers.map(() => [0, 1]));
  // One of them goes ahead; the others wait for him, and then for at most half of those that are still under way.
  expect((await commits()) - before - 1).toBeLessThanOrEqual(10);
});
