import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import { insertProvenance, insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../kit/refusals.ts';
import { COMMUNITY_A, COMMUNITY_C, COUNTY_AB } from '../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let key = 0;
const caller = testCaller([COUNTY_AB], 'deliberation.write', 'ballot.cast');
const ITEM = `DeliberationCatalogItem:${testUuid(700)}`;
const VOTE_ENDS = '2026-07-07T02:00:00.000Z';

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertProvenance(subgraph.pool, 'services');
  await insertRows(subgraph.pool, 'services.deliberation_catalog_item', [
    {
      ...{ id: testUuid(700), countyCode: COUNTY_AB, content: '公共设施', sides: ['RESIDENT', 'COMMITTEE'] },
      ...{ levels: ['BUILDING'], procedure: '协商', agenda: '议程', useOfResult: '公开' },
      provenanceId: TEST_PROVENANCE_ID,
    },
  ]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const nextKey = () => `deliberate-${++key}`;
const opening = (more: object = {}) => ({
  ...{ catalogItemId: ITEM, communityId: `Community:${COMMUNITY_A}`, title: '加装电梯', form: 'RESIDENTS_ASSEMBLY' },
  ...{ level: 'BUILDING', venue: 'ONLINE', side: 'RESIDENT', eligibleVoters: 10, idempotencyKey: nextKey(), ...more },
});
const SHOWN = 'deliberation { id step tally { ballotsCast ballotsNeeded quorumMet yes no abstain passed final } }';
const done = (name: string, input: object, shown = SHOWN) =>
  expectDone(subgraph, caller, name, { idempotencyKey: nextKey(), ...input }, shown);
const refused = (name: string, input: object, code: string, culprit: string) =>
  expectRefused(subgraph, caller, name, { idempotencyKey: nextKey(), ...input }, code, culprit);

async function open(more: object = {}): Promise<string> {
  subgraph.clock.set(TEST_INSTANT);
  return (await done('openDeliberation', opening(more))).deliberation.id;
}
async function deciding(more: object = {}): Promise<string> {
  const deliberationId = await open(more);
  await done('advanceDeliberation', { deliberationId, event: 'DISCUSS' });
  await done('addDeliberationPost', { deliberationId, side: 'RESIDENT', text: '同意' });
  await done('advanceDeliberation', { deliberationId, event: 'DECIDE', votingEndsAt: VOTE_ENDS });
  return deliberationId;
}
const vote = (deliberationId: string, voter: number, choice: string) =>
  subgraph.run(
    caller,
    'mutation ($input: CastVoteInput!) { castVote(input: $input) { __typename ... on Refusal { code } } }',
    { input: { deliberationId, voterId: `Person:${testUuid(voter)}`, choice, idempotencyKey: nextKey() } },
  );

test.each([
  ['somebody who may not propose it', { side: 'STATIONED_UNIT' }, 'PROPOSER_NOT_ELIGIBLE', 'input.side'],
  ['a level that the catalogue does not name', { level: 'TOWNSHIP' }, 'LEVEL_NOT_IN_CATALOG', 'input.level'],
  [
    'no item of the catalogue',
    { catalogItemId: `DeliberationCatalogItem:${testUuid(1)}` },
    'CATALOG_ITEM_NOT_FOUND',
    'input.catalogItemId',
  ],
  ['a community elsewhere', { communityId: `Community:${COMMUNITY_C}` }, 'COMMUNITY_NOT_FOUND', 'input.communityId'],
  ['nobody entitled to vote', { eligibleVoters: 0 }, 'NUMBER_OUT_OF_RANGE', 'input.eligibleVoters'],
  ['a telephone number in its title', { title: '请打13800138000' }, 'PERSONAL_NUMBER_IN_TEXT', 'input.title'],
])('a deliberation with %s is refused', async (_name, more, code, culprit) => {
  const refusal = await refused('openDeliberation', opening(more), code, culprit);
  if (code === 'PROPOSER_NOT_ELIGIBLE') expect(refusal.messageZh).toContain('居(村)民、居(村)委会');
});

test('the six steps are taken in their order; a skipped or repeated one is refused', async () => {
  const deliberationId = await open();
  await refused(
    'advanceDeliberation',
    { deliberationId, event: 'DECIDE', votingEndsAt: VOTE_ENDS },
    'TRANSITION_NOT_ALLOWED',
    'input.event',
  );
  await done('advanceDeliberation', { deliberationId, event: 'DISCUSS' });
  await refused('advanceDeliberation', { deliberationId, event: 'DISCUSS' }, 'TRANSITION_NOT_ALLOWED', 'input.event');
  await refused(
    'advanceDeliberation',
    { deliberationId, event: 'DECIDE', votingEndsAt: VOTE_ENDS },
    'TRANSITION_INCOMPLETE',
    'input.event',
  );
  await done('addDeliberationPost', { deliberationId, side: 'RESIDENT', text: '同意加装' });
  await refused('advanceDeliberation', { deliberationId, event: 'DECIDE' }, 'TRANSITION_INCOMPLETE', 'input.event');
  await refused(
    'advanceDeliberation',
    { deliberationId, event: 'DECIDE', votingEndsAt: TEST_INSTANT },
    'DATE_IN_PAST',
    'input.votingEndsAt',
  );
  await done('advanceDeliberation', { deliberationId, event: 'DECIDE', votingEndsAt: VOTE_ENDS });
  for (let voter = 1; voter <= 6; voter++) await vote(deliberationId, voter, 'YES');
  const disclosure = {
    communityId: `Community:${COMMUNITY_A}`,
    kind: 'DECISION',
    title: '结果',
    text: '表决通过',
    deliberationId,
  };
  await refused('publishDisclosure', disclosure, 'VOTE_NOT_OVER', 'input.deliberationId');
  await refused('advanceDeliberation', { deliberationId, event: 'PROVIDE' }, 'TRANSITION_INCOMPLETE', 'input.event');
  subgraph.clock.set(VOTE_ENDS);
  await done('publishDisclosure', disclosure, 'disclosure { kind deliberation { id } }');
  await done('advanceDeliberation', { deliberationId, event: 'PROVIDE' });
  await done('advanceDeliberation', { deliberationId, event: 'CARRY_OUT', note: '资金已筹' });
  await done('advanceDeliberation', { deliberationId, event: 'REVIEW', note: '已完工' });
  await done('advanceDeliberation', { deliberationId, event: 'CONCLUDE', note: '居民满意' });
  const { data } = await subgraph.run(caller, '{ deliberations(first: 1) { nodes { step history { toStateZh } } } }');
  expect(data.deliberations.nodes[0]).toEqual({
    step: 'CONCLUDED',
    history: ['民提', '民议', '民决', '民筹', '民办', '民评', '已评议'].map((toStateZh) => ({ toStateZh })),
  });
});

test.each([
  ['five of ten are no majority: no quorum', 5, 5, false, null],
  ['six of ten are a quorum, and four for is a majority of them', 6, 4, true, true],
  ['three for of six is no majority', 6, 3, true, false],
])('%s', async (_name, ballots, yes, quorumMet, passed) => {
  const deliberationId = await deciding();
  for (let voter = 1; voter <= ballots; voter++) await vote(deliberationId, voter, voter <= yes ? 'YES' : 'NO');
  const tally = async () => {
    const { data } = await subgraph.run(
      caller,
      '{ deliberations(first: 1) { nodes { tally { ballotsCast ballotsNeeded quorumMet yes passed final } } } }',
    );
    return data.deliberations.nodes[0].tally;
  };
  expect(await tally()).toEqual({
    ballotsCast: ballots,
    ballotsNeeded: 6,
    quorumMet,
    yes: null,
    passed: null,
    final: false,
  });
  subgraph.clock.set(VOTE_ENDS);
  expect(await tally()).toEqual({ ballotsCast: ballots, ballotsNeeded: 6, quorumMet, yes, passed, final: quorumMet });
  if (!quorumMet || passed === false) {
    await refused('advanceDeliberation', { deliberationId, event: 'PROVIDE' }, 'TRANSITION_INCOMPLETE', 'input.event');
    await refused(
      'fileCovenant',
      { deliberationId, kind: 'RESIDENTS_COVENANT', text: '楼道不堆物，相互礼让停车。' },
      'DECISION_NOT_PASSED',
      'input.deliberationId',
    );
    await done('advanceDeliberation', { deliberationId, event: 'DROP' });
  }
});

test('of thirty parallel ballots of one voter one counts, and no row says what it was', async () => {
  const deliberationId = await deciding();
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) => vote(deliberationId, 7, index % 2 === 0 ? 'YES' : 'NO')),
  );
  const codes = answers.map(({ data }) => data.castVote.code ?? data.castVote.__typename);
  expect(codes.filter((code) => code === 'CastVoteSuccess')).toHaveLength(1);
  expect(new Set(codes.filter((code) => code !== 'CastVoteSuccess'))).toEqual(new Set(['ALREADY_VOTED']));
  const id = deliberationId.slice('Deliberation:'.length);
  const { rows } = await subgraph.pool.query('SELECT voter_hash FROM services.ballot_roll WHERE deliberation_id = $1', [
    id,
  ]);
  expect(rows).toHaveLength(1);
  const traces = await subgraph.pool.query(`SELECT (SELECT string_agg(payload, '') FROM services.outbox) ||
    (SELECT string_agg(coalesce(response, ''), '') FROM services.idempotency WHERE mutation = 'castVote') AS text`);
  expect(traces.rows[0].text).not.toMatch(/YES|NO"|ABSTAIN/);
  expect(traces.rows[0].text).not.toContain(testUuid(7));
});

test('nobody votes before or after the vote, nor in somebody else’s area', async () => {
  const deliberationId = await open();
  const ballot = { deliberationId, voterId: `Person:${testUuid(1)}`, choice: 'YES' };
  await refused('castVote', ballot, 'VOTE_NOT_OPEN', 'input.deliberationId');
  const late = { ...ballot, deliberationId: await deciding() };
  subgraph.clock.set(VOTE_ENDS);
  await refused('castVote', late, 'VOTE_NOT_OPEN', 'input.deliberationId');
  await refused('castVote', { ...late, voterId: 'Person:1' }, 'PERSON_NOT_FOUND', 'input.voterId');
  await expectRefused(
    subgraph,
    testCaller(['330411'], 'ballot.cast'),
    'castVote',
    { ...late, idempotencyKey: nextKey() },
    'DELIBERATION_NOT_FOUND',
    'input.deliberationId',
  );
});

test('an assembly on site decides nothing below its quorum and says how many it needs', async () => {
  const deliberationId = await deciding({ venue: 'ON_SITE', form: 'VILLAGE_AFFAIRS', eligibleVoters: 30 });
  const refusal = await refused(
    'recordDecision',
    { deliberationId, yes: 19, no: 0, abstain: 0 },
    'QUORUM_NOT_MET',
    'input.yes',
  );
  expect(refusal.messageZh).toContain('20');
  const decided = await done('recordDecision', { deliberationId, yes: 12, no: 5, abstain: 3 });
  expect(decided.deliberation.tally).toMatchObject({ ballotsCast: 20, quorumMet: true, passed: true, final: true });
});

test('a covenant is filed only on a passed decision and takes the place of the one in force', async () => {
  const file = async () => {
    const deliberationId = await deciding();
    for (let voter = 1; voter <= 8; voter++) await vote(deliberationId, voter, 'YES');
    const text = '楼道不堆物，相互礼让停车。';
    await refused(
      'fileCovenant',
      { deliberationId, kind: 'RESIDENTS_COVENANT', text },
      'DECISION_NOT_PASSED',
      'input.deliberationId',
    );
    subgraph.clock.set(VOTE_ENDS);
    await done(
      'publishDisclosure',
      { communityId: `Community:${COMMUNITY_A}`, kind: 'DECISION', title: '结果', text: '通过', deliberationId },
      'disclosure { id }',
    );
    await done('advanceDeliberation', { deliberationId, event: 'PROVIDE' });
    return done(
      'fileCovenant',
      { deliberationId, kind: 'RESIDENTS_COVENANT', text },
      'covenant { version filedOn supersededOn }',
    );
  };
  expect((await file()).covenant).toEqual({ version: 1, filedOn: '2026-07-07', supersededOn: null });
  expect((await file()).covenant).toEqual({ version: 2, filedOn: '2026-07-07', supersededOn: null });
  const { data } = await subgraph.run(caller, '{ covenants { nodes { version supersededOn } } }');
  expect(data.covenants.nodes).toHaveLength(2);
  expect(data.covenants.nodes).toContainEqual({ version: 1, supersededOn: '2026-07-07' });
  const disclosures = await subgraph.run(
    testCaller([]),
    `{ disclosures(communityId: "Community:${COMMUNITY_A}", kind: DECISION) { totalCount } }`,
  );
  expect(disclosures.data.disclosures.totalCount).toBeGreaterThanOrEqual(2);
});

test.each([
  ['REPRESENTATIVES_ASSEMBLY', 39, 40],
  ['RESIDENTS_ASSEMBLY', 30, 31],
  ['VILLAGE_AFFAIRS', 39, 40],
  ['CONSULTATION', 30, 31],
])(
  'S28 S10, acceptance scenario 6: %s of sixty has no quorum with %i on site and one with %i',
  async (form, short, enough) => {
    const deliberationId = await deciding({ form, venue: 'ON_SITE', eligibleVoters: 60 });
    const hands = (present: number) => ({ deliberationId, yes: present - 5, no: 4, abstain: 1 });
    const refusal = await refused('recordDecision', hands(short), 'QUORUM_NOT_MET', 'input.yes');
    expect(refusal.messageZh).toContain(`至少需 ${enough} 人`);
    await refused('recordDecision', { ...hands(enough), no: 61 }, 'NUMBER_OUT_OF_RANGE', 'input.yes');
    const decided = await done('recordDecision', hands(enough));
    expect(decided.deliberation.tally).toMatchObject({
      ballotsCast: enough,
      ballotsNeeded: enough,
      quorumMet: true,
      passed: true,
      final: true,
    });
  },
);

test('S28: the quorum is that of the version in force when the deliberation was opened', async () => {
  const deliberationId = await deciding({ venue: 'ON_SITE', eligibleVoters: 60 });
  await subgraph.pool.query(`INSERT INTO services.governance_rule
    (code, effective_from, kind, title_zh, title_en, parameters, legal_basis, basis_confirmed)
    VALUES ('QUORUM_RESIDENTS_ASSEMBLY', '2026-07-01', 'QUORUM', '新规', 'new', '{"present": ">=3/4", "agree": ">1/2"}', '待补', false)`);
  subgraph.clock.set('2026-07-02T02:00:00Z');
  const hands = { yes: 31, no: 0, abstain: 0 };
  await done('recordDecision', { deliberationId, ...hands });
  const { deliberation } = await done('openDeliberation', opening({ venue: 'ON_SITE', eligibleVoters: 60 }));
  await done('advanceDeliberation', { deliberationId: deliberation.id, event: 'DISCUSS' });
  await done('addDeliberationPost', { deliberationId: deliberation.id, side: 'RESIDENT', text: '同意' });
  await done('advanceDeliberation', { deliberationId: deliberation.id, event: 'DECIDE', votingEndsAt: VOTE_ENDS });
  const refusal = await refused(
    'recordDecision',
    { deliberationId: deliberation.id, ...hands },
    'QUORUM_NOT_MET',
    'input.yes',
  );
  expect(refusal.messageZh).toContain('至少需 45 人');
  await subgraph.pool.query(`DELETE FROM services.governance_rule WHERE effective_from = '2026-07-01'`);
  subgraph.clock.set(TEST_INSTANT);
});

test('S28, H42: every self-governing body and meeting names its quorum, and a group decides nothing below its own', async () => {
  const { data, statements } = await subgraph.run(
    testCaller([]),
    '{ assemblyRules { form nameZh ruleCode present agree legalBasis } }',
  );
  expect(statements).toEqual(['governance_rules']);
  const rules = new Map(data.assemblyRules.map((rule: { form: string }) => [rule.form, rule]));
  for (const form of ['RESIDENTS_ASSEMBLY', 'VILLAGERS_ASSEMBLY', 'REPRESENTATIVES_ASSEMBLY', 'COUNCIL', 'BOARD']) {
    expect(rules.get(form), form).toMatchObject({ agree: '>1/2' });
  }
  expect(rules.get('GROUP_MEETING')).toMatchObject({ nameZh: '居(村)民小组会议', present: '>=2/3' });
  expect(rules.get('MULTI_PARTY_COMMITTEE')).toMatchObject({ nameZh: '多方协商委员会' });
  const deliberationId = await deciding({ venue: 'ON_SITE', form: 'GROUP_MEETING', eligibleVoters: 30 });
  const few = { deliberationId, yes: 19, no: 0, abstain: 0 };
  const refusal = await refused('recordDecision', few, 'QUORUM_NOT_MET', 'input.yes');
  expect(refusal.messageZh).toContain('第二十八条');
});
