import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unseal } from '../../subgraphs/kit/store/sealing.ts';
import { TEST_KEYS } from '../kit/city-database.ts';
import { type AttackHub, openAttackHub } from './attack-hub.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects
type Answer = any;

const OWN = { 'x-yiyun-legal-basis': 'PIPL-45', 'x-yiyun-scenario': 'own-record', 'x-yiyun-unmask': 'true' };
const RECORD = `name birthDate citizenId phone residences { kind dwelling { address } }
  household { householdNumber dwelling { address households { totalCount } } members { totalCount nodes { name } } }`;

interface Truth {
  readonly id: string;
  readonly name: string;
  readonly birthDate: string;
  readonly citizenId: string;
  readonly phone: string;
  readonly householdId: string;
  readonly householdNumber: string;
  readonly dwellingId: string;
  readonly address: string;
}

let attack: AttackHub;
/** Two of one household, and somebody of another one. */
let self: Truth;
let spouse: Truth;
let stranger: Truth;
let child: string;

beforeAll(async () => {
  attack = await openAttackHub();
  const { rows } = await attack.hub.pool.query(
    `SELECT 'Person:' || p.id AS id, p.name, p.birth_date::text AS "birthDate", p.citizen_id_sealed AS number,
            p.phone_sealed AS phone, 'Household:' || h.id AS "householdId", h.household_number AS "householdNumber",
            'Dwelling:' || d.id AS "dwellingId", d.address_text AS address
       FROM people.person p JOIN people.household h ON h.id = p.household_id JOIN people.dwelling d ON d.id = h.dwelling_id
      WHERE p.birth_date < '1995-01-01' AND p.phone_sealed IS NOT NULL AND h.type = 'FAMILY' ORDER BY h.id, p.id LIMIT 400`,
  );
  const all: Truth[] = rows.map(({ number, phone, ...row }: Answer) => ({
    ...row,
    citizenId: unseal(TEST_KEYS.field, number),
    phone: unseal(TEST_KEYS.field, phone),
  }));
  const first = all.find((one) => all.some((other) => other !== one && other.householdId === one.householdId));
  const second = all.find((one) => one.householdId === first?.householdId && one !== first);
  const other = all.find((one) => one.householdId !== first?.householdId && one.address !== first?.address);
  if (first === undefined || second === undefined || other === undefined)
    throw new Error('the city has too few people');
  [self, spouse, stranger] = [first, second, other];
  const { rows: young } = await attack.hub.pool.query(
    `SELECT 'Person:' || id AS id FROM people.person WHERE birth_date > '2015-01-01' ORDER BY id LIMIT 1`,
  );
  child = young[0].id;
});
afterAll(() => attack?.[Symbol.asyncDispose]());

const as = (person: string, query: string, variables: object = {}, headers: Record<string, string> = OWN) =>
  attack.ask({ person }, query, variables, headers);
const byId = `query ($id: ID!) { person(id: $id) { ${RECORD} } }`;
const secretsOf = ({ name, birthDate, citizenId, phone, householdNumber, address }: Truth) => [
  ...[name, birthDate, citizenId, phone, householdNumber, address],
];

test('PIPL 45: a resident reads his own record in clear, his household and where it lives, and nobody’s beside', async () => {
  const { data, codes, ledger, text } = await as(self.id, byId, { id: self.id });
  expect(codes).toEqual([]);
  const { person } = data as Answer;
  expect(person).toMatchObject({
    name: self.name,
    birthDate: self.birthDate,
    citizenId: self.citizenId,
    phone: self.phone,
    household: { householdNumber: self.householdNumber, dwelling: { address: self.address } },
  });
  expect(person.residences.length).toBeGreaterThan(0);
  // Members and neighbours are of an area, and he has none.
  expect(person.household.members).toEqual({ totalCount: 0, nodes: [] });
  expect(person.household.dwelling.households).toEqual({ totalCount: 0 });
  expect(text).not.toContain(spouse.citizenId);
  expect(ledger).toContain('UNMASKED');

  const { data: log } = await as(
    self.id,
    '{ myAccessLog(first: 3) { nodes { decision legalBasisCode scenarioCode } } }',
    {},
    {},
  );
  expect((log as Answer).myAccessLog.nodes).toContainEqual({
    ...{ decision: 'UNMASKED', legalBasisCode: 'PIPL-45', scenarioCode: 'own-record' },
  });
});

test('without the express wish, or under another purpose, his own record comes masked', async () => {
  const asked = [
    { ...OWN, 'x-yiyun-unmask': 'false' },
    { 'x-yiyun-legal-basis': 'PIPL-13-3', 'x-yiyun-scenario': 'service-handling', 'x-yiyun-unmask': 'false' },
  ];
  for (const headers of asked) {
    const { data } = await as(
      self.id,
      '{ person(id: "%") { name citizenId phone } }'.replace('%', self.id),
      {},
      headers,
    );
    const { person } = data as Answer;
    expect(person.name).toMatch(/^.\*+$/);
    expect(person.citizenId).toContain('*');
    expect(person.phone).toContain('*');
  }
  const other = await as(
    self.id,
    `{ person(id: "${self.id}") { citizenId } }`,
    {},
    { ...OWN, 'x-yiyun-legal-basis': 'PIPL-13-1' },
  );
  expect(other.codes).toEqual(['PURPOSE_NOT_PERMITTED']);
  expect(other.text).not.toContain(self.citizenId);
});

describe('nobody reads another by the right to his own', () => {
  test.each([
    ['by id', '{ person(id: "%P") { R } }'],
    ['under an alias', '{ own: person(id: "%P") { id: citizenId name: phone } }'],
    ['beside his own', '{ a: person(id: "%S") { R } b: person(id: "%P") { R } }'],
    ['as a node', '{ node(id: "%P") { ... on Person { R } } }'],
    [
      'by his household',
      '{ household(id: "%H") { householdNumber head { R } members { nodes { R } } dwelling { address } } }',
    ],
    ['by his dwelling', '{ dwelling(id: "%D") { address households { nodes { householdNumber head { name } } } } }'],
    ['through the head of his household', '{ person(id: "%S") { household { head { R } members { nodes { R } } } } }'],
    [
      'through lists',
      '{ persons(first: 100) { nodes { R } } communities(first: 1) { nodes { residents(first: 50) { nodes { R } } } } }',
    ],
    ['by _entities', '{ _entities(representations: [{ __typename: "Person", id: "%P" }]) { ... on Person { R } } }'],
    ['by a forged subject', '{ node(id: "%P") { ... on Person { accessSubject nameDigest citizenId } } }'],
  ])('%s', async (_way, query) => {
    const fields = 'name birthDate citizenId phone household { householdNumber dwelling { address } }';
    for (const victim of [stranger, spouse]) {
      const text = query
        .replaceAll('R ', `${fields} `)
        .replaceAll('%P', victim.id)
        .replaceAll('%S', self.id)
        .replaceAll('%H', victim.householdId)
        .replaceAll('%D', victim.dwellingId);
      const outcome = await as(self.id, text);
      const own = secretsOf(self);
      for (const secret of secretsOf(victim).filter((one) => !own.includes(one))) {
        expect(outcome.text, `${text} as ${self.id}`).not.toContain(secret);
      }
    }
  });

  test('by a plan that was made for another caller, either way', async () => {
    const mine = await as(self.id, byId, { id: self.id });
    const his = await as(stranger.id, byId, { id: self.id });
    const own = await as(stranger.id, byId, { id: stranger.id });
    const again = await as(self.id, byId, { id: stranger.id });
    expect((mine.data as Answer).person.citizenId).toBe(self.citizenId);
    expect(his.data).toEqual({ person: null });
    expect((own.data as Answer).person.citizenId).toBe(stranger.citizenId);
    expect(again.data).toEqual({ person: null });
  });

  test('by a search for a number, which stays under the right to it', async () => {
    const query = 'query ($n: String!) { findPerson(by: { citizenId: $n }) { __typename } }';
    const { text, codes } = await as(self.id, query, { n: stranger.citizenId });
    expect(codes.length).toBeGreaterThan(0);
    expect(text).not.toContain(stranger.name);
  });

  test('by a client that has an area and no person, whatever it states: its rights are withheld', async () => {
    const read = `{ person(id: "${stranger.id}") { name birthDate citizenId phone } household(id: "${stranger.householdId}") { householdNumber dwelling { address } } }`;
    const usual = await attack.ask('system', read);
    expect((usual.data as Answer).person.citizenId).toBe(stranger.citizenId);
    const outcome = await attack.ask('system', read, {}, OWN);
    expect((outcome.data as Answer).person).toMatchObject({ birthDate: null, citizenId: expect.stringContaining('*') });
    for (const secret of secretsOf(stranger)) expect(outcome.text).not.toContain(secret);
  });
});

test('a child’s record asks for the right to children’s data, and a child’s token does not have it', async () => {
  const { data } = await as(child, `{ person(id: "${child}") { name citizenId } }`);
  const { person } = data as Answer;
  expect(person.citizenId).toContain('*');
  expect(person.name).toContain('*');
});
