import { buildSchema, isObjectType, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAccessSubjects } from '../../gateway/plan/access-subjects.ts';
import { readReviewed } from '../../gateway/plan/reviewed-supergraph.ts';
import { readPersonalFields, readSubjectFields } from '../../gateway/policy/personal-fields.ts';
import { SubjectHasher } from '../../subgraphs/catalog/store/ledger/subject-hash.ts';
import { accessLinesOf } from '../kit/access-lines.ts';
import { TEST_KEYS } from '../kit/city-database.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';

const hashOf = (subject: string) => new SubjectHasher(TEST_KEYS.subject).of('2026-06', subject);
let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

let requests = 0;
/** The hashed subjects of all lines of one request. */
async function subjectsOf(document: string, variables: Record<string, unknown>, role: 'system' | 'steward' = 'system') {
  const request = `access-subjects-${++requests}`;
  const answer = await hub.ask(role, document, variables, { 'x-request-id': request });
  const [line] = await accessLinesOf(hub.pool, request);
  return { answer, subjects: line?.subjects ?? [] };
}
async function rowOf(table: string, person = 'person_id'): Promise<{ id: string; person: string }> {
  const { rows } = await hub.pool.query(
    `SELECT id, ${person} AS person FROM ${table} WHERE ${person} IS NOT NULL LIMIT 1`,
  );
  return rows[0] as { id: string; person: string };
}

test.each([
  ['Residence', 'people.residence', 'kind validFrom'],
  ['CareTag', 'people.care_tag', 'kind validFrom'],
  ['PartyMember', 'party.party_member', 'joinedOn memberships { validFrom }'],
  ['CommunityWorker', 'organizations.community_worker', 'hiredOn'],
  ['GridAssignment', 'organizations.grid_assignment', 'validFrom'],
  ['ServiceRequest', 'services.service_request', 'applicant { id }'],
  ['Incident', 'services.incident', 'reporter { id }'],
])('a %s read without its person stands in the log under its person alone', async (type, table, fields) => {
  const columns: Record<string, string> = { ServiceRequest: 'applicant_person_id', Incident: 'reporter_person_id' };
  const { id, person } = await rowOf(table, columns[type]);
  const document = `query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`;
  const { answer, subjects } = await subjectsOf(document, { id: `${type}:${id}` });
  expect([type, answer.errors]).toEqual([type, []]);
  expect(answer.text).not.toContain('accessSubject');
  expect(subjects).toEqual([hashOf(`Person:${person}`)]);
});

test('of many rows of one person there is one subject', async () => {
  const { rows } = await hub.pool.query<{ person: string; ids: string[] }>(
    `SELECT person_id AS person, array_agg(id::text) AS ids FROM people.residence GROUP BY 1 HAVING count(*) > 1 LIMIT 1`,
  );
  const { person, ids } = rows[0] as { person: string; ids: string[] };
  const document = `{ ${ids.map((id, index) => `r${index}: node(id: "Residence:${id}") { ... on Residence { kind } }`).join(' ')}
    person(id: "Person:${person}") { birthDate } }`;
  const { subjects } = await subjectsOf(document, {});
  expect(subjects).toEqual([hashOf(`Person:${person}`)]);
});

test('the stitching executor leaves the same subject, and no key of ours', async () => {
  const { id, person } = await rowOf('people.residence');
  const document =
    'query ($id: ID!, $representations: Boolean!) { node(id: $id) @include(if: $representations) { ... on Residence { kind } } }';
  const { answer, subjects } = await subjectsOf(document, { id: `Residence:${id}`, representations: true });
  expect(answer.data).toEqual({ node: { kind: expect.any(String) } });
  expect(subjects).toEqual([hashOf(`Person:${person}`)]);
});

test.each([
  ['compiled', '$one: ID!', ''],
  ['stitching', '$one: ID!, $representations: Boolean = true', '@include(if: $representations)'],
])('a row of two persons stands in the log under both (%s)', async (_executor, variables, condition) => {
  const { rows } = await hub.pool.query<{ one: string; other: string }>(
    `WITH pair AS (SELECT a.id AS one, b.* FROM people.person a JOIN people.person b ON b.id > a.id ORDER BY a.id, b.id LIMIT 1),
       candidate AS (INSERT INTO people.identity_candidate
         (id, first_id, second_id, score, reasons, state, found_at, city_code, county_code, township_code, community_code, grid_code, provenance_id)
         SELECT gen_random_uuid(), one, id, 80, '{NAME}', 'OPEN', now(), city_code, county_code, township_code, community_code, grid_code, provenance_id
           FROM pair ON CONFLICT DO NOTHING),
       merge AS (INSERT INTO people.person_merge SELECT gen_random_uuid(), 'SPLIT', one, id, '误并', 'public-security', now(), provenance_id FROM pair)
     SELECT one, id AS other FROM pair`,
  );
  const { one, other } = rows[0] as { one: string; other: string };
  const both = [hashOf(`Person:${one}`), hashOf(`Person:${other}`)].sort();
  const merges = `query (${variables}) { node(id: $one) ${condition} { ... on Person { merges { kind reason } } } }`;
  const candidates = `query (${variables.replace(/\$one: ID!,? ?/, '')}) { identityCandidates(first: 1) ${condition} { nodes { score reasons } } }`;
  for (const document of [merges, candidates.replace('query ()', 'query')]) {
    const { answer, subjects } = await subjectsOf(document, { one: `Person:${one}` });
    expect(answer.errors).toEqual([]);
    expect(answer.text).toMatch(/"(reason|score)":/);
    expect([...subjects].sort()).toEqual(both);
  }
});

test('who read this person finds a read of his residence', async () => {
  const { id, person } = await rowOf('people.residence');
  await hub.ask('system', 'query ResidenceOnly($id: ID!) { node(id: $id) { ... on Residence { kind } } }', {
    id: `Residence:${id}`,
  });
  const { data } = await hub.ask(
    'steward',
    'query ($id: ID!) { accessLog(filter: { subjectIds: [$id], clientId: "demo-system" }) { nodes { operationName } } }',
    { id: `Person:${person}` },
  );
  const { nodes } = (data as { accessLog: { nodes: { operationName: string }[] } }).accessLog;
  expect(nodes.map(({ operationName }) => operationName)).toContain('ResidenceOnly');
});

test('no client can ask for the field that says whose a row is, straight or by introspection', async () => {
  const asked = await hub.ask('system', '{ node(id: "Residence:x") { ... on Residence { accessSubject } } }');
  expect([asked.data, asked.errors.length]).toEqual([null, 1]);
  const { text } = await hub.ask('system', '{ __type(name: "Residence") { fields { name } } }');
  expect(text).not.toContain('accessSubject');
});

test('every type with personal fields names a person, is one, or is known not to be about one', () => {
  const apiSchema = buildSchema(readReviewed('api') ?? '', { assumeValidSDL: true });
  const withSubject = readAccessSubjects(readReviewed('supergraph') ?? '');
  const personal = new Set(
    [...readPersonalFields(apiSchema).values()].flat().map(({ coordinate }) => coordinate.split('.')[0]),
  );
  const fields = readSubjectFields(apiSchema, withSubject);
  const unsaid = [...personal].filter(
    (name) =>
      isObjectType(apiSchema.getType(name ?? '')) &&
      !withSubject.has(name ?? '') &&
      !/(Success|Query|Mutation)$/.test(name ?? ''),
  );
  expect(parse(readReviewed('people') ?? '').definitions.length).toBeGreaterThan(10);
  expect(unsaid.sort()).toEqual([
    'AccessLine', // the log itself: its reads name those who are searched for
    'CareVisit', // only below its tag, whose subject is the person
    'Community', // its members' reports, each of a member
    'Contract', // its beneficiaries
    'Dwelling', // an address; nobody's alone
    'EstateDevice', // its passages, each of a person
    'Grid', // its claimed posts, each of a member
    'MemberCategoryPeriod', // only below its member
    'Membership', // only below its member
    'OwnAccess',
    'PartyOrganization', // its members
    'Person',
    'RecordedVolunteering',
  ]);
  expect(fields.get('Volunteer')?.size).toBeGreaterThan(0);
});
