import { buildASTSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { readRequiredFields } from '../../gateway/plan/required-fields.ts';
import { readFieldRights } from '../../gateway/policy/field-rights.ts';
import { openCityHub } from '../kit/city-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const DOSSIER = `query ($id: ID!) {
  person(id: $id) { ...identity community { name } partyMembership { organization { name } } }
}
fragment identity on Person { name birthDate }`;
// Masked is what is asked for: in clear, the name would be missing as well.
const REFUSE = { 'x-yiyun-missing-rights': 'refuse', 'x-yiyun-unmask': '' };

test('by default the permitted part comes, masked where a mask is declared, with a typed gap for each refused field', async () => {
  await using hub = await openCityHub();
  const { data, errors } = await hub.ask('frontend', DOSSIER, { id: PERSON });
  expect(data).toEqual({
    person: { name: '沈*', birthDate: null, community: { name: '百福弄社区' }, partyMembership: null },
  });
  expect(errors.map(({ path, extensions }) => [path?.join('.'), extensions?.code, extensions?.right]).sort()).toEqual([
    ['person.birthDate', 'FIELD_RIGHT_MISSING', 'person.identity'],
    ['person.partyMembership', 'FIELD_RIGHT_MISSING', 'party.membership'],
  ]);
});

test('a client that wants all or nothing is told of every missing right before anything is read', async () => {
  await using hub = await openCityHub();
  const { data, errors, statements } = await hub.ask('frontend', DOSSIER, { id: PERSON }, REFUSE);
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => [extensions?.coordinate, extensions?.right, extensions?.department])).toEqual([
    ['PartyMember.organization', 'party.membership', 'party-organization'],
    ['Person.birthDate', 'person.identity', 'public-security'],
    ['Person.partyMembership', 'party.membership', 'party-organization'],
  ]);
  expect(statements).toEqual({});
});

test('with the rights the same request is answered whole', async () => {
  await using hub = await openCityHub();
  const { data, errors } = await hub.ask('system', DOSSIER, { id: PERSON }, { ...REFUSE, 'x-yiyun-unmask': 'true' });
  expect(errors).toEqual([]);
  expect(data).toMatchObject({ person: { name: '沈浩', birthDate: '1985-08-25' } });
});

test('a mutation that lacks one right runs none of its fields', async () => {
  await using hub = await openCityHub();
  const { data, errors } = await hub.ask(
    'frontend',
    `mutation {
      reportIncident(input: { category: HAZARD, title: "楼道堆物", severity: GENERAL, channel: GRID_WORKER,
        gridId: "Grid:330402007024001", idempotencyKey: "half-a-mutation" }) { __typename }
      registerSystem(input: { code: "half", name: "半个", departmentCode: "civil-affairs", tier: SYSTEM,
        idempotencyKey: "half-a-mutation" }) { __typename }
    }`,
  );
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => extensions?.coordinate)).toEqual(['Mutation.registerSystem']);
  const { rows } = await hub.pool.query('SELECT count(*)::int AS events FROM services.outbox');
  expect(rows).toEqual([{ events: 0 }]);
});

test.each<[string, string, Record<string, unknown>, string[]]>([
  [
    'a filter in a literal',
    '{ persons(filter: { namePrefix: "沈" }) { totalCount } }',
    {},
    ['PersonFilter.namePrefix'],
  ],
  [
    'a filter in a variable',
    'query ($f: PersonFilter) { persons(filter: $f) { totalCount } }',
    { f: { initialsPrefix: 'sh' } },
    ['PersonFilter.initialsPrefix'],
  ],
  [
    'a variable inside of a literal',
    'query ($d: LocalDate) { persons(sort: BIRTH_DATE, filter: { bornFrom: $d }) { totalCount } }',
    { d: '1990-01-01' },
    ['PersonFilter.bornFrom', 'PersonSort.BIRTH_DATE'],
  ],
  [
    'an order in a variable',
    'query ($s: PersonSort!) { persons(sort: $s) { totalCount } }',
    { s: 'NAME' },
    ['PersonSort.NAME'],
  ],
  [
    'an order below a type, through a fragment',
    '{ community(statCode: "330402007024") { ...people } } fragment people on Community { residents(first: 1, sort: INITIALS) { totalCount } }',
    {},
    ['PersonSort.INITIALS'],
  ],
  [
    'an order in the default of a variable',
    'query ($s: PersonSort! = CHARACTERS) { persons(sort: $s) { totalCount } }',
    {},
    ['PersonSort.CHARACTERS'],
  ],
  [
    'an argument that is the number itself',
    '{ personByCitizenId(citizenId: "330499198508251234") { id } }',
    {},
    ['Query.personByCitizenId(citizenId:)'],
  ],
])(
  'to find or to sort by a value needs the right to read it, and is named before anything is read: %s',
  async (_what, query, variables, inputs) => {
    await using hub = await openCityHub();
    const { data, errors, statements, text } = await hub.ask('frontend', query, variables, REFUSE);
    expect([data, statements]).toEqual([null, {}]);
    expect(errors.map(({ extensions }) => extensions?.coordinate).sort()).toEqual(inputs);
    for (const { extensions } of errors) {
      expect(extensions).toMatchObject({
        code: 'FIELD_RIGHT_MISSING',
        right: 'person.identity',
        department: 'public-security',
      });
    }
    expect(text).not.toContain('330499198508251234');
    const { rows } = await hub.pool.query<{ refused: string[] }>(
      `SELECT ARRAY(SELECT jsonb_array_elements_text(s.text::jsonb -> 'refused')) AS refused
       FROM catalog.access_line l JOIN catalog.access_scope s ON s.digest = l.line->>'scope'
      WHERE l.line->>'decision' = 'REFUSED' AND l.client_id = 'demo-frontend'`,
    );
    expect(rows).toEqual([{ refused: inputs }]);
  },
);

test('an input that is not given, or given as null, demands nothing; the one with the right is answered', async () => {
  await using hub = await openCityHub();
  const query = 'query ($f: PersonFilter, $s: PersonSort! = ID) { persons(filter: $f, sort: $s) { totalCount } }';
  for (const variables of [{}, { f: null }, { f: { namePrefix: null } }]) {
    expect((await hub.ask('frontend', query, variables, REFUSE)).errors).toEqual([]);
  }
  const { errors } = await hub.ask('system', query, { f: { bornFrom: '1990-01-01' }, s: 'BIRTH_DATE' }, REFUSE);
  expect(errors).toEqual([]);
});

test('what is made of a protected field by @requires demands its right', () => {
  const schema = buildASTSchema(
    parse(`directive @card(source: String!, right: String, mask: String, category: String) on FIELD_DEFINITION
      type Query { person: Person }
      type Person { birthDate: String @card(source: "police", right: "person.identity", category: "PERSONAL")
        name: String @card(source: "police", right: "person.identity", mask: "name", category: "PERSONAL")
        home: Home greeting: String }
      type Home { street: String @card(source: "housing", right: "household.address", category: "PERSONAL") }`),
  );
  const supergraph = parse(
    'type Person { greeting: String @join__field(graph: A, requires: "birthDate name home { street }") birthDate: String @join__field(graph: B) }',
  );
  const rights = readFieldRights(schema, readRequiredFields(supergraph, schema)).get('Person.greeting') ?? [];
  expect(rights.map(({ coordinate, masked }) => [coordinate, masked])).toEqual([
    ['Person.birthDate', false],
    ['Person.name', false],
    ['Home.street', false],
  ]);
});
