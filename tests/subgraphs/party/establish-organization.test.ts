import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { party } from '../../../subgraphs/party/index.ts';
import { insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertParty, memberKeys, organizationKeys } from '../../kit/party-rows.ts';
import { COMMUNITY_A, COUNTY_AB, COUNTY_C, GRID_A1, GRID_A2, GRID_C1 } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
/** Three more full members in A1. */
const more = [1, 2, 3].map((n) => testUuid(7_300 + n));
beforeAll(async () => {
  subgraph = await openTestSubgraph(party);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query(`TRUNCATE party.party_organization, party.party_member, party.membership, party.provenance,
    party.member_category, party.party_rule, party.outbox, party.idempotency, party.post_claim`);
  await insertParty(subgraph.pool);
  await insertRows(
    subgraph.pool,
    'party.party_member',
    more.map((id, index) => ({
      id,
      personId: testUuid(7_400 + index),
      category: 'FULL',
      joinedOn: '2010-07-01',
      organizationId: organizationKeys.branchA1,
      employedMember: false,
      mobileMember: false,
      ...placeOf(GRID_A1),
      gridCode: GRID_A1,
      provenanceId: TEST_PROVENANCE_ID,
    })),
  );
  await subgraph.pool.query(
    `INSERT INTO party.party_rule (code, effective_from, value, unit, title_zh, title_en, legal_basis, confirmed, provenance_id)
     VALUES ('BRANCH_MEMBERS_MIN', '2018-10-28', 3, 'x', 'x', 'x', '支部工作条例', true, $1),
            ('TERM_YEARS_GRASSROOTS', '2018-10-28', 5, 'x', 'x', 'x', '支部工作条例', true, $1),
            ('TERM_YEARS_OTHER', '2018-10-28', 3, 'x', 'x', 'x', '支部工作条例', true, $1)`,
    [TEST_PROVENANCE_ID],
  );
});

const WRITER = testCaller([COUNTY_AB], 'party.write', 'party.membership');
const RESULT = `__typename
  ... on PartyOrganizationSuccess { organization { id kind name establishedOn termEndsOn secretaryName hostName
    parent { id } grid { id } coveredUnits ruleBreaches { rule { code legalBasis } actual } memberCount provenance { kind } } }
  ... on Refusal { code culprit messageZh }`;
const ESTABLISH = `mutation ($input: EstablishPartyOrganizationInput!) { establishPartyOrganization(input: $input) { ${RESULT} } }`;
const RENEW = `mutation ($input: RenewPartyTermInput!) { renewPartyTerm(input: $input) { ${RESULT} } }`;
const organizationId = (name: keyof typeof organizationKeys) => `PartyOrganization:${organizationKeys[name]}`;
const BRANCH = {
  kind: 'BRANCH',
  name: '甲社区小区党支部',
  parentOrganizationId: organizationId('communityA'),
  memberIds: more.map((id) => `PartyMember:${id}`),
  establishedOn: '2026-06-01',
};
let key = 0;
const run = async (field: string, document: string, input: object, caller = WRITER) =>
  (await subgraph.run(caller, document, { input: { idempotencyKey: `organization-${++key}`, ...input } })).data[field];
const establish = (input: object = {}, caller = WRITER) =>
  run('establishPartyOrganization', ESTABLISH, { ...BRANCH, ...input }, caller);
const renew = (input: object, caller = WRITER) =>
  run('renewPartyTerm', RENEW, { secretaryName: '李四', electedOn: '2026-06-10', ...input }, caller);
const rows = async (text: string) => (await subgraph.pool.query(text)).rows;
const refused = async (work: () => Promise<unknown>) => {
  const before = [await subgraph.rowCounts(), await rows('SELECT * FROM party.party_organization ORDER BY id')];
  const answer = await work();
  expect([await subgraph.rowCounts(), await rows('SELECT * FROM party.party_organization ORDER BY id')]).toEqual(
    before,
  );
  return answer;
};

test('a branch is set up with its founding members, and its term runs by the rule', async () => {
  const { organization } = await establish();
  expect(organization).toMatchObject({
    kind: 'BRANCH',
    name: '甲社区小区党支部',
    termEndsOn: '2031-06-01',
    parent: { id: organizationId('communityA') },
    memberCount: 3,
    provenance: { kind: 'MUTATION' },
  });
  expect(await rows("SELECT count(*)::int AS n FROM party.membership WHERE valid_from = '2026-06-01'")).toEqual([
    { n: 3 },
  ]);
  expect((await rows('SELECT event_type FROM party.outbox ORDER BY ordinal')).map((row) => row.event_type)).toEqual([
    'party_organization.established',
    ...Array.from({ length: 3 }, () => 'membership.transferred'),
  ]);
});

test('a branch of a unit has the shorter term, a group has none, a joint branch needs no three', async () => {
  const unit = await establish({ hostKind: 'UNIT', hostName: '某企业' });
  expect(unit.organization).toMatchObject({ termEndsOn: '2029-06-01', hostName: '某企业' });
  const group = await establish({
    kind: 'GROUP',
    name: '一幢楼道党小组',
    hostKind: 'STAIRWELL',
    hostName: '一幢',
    memberIds: [],
  });
  expect(group.organization).toMatchObject({ kind: 'GROUP', termEndsOn: null });
  const coveredUnits = ['示例企业一', '示例企业二'];
  const joint = await establish({ kind: 'JOINT_BRANCH', name: '甲社区楼宇联合党支部', memberIds: [], coveredUnits });
  expect(joint.organization).toMatchObject({ kind: 'JOINT_BRANCH', coveredUnits });
  // It is set up without members, and the rule says what it lacks.
  expect(joint.organization.ruleBreaches).toMatchObject([{ rule: { code: 'BRANCH_MEMBERS_MIN' }, actual: 0 }]);
});

test('a joint branch generally covers five units: with a sixth it is set up, and the rule says so', async () => {
  const units = (count: number) => Array.from({ length: count }, (_, index) => `示例企业${index + 1}`);
  await subgraph.pool.query(
    `INSERT INTO party.party_rule (code, effective_from, value, unit, title_zh, title_en, legal_basis, confirmed, provenance_id)
     VALUES ('JOINT_BRANCH_UNITS_MAX', '2018-10-28', 5, 'x', 'x', 'x', '支部工作条例第二章', true, $1)`,
    [TEST_PROVENANCE_ID],
  );
  const breaches = async (count: number) => {
    const name = `甲社区${count}单位联合党支部`;
    const joint = await establish({ kind: 'JOINT_BRANCH', name, memberIds: [], coveredUnits: units(count) });
    return joint.organization.ruleBreaches.filter(({ rule }: { rule: { code: string } }) =>
      rule.code.startsWith('JOINT'),
    );
  };
  expect(await breaches(5)).toEqual([]);
  expect(await breaches(6)).toEqual([
    { rule: { code: 'JOINT_BRANCH_UNITS_MAX', legalBasis: '支部工作条例第二章' }, actual: 6 },
  ]);
});

test('a micro-grid has one group, below its grid’s branch, whoever sets it up at once', async () => {
  const group = {
    kind: 'MICRO_GRID_GROUP',
    parentOrganizationId: organizationId('branchA2'),
    microGridId: `MicroGrid:${GRID_A2}007`,
    memberIds: [],
  };
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => establish({ ...group, name: `甲社区第七微网格党小组${n}` })),
  );
  expect(answers.filter(({ __typename }) => __typename === 'PartyOrganizationSuccess')).toHaveLength(1);
  expect(new Set(answers.flatMap(({ code }) => code ?? []))).toEqual(new Set(['MICRO_GRID_HAS_GROUP']));
  expect(
    await rows(`SELECT kind, term_ends_on FROM party.party_organization WHERE micro_grid_code = '${GRID_A2}007'`),
  ).toEqual([{ kind: 'MICRO_GRID_GROUP', term_ends_on: null }]);
  expect(
    await refused(() => establish({ ...group, name: '另一网格的党小组', microGridId: `MicroGrid:${GRID_A1}007` })),
  ).toMatchObject({
    code: 'MICRO_GRID_NOT_FOUND',
    culprit: 'input.microGridId',
  });
});

test.each([
  [{ memberIds: BRANCH.memberIds.slice(0, 2) }, 'BRANCH_TOO_SMALL', 'input.memberIds'],
  // A probationary member does not count.
  [
    { memberIds: [...BRANCH.memberIds.slice(0, 2), `PartyMember:${memberKeys.wang}`] },
    'BRANCH_TOO_SMALL',
    'input.memberIds',
  ],
  [{ memberIds: [...BRANCH.memberIds, `PartyMember:${memberKeys.wu}`] }, 'MEMBER_NOT_FOUND', 'input.memberIds.3'],
  [{ establishedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.establishedOn'],
  [{ name: '短' }, 'TEXT_INVALID', 'input.name'],
  [{ name: '甲社区第一网格党支部' }, 'PARTY_NAME_TAKEN', 'input.name'],
  [
    { parentOrganizationId: organizationId('communityC') },
    'PARTY_ORGANIZATION_NOT_FOUND',
    'input.parentOrganizationId',
  ],
  [{ parentOrganizationId: organizationId('branchA1') }, 'PARTY_PARENT_UNFIT', 'input.parentOrganizationId'],
  [{ kind: 'GRID_BRANCH', gridId: `Grid:${GRID_A2}` }, 'GRID_HAS_BRANCH', 'input.gridId'],
  [{ kind: 'GRID_BRANCH', gridId: `Grid:${GRID_C1}` }, 'PARTY_PARENT_UNFIT', 'input.parentOrganizationId'],
  [{ kind: 'GRID_BRANCH' }, 'GRID_NOT_FOUND', 'input.gridId'],
  [{ kind: 'GROUP', name: '无依托党小组', memberIds: [] }, 'PARTY_HOST_REQUIRED', 'input.hostName'],
  [{ kind: 'JOINT_BRANCH' }, 'PARTY_UNITS_UNFIT', 'input.coveredUnits'],
  [{ kind: 'JOINT_BRANCH', coveredUnits: ['示例企业'] }, 'PARTY_UNITS_UNFIT', 'input.coveredUnits'],
  [{ kind: 'JOINT_BRANCH', coveredUnits: ['示例企业', ' 示例企业'] }, 'PARTY_UNITS_UNFIT', 'input.coveredUnits'],
  [{ kind: 'JOINT_BRANCH', coveredUnits: ['示例企业', '短'] }, 'TEXT_INVALID', 'input.coveredUnits.1'],
  [{ coveredUnits: ['示例企业一', '示例企业二'] }, 'PARTY_UNITS_UNFIT', 'input.coveredUnits'],
  [{ kind: 'MICRO_GRID_GROUP', memberIds: [] }, 'PARTY_PARENT_UNFIT', 'input.parentOrganizationId'],
] as const)('%j is refused as %s, and nothing is written', async (input, code, culprit) => {
  expect(await refused(() => establish(input))).toMatchObject({ code, culprit });
});

test('of fifty who set up the same branch of a grid at once one succeeds', async () => {
  const gridId = `Grid:${COMMUNITY_A}009`;
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => establish({ kind: 'GRID_BRANCH', gridId, name: `甲社区第九网格党支部${n}` })),
  );
  expect(answers.filter(({ __typename }) => __typename === 'PartyOrganizationSuccess')).toHaveLength(1);
  expect(
    await rows(`SELECT count(*)::int AS n FROM party.party_organization WHERE grid_code = '${COMMUNITY_A}009'`),
  ).toEqual([{ n: 1 }]);
});

test('an election begins a new term by the rule in force, with its secretary', async () => {
  const { organization } = await renew({ organizationId: organizationId('branchA1') });
  expect(organization).toMatchObject({ termEndsOn: '2031-06-10', secretaryName: '李四' });
});

test.each([
  [{ organizationId: organizationId('groupA1') }, 'ORGANIZATION_WITHOUT_TERM', 'input.organizationId'],
  [{ organizationId: organizationId('branchC1') }, 'PARTY_ORGANIZATION_NOT_FOUND', 'input.organizationId'],
  [{ organizationId: organizationId('branchA1'), electedOn: '2024-06-01' }, 'TERM_NOT_LONGER', 'input.electedOn'],
  [{ organizationId: organizationId('branchA1'), electedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.electedOn'],
] as const)('an election with %j is refused as %s', async (input, code, culprit) => {
  expect(await refused(() => renew(input))).toMatchObject({ code, culprit });
});

test('without the right, or outside of the area, nothing is set up', async () => {
  expect(await refused(() => establish({}, testCaller([COUNTY_AB])))).toBeNull();
  expect(await refused(() => establish({}, testCaller([COUNTY_C], 'party.write')))).toMatchObject({
    code: 'PARTY_ORGANIZATION_NOT_FOUND',
  });
});

test('a post is given up on a day, stays on record, and can be claimed anew', async () => {
  const POST = { memberId: `PartyMember:${memberKeys.zhang}`, post: '楼道长' };
  const CLAIM = `mutation ($input: ClaimPostInput!) { claimPost(input: $input) { __typename ... on Refusal { code } } }`;
  const END = `mutation ($input: EndPostClaimInput!) { endPostClaim(input: $input) { __typename
    ... on ClaimPostSuccess { claim { post validFrom validTo } } ... on Refusal { code culprit } } }`;
  const claim = (from: string) =>
    run('claimPost', CLAIM, { ...POST, gridId: `Grid:${GRID_A1}`, duty: '巡楼', reward: '评先', from });
  const end = (input: object) => run('endPostClaim', END, { ...POST, ...input });
  await claim('2026-06-01');
  expect(await refused(() => end({ on: '2026-06-01' }))).toMatchObject({ code: 'DATE_BEFORE_CURRENT' });
  expect(await refused(() => end({ on: '2026-07-01' }))).toMatchObject({ code: 'DATE_IN_FUTURE' });
  expect(await refused(() => end({ on: '2026-06-20', post: '门卫' }))).toMatchObject({ code: 'POST_CLAIM_NOT_FOUND' });
  expect((await end({ on: '2026-06-20' })).claim).toEqual({
    post: '楼道长',
    validFrom: '2026-06-01',
    validTo: '2026-06-20',
  });
  expect(await refused(() => end({ on: '2026-06-21' }))).toMatchObject({ code: 'POST_CLAIM_NOT_FOUND' });
  expect(await claim('2026-06-25')).toEqual({ __typename: 'ClaimPostSuccess' });
});
