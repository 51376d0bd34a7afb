import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findUsccFlaw } from '../../../subgraphs/kit/uscc.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { engagementKeys, fundKeys, insertBodies, organizationKeys } from '../../kit/bodies-rows.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations, staleMarks, workerKeys } from '../../kit/organizations-rows.ts';
import { CITY, COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, COUNTY_AB, COUNTY_C } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
afterEach(async () => expect(await staleMarks(subgraph.pool)).toEqual([]));
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  const { rows } = await subgraph.pool.query<{ names: string }>(
    "SELECT string_agg('organizations.' || tablename, ', ') AS names FROM pg_tables WHERE schemaname = 'organizations' AND tablename <> '_prisma_migrations'",
  );
  await subgraph.pool.query(`TRUNCATE ${rows[0]?.names}`);
  await insertOrganizations(subgraph.pool);
  await insertBodies(subgraph.pool);
});

type Input = Record<string, unknown>;
const organization = (key: keyof typeof organizationKeys) => `Organization:${organizationKeys[key]}`;
const worker = (key: keyof typeof workerKeys) => `CommunityWorker:${workerKeys[key]}`;
const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;

const SUCCESS: Record<string, string> = {
  registerOrganization: 'RegisterOrganizationSuccess',
  startEngagement: 'EngagementSuccess',
  endEngagement: 'EngagementSuccess',
  bookFundEntry: 'BookFundEntrySuccess',
};

async function send(mutation: string, input: Input, selection = '', area = COUNTY_AB) {
  const name = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
  const { data, problems } = await subgraph.run(
    testCaller([area], 'organization.write'),
    `mutation ($input: ${name}Input!) { answer: ${mutation}(input: $input) { __typename
       ${selection === '' ? '' : `... on ${SUCCESS[mutation]} { ${selection} }`} ... on Refusal { code culprit messageZh messageEn } } }`,
    { input: { idempotencyKey: `key-of-${mutation}`, ...input } },
  );
  expect(problems).toEqual([]);
  return data.answer;
}

const GOOD: Record<string, { input: Input; selection: string; done: Input; event: string; rowCount: number }> = {
  registerOrganization: {
    input: {
      kind: 'SOCIAL_ORGANIZATION',
      name: '甲社区调解服务中心',
      divisionCode: COMMUNITY_A,
      form: 'SOCIAL_SERVICE_AGENCY',
      field: 'MEDIATION',
      registration: 'REGISTERED',
      uscc: '91350200MA2YJ1XR9G',
      establishedOn: '2026-06-01',
    },
    selection: 'organization { name field registration uscc community { statCode } division { name } }',
    done: {
      organization: {
        name: '甲社区调解服务中心',
        field: 'MEDIATION',
        registration: 'REGISTERED',
        uscc: '91350200MA2YJ1XR9G',
        community: { statCode: COMMUNITY_A },
        division: { name: '甲社区' },
      },
    },
    event: 'organization.registered',
    rowCount: 1,
  },
  startEngagement: {
    input: {
      role: 'LEGAL_ADVISER',
      subjectId: `Community:${COMMUNITY_A}`,
      holderId: organization('firm'),
      validFrom: '2026-06-01',
    },
    selection:
      'engagement { role holderName organization { name } subjectCommunity { name } validTo } endedEngagement { id }',
    done: {
      engagement: {
        role: 'LEGAL_ADVISER',
        holderName: '示例律师事务所',
        organization: { name: '示例律师事务所' },
        subjectCommunity: { name: '甲社区' },
        validTo: null,
      },
      endedEngagement: null,
    },
    event: 'engagement.started',
    rowCount: 1,
  },
  endEngagement: {
    input: { engagementId: `Engagement:${engagementKeys.incubatee}`, validTo: '2026-06-01', reason: '孵化出壳' },
    selection: 'engagement { validTo endReason }',
    done: { engagement: { validTo: '2026-06-01', endReason: '孵化出壳' } },
    event: 'engagement.ended',
    rowCount: 1,
  },
  bookFundEntry: {
    input: { fundId: `Fund:${fundKeys.county}`, kind: 'SPENDING', amountYuan: 100, purpose: '社区项目' },
    selection: 'fund { allottedYuan spentYuan balanceYuan entries { totalCount } } entry { ordinal balanceAfterYuan }',
    done: {
      fund: { allottedYuan: 100, spentYuan: 100, balanceYuan: 0, entries: { totalCount: 1 } },
      entry: { ordinal: 1, balanceAfterYuan: 0 },
    },
    event: 'fund.booked',
    rowCount: 2,
  },
};

test.each(Object.entries(GOOD))('%s is done, leaves its traces, and is not done twice', async (mutation, good) => {
  const first = await send(mutation, good.input, good.selection);
  expect(first).toEqual({ __typename: SUCCESS[mutation], ...good.done });
  expect(await rows("SELECT row_count FROM organizations.provenance WHERE kind = 'MUTATION'")).toEqual([
    { row_count: good.rowCount },
  ]);
  expect(await rows('SELECT event_type FROM organizations.outbox')).toEqual([{ event_type: good.event }]);
  const before = await subgraph.rowCounts();
  expect(await send(mutation, good.input, good.selection)).toEqual(first);
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('without the right nothing is written, and the right is named', async () => {
  const before = await subgraph.rowCounts();
  const { data, errors } = await subgraph.run(
    testCaller([COUNTY_AB]),
    'mutation ($input: BookFundEntryInput!) { bookFundEntry(input: $input) { __typename } }',
    { input: { idempotencyKey: 'no-right-at-all', ...GOOD.bookFundEntry?.input } },
  );
  expect(data).toEqual({ bookFundEntry: null });
  expect(errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING', right: 'organization.write' });
  expect(await subgraph.rowCounts()).toEqual(before);
});

const REFUSED: [what: string, mutation: string, change: Input, code: string, culprit: string][] = [
  ['a wrong check character', 'registerOrganization', { uscc: '91350200MA2YJ1XR9H' }, 'USCC_INVALID', 'input.uscc'],
  ['a registered one without a code', 'registerOrganization', { uscc: null }, 'USCC_REQUIRED', 'input.uscc'],
  [
    'a social organization without a field',
    'registerOrganization',
    { field: null },
    'SOCIAL_ORGANIZATION_INCOMPLETE',
    'input.field',
  ],
  ['a field for a team', 'registerOrganization', { kind: 'SERVICE_TEAM' }, 'NOT_A_SOCIAL_ORGANIZATION', 'input.form'],
  [
    'a division of another county',
    'registerOrganization',
    { divisionCode: COMMUNITY_C },
    'DIVISION_NOT_FOUND',
    'input.divisionCode',
  ],
  [
    'a division that is none',
    'registerOrganization',
    { divisionCode: '330402009' },
    'DIVISION_NOT_FOUND',
    'input.divisionCode',
  ],
  [
    'a parent that is none',
    'registerOrganization',
    { parentId: worker('zhao') },
    'ORGANIZATION_NOT_FOUND',
    'input.parentId',
  ],
  [
    'a sub-district office of a community',
    'registerOrganization',
    { kind: 'SUBDISTRICT_OFFICE', form: null, field: null, registration: null },
    'BODY_OF_A_TOWNSHIP',
    'input.divisionCode',
  ],
  [
    'a unit of no office',
    'registerOrganization',
    { kind: 'OFFICE_UNIT', form: null, field: null, registration: null },
    'UNIT_WITHOUT_OFFICE',
    'input.parentId',
  ],
  [
    'a unit of something else than an office',
    'registerOrganization',
    { kind: 'OFFICE_UNIT', form: null, field: null, registration: null, parentId: organization('firm') },
    'UNIT_WITHOUT_OFFICE',
    'input.parentId',
  ],
  [
    'an owners’ committee of no estate',
    'registerOrganization',
    { kind: 'OWNERS_COMMITTEE', form: null, field: null, registration: null },
    'ESTATE_REQUIRED',
    'input.estateId',
  ],
  [
    'a body of tomorrow',
    'registerOrganization',
    { establishedOn: '2026-07-01' },
    'DATE_IN_FUTURE',
    'input.establishedOn',
  ],
  [
    'a community of another county',
    'startEngagement',
    { subjectId: `Community:${COMMUNITY_C}` },
    'ENGAGEMENT_SUBJECT_NOT_FOUND',
    'input.subjectId',
  ],
  [
    'a holder that is none',
    'startEngagement',
    { holderId: `Organization:${workerKeys.li}` },
    'ENGAGEMENT_HOLDER_NOT_FOUND',
    'input.holderId',
  ],
  [
    'a worker who has left',
    'startEngagement',
    { role: 'LEADER', subjectId: organization('office'), holderId: worker('sun') },
    'ENGAGEMENT_HOLDER_NOT_FOUND',
    'input.holderId',
  ],
  ['two holders', 'startEngagement', { externalName: '张律师' }, 'ENGAGEMENT_HOLDER_AMBIGUOUS', 'input.holderId'],
  ['no holder', 'startEngagement', { holderId: null }, 'ENGAGEMENT_HOLDER_AMBIGUOUS', 'input.holderId'],
  [
    'a worker as legal adviser',
    'startEngagement',
    { holderId: worker('zhao') },
    'ENGAGEMENT_ROLE_UNFIT',
    'input.holderId',
  ],
  [
    'an incubatee of an alliance',
    'startEngagement',
    { role: 'INCUBATEE', subjectId: organization('owners'), holderId: organization('elsewhere') },
    'ENGAGEMENT_ROLE_UNFIT',
    'input.subjectId',
  ],
  [
    'somebody who supervises himself',
    'startEngagement',
    { role: 'SUPERVISOR', subjectId: worker('zhao'), holderId: worker('zhao') },
    'ENGAGEMENT_WITH_ITSELF',
    'input.holderId',
  ],
  [
    'the same relation twice',
    'startEngagement',
    { role: 'INCUBATEE', subjectId: organization('incubator'), holderId: organization('society') },
    'ENGAGEMENT_EXISTS',
    'input.holderId',
  ],
  [
    'a second supervisor',
    'startEngagement',
    { role: 'SUPERVISOR', subjectId: worker('qian'), holderId: worker('li') },
    'ENGAGEMENT_ROLE_TAKEN',
    'input.role',
  ],
  [
    'a supervisor before the former one',
    'startEngagement',
    { role: 'SUPERVISOR', subjectId: worker('qian'), holderId: worker('li'), validFrom: '2024-01-01', endFormer: true },
    'DATE_BEFORE_CURRENT',
    'input.validFrom',
  ],
  [
    'a relation that has ended',
    'endEngagement',
    { engagementId: `Engagement:${engagementKeys.grown}` },
    'ENGAGEMENT_ENDED',
    'input.engagementId',
  ],
  ['an end before the beginning', 'endEngagement', { validTo: '2024-01-01' }, 'DATE_BEFORE_CURRENT', 'input.validTo'],
  ['more than the balance', 'bookFundEntry', { amountYuan: 101 }, 'FUND_INSUFFICIENT', 'input.amountYuan'],
  ['nothing at all', 'bookFundEntry', { amountYuan: 0 }, 'FUND_AMOUNT_INVALID', 'input.amountYuan'],
  [
    'a fund of another county',
    'bookFundEntry',
    { fundId: `Fund:${fundKeys.elsewhere}` },
    'FUND_NOT_FOUND',
    'input.fundId',
  ],
  [
    'the city’s fund for a county',
    'bookFundEntry',
    { fundId: `Fund:${fundKeys.city}` },
    'FUND_NOT_FOUND',
    'input.fundId',
  ],
];

test.each(REFUSED)('%s (%s) is refused and nothing is written', async (_what, mutation, change, code, culprit) => {
  const before = await subgraph.rowCounts();
  expect(await send(mutation, { ...GOOD[mutation]?.input, ...change })).toMatchObject({ code, culprit });
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('a wrong check character is named with its position', async () => {
  const input = { ...GOOD.registerOrganization?.input, uscc: '91350200MA2YJ1XR9H' };
  expect(await send('registerOrganization', input)).toMatchObject({
    messageZh: '统一社会信用代码第 18 位有误：校验码不符',
    messageEn: 'the credit code is wrong at position 18: the check character does not fit',
  });
});

test('a credit code that another body has is refused and tells nothing of that body', async () => {
  await send('registerOrganization', GOOD.registerOrganization?.input ?? {});
  const again = await send('registerOrganization', {
    ...GOOD.registerOrganization?.input,
    idempotencyKey: 'another-key',
  });
  expect(again).toMatchObject({ code: 'USCC_TAKEN', culprit: 'input.uscc' });
  expect(JSON.stringify(again)).not.toContain('甲社区调解服务中心');
});

test.each([
  ['91350200MA2YJ1XR9G', undefined],
  ['91350200MA2YJ1XR9', 18],
  ['9135O200MA2YJ1XR9G', 5],
  ['91350A00MA2YJ1XR9G', 6],
  ['91350200MA2YJ1XR8G', 17],
  ['91350200MA2YJ1XR9H', 18],
])('the credit code %s is wrong at position %s', (code, position) => {
  expect(findUsccFlaw(code)?.position).toBe(position);
});

test('a new supervisor ends the former one on the day, and both sides show it', async () => {
  const input = {
    role: 'SUPERVISOR',
    subjectId: worker('qian'),
    holderId: worker('li'),
    validFrom: '2026-06-01',
    endFormer: true,
  };
  expect(await send('startEngagement', input, 'endedEngagement { id validTo }')).toMatchObject({
    endedEngagement: { id: `Engagement:${engagementKeys.supervisor}`, validTo: '2026-06-01' },
  });
  const { data } = await subgraph.run(
    testCaller([COUNTY_AB]),
    `{ supervised: worker(id: "${worker('qian')}") { supervisor { holderName worker { name } } }
       li: worker(id: "${worker('li')}") { supervises { subjectWorker { name } } }
       zhao: worker(id: "${worker('zhao')}") { supervises { id } } }`,
  );
  expect(data).toEqual({
    supervised: { supervisor: { holderName: '李四', worker: { name: '李四' } } },
    li: { supervises: [{ subjectWorker: { name: '钱二' } }] },
    zhao: { supervises: [] },
  });
});

test('an incubator shows whom it incubates, and whom it has brought up', async () => {
  const { data } = await subgraph.run(
    testCaller([COUNTY_C]),
    `{ organization(id: "${organization('incubator')}") {
         live: engagements(roles: [INCUBATEE]) { holderName endReason }
         all: engagements(roles: [INCUBATEE], former: true) { holderName endReason }
         earlier: engagements(asOf: "2025-01-01") { holderName } } }`,
  );
  expect(data.organization).toEqual({
    live: [{ holderName: '甲社区互助社', endReason: null }],
    all: expect.arrayContaining([
      { holderName: '甲社区互助社', endReason: null },
      { holderName: '丙村互助社', endReason: '孵化出壳' },
    ]),
    earlier: expect.arrayContaining([{ holderName: '甲社区互助社' }, { holderName: '丙村互助社' }]),
  });
});

test('an alliance has members from outside the city; an office has its units', async () => {
  await send(
    'startEngagement',
    {
      role: 'MEMBER',
      subjectId: organization('alliance'),
      externalName: '外地社会组织',
      externalPlace: '上海市',
      validFrom: '2026-01-01',
    },
    '',
    CITY,
  );
  const { data } = await subgraph.run(
    testCaller([COUNTY_AB]),
    `{ alliance: organization(id: "${organization('alliance')}") { engagements { role holderName holderPlace organization { id } } }
       office: organization(id: "${organization('office')}") { structure units { name parent { name } } } }`,
  );
  expect(data).toEqual({
    alliance: {
      engagements: [{ role: 'MEMBER', holderName: '外地社会组织', holderPlace: '上海市', organization: null }],
    },
    office: { structure: 'CONVENTIONAL', units: [{ name: '社会事务办公室', parent: { name: '新嘉街道办事处' } }] },
  });
});

test('social organizations are listed by field and division, bodies by kind', async () => {
  const { data } = await subgraph.run(
    testCaller([COUNTY_AB]),
    `{ city: socialOrganizations(divisionCode: "${CITY}", field: CHARITY) { nodes { name } totalCount }
       county: socialOrganizations(divisionCode: "${COUNTY_AB}", field: CHARITY) { nodes { name } }
       none: socialOrganizations(divisionCode: "${CITY}", field: MEDIATION) { nodes { name } }
       owners: organizations(kind: OWNERS_COMMITTEE, divisionCode: "${COUNTY_AB}") { nodes { estateName } }
       community(statCode: "${COMMUNITY_A}") { organizations(kind: OWNERS_COMMITTEE) { name } } }`,
  );
  expect(data).toEqual({
    city: { nodes: [{ name: '丙村互助社' }, { name: '甲社区互助社' }], totalCount: 2 },
    county: { nodes: [{ name: '甲社区互助社' }] },
    none: { nodes: [] },
    owners: { nodes: [{ estateName: '甲小区' }] },
    community: { organizations: [{ name: '甲小区业主委员会' }] },
  });
});

test('coverage counts the communities with a legal adviser and names those without', async () => {
  const coverage = async () =>
    (
      await subgraph.run(
        testCaller([COUNTY_AB]),
        `{ engagementCoverage(role: LEGAL_ADVISER, divisionCode: "${COUNTY_AB}") { communityCount coveredCount coveredShare
           uncoveredCommunities { nodes { statCode } } } }`,
      )
    ).data.engagementCoverage;
  expect(await coverage()).toEqual({
    communityCount: 2,
    coveredCount: 0,
    coveredShare: 0,
    uncoveredCommunities: { nodes: [{ statCode: COMMUNITY_A }, { statCode: COMMUNITY_B }] },
  });
  await send('startEngagement', GOOD.startEngagement?.input ?? {});
  expect(await coverage()).toMatchObject({
    coveredCount: 1,
    coveredShare: 0.5,
    uncoveredCommunities: { nodes: [{ statCode: COMMUNITY_B }] },
  });
});

test('fifty who spend from one fund at once never take it below zero, and its book adds up', async () => {
  const answers = await fiftyAtOnce('bookFundEntry', (index) =>
    send('bookFundEntry', { ...GOOD.bookFundEntry?.input, amountYuan: 7, idempotencyKey: `parallel-${index}` }),
  );
  const outcomes = answers.map(({ code }) => code ?? 'DONE');
  expect(['DONE', 'FUND_INSUFFICIENT'].map((code) => outcomes.filter((own) => own === code).length)).toEqual([14, 36]);
  expect(
    await rows('SELECT balance_yuan, spent_yuan, entry_count FROM organizations.fund WHERE id = $1', [fundKeys.county]),
  ).toEqual([{ balance_yuan: 2, spent_yuan: 98, entry_count: 14 }]);
  const book = await rows('SELECT ordinal, balance_after_yuan FROM organizations.fund_entry ORDER BY ordinal');
  expect(book.map((entry, index) => [entry.ordinal, entry.balance_after_yuan - (100 - 7 * (index + 1))])).toEqual(
    book.map((_entry, index) => [index + 1, 0]),
  );
});

test('fifty who end one relation at once end it once', async () => {
  const answers = await fiftyAtOnce('endEngagement', (index) =>
    send('endEngagement', { ...GOOD.endEngagement?.input, idempotencyKey: `parallel-${index}` }),
  );
  expect(answers.filter(({ code }) => code === undefined)).toHaveLength(1);
  expect(new Set(answers.flatMap(({ code }) => code ?? []))).toEqual(new Set(['ENGAGEMENT_ENDED']));
});

test('fifty who would advise one community at once leave one adviser', async () => {
  const answers = await fiftyAtOnce('startEngagement', (index) =>
    send('startEngagement', {
      role: 'LEGAL_ADVISER',
      subjectId: `Community:${COMMUNITY_A}`,
      externalName: `律师 ${index}`,
      validFrom: '2026-06-01',
      idempotencyKey: `parallel-${index}`,
    }),
  );
  const outcomes = answers.map(({ code }) => code ?? 'DONE');
  expect(['DONE', 'ENGAGEMENT_ROLE_TAKEN'].map((code) => outcomes.filter((own) => own === code).length)).toEqual([
    1, 49,
  ]);
  expect(
    await rows("SELECT count(*)::int FROM organizations.engagement WHERE role = 'LEGAL_ADVISER' AND valid_to IS NULL"),
  ).toEqual([{ count: 1 }]);
});

test('the database itself refuses a negative fund and a second holder of an exclusive role', async () => {
  await expect(
    subgraph.pool.query('UPDATE organizations.fund SET spent_yuan = 101, balance_yuan = -1'),
  ).rejects.toThrow('fund_balance_check');
  await expect(
    subgraph.pool.query(
      `INSERT INTO organizations.engagement SELECT gen_random_uuid(), role, holder_type, 'somebody else', holder_name,
         holder_place, subject_type, subject_key, valid_from, NULL, NULL, city_code, provenance_id
         FROM organizations.engagement WHERE role = 'SUPERVISOR'`,
    ),
  ).rejects.toThrow('engagement_live_exclusive_key');
});
