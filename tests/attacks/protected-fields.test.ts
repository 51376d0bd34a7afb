import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSmallHub } from '../gateway/small-hub.ts';
import { type AttackHub, openAttackHub } from './attack-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const NAME = '沈浩';
const BORN = '1985-08-25';
let attack: AttackHub;
let truth: { name: string; citizenId: string; phone: string };

beforeAll(async () => {
  attack = await openAttackHub();
  const clear = { 'x-yiyun-unmask': 'true' };
  const { data } = await attack.ask(
    'system',
    'query ($id: ID!) { person(id: $id) { name citizenId phone } }',
    { id: PERSON },
    clear,
  );
  truth = (data as { person: typeof truth }).person;
  expect(truth.name).toBe(NAME);
});
afterAll(() => attack?.[Symbol.asyncDispose]());

describe('a protected field is not to be had without its right', () => {
  test.each([
    ['by its name', '{ person(id: "%") { birthDate } }'],
    ['under an alias that names another field', '{ person(id: "%") { id: birthDate } }'],
    ['through the interface', '{ node(id: "%") { ... on Person { birthDate } } }'],
    [
      'through an interface in an interface',
      '{ node(id: "%") { ... on Node { ... on Person { ... { birthDate } } } } }',
    ],
    [
      'through a fragment',
      '{ person(id: "%") { ...a } } fragment a on Person { ...b } fragment b on Person { birthDate }',
    ],
    [
      'through a fragment of the interface',
      '{ node(id: "%") { ...a } } fragment a on Node { ... on Person { birthDate } }',
    ],
    ['behind a condition', 'query ($yes: Boolean = true) { person(id: "%") { birthDate @include(if: $yes) } }'],
    [
      'behind a condition that is skipped elsewhere',
      '{ person(id: "%") { birthDate @skip(if: true) ... on Person @include(if: true) { birthDate } } }',
    ],
    ['through a neighbour', '{ person(id: "%") { household { members { nodes { birthDate } } } } }'],
    ['through a list', '{ communities(first: 1) { nodes { residents(first: 5) { nodes { birthDate } } } } }'],
    ['through the edges', '{ persons(first: 3) { edges { node { birthDate } } } }'],
    [
      'twice, once with a condition',
      '{ person(id: "%") { birthDate } again: person(id: "%") { birthDate @skip(if: false) } }',
    ],
  ])('%s', async (_way, query) => {
    const outcome = await attack.ask('frontend', query.replaceAll('%', PERSON));
    expect(outcome.text).not.toContain(BORN);
    expect(outcome.text).not.toMatch(/"\d{4}-\d{2}-\d{2}"/);
    expect(new Set(outcome.codes)).toEqual(new Set(['FIELD_RIGHT_MISSING']));
    // The members of a household are personal data themselves, and those are given.
    expect(outcome.ledger).toEqual([query.includes('household') ? 'READ' : 'REFUSED']);
  });

  test('through the members of a union it is not to be had either', async () => {
    const client = 'of-contacts';
    const terms = { kind: 'SYSTEM', departmentCode: 'public-security', jurisdictionRule: 'DIVISIONS' } as const;
    await attack.hub.catalog.ensureClients([
      {
        ...{ ...terms, clientId: client, name: client, jurisdictionCodes: ['3304'], rights: ['person.contact'] },
        ...{ active: true, costBudgetPerMinute: 1_000_000 },
      },
    ]);
    const { phone } = truth;
    const members = (field: string) =>
      `query ($phone: String!) { findPerson(by: { phone: $phone }) { __typename ... on PersonFound { person { ${field} } }
        ... on SeveralPersonsMatch { persons { ${field} } } } }`;
    const found = await attack.ask({ client }, members('id'), { phone });
    expect(found.text).toContain(PERSON);
    const outcome = await attack.ask({ client }, members('birthDate'), { phone });
    expect(outcome.text).not.toMatch(/"\d{4}-\d{2}-\d{2}"/);
    expect([...new Set(outcome.codes), ...outcome.ledger]).toEqual(['FIELD_RIGHT_MISSING', 'REFUSED']);
  });

  test('masked fields come masked, whoever asks for clear ones without the right', async () => {
    const outcome = await attack.ask(
      'frontend',
      `{ person(id: "${PERSON}") { name citizenId phone } }`,
      {},
      { 'x-yiyun-unmask': 'true' },
    );
    expect(outcome.text).not.toContain(truth.name);
    expect(outcome.text).not.toContain(truth.citizenId);
    expect(outcome.ledger).not.toContain('UNMASKED');
  });
});

describe('no oracle tells what a field would', () => {
  test.each([
    [
      'a filter',
      '{ persons(filter: { bornFrom: "1985-08-25", bornTo: "1985-08-25" }, sort: BIRTH_DATE) { totalCount } }',
    ],
    [
      'a filter below',
      '{ communities(first: 1) { nodes { residents(filter: { bornFrom: "1985-08-25" }, sort: BIRTH_DATE) { totalCount } } } }',
    ],
    ['a sort', '{ persons(sort: BIRTH_DATE, first: 3) { nodes { id } } }'],
    ['a lookup', '{ personByCitizenId(citizenId: "330499198508251234") { id } }'],
  ])('%s', async (_way, query) => {
    const outcome = await attack.ask('frontend', query);
    expect(outcome.codes.length).toBeGreaterThan(0);
    expect(new Set(outcome.codes)).toEqual(new Set(['FIELD_RIGHT_MISSING']));
    expect(outcome.text).not.toMatch(/"totalCount":\d|Person:/);
    expect(outcome.ledger).not.toContain('READ');
  });

  test('a filter in variables', async () => {
    const query = 'query ($f: PersonFilter) { persons(filter: $f, sort: BIRTH_DATE) { totalCount } }';
    const outcome = await attack.ask('frontend', query, { f: { bornFrom: BORN } });
    expect(outcome.text).not.toMatch(/"totalCount":\d/);
    expect(outcome.codes).toContain('FIELD_RIGHT_MISSING');
  });

  test('a number that exists and one that does not are refused alike', async () => {
    const ask = async (citizenId: string) => {
      const { text } = await attack.ask('frontend', 'query ($c: String!) { personByCitizenId(citizenId: $c) { id } }', {
        c: citizenId,
      });
      return text.replace(/"reference":"\w+"/, '');
    };
    expect(await ask(truth.citizenId)).toBe(await ask('330499199001011236'));
  });

  test('a row of another district and one that does not exist answer alike', async () => {
    const { rows } = await attack.hub.pool.query(
      "UPDATE people.person SET county_code = '330411', registered_county_code = '330411' WHERE id = (SELECT id FROM people.person ORDER BY id DESC LIMIT 1) RETURNING id",
    );
    const ask = async (key: string) =>
      (
        await attack.ask('frontend', 'query ($id: ID!) { person(id: $id) { id name birthDate } }', {
          id: `Person:${key}`,
        })
      ).text;
    expect(await ask(rows[0].id)).toBe(await ask('019f1641-3500-7000-a000-000000000000'));
  });
});

describe('nothing of one caller reaches another', () => {
  test('an operation that was prepared and compiled for one with rights gives nothing to one without', async () => {
    const query = `{ person(id: "${PERSON}") { name birthDate } } # shared`;
    const mine = await attack.ask('system', query, {}, { 'x-yiyun-unmask': 'true' });
    const his = await attack.ask('frontend', query);
    expect(mine.text).toContain(BORN);
    expect(his.text).not.toContain(BORN);
    expect(his.text).not.toContain(NAME);
    expect([mine.ledger.includes('READ'), his.ledger.includes('UNMASKED')]).toEqual([true, false]);
  });

  test('fifty equal requests in flight at once are answered each by its own rights', async () => {
    const query = `{ person(id: "${PERSON}") { birthDate } }`;
    const roles = Array.from({ length: 50 }, (_, index): 'system' | 'frontend' =>
      index % 2 === 0 ? 'system' : 'frontend',
    );
    const answers = await Promise.all(roles.map(async (role) => ({ role, ...(await attack.hub.ask(role, query)) })));
    for (const { role, text } of answers) expect(text.includes(BORN), role).toBe(role === 'system');
  });

  test('a purpose that one request stated is none in the next', async () => {
    const query = `{ person(id: "${PERSON}") { birthDate } }`;
    await attack.ask('system', query);
    const without = await attack.ask('system', query, {}, { 'x-yiyun-legal-basis': '', 'x-yiyun-scenario': '' });
    expect(without.text).not.toContain(BORN);
    expect(without.codes).toContain('PURPOSE_REQUIRED');
  });

  test('an idempotency key of one client answers no other', async () => {
    const input =
      'category: HAZARD, title: "楼道堆物", severity: GENERAL, channel: GRID_WORKER, gridId: "Grid:330402007024001", idempotencyKey: "whose-key-is-it"';
    const mutation = `mutation { reportIncident(input: { ${input} }) { ... on ReportIncidentSuccess { incident { id } } ... on Refusal { code } } }`;
    const [mine, his] = [await attack.hub.ask('system', mutation), await attack.hub.ask('frontend', mutation)];
    expect(mine.text).toMatch(/Incident:/);
    expect(his.text).not.toBe(mine.text);
    expect(his.text).toMatch(/Incident:/);
  });
});

describe('what the schema does not say stays unsaid', () => {
  test('with introspection off nothing of the schema is told, and no name is suggested', async () => {
    await using small = openSmallHub({ introspection: false, suggestions: false });
    for (const query of [
      '{ __schema { types { name } } }',
      '{ __type(name: "Query") { name } }',
      '{ ...a } fragment a on Query { __schema { queryType { name } } }',
    ]) {
      const { body } = await small.post({ query });
      expect(body.data).toBeUndefined();
      expect(body.errors?.[0]?.extensions?.code).toBe('INTROSPECTION_DISABLED');
    }
    const { text } = await small.post({ query: '{ greetin }' });
    expect(text).not.toContain('Did you mean');
    expect(text).not.toContain('"greeting"');
  });

  test('a directive of the machinery cannot be used or renamed by a client', async () => {
    for (const directive of [
      '@card(right: "none")',
      '@inaccessible',
      '@join__field(graph: PEOPLE)',
      '@rows(owner: "me", scope: "REFERENCE")',
      '@requires(fields: "birthDate")',
    ]) {
      const outcome = await attack.ask('frontend', `{ person(id: "${PERSON}") { birthDate ${directive} } }`);
      expect(outcome.codes.every((code) => code === 'DOCUMENT_INVALID')).toBe(true);
      // The line of what an earlier test has committed may come only now.
      const lines = outcome.ledger.filter((decision) => decision !== 'WRITTEN');
      expect([outcome.data, outcome.statements, lines]).toEqual([null, 0, []]);
    }
  });
});

test('no line of the log, no error and no recorded operation holds a person’s data', async () => {
  const secrets = [truth.citizenId, NAME, BORN];
  const queries: [string, object][] = [
    ['query ($c: String!) { personByCitizenId(citizenId: $c) { id name } }', { c: truth.citizenId }],
    [`{ personByCitizenId(citizenId: "${truth.citizenId}") { birthDate } }`, {}],
    [`{ p${truth.citizenId}: loadedCity { city } }`, {}],
    [`query Q${truth.citizenId} { loadedCity { city } }`, {}],
    [`{ personByCitizenId(citizenId: "${truth.citizenId}" }`, {}],
    ['query ($c: Int!) { persons(first: $c) { totalCount } }', { c: truth.citizenId }],
    [`{ node(id: "Person:${truth.citizenId}") { id } }`, {}],
  ];
  for (const [query, variables] of queries) await attack.ask('system', query, variables);
  await attack.hub.app.inject(`/nowhere/${truth.citizenId}?name=${encodeURIComponent(NAME)}`);
  await attack.hub.flushUsage();
  const kept = [attack.hub.log.join('')];
  for (const table of [
    'catalog.recorded_operation',
    'catalog.operation_usage',
    'catalog.access_log',
    'catalog.access_scope',
    'people.outbox',
    'people.idempotency',
  ]) {
    const { rows } = await attack.hub.pool.query<{ text: string }>(`SELECT t::text AS text FROM ${table} t`);
    kept.push(...rows.map(({ text }) => text));
  }
  for (const secret of secrets) expect(kept.filter((text) => text.includes(secret))).toEqual([]);
});
