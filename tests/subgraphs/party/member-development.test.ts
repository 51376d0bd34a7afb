import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { party } from '../../../subgraphs/party/index.ts';
import { TEST_PROVENANCE_ID } from '../../kit/insert-rows.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertParty, memberKeys, memberPersonKeys, OUTSIDER_KEY, organizationKeys } from '../../kit/party-rows.ts';
import { COUNTY_AB, COUNTY_C, GRID_A1 } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await openTestSubgraph(party);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query(`TRUNCATE party.party_organization, party.party_member, party.membership, party.provenance,
    party.member_category, party.party_rule, party.outbox, party.idempotency`);
  await insertParty(subgraph.pool);
  await subgraph.pool.query(
    `INSERT INTO party.party_rule (code, effective_from, value, unit, title_zh, title_en, legal_basis, confirmed, provenance_id)
     VALUES ('ACTIVIST_MONTHS', '2014-05-28', 12, 'months', '培养', 'x', '细则', false, $1),
            ('PROBATION_MONTHS', '2014-05-28', 12, 'months', '预备', 'x', '细则', false, $1),
            ('PROBATION_MONTHS', '2026-03-01', 6, 'months', '预备', 'x', '新细则', false, $1)`,
    [TEST_PROVENANCE_ID],
  );
});

const WRITER = testCaller([COUNTY_AB], 'membership.write', 'party.membership');
const RESULT = `__typename
  ... on DevelopMemberSuccess { member { id category joinedOn organization { id }
    categories { category validFrom validTo provenance { kind } } memberships { validFrom validTo }
    availableTransitions { event toState } } }
  ... on Refusal { code culprit messageZh messageEn }
  ... on TransitionRefusal { allowed { event } }`;
const REGISTER = `mutation ($input: RegisterPartyApplicantInput!) { registerPartyApplicant(input: $input) { ${RESULT} } }`;
const ADVANCE = `mutation ($input: AdvancePartyMemberInput!) { advancePartyMember(input: $input) { ${RESULT} } }`;
const APPLY = {
  personId: `Person:${OUTSIDER_KEY}`,
  organizationId: `PartyOrganization:${organizationKeys.branchA1}`,
  gridId: `Grid:${GRID_A1}`,
  appliedOn: '2024-01-31',
};
let key = 0;
const register = async (input: object = {}, caller = WRITER) => {
  const idempotencyKey = `apply-key-${++key}`;
  return (await subgraph.run(caller, REGISTER, { input: { ...APPLY, idempotencyKey, ...input } })).data
    .registerPartyApplicant;
};
const advance = async (memberId: string, event: string, on: string, caller = WRITER) => {
  const input = { memberId, event, on, idempotencyKey: `advance-key-${++key}` };
  return (await subgraph.run(caller, ADVANCE, { input })).data.advancePartyMember;
};
const state = async () => [
  await subgraph.rowCounts(),
  (await subgraph.pool.query('SELECT * FROM party.member_category ORDER BY member_id, valid_from')).rows,
  (await subgraph.pool.query('SELECT * FROM party.party_member ORDER BY id')).rows,
];
const refused = async (work: () => Promise<unknown>) => {
  const before = await state();
  const answer = await work();
  expect(await state()).toEqual(before);
  return answer;
};

test('from application to full membership each step is on record with its days', async () => {
  const { member } = await register();
  expect(member).toMatchObject({ category: 'APPLICANT', joinedOn: null, memberships: [] });
  await advance(member.id, 'CHOOSE', '2024-03-01');
  await advance(member.id, 'NOMINATE', '2025-03-01');
  const admitted = await advance(member.id, 'ADMIT', '2025-06-15');
  expect(admitted.member).toMatchObject({ category: 'PROBATIONARY', joinedOn: '2025-06-15' });
  expect(admitted.member.memberships).toEqual([{ validFrom: '2025-06-15', validTo: null }]);
  const confirmed = await advance(member.id, 'CONFIRM', '2026-06-15');
  expect(confirmed.member).toMatchObject({
    category: 'FULL',
    joinedOn: '2025-06-15',
    availableTransitions: [],
    categories: [
      { category: 'FULL', validFrom: '2026-06-15', validTo: null },
      { category: 'PROBATIONARY', validFrom: '2025-06-15', validTo: '2026-06-15' },
      { category: 'CANDIDATE', validFrom: '2025-03-01', validTo: '2025-06-15' },
      { category: 'ACTIVIST', validFrom: '2024-03-01', validTo: '2025-03-01' },
      { category: 'APPLICANT', validFrom: '2024-01-31', validTo: '2024-03-01' },
    ],
  });
  const { rows } = await subgraph.pool.query('SELECT event_type, grid_code FROM party.outbox ORDER BY xid, ordinal');
  expect(rows.map((row) => row.event_type)).toEqual([
    'party_member.applied',
    ...Array.from({ length: 4 }, () => 'party_member.advanced'),
  ]);
  expect(new Set(rows.map((row) => row.grid_code))).toEqual(new Set([GRID_A1]));
});

test('a step out of turn is refused with the one that is allowed', async () => {
  const { member } = await register();
  expect(await refused(() => advance(member.id, 'ADMIT', '2025-06-15'))).toMatchObject({
    code: 'TRANSITION_NOT_ALLOWED',
    culprit: 'input.event',
    allowed: [{ event: 'CHOOSE' }],
  });
});

test('the months of the rule in force on the day must have passed, to the day', async () => {
  const { member } = await register();
  await advance(member.id, 'CHOOSE', '2024-02-29');
  const early = await refused(() => advance(member.id, 'NOMINATE', '2025-02-27'));
  expect(early).toMatchObject({ code: 'CATEGORY_TOO_EARLY', culprit: 'input.on' });
  expect((early as { messageZh: string }).messageZh).toContain('2024-02-29 起满 12 个月（细则）');
  expect((await advance(member.id, 'NOMINATE', '2025-02-28')).member.category).toBe('CANDIDATE');
  await advance(member.id, 'ADMIT', '2025-12-01');
  // A newer version of the rule holds from 2026-03-01 on: six months.
  expect(await refused(() => advance(member.id, 'CONFIRM', '2026-05-31'))).toMatchObject({
    code: 'CATEGORY_TOO_EARLY',
  });
  expect((await advance(member.id, 'CONFIRM', '2026-06-01')).member.category).toBe('FULL');
});

test.each([
  [{ appliedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.appliedOn'],
  [{ personId: 'Person:x' }, 'PERSON_NOT_FOUND', 'input.personId'],
  [{ personId: `Person:${memberPersonKeys.zhang}` }, 'PERSON_ON_PARTY_RECORD', 'input.personId'],
  [{ organizationId: `PartyOrganization:${OUTSIDER_KEY}` }, 'PARTY_ORGANIZATION_NOT_FOUND', 'input.organizationId'],
  [
    { organizationId: `PartyOrganization:${organizationKeys.branchC1}` },
    'PARTY_ORGANIZATION_NOT_FOUND',
    'input.organizationId',
  ],
  [
    { organizationId: `PartyOrganization:${organizationKeys.groupA1}` },
    'PARTY_ORGANIZATION_CANNOT_HOLD_MEMBERS',
    'input.organizationId',
  ],
  [{ gridId: 'Grid:330402001001999' }, 'GRID_WITHOUT_BRANCH', 'input.gridId'],
] as const)('an application with %j is refused as %s, and nothing is written', async (input, code, culprit) => {
  const answer = await refused(() => register(input));
  expect(answer).toMatchObject({ code, culprit, messageZh: expect.stringMatching(/\p{Script=Han}/u) });
});

test('who lives outside the caller’s area is not found, and without the right nothing is read or written', async () => {
  const { member } = await register();
  const elsewhere = testCaller([COUNTY_C], 'membership.write', 'party.membership');
  expect(await refused(() => advance(member.id, 'CHOOSE', '2024-03-01', elsewhere))).toMatchObject({
    code: 'MEMBER_NOT_FOUND',
  });
  expect(await refused(() => advance(member.id, 'CHOOSE', '2024-03-01', testCaller([COUNTY_AB])))).toBeNull();
});

test('an applicant is no member: not counted, not listed, not found as one, and holds no post', async () => {
  const COUNTS = `query ($id: ID!, $person: ID!) { _entities(representations: [
      { __typename: "PartyOrganization", id: $id }, { __typename: "Person", id: $person }]) {
    ... on PartyOrganization { memberCount members(first: 10) { totalCount } developing(first: 10) { nodes { category } } }
    ... on Person { partyMembership { id } } } }`;
  const ask = async () =>
    (await subgraph.run(WRITER, COUNTS, { id: APPLY.organizationId, person: APPLY.personId })).data._entities;
  const [before] = await ask();
  await register();
  const [after, person] = await ask();
  expect(after.memberCount).toBe(before.memberCount);
  expect(after.members.totalCount).toBe(before.members.totalCount);
  expect(after.developing.nodes).toEqual([{ category: 'APPLICANT' }]);
  expect(person.partyMembership).toBeNull();
});

test('of fifty registrations of one person, and fifty steps of one applicant, one succeeds each', async () => {
  const registered = await Promise.all(Array.from({ length: 50 }, () => register()));
  const won = registered.filter(({ __typename }) => __typename === 'DevelopMemberSuccess');
  expect(won).toHaveLength(1);
  const steps = await Promise.all(Array.from({ length: 50 }, () => advance(won[0].member.id, 'CHOOSE', '2024-03-01')));
  expect(steps.filter(({ __typename }) => __typename === 'DevelopMemberSuccess')).toHaveLength(1);
  const { rows } = await subgraph.pool.query(
    'SELECT count(*)::int AS count, count(*) FILTER (WHERE valid_to IS NULL)::int AS live FROM party.member_category',
  );
  expect(rows).toEqual([{ count: 2, live: 1 }]);
});

test('a member of before is confirmed from the day that is on record', async () => {
  await subgraph.pool.query("INSERT INTO party.member_category VALUES ($1, 'PROBATIONARY', '2026-01-10', NULL, $2)", [
    memberKeys.wang,
    TEST_PROVENANCE_ID,
  ]);
  const id = `PartyMember:${memberKeys.wang}`;
  expect(await refused(() => advance(id, 'CONFIRM', '2026-06-29'))).toMatchObject({ code: 'CATEGORY_TOO_EARLY' });
  expect(await refused(() => advance(id, 'CONFIRM', '2026-01-10'))).toMatchObject({ code: 'DATE_BEFORE_CURRENT' });
});
