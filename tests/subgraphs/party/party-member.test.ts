import { afterAll, beforeAll, expect, test } from 'vitest';
import { party } from '../../../subgraphs/party/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertParty, memberKeys, memberPersonKeys, OUTSIDER_KEY, organizationKeys } from '../../kit/party-rows.ts';
import { COMMUNITY_C, COUNTY_AB, COUNTY_C } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(party);
  await insertParty(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const READER = testCaller([COUNTY_AB], 'party.membership');
const person = (name: keyof typeof memberPersonKeys) => ({ id: `Person:${memberPersonKeys[name]}` });
const member = (name: keyof typeof memberKeys) => ({ id: `PartyMember:${memberKeys[name]}` });
const organization = (name: keyof typeof organizationKeys) => ({ id: `PartyOrganization:${organizationKeys[name]}` });

test('a member shows category, organization and history, newest first and as of a day', async () => {
  const { data, problems, statements } = await subgraph.run(
    READER,
    `{ partyMember(id: "${member('zhang').id}") { id person { id } category joinedOn organization { id }
         employedMember mobileMember
         memberships { organization { name } validFrom validTo provenance { systemCode } }
         lastDay: memberships(asOf: "2024-02-29") { organization { id } }
         firstDay: memberships(asOf: "2024-03-01") { organization { id } } } }`,
  );

  expect(problems).toEqual([]);
  expect(data.partyMember).toEqual({
    ...member('zhang'),
    person: person('zhang'),
    category: 'FULL',
    joinedOn: '1985-07-01',
    organization: organization('branchA1'),
    employedMember: false,
    mobileMember: false,
    memberships: [
      {
        organization: { name: '甲社区第一网格党支部' },
        validFrom: '2024-03-01',
        validTo: null,
        provenance: { systemCode: 'test-system' },
      },
      {
        organization: { name: '甲社区离退休党员支部' },
        validFrom: '2020-01-01',
        validTo: '2024-03-01',
        provenance: { systemCode: 'test-system' },
      },
    ],
    lastDay: [{ organization: organization('retiredA') }],
    firstDay: [{ organization: organization('branchA1') }],
  });
  expect(statements.filter((name) => name === 'memberships_of_members')).toHaveLength(3);
  expect(statements.length).toBeLessThanOrEqual(7);
});

const MEMBERSHIPS = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Person { id partyMembership { id category organization { id } memberships { validFrom } } } } }`;
const persons = (...ids: string[]) => ({ r: ids.map((id) => ({ __typename: 'Person', id })) });
const asked = persons(person('zhang').id, person('wang').id, `Person:${OUTSIDER_KEY}`, person('wu').id);

test('the memberships of many persons are one statement per level, and only those of the caller’s area', async () => {
  const { data, problems, statements } = await subgraph.run(READER, MEMBERSHIPS, asked);

  expect(problems).toEqual([]);
  expect(data._entities.map((entity: { partyMembership: unknown }) => entity.partyMembership)).toEqual([
    {
      ...member('zhang'),
      category: 'FULL',
      organization: organization('branchA1'),
      memberships: [{ validFrom: '2024-03-01' }, { validFrom: '2020-01-01' }],
    },
    {
      ...member('wang'),
      category: 'PROBATIONARY',
      organization: organization('branchA1'),
      memberships: [{ validFrom: '2026-01-10' }],
    },
    null,
    null,
  ]);
  expect(statements).toEqual(['party_member_by_person_id', 'party_organization_by_id', 'memberships_of_members']);
});

test('without the right membership is refused alike for members and others, and nothing is read', async () => {
  const { data, problems, errors, statements } = await subgraph.run(testCaller([COUNTY_AB]), MEMBERSHIPS, asked);

  expect(data._entities).toEqual(asked.r.map(({ id }) => ({ id, partyMembership: null })));
  expect(problems.toSorted()).toEqual(
    [0, 1, 2, 3].map((index) => `FIELD_RIGHT_MISSING _entities.${index}.partyMembership`),
  );
  expect(errors[0]?.extensions).toMatchObject({ right: 'party.membership', department: 'party-organization' });
  expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
  expect(statements).toEqual([]);
});

test('without the right no member is found by id or by reference', async () => {
  const nobody = testCaller([COUNTY_AB]);
  const byId = await subgraph.run(nobody, `{ partyMember(id: "${member('zhang').id}") { id } }`);
  const byReference = await subgraph.run(
    nobody,
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on PartyMember { id } } }',
    { r: [{ __typename: 'PartyMember', ...member('zhang') }] },
  );

  expect([byId.data, byId.problems]).toEqual([{ partyMember: null }, ['FIELD_RIGHT_MISSING partyMember']]);
  expect([byReference.data, byReference.problems]).toEqual([
    { _entities: [null] },
    ['FIELD_RIGHT_MISSING _entities.0'],
  ]);
  expect([...byId.statements, ...byReference.statements]).toEqual([]);
});

test('a member of another county is not found, by id or by reference', async () => {
  const outside = testCaller([COUNTY_C], 'party.membership');
  const { data, problems } = await subgraph.run(
    outside,
    `query ($r: [_Any!]!) {
       zhang: partyMember(id: "${member('zhang').id}") { id }
       wu: partyMember(id: "${member('wu').id}") { id mobileMember }
       wrong: partyMember(id: "${person('wu').id}") { id }
       _entities(representations: $r) { ... on PartyMember { id } ... on Person { partyMembership { id } } } }`,
    {
      r: [
        { __typename: 'PartyMember', ...member('zhang') },
        { __typename: 'PartyMember', ...member('wu') },
        { __typename: 'PartyMember', id: `Community:${COMMUNITY_C}` },
        { __typename: 'Person', ...person('zhang') },
        { __typename: 'Person', id: 'Person:x' },
      ],
    },
  );

  expect(problems).toEqual([]);
  expect(data).toEqual({
    zhang: null,
    wu: { ...member('wu'), mobileMember: true },
    wrong: null,
    _entities: [null, member('wu'), null, { partyMembership: null }, { partyMembership: null }],
  });
});
