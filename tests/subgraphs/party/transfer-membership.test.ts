import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { party } from '../../../subgraphs/party/index.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertParty, memberKeys, memberPersonKeys, membershipKeys, organizationKeys } from '../../kit/party-rows.ts';
import { COMMUNITY_A, COUNTY_AB, COUNTY_C, GRID_A1, GRID_A2 } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(party);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query(`TRUNCATE party.party_organization, party.party_member, party.membership, party.provenance,
    party.outbox, party.idempotency`);
  await insertParty(subgraph.pool);
});

const organizationId = (name: keyof typeof organizationKeys) => `PartyOrganization:${organizationKeys[name]}`;
const memberId = (name: keyof typeof memberKeys) => `PartyMember:${memberKeys[name]}`;

const TRANSFER = `mutation ($input: TransferMembershipInput!) {
  transferMembership(input: $input) {
    __typename
    ... on TransferMembershipSuccess {
      member { id organization { id } }
      membership { organization { id } validFrom validTo provenance { kind systemCode } }
      closedMembership { organization { id } validFrom validTo }
    }
    ... on Refusal { code culprit messageZh messageEn }
  }
}`;
const WRITER = testCaller([COUNTY_AB], 'membership.write', 'party.membership');
const TO_A2 = {
  memberId: memberId('zhang'),
  toOrganizationId: organizationId('branchA2'),
  from: '2026-06-30',
  idempotencyKey: 'transfer-zhang-1',
};

const transfer = (input: object = {}, caller = WRITER) =>
  subgraph.run(caller, TRANSFER, { input: { ...TO_A2, ...input } });
const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;
const state = async () => [
  await subgraph.rowCounts(),
  await rows('SELECT * FROM party.membership ORDER BY id'),
  await rows('SELECT * FROM party.party_member ORDER BY id'),
];

async function expectRefusal(input: object, code: string, culprit: string, caller = WRITER) {
  const before = await state();
  const { data, problems } = await transfer(input, caller);
  expect(problems).toEqual([]);
  expect(data.transferMembership).toMatchObject({ code, culprit });
  expect(data.transferMembership.messageZh).toMatch(/\p{Script=Han}/u);
  expect(await state()).toEqual(before);
}

test('a transfer ends the former membership on the first day of the new one and moves the member', async () => {
  const { data, problems } = await transfer();

  expect(problems).toEqual([]);
  expect(data.transferMembership).toEqual({
    __typename: 'TransferMembershipSuccess',
    member: { id: TO_A2.memberId, organization: { id: organizationId('branchA2') } },
    membership: {
      organization: { id: organizationId('branchA2') },
      validFrom: '2026-06-30',
      validTo: null,
      provenance: { kind: 'MUTATION', systemCode: 'test-client' },
    },
    closedMembership: {
      organization: { id: organizationId('branchA1') },
      validFrom: '2024-03-01',
      validTo: '2026-06-30',
    },
  });
});

test('a member may go to a branch outside the caller’s area', async () => {
  const { data } = await transfer({ toOrganizationId: organizationId('branchC1') });

  expect(data.transferMembership.member.organization).toEqual({ id: organizationId('branchC1') });
});

test('a member without a live membership gets one from the day on which the last ended', async () => {
  await subgraph.pool.query("UPDATE party.membership SET valid_to = '2025-01-01' WHERE id = $1", [
    membershipKeys.zhang,
  ]);
  await expectRefusal({ from: '2024-12-31' }, 'DATE_BEFORE_CURRENT', 'input.from');
  const { data } = await transfer({ from: '2025-01-01', idempotencyKey: 'transfer-zhang-2' });

  expect(data.transferMembership).toMatchObject({
    membership: { validFrom: '2025-01-01', validTo: null },
    closedMembership: null,
  });
});

test('a write leaves one provenance row, one event and one idempotency row in the transaction of the change', async () => {
  await transfer();

  const provenance = await rows("SELECT * FROM party.provenance WHERE kind = 'MUTATION'");
  const events = await rows('SELECT * FROM party.outbox');
  const [opened] = await rows('SELECT * FROM party.membership WHERE member_id = $1 AND valid_to IS NULL', [
    memberKeys.zhang,
  ]);
  expect(provenance).toEqual([
    expect.objectContaining({
      system_code: 'test-client',
      department: 'civil-affairs',
      dataset: 'membership',
      recorded_at: new Date(TEST_INSTANT),
      row_count: 3,
    }),
  ]);
  expect(events).toEqual([
    expect.objectContaining({
      event_type: 'membership.transferred',
      entity_type: 'PartyMember',
      entity_id: TO_A2.memberId,
      ordinal: 0,
      community_code: COMMUNITY_A,
      grid_code: GRID_A1,
      occurred_at: new Date(TEST_INSTANT),
      provenance_id: provenance[0].id,
    }),
  ]);
  expect(JSON.parse(events[0].payload)).toEqual({
    memberId: TO_A2.memberId,
    membershipKey: opened.id,
    closedMembershipKey: membershipKeys.zhang,
    fromOrganizationId: organizationId('branchA1'),
    toOrganizationId: organizationId('branchA2'),
    from: '2026-06-30',
  });
  const transactions = await rows(
    `SELECT DISTINCT xmin::text FROM (
       SELECT xmin FROM party.membership WHERE provenance_id = $1
       UNION ALL SELECT xmin FROM party.party_member WHERE provenance_id = $1
       UNION ALL SELECT xmin FROM party.provenance WHERE id = $1
       UNION ALL SELECT xmin FROM party.outbox UNION ALL SELECT xmin FROM party.idempotency) written`,
    [provenance[0].id],
  );
  expect(transactions).toHaveLength(1);
});

test('the same key and input give the same answer again without writing', async () => {
  const first = await transfer();
  const after = await state();
  subgraph.clock.set('2026-07-01T02:00:00Z');
  const second = await transfer();

  expect(second.data).toEqual(first.data);
  expect(await state()).toEqual(after);
  await expectRefusal({ from: '2026-06-29' }, 'IDEMPOTENCY_KEY_REUSED', 'input.idempotencyKey');
});

const fresh = { idempotencyKey: 'another-key-1' };
const to = 'input.toOrganizationId';
test.each([
  ['a member of another county', { memberId: memberId('wu') }, 'MEMBER_NOT_FOUND', 'input.memberId'],
  ['a person', { memberId: `Person:${memberPersonKeys.zhang}` }, 'MEMBER_NOT_FOUND', 'input.memberId'],
  [
    'an organization that is none',
    { toOrganizationId: memberId('zhang').replace('PartyMember', 'PartyOrganization') },
    'PARTY_ORGANIZATION_NOT_FOUND',
    to,
  ],
  ['a grid in its place', { toOrganizationId: `Grid:${GRID_A2}` }, 'PARTY_ORGANIZATION_NOT_FOUND', to],
  ['the present organization', { toOrganizationId: organizationId('branchA1') }, 'MEMBERSHIP_UNCHANGED', to],
  ['a committee', { toOrganizationId: organizationId('township') }, 'PARTY_ORGANIZATION_CANNOT_HOLD_MEMBERS', to],
  ['a group', { toOrganizationId: organizationId('groupA1') }, 'PARTY_ORGANIZATION_CANNOT_HOLD_MEMBERS', to],
  ['tomorrow', { from: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.from'],
  ['the first day of the present membership', { from: '2024-03-01' }, 'DATE_BEFORE_CURRENT', 'input.from'],
  ['a key with a space', { idempotencyKey: 'with a space' }, 'IDEMPOTENCY_KEY_INVALID', 'input.idempotencyKey'],
])('%s is refused and nothing is written', async (_what, input, code, culprit) => {
  await expectRefusal({ ...fresh, ...input }, code, culprit);
});

test('a member outside the caller’s area is refused as not found', async () => {
  const caller = testCaller([COUNTY_C], 'membership.write', 'party.membership');
  await expectRefusal(fresh, 'MEMBER_NOT_FOUND', 'input.memberId', caller);
});

test('without the right to write nothing is read or written', async () => {
  const before = await state();
  const { data, problems } = await transfer({}, testCaller([COUNTY_AB], 'party.membership'));

  expect(data).toEqual({ transferMembership: null });
  expect(problems).toEqual(['FIELD_RIGHT_MISSING transferMembership']);
  expect(await state()).toEqual(before);
});

test('the right to write does not show the membership', async () => {
  const { data, problems } = await transfer({}, testCaller([COUNTY_AB], 'membership.write'));

  expect(data.transferMembership).toEqual({
    __typename: 'TransferMembershipSuccess',
    member: null,
    membership: null,
    closedMembership: null,
  });
  expect(problems.toSorted()).toEqual([
    'FIELD_RIGHT_MISSING transferMembership.closedMembership',
    'FIELD_RIGHT_MISSING transferMembership.member',
    'FIELD_RIGHT_MISSING transferMembership.membership',
  ]);
});

test('ten transfers at once leave one live membership and a history without gap or overlap', async () => {
  const targets = ['branchA2', 'retiredA', 'jointA'] as const;
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      transfer({
        toOrganizationId: organizationId(targets[index % 3] ?? 'jointA'),
        from: `2026-05-${String(index + 10)}`,
        idempotencyKey: `parallel-${index}`,
      }),
    ),
  );

  expect(answers.flatMap(({ problems }) => problems)).toEqual([]);
  const history = await rows(
    'SELECT organization_id, valid_from, valid_to FROM party.membership WHERE member_id = $1 ORDER BY valid_from',
    [memberKeys.zhang],
  );
  const done = answers.filter(({ data }) => data.transferMembership.code === undefined).length;
  expect(history).toHaveLength(2 + done);
  expect(history.filter(({ valid_to }) => valid_to === null)).toHaveLength(1);
  history.slice(1).forEach(({ valid_from }, index) => {
    expect(history[index].valid_to).toEqual(valid_from);
  });
  const [member] = await rows('SELECT organization_id FROM party.party_member WHERE id = $1', [memberKeys.zhang]);
  expect(member.organization_id).toBe(history.at(-1)?.organization_id);
});

test('the database itself refuses a second live membership and a second branch of a grid', async () => {
  await expect(
    subgraph.pool.query(
      `INSERT INTO party.membership SELECT gen_random_uuid(), member_id, organization_id, '2026-01-01', NULL, provenance_id
         FROM party.membership WHERE id = $1`,
      [membershipKeys.zhang],
    ),
  ).rejects.toThrow('membership_live_key');
  await expect(
    subgraph.pool.query('UPDATE party.party_organization SET grid_code = $1 WHERE id = $2', [
      GRID_A1,
      organizationKeys.branchA2,
    ]),
  ).rejects.toThrow('party_organization_grid_branch_key');
});
