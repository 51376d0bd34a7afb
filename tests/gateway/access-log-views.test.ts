import { afterAll, beforeAll, expect, test } from 'vitest';
import { SubjectHasher } from '../../subgraphs/catalog/store/ledger/subject-hash.ts';
import { TEST_KEYS } from '../kit/city-database.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const LOG = `query Audit($filter: AccessLogFilter, $first: Int = 20, $after: String) {
  accessLog(filter: $filter, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      decision clientId departmentCode legalBasisCode scenarioCode operationName
      givenCoordinates maskedCoordinates unmaskedCoordinates refusedCoordinates subjectCount
    }
  }
}`;

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
  const dossier = 'query Dossier($id: ID!) { person(id: $id) { name birthDate } }';
  await hub.ask('system', dossier, { id: PERSON }, { 'x-yiyun-scenario': 'grid-visit' });
  await hub.ask('frontend', dossier, { id: PERSON });
  await hub.ask('system', '{ persons(first: 3, sort: BIRTH_DATE) { nodes { birthDate } } }');
});
afterAll(() => hub[Symbol.asyncDispose]());

interface Logged {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly nodes: readonly Record<string, unknown>[];
}
async function log(filter: Record<string, unknown>, page: Record<string, unknown> = {}): Promise<Logged> {
  const { data, errors } = await hub.ask('steward', LOG, { filter, ...page });
  expect(errors).toEqual([]);
  return (data as { accessLog: Logged }).accessLog;
}

test('who read this person, why, through which operation, and what came of it', async () => {
  const { nodes } = await log({
    subjectIds: [PERSON],
    from: '2026-06-01T00:00:00+08:00',
    to: '2026-07-01T00:00:00+08:00',
  });
  const visit = {
    clientId: 'demo-system',
    departmentCode: 'public-security',
    scenarioCode: 'grid-visit',
    operationName: 'Dossier',
  };
  expect(nodes.filter(({ operationName }) => operationName === 'Dossier')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...visit, decision: 'READ', givenCoordinates: ['Person.birthDate'], subjectCount: 1 }),
      expect.objectContaining({
        ...visit,
        decision: 'UNMASKED',
        unmaskedCoordinates: ['Person.name'],
        legalBasisCode: 'PIPL-13-3',
      }),
      expect.objectContaining({
        clientId: 'demo-frontend',
        maskedCoordinates: ['Person.name'],
        refusedCoordinates: ['Person.birthDate'],
      }),
    ]),
  );
});

test('to look is on record as well, with the person who was looked for', async () => {
  await log({ subjectIds: [PERSON] });
  const hash = new SubjectHasher(TEST_KEYS.subject).of('2026-06', PERSON);
  const { rows } = await hub.pool.query(
    `SELECT line->>'decision' AS decision FROM catalog.access_line
      WHERE client_id = 'demo-steward' AND $1::bigint = ANY(subjects) LIMIT 1`,
    [hash],
  );
  expect(rows).toEqual([{ decision: 'READ' }]);
});

test.each([
  ['another month', { subjectIds: [PERSON], to: '2026-06-01T00:00:00+08:00' }, 0],
  [
    'a person who is not in the log',
    { subjectIds: ['Person:01900000-0000-7000-8000-00000000ffff'], clientId: 'demo-system' },
    0,
  ],
  ['a field and a client', { coordinate: 'Person.birthDate', clientId: 'demo-system' }, 2],
  ['a department and a decision', { departmentCode: 'public-security', decision: 'UNMASKED' }, 1],
])('the log is searched by %s', async (_what, filter, count) => {
  expect((await log(filter)).totalCount).toBe(count);
});

test('pages follow each other without a line missing or twice', async () => {
  const filter = { clientId: 'demo-system' };
  const all = await log(filter);
  const first = await log(filter, { first: 2 });
  const rest = await log(filter, { first: 20, after: first.pageInfo.endCursor });
  expect([...first.nodes, ...rest.nodes]).toEqual(all.nodes);
});

test('the log is for those with the right to it, and for a purpose', async () => {
  const { data, errors } = await hub.ask('system', LOG, { filter: { subjectIds: [PERSON] } });
  expect([data, errors[0]?.extensions?.code, errors[0]?.extensions?.right]).toEqual([
    { accessLog: null },
    'FIELD_RIGHT_MISSING',
    'ledger.read',
  ]);
  const blind = await hub.ask(
    'steward',
    LOG,
    {},
    { 'x-yiyun-legal-basis': '', 'x-yiyun-scenario': '', 'x-yiyun-unmask': '' },
  );
  expect([blind.data, blind.errors[0]?.extensions?.code]).toEqual([{ accessLog: null }, 'PURPOSE_REQUIRED']);
});

const MINE =
  '{ myAccessLog { totalCount nodes { departmentCode departmentName scenarioCode decision ownCoordinates } } }';

test('a resident sees who asked for his data and why: departments, not officials, and nothing of third parties', async () => {
  await hub.ask(
    'system',
    'query ($id: ID!) { person(id: $id) { birthDate household { members { nodes { birthDate } } householdNumber } } }',
    { id: PERSON },
  );
  const { data, errors, text } = await hub.ask({ person: PERSON }, MINE);
  expect(errors).toEqual([]);
  const { nodes } = (data as { myAccessLog: Logged }).myAccessLog;
  expect(nodes).toContainEqual({
    departmentCode: 'public-security',
    departmentName: '公安局',
    scenarioCode: 'grid-visit',
    decision: 'READ',
    // The purpose does not cover children: the line names what it would have kept closed of a child, too.
    ownCoordinates: ['Person.birthDate', 'Person.name'],
  });
  expect(nodes).toContainEqual(expect.objectContaining({ ownCoordinates: ['Person.birthDate', 'Person.household'] }));
  expect(text).not.toMatch(/demo-system|Dossier|Household\./);
});

test('a read of his residence alone is shown with what was read; beside others’ it is not', async () => {
  const { rows } = await hub.pool.query<{ id: string }>(
    'SELECT id FROM people.residence WHERE person_id = $1 ORDER BY id LIMIT 1',
    [PERSON.slice('Person:'.length)],
  );
  const { rows: others } = await hub.pool.query<{ id: string }>(
    'SELECT id FROM people.residence WHERE person_id <> $1 ORDER BY id LIMIT 1',
    [PERSON.slice('Person:'.length)],
  );
  const read =
    'query ($a: ID!, $b: ID!) { a: node(id: $a) { ... on Residence { kind } } b: node(id: $b) { ... on Residence { validFrom } } }';
  const [mine, his] = [`Residence:${rows[0]?.id}`, `Residence:${others[0]?.id}`];
  await hub.ask('system', 'query ($id: ID!) { node(id: $id) { ... on Residence { kind } } }', { id: mine });
  await hub.ask('system', read, { a: mine, b: his });
  const { data, text } = await hub.ask({ person: PERSON }, MINE);
  const { nodes } = (data as { myAccessLog: Logged }).myAccessLog;
  expect(nodes.map(({ ownCoordinates }) => ownCoordinates)).toEqual(expect.arrayContaining([['Residence.kind'], []]));
  expect(text).not.toContain('Residence.validFrom');
});

test('another person sees none of it, and a client without a person nothing at all', async () => {
  const other = await hub.ask({ person: 'Person:01900000-0000-7000-8000-00000000eeee' }, MINE);
  expect(other.data).toEqual({ myAccessLog: { totalCount: 0, nodes: [] } });
  const system = await hub.ask('system', MINE);
  expect([system.data, system.errors[0]?.extensions?.code]).toEqual([{ myAccessLog: null }, 'PERSON_TOKEN_REQUIRED']);
});

test('a resident’s token opens his own record, masked without the right, and nobody else’s', async () => {
  const { rows } = await hub.pool.query<{ id: string }>(
    'SELECT id FROM people.person WHERE id <> $1 ORDER BY id LIMIT 1',
    [PERSON.slice('Person:'.length)],
  );
  const read = 'query ($id: ID!) { person(id: $id) { name birthDate } }';
  const own = await hub.ask({ person: PERSON }, read, { id: PERSON });
  expect((own.data as { person: { name: string } }).person.name).toBe('沈*');
  const other = await hub.ask({ person: PERSON }, read, { id: `Person:${rows[0]?.id}` });
  expect(other.data).toEqual({ person: null });
});
