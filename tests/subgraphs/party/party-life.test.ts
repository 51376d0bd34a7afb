import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBreaches, meetingRhythm } from '../../../subgraphs/party/rules/life/size-and-term.ts';
import { type CityHub, type HubRole, openCityHub } from '../../kit/city-hub.ts';
import { operationDocument, operationVariables } from '../../kit/operation-document.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Data = any;

async function ask(name: string, variables = operationVariables(name), role: HubRole = 'system'): Promise<Data> {
  const { data, errors } = await hub.ask(role, operationDocument(name), variables);
  expect(errors).toEqual([]);
  return data;
}
const rows = async (text: string, values: unknown[] = []) => (await hub.pool.query(text, values)).rows;
const state = () =>
  rows(`SELECT (SELECT count(*)::int FROM party.party_meeting) AS meetings,
               (SELECT count(*)::int FROM party.post_claim) AS claims,
               (SELECT json_agg(f ORDER BY id) FROM party.supervision_finding f) AS findings,
               (SELECT count(*)::int FROM party.outbox) AS events,
               (SELECT count(*)::int FROM party.idempotency) AS keys,
               (SELECT count(*)::int FROM party.provenance) AS batches`);

test('J01, J03, J04: the tree goes from the community over its branches to micro-grids and civic teams', async () => {
  const { community } = await ask('party-tree', undefined, 'frontend');
  const kinds = community.partyOrganization.children.nodes.map(({ kind }: Data) => kind);
  expect(kinds).toContain('GRID_BRANCH');
  const civic = community.partyOrganization.children.nodes.find(({ hostKind }: Data) => hostKind === 'CIVIC_TEAM');
  expect(civic).toMatchObject({ kind: 'GROUP', hostName: '社区排舞队' });
  const branch = community.partyOrganization.children.nodes.find(({ kind }: Data) => kind === 'GRID_BRANCH');
  expect(branch.children.nodes.every(({ kind }: Data) => kind === 'MICRO_GRID_GROUP')).toBe(true);
});

test('S27: a group shows its contact only where it was posted', async () => {
  const { partyOrganizations } = await ask('stairwell-groups', undefined, 'frontend');
  const contacts = Object.fromEntries(
    partyOrganizations.nodes.map((group: Data) => [group.hostKind, group.publicContact]),
  );
  expect(contacts.STAIRWELL).toBe('社区党群服务中心公告栏');
  expect(contacts.CIVIC_TEAM).toBeNull();
});

test('Y27a: rules name their ground, and figures that were not checked say so', async () => {
  const { partyRules, grid } = await ask('party-life');
  const byCode = new Map<string, Data>(partyRules.map((rule: Data) => [rule.code, rule]));
  expect(byCode.get('BRANCH_MEMBERS_MAX')).toMatchObject({ value: 50, confirmed: true, effectiveFrom: '2018-10-28' });
  expect(byCode.get('ASSEMBLY_EVERY_MONTHS')).toMatchObject({ value: 3, confirmed: true });
  expect(byCode.get('ASSEMBLY_EVERY_MONTHS').legalBasis).toContain('第十一条');
  expect(byCode.get('ACTIVIST_MONTHS')).toMatchObject({ value: 12, confirmed: true });
  expect(byCode.get('ACTIVIST_MONTHS').legalBasis).toContain('发展党员工作细则》第十三条');
  expect(byCode.get('PROBATION_MONTHS').legalBasis).toContain('章程》第七条');
  // What no article says is said in the rule itself.
  expect(byCode.get('LESSON_EVERY_MONTHS')).toMatchObject({ confirmed: false });
  for (const { confirmed, legalBasis } of partyRules) expect(legalBasis.includes('待核')).toBe(!confirmed);
  expect(grid.partyBranch.meetingRhythm.map(({ kind }: Data) => kind)).toEqual([
    'MEMBERS_ASSEMBLY',
    'COMMITTEE_MEETING',
    'PARTY_LESSON',
  ]);
  expect(grid.partyBranch.ruleBreaches).toEqual([]);
});

const rule = (code: string, value: number) => ({
  code,
  value,
  effectiveFrom: '2018-10-28',
  unit: '',
  titleZh: '',
  titleEn: '',
  legalBasis: null,
  confirmed: true,
});
const SIZES = [rule('BRANCH_MEMBERS_MIN', 3), rule('BRANCH_MEMBERS_MAX', 50), rule('TERM_YEARS_GRASSROOTS', 5)];

test.each([
  ['BRANCH', 2, 2, '2027-01-01', ['BRANCH_MEMBERS_MIN']],
  ['BRANCH', 3, 3, '2027-01-01', []],
  ['GRID_BRANCH', 50, 50, '2027-01-01', []],
  ['GRID_BRANCH', 50, 51, '2027-01-01', ['BRANCH_MEMBERS_MAX']],
  ['COMMITTEE', 1, 200, '2027-01-01', []],
  ['JOINT_BRANCH', 3, 3, '2027-01-01', []],
  ['JOINT_BRANCH', 2, 51, '2026-06-29', ['BRANCH_MEMBERS_MIN', 'BRANCH_MEMBERS_MAX', 'TERM_YEARS_GRASSROOTS']],
  ['BRANCH', 10, 10, '2026-06-29', ['TERM_YEARS_GRASSROOTS']],
  ['BRANCH', 10, 10, '2026-06-30', []],
] as const)('a %s with %i full members of %i and a term until %s breaks %j', (kind, full, all, termEndsOn, broken) => {
  const breaches = findBreaches({ kind, termEndsOn }, full, all, SIZES, '2026-06-30');
  expect(breaches.map(({ rule: { code } }) => code)).toEqual(broken);
});

test('only a joint branch is held against the number of units', () => {
  const rules = [rule('JOINT_BRANCH_UNITS_MAX', 5)];
  const coveredUnits = ['一', '二', '三', '四', '五', '六'];
  const breaches = (kind: 'JOINT_BRANCH' | 'BRANCH', units: readonly string[]) =>
    findBreaches({ kind, termEndsOn: null, coveredUnits: units }, 3, 3, rules, '2026-06-30').map(
      ({ actual }) => actual,
    );
  expect([breaches('JOINT_BRANCH', coveredUnits), breaches('JOINT_BRANCH', coveredUnits.slice(1))]).toEqual([[6], []]);
  expect(breaches('BRANCH', coveredUnits)).toEqual([]);
});

test('a meeting is overdue the day after its months have passed, and when it was never held', () => {
  const rules = [rule('ASSEMBLY_EVERY_MONTHS', 3), rule('COMMITTEE_EVERY_MONTHS', 1)];
  const on = (today: string) =>
    meetingRhythm('BRANCH', [{ kind: 'MEMBERS_ASSEMBLY', lastHeldOn: '2026-03-31' }], rules, today);
  expect(on('2026-06-30').map(({ kind, overdue }) => [kind, overdue])).toEqual([
    ['MEMBERS_ASSEMBLY', false],
    ['COMMITTEE_MEETING', true],
  ]);
  expect(on('2026-07-01')[0]?.overdue).toBe(true);
});

const MEETING = (operationVariables('record-party-meeting') as Data).input;

test('a recorded meeting ends the overdue of its kind', async () => {
  const { recordPartyMeeting } = await ask('record-party-meeting');
  expect(recordPartyMeeting.meeting).toMatchObject({ kind: 'MEMBERS_ASSEMBLY', attendedCount: 28 });
  const { grid } = await ask('party-life');
  expect(grid.partyBranch.meetingRhythm[0]).toEqual({
    kind: 'MEMBERS_ASSEMBLY',
    lastHeldOn: '2026-06-30',
    overdue: false,
  });
});

test.each([
  ['a second time on its day', {}, 'MEETING_IS_RECORDED', 'input.heldOn'],
  ['in the future', { heldOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.heldOn'],
  [
    'with more present than expected',
    { heldOn: '2026-06-29', attendedCount: 31 },
    'ATTENDANCE_INVALID',
    'input.attendedCount',
  ],
  [
    'by an organization that is not there',
    { organizationId: 'PartyOrganization:x' },
    'PARTY_ORGANIZATION_NOT_FOUND',
    'input.organizationId',
  ],
])('Y27a: a meeting %s is refused and nothing is written', async (_case, change, code, culprit) => {
  const before = await state();
  const { recordPartyMeeting } = await ask('record-party-meeting', {
    input: { ...MEETING, ...change, idempotencyKey: `meeting-${code}` },
  });
  expect(recordPartyMeeting).toMatchObject({ code, culprit });
  expect(await state()).toEqual(before);
});

const CLAIM = (operationVariables('claim-post') as Data).input;

test('J48: a member claims a post with all three 定, once', async () => {
  const { claimPost } = await ask('claim-post');
  expect(claimPost.claim).toMatchObject({ post: '防汛应急岗', duty: '汛期值守与转移', reward: '纳入年度评议' });
  const { grid } = await ask('post-claims');
  expect(grid.postClaims.totalCount).toBeGreaterThan(1);
});

test.each([
  ['without a post', { post: ' ' }, 'POST_NEEDS_ALL_THREE', 'input.post'],
  ['without a duty', { duty: '' }, 'POST_NEEDS_ALL_THREE', 'input.duty'],
  ['without rewards', { reward: '' }, 'POST_NEEDS_ALL_THREE', 'input.reward'],
  ['twice', {}, 'POST_IS_CLAIMED', 'input.post'],
  ['in a grid that is not there', { gridId: 'Grid:330402007024999' }, 'GRID_NOT_FOUND', 'input.gridId'],
  ['for nobody', { memberId: 'PartyMember:x' }, 'MEMBER_NOT_FOUND', 'input.memberId'],
])('J48: a claim %s is refused and nothing is written', async (_case, change, code, culprit) => {
  const before = await state();
  const { claimPost } = await ask('claim-post', {
    input: { ...CLAIM, ...change, idempotencyKey: `claim-${culprit}-${code}` },
  });
  expect(claimPost).toMatchObject({ code, culprit });
  expect(await state()).toEqual(before);
});

test('J48: posts are hidden without the right to memberships', async () => {
  const { data, errors } = await hub.ask(
    'frontend',
    operationDocument('post-claims'),
    operationVariables('post-claims'),
  );
  expect((data as Data).grid.postClaims).toBeNull();
  expect(errors[0]?.extensions?.code).toBe('FIELD_RIGHT_MISSING');
});

test('J09: a finding is put right and then verified; a step out of turn names what is allowed', async () => {
  const { supervisionFindings } = await ask('supervision-findings');
  expect(supervisionFindings.nodes[0]).toMatchObject({ state: 'OPEN', rectification: null });
  const advance = (change: object) =>
    ask('rectify-finding', { input: { ...(operationVariables('rectify-finding') as Data).input, ...change } });
  const before = await state();
  const early = await advance({ event: 'VERIFY', idempotencyKey: 'verify-early' });
  expect(early.advanceSupervisionFinding.code).toBe('TRANSITION_NOT_ALLOWED');
  const empty = await advance({ rectification: null, idempotencyKey: 'rectify-empty' });
  expect(empty.advanceSupervisionFinding.code).toBe('TRANSITION_INCOMPLETE');
  expect(await state()).toEqual(before);
  const done = await advance({});
  expect(done.advanceSupervisionFinding.finding).toMatchObject({ state: 'RECTIFIED', rectifiedOn: '2026-06-30' });
  const verified = await advance({ event: 'VERIFY', rectification: null, idempotencyKey: 'verify-now' });
  expect(verified.advanceSupervisionFinding.finding.state).toBe('VERIFIED');
});

test('J09: findings of supervision are refused without their right, read or written', async () => {
  const before = await state();
  const { data, errors } = await hub.ask(
    'frontend',
    operationDocument('supervision-findings'),
    operationVariables('supervision-findings'),
  );
  expect(data).toEqual({ supervisionFindings: null });
  expect(errors[0]?.extensions?.code).toBe('FIELD_RIGHT_MISSING');
  const refused = await hub.ask(
    'frontend',
    operationDocument('rectify-finding'),
    operationVariables('rectify-finding'),
  );
  expect(refused.data).toBeNull();
  expect(await state()).toEqual(before);
});
