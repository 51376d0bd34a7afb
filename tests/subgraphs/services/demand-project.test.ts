import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../subgraphs/services/index.ts';
import { insertProvenance, insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../kit/refusals.ts';
import { COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, COUNTY_AB } from '../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let key = 0;
const caller = testCaller(
  [COUNTY_AB],
  ...(['demand.write', 'linkage.write', 'funding.write', 'contract.write'] as const),
  ...(['beneficiary.write', 'beneficiary.read', 'person.minor'] as const),
);
const SUPPLIER = `Organization:${testUuid(600)}`;
const WORKER = `CommunityWorker:${testUuid(601)}`;
const communityId = `Community:${COMMUNITY_A}`;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertProvenance(subgraph.pool, 'services');
});
beforeEach(() => subgraph.clock.set(TEST_INSTANT));
afterAll(() => subgraph[Symbol.asyncDispose]());

const nextKey = () => `project-${++key}`;
const done = (name: string, input: object, shown: string, by: Caller = caller) =>
  expectDone(subgraph, by, name, { idempotencyKey: nextKey(), ...input }, shown);
const refused = (name: string, input: object, code: string, culprit: string, by: Caller = caller) =>
  expectRefused(subgraph, by, name, { idempotencyKey: nextKey(), ...input }, code, culprit);

const demand = async (more: object = {}) =>
  (
    await done(
      'recordDemand',
      { communityId, source: 'PARTY_LINE', field: 'ELDERS', title: '希望增设助餐点', ...more },
      'demand { id state deadline { dueOn ruleCode legalBasis } }',
    )
  ).demand;
const PROJECT = `project { id step demandCount deadline { dueOn } availableTransitions { event ready missing }
  evaluations { side grade } demands { nodes { state } } workers { id } }`;
const project = async (demandIds: string[]) =>
  (await done('openDemandProject', { communityId, field: 'ELDERS', title: '午间助餐', demandIds }, PROJECT)).project;
const step = (projectId: string, event: string, more: object = {}) =>
  done('advanceDemandProject', { projectId, event, ...more }, PROJECT);
const notStep = (projectId: string, event: string, code: string, more: object = {}) =>
  refused('advanceDemandProject', { projectId, event, ...more }, code, 'input.event');
const THREE = [
  { side: 'COMMUNITY', name: '社区居委会' },
  { side: 'SOCIAL_ORGANIZATION', name: '助老服务中心', organizationId: SUPPLIER },
  { side: 'SOCIAL_WORK', name: '项目社工', workerId: WORKER },
];
const linkage = (more: object = {}) => ({ mode: 'THREE', communityId, title: '三社联动', parties: THREE, ...more });
const LINKAGE = 'linkage { id mode parties { id side worker { id } } conferences { presentCount partyCount } }';
const fund = async (budgetYuan: number, more: object = {}) =>
  (
    await done(
      'setUpFunding',
      {
        ...{ source: 'GOVERNMENT_PURCHASE', purpose: 'ELDER_CARE', year: 2026, name: '年度购买服务' },
        ...{ divisionCode: COUNTY_AB, budgetYuan, ...more },
      },
      'funding { id remainingYuan }',
    )
  ).funding.id as string;
const contract = (fundingId: string, more: object = {}) => ({
  ...{ kind: 'PURCHASE', mode: 'SPECIAL', field: 'ELDERS', title: '助餐服务', communityId, supplierId: SUPPLIER },
  ...{ fundingId, amountYuan: 600, startsOn: '2026-07-01', endsOn: '2026-12-31', ...more },
});
const CONTRACT =
  'contract { id state amountYuan paidYuan payments { ordinal amountYuan } funding { remainingYuan } deadline { dueOn ruleCode } }';

test('Y20: demands come from four sources and are answered or taken into a project in time', async () => {
  const first = await demand();
  expect(first.deadline).toEqual({
    ...{ dueOn: '2026-07-14', ruleCode: 'DEMAND_ANSWER', legalBasis: expect.stringContaining('待城市补充依据') },
  });
  for (const source of ['SELF_GOVERNANCE_LINE', 'SOCIAL_ORGANIZATION_LINE', 'STEWARD_STATION'])
    await demand({ source });
  const read = 'query ($s: DemandSource!) { demands(filter: { source: $s }) { totalCount } }';
  for (const s of ['PARTY_LINE', 'SELF_GOVERNANCE_LINE', 'SOCIAL_ORGANIZATION_LINE', 'STEWARD_STATION']) {
    expect((await subgraph.run(caller, read, { s })).data.demands.totalCount).toBe(1);
  }
  const elsewhere = { communityId: `Community:${COMMUNITY_C}`, source: 'PARTY_LINE', field: 'ELDERS', title: '助餐' };
  await refused('recordDemand', elsewhere, 'COMMUNITY_NOT_FOUND', 'input.communityId');
  const answered = await done(
    'answerDemand',
    { demandId: first.id, note: '已有助餐点' },
    'demand { state deadline { dueOn } }',
  );
  expect(answered.demand).toEqual({ state: 'ANSWERED', deadline: null });
  await refused('answerDemand', { demandId: first.id, note: '再次答复' }, 'TRANSITION_NOT_ALLOWED', 'input.demandId');
  const input = { communityId, field: 'ELDERS', title: '午间助餐', demandIds: [first.id] };
  await refused('openDemandProject', input, 'DEMAND_NOT_OPEN', 'input.demandIds');
  const other = await demand({ field: 'CHILDREN' });
  await refused('openDemandProject', { ...input, demandIds: [other.id] }, 'DEMAND_NOT_FOUND', 'input.demandIds');
  await refused('openDemandProject', { ...input, demandIds: [] }, 'NUMBER_OUT_OF_RANGE', 'input.demandIds');
});

test('Y19, H23: a demand becomes a project in five steps, closed only with both evaluations (acceptance scenario 8)', async () => {
  const { id: projectId, ...opened } = await project([(await demand()).id, (await demand()).id]);
  expect(opened).toMatchObject({ step: 'FOUND', demandCount: 2, deadline: { dueOn: '2026-07-28' } });
  await notStep(projectId, 'DESIGN', 'TRANSITION_NOT_ALLOWED', { plan: '由联动各方分工实施助餐' });
  await step(projectId, 'CONSOLIDATE');
  await notStep(projectId, 'CONSOLIDATE', 'TRANSITION_NOT_ALLOWED');
  await notStep(projectId, 'DESIGN', 'TRANSITION_INCOMPLETE');
  await step(projectId, 'DESIGN', { plan: '由联动各方分工实施助餐', plannedBudgetYuan: 600 });
  const unlinked = await notStep(projectId, 'IMPLEMENT', 'TRANSITION_INCOMPLETE');
  expect(unlinked.messageZh).toContain('联动各方已到位');
  await done('formLinkage', linkage({ projectId }), LINKAGE);
  const fundingId = await fund(1000);
  const signed = (await done('signContract', contract(fundingId, { projectId }), CONTRACT)).contract;
  const running = await step(projectId, 'IMPLEMENT');
  expect(running.project.workers).toEqual([{ id: WORKER }]);
  await notStep(projectId, 'EVALUATE', 'TRANSITION_INCOMPLETE', { note: '已实施' });
  const evaluation = { projectId, side: 'RESIDENTS', grade: 'SATISFIED', comment: '饭菜可口' };
  await refused('evaluateProject', evaluation, 'PROJECT_NOT_EVALUATING', 'input.projectId');
  await done('advanceContract', { contractId: signed.id, event: 'START' }, CONTRACT);
  await done('advanceContract', { contractId: signed.id, event: 'ACCEPT', note: '验收合格' }, CONTRACT);
  await step(projectId, 'EVALUATE', { note: '已实施' });
  await notStep(projectId, 'CLOSE', 'TRANSITION_INCOMPLETE');
  await done('evaluateProject', evaluation, PROJECT);
  await refused('evaluateProject', evaluation, 'ALREADY_EVALUATED', 'input.side');
  const one = await notStep(projectId, 'CLOSE', 'TRANSITION_INCOMPLETE');
  expect(one.messageZh).toContain('居民与实施方均已评估');
  await done('evaluateProject', { ...evaluation, side: 'IMPLEMENTER', grade: 'BASICALLY_SATISFIED' }, PROJECT);
  const closed = await step(projectId, 'CLOSE');
  expect(closed.project).toMatchObject({ step: 'CLOSED', deadline: null, availableTransitions: [] });
  expect(closed.project.evaluations).toHaveLength(2);
  expect(closed.project.demands.nodes).toEqual([{ state: 'MET' }, { state: 'MET' }]);
});

test('a stopped project releases its demands; of twenty parallel projects one takes a demand', async () => {
  const { id } = await demand();
  const stopped = await project([id]);
  await notStep(stopped.id, 'STOP', 'TRANSITION_INCOMPLETE');
  const released = await step(stopped.id, 'STOP', { note: '条件不成熟' });
  expect(released.project).toMatchObject({ step: 'STOPPED', demandCount: 0, demands: { nodes: [] } });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      subgraph.run(
        caller,
        'mutation ($input: OpenDemandProjectInput!) { openDemandProject(input: $input) { __typename ... on Refusal { code } } }',
        { input: { communityId, field: 'ELDERS', title: '午间助餐', demandIds: [id], idempotencyKey: nextKey() } },
      ),
    ),
  );
  const codes = answers.map(({ data }) => data.openDemandProject.code ?? 'DONE');
  expect(codes.filter((code) => code === 'DONE')).toHaveLength(1);
  expect(new Set(codes)).toEqual(new Set(['DONE', 'DEMAND_NOT_OPEN']));
});

test('X10, Y29, J14, H42: a linkage has a party of each side that its mode demands, and confers with a quorum', async () => {
  const two = linkage({ parties: THREE.slice(0, 2) });
  const missing = await refused('formLinkage', two, 'LINKAGE_SIDE_MISSING', 'input.parties');
  expect(missing.messageZh).toContain('社会工作');
  const four = linkage({ mode: 'FOUR', parties: [...THREE, { side: 'VOLUNTEER', name: '志愿服务队' }] });
  await refused('formLinkage', { ...four, mode: 'FIVE' }, 'LINKAGE_SIDE_MISSING', 'input.parties');
  await refused('formLinkage', { ...four, mode: 'THREE' }, 'LINKAGE_SIDE_UNKNOWN', 'input.parties.3.side');
  const twice = linkage({ parties: [...THREE, THREE[0]] });
  await refused('formLinkage', twice, 'LINKAGE_PARTY_TWICE', 'input.parties.3.name');
  await done(
    'formLinkage',
    { ...four, mode: 'FIVE', parties: [...four.parties, { side: 'SOCIAL_RESOURCE', name: '商户' }] },
    LINKAGE,
  );
  const committee = [
    { side: 'COMMUNITY', name: '居委会' },
    { side: 'RESIDENT', name: '居民代表' },
    { side: 'PROPERTY_SERVICE', name: '物业公司' },
  ];
  await done('formLinkage', linkage({ mode: 'MULTI_PARTY_COMMITTEE', parties: committee }), LINKAGE);
  const formed = (await done('formLinkage', four, LINKAGE)).linkage;
  const ids = formed.parties.map(({ id }: { id: string }) => id);
  const conference = { linkageId: formed.id, heldOn: '2026-06-30', agenda: '分工', resolution: '按月通报' };
  const half = { ...conference, presentPartyIds: ids.slice(0, 2) };
  const refusal = await refused('holdJointConference', half, 'QUORUM_NOT_MET', 'input.presentPartyIds');
  expect(refusal.messageZh).toContain('至少需 3 人');
  // The same party twice is one.
  await refused(
    'holdJointConference',
    { ...conference, presentPartyIds: [ids[0], ids[0], ids[0]] },
    'QUORUM_NOT_MET',
    'input.presentPartyIds',
  );
  await refused(
    'holdJointConference',
    { ...conference, presentPartyIds: [`LinkageParty:${testUuid(1)}`] },
    'LINKAGE_PARTY_NOT_FOUND',
    'input.presentPartyIds',
  );
  const later = { ...conference, heldOn: '2026-07-01', presentPartyIds: ids };
  await refused('holdJointConference', later, 'DATE_IN_FUTURE', 'input.heldOn');
  const held = await done('holdJointConference', { ...conference, presentPartyIds: ids.slice(0, 3) }, LINKAGE);
  expect(held.linkage.conferences).toEqual([{ presentCount: 3, partyCount: 4 }]);
  const { data } = await subgraph.run(
    caller,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community {
      linkages(mode: MULTI_PARTY_COMMITTEE) { nodes { parties { side } } } } } }`,
    { r: [{ __typename: 'Community', id: communityId }] },
  );
  expect(data._entities[0].linkages.nodes[0].parties.map(({ side }: { side: string }) => side)).toEqual([
    ...['COMMUNITY', 'PROPERTY_SERVICE', 'RESIDENT'],
  ]);
});

test('S15, S33: a purchase says its mode and takes money of its source that is still there', async () => {
  const fundingId = await fund(1000);
  await refused('signContract', contract(fundingId, { mode: null }), 'PURCHASE_MODE_REQUIRED', 'input.mode');
  const wrongKind = contract(fundingId, { kind: 'GRANT', mode: null });
  await refused('signContract', wrongKind, 'FUNDING_OF_OTHER_SOURCE', 'input.fundingId');
  await refused('signContract', contract(fundingId, { amountYuan: 1001 }), 'FUNDING_INSUFFICIENT', 'input.amountYuan');
  await refused(
    'signContract',
    contract(fundingId, { endsOn: '2026-06-01' }),
    'CONTRACT_PERIOD_INVALID',
    'input.endsOn',
  );
  const health = { ...caller, departmentCode: 'health' };
  await refused('signContract', contract(fundingId), 'FUNDING_NOT_YOURS', 'input.fundingId', health);
  const elsewhere = await fund(1000, { divisionCode: COMMUNITY_B });
  await refused('signContract', contract(elsewhere), 'FUNDING_NOT_FOUND', 'input.fundingId');
  await refused(
    'setUpFunding',
    {
      ...{ source: 'SOCIAL_FUND', purpose: 'POVERTY_RELIEF', year: 2026, name: '慈善资金', budgetYuan: 5 },
      divisionCode: '330411',
    },
    'DIVISION_NOT_YOURS',
    'input.divisionCode',
  );
  const signed = (await done('signContract', contract(fundingId), CONTRACT)).contract;
  expect(signed).toMatchObject({ state: 'SIGNED', funding: { remainingYuan: 400 }, deadline: null });
  const pay = (amountYuan: number) => ({ contractId: signed.id, amountYuan, purpose: '首期款' });
  await refused('payContract', pay(100), 'CONTRACT_NOT_PAYABLE', 'input.contractId');
  await done('advanceContract', { contractId: signed.id, event: 'START' }, CONTRACT);
  await refused('payContract', pay(601), 'CONTRACT_OVERPAID', 'input.amountYuan');
  await done('payContract', pay(100), CONTRACT);
  const ended = await done('advanceContract', { contractId: signed.id, event: 'TERMINATE', note: '中止' }, CONTRACT);
  // What was paid stays taken.
  expect(ended.contract).toMatchObject({ state: 'TERMINATED', paidYuan: 100, funding: { remainingYuan: 900 } });
});

test('H25: of fifty parallel grants as many are signed as the budget pays for, and of fifty payments as many as are owed', async () => {
  const fundingId = await fund(1000, { source: 'VENTURE_GRANT' });
  const grant = () => contract(fundingId, { kind: 'GRANT', mode: null, amountYuan: 300, idempotencyKey: nextKey() });
  const run = (name: string, inputs: object[]) =>
    Promise.all(
      inputs.map(async (input) => {
        const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
        const text = `mutation ($input: ${title}Input!) { ${name}(input: $input) { __typename ... on Refusal { code }
          ... on ${title}Success { contract { id } } } }`;
        return (await subgraph.run(caller, text, { input })).data[name];
      }),
    );
  const answers = await run('signContract', Array.from({ length: 50 }, grant));
  expect(answers.filter(({ contract: own }) => own !== undefined)).toHaveLength(3);
  expect(new Set(answers.flatMap(({ code }) => code ?? []))).toEqual(new Set(['FUNDING_INSUFFICIENT']));
  const contractId = answers.find(({ contract: own }) => own !== undefined).contract.id;
  await done('advanceContract', { contractId, event: 'START' }, CONTRACT);
  await done('advanceContract', { contractId, event: 'ACCEPT', note: '合格' }, CONTRACT);
  await refused('advanceContract', { contractId, event: 'CLOSE' }, 'TRANSITION_INCOMPLETE', 'input.event');
  const payments = await run(
    'payContract',
    Array.from({ length: 50 }, () => ({ contractId, amountYuan: 30, purpose: '尾款', idempotencyKey: nextKey() })),
  );
  expect(payments.filter(({ contract: own }) => own !== undefined)).toHaveLength(10);
  const closed = (await done('advanceContract', { contractId, event: 'CLOSE' }, CONTRACT)).contract;
  expect(closed).toMatchObject({ state: 'CLOSED', paidYuan: 300 });
  expect(closed.payments.map(({ ordinal }: { ordinal: number }) => ordinal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('X19: whom a contract serves stays hidden without the right, children also without that to data of minors', async () => {
  const { contract: signed } = await done('signContract', contract(await fund(1000)), CONTRACT);
  const enrol = (person: number, need: string, servedFrom = '2026-07-02') => ({
    ...{ contractId: signed.id, personId: `Person:${testUuid(person)}`, need, servedFrom },
  });
  const early = enrol(1, 'REHABILITATION', '2026-06-01');
  await refused('enrolBeneficiary', early, 'SERVICE_OUTSIDE_CONTRACT', 'input.servedFrom');
  await done('enrolBeneficiary', enrol(1, 'REHABILITATION'), CONTRACT);
  await done('enrolBeneficiary', enrol(2, 'PUPIL_CARE'), CONTRACT);
  await refused('enrolBeneficiary', enrol(1, 'MENTAL_CARE'), 'BENEFICIARY_ALREADY_ENROLLED', 'input.personId');
  const read = (by: Caller) =>
    subgraph.run(
      by,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Contract { title beneficiaries {
        totalCount nodes { id person { id } need } } } } }`,
      { r: [{ __typename: 'Contract', id: signed.id }] },
    );
  const closed = await read(testCaller([COUNTY_AB]));
  expect(closed.data._entities[0]).toEqual({ title: '助餐服务', beneficiaries: null });
  expect(closed.problems).toEqual(['FIELD_RIGHT_MISSING _entities.0.beneficiaries']);
  const adults = await read(testCaller([COUNTY_AB], 'beneficiary.read'));
  expect(adults.data._entities[0].beneficiaries.nodes).toMatchObject([
    { person: { id: `Person:${testUuid(1)}` }, need: 'REHABILITATION' },
    { person: null, need: null },
  ]);
  const all = await read(caller);
  expect(all.data._entities[0].beneficiaries.nodes[1]).toMatchObject({ person: { id: `Person:${testUuid(2)}` } });
  const { rows } = await subgraph.pool.query("SELECT string_agg(payload, '') AS text FROM services.outbox");
  expect(rows[0].text).not.toContain(testUuid(2));
});

test('J44, H25: a year’s money is summed by source, purpose and mode; an amount that no source gives is counted as unknown', async () => {
  const money = (id: number, source: string, purpose: string, budgetYuan: number | null) => ({
    ...{ id: testUuid(id), source, purpose, year: 2020, name: null, divisionCode: '3304', budgetYuan },
    ...{ departmentCode: 'civil-affairs', provenanceId: TEST_PROVENANCE_ID },
  });
  await insertRows(subgraph.pool, 'services.funding', [
    money(820, 'GOVERNMENT_PURCHASE', 'COMMUNITY_GOVERNANCE', 150_000_000),
    money(821, 'VENTURE_GRANT', 'ELDER_CARE', 14_120_000),
    money(822, 'SOCIAL_FUND', 'POVERTY_RELIEF', null),
  ]);
  const { data, statements } = await subgraph.run(
    testCaller([]),
    `{ fundingFigures(year: 2020, divisionCode: "3304") { totalYuan
      bySource { code name yuan share unknownCount } byPurpose { code } byPurchaseMode { code } } }`,
  );
  expect(statements).toEqual(['funding_sums']);
  expect(data.fundingFigures).toEqual({
    totalYuan: 164_120_000,
    bySource: [
      {
        code: 'GOVERNMENT_PURCHASE',
        name: '政府购买服务',
        yuan: 150_000_000,
        share: 150_000_000 / 164_120_000,
        unknownCount: 0,
      },
      { code: 'SOCIAL_FUND', name: '社会资金', yuan: 0, share: 0, unknownCount: 1 },
      { code: 'VENTURE_GRANT', name: '公益创投', yuan: 14_120_000, share: 14_120_000 / 164_120_000, unknownCount: 0 },
    ],
    byPurpose: [{ code: 'COMMUNITY_GOVERNANCE' }, { code: 'ELDER_CARE' }, { code: 'POVERTY_RELIEF' }],
    byPurchaseMode: [],
  });
  // Nothing is taken from money whose amount nobody knows.
  await refused(
    'signContract',
    contract(`Funding:${testUuid(822)}`, { kind: 'SOCIAL', mode: null }),
    'FUNDING_INSUFFICIENT',
    'input.amountYuan',
  );
});
