import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { engagementKeys, insertBodies, organizationKeys } from '../../kit/bodies-rows.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { sendMutation, testMutation } from '../../kit/mutation-cases.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations, staleMarks } from '../../kit/organizations-rows.ts';
import { CITY, COMMUNITY_A, COMMUNITY_B, COUNTY_AB } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
const ESTATE = testUuid(9_001);
const estateId = `StandardAddress:${ESTATE}`;
const facts = { id: estateId, level: 'ESTATE', name: '阳光花园', address: '嘉兴市南湖区新嘉街道甲社区阳光花园' };
/** As the gateway informs the mutation of the estate that it names. */
const informed = (area: string, more: object = {}) => ({
  ...testCaller([area], 'organization.write'),
  referenceFacts: { answer: { 'input.estateId': { ...facts, ...more } } },
});
const body = (key: keyof typeof organizationKeys) => `Organization:${organizationKeys[key]}`;

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

const world = {
  subgraph: () => subgraph,
  caller: informed(COUNTY_AB),
  state:
    'SELECT id, name, phone, estate_id, rating, dissolved_on, (SELECT count(*)::int FROM organizations.engagement WHERE valid_to IS NULL) AS live FROM organizations.organization ORDER BY id',
};

testMutation('changeOrganization', world, {
  input: {
    organizationId: body('owners'),
    name: '阳光花园业主委员会',
    phone: '100-1234-5678',
    estateId,
    changedOn: '2026-06-01',
    note: '小区更名',
  },
  selection:
    'organization { name phone address estateName estate { id } changes { item formerValue value changedOn note } }',
  done: {
    organization: {
      name: '阳光花园业主委员会',
      phone: '10012345678',
      address: facts.address,
      estateName: '阳光花园',
      estate: { id: estateId },
      changes: [
        { item: 'ADDRESS', formerValue: null, value: facts.address, changedOn: '2026-06-01', note: '小区更名' },
        { item: 'ESTATE', formerValue: null, value: null, changedOn: '2026-06-01', note: '小区更名' },
        {
          item: 'NAME',
          formerValue: '甲小区业主委员会',
          value: '阳光花园业主委员会',
          changedOn: '2026-06-01',
          note: '小区更名',
        },
        { item: 'PHONE', formerValue: null, value: '10012345678', changedOn: '2026-06-01', note: '小区更名' },
      ],
    },
  },
  events: ['organization.changed'],
  rowCount: 5,
  refused: [
    [
      'a body of another county',
      { organizationId: body('elsewhere') },
      'ORGANIZATION_OUTSIDE_AREA',
      'input.organizationId',
    ],
    [
      'an unknown body',
      { organizationId: `Organization:${testUuid(1)}` },
      'ORGANIZATION_OUTSIDE_AREA',
      'input.organizationId',
    ],
    ['a name of one character', { name: '社' }, 'TEXT_INVALID', 'input.name'],
    ['a telephone that is none', { phone: '12ab' }, 'PHONE_INVALID', 'input.phone'],
    ['a day to come', { changedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.changedOn'],
    ['a day before it was', { changedOn: '2019-12-31' }, 'DATE_BEFORE_CURRENT', 'input.changedOn'],
    ['nothing that differs', { name: null, phone: null, estateId: null }, 'ORGANIZATION_UNCHANGED', 'input'],
  ],
  othersAtOnce: 'ORGANIZATION_UNCHANGED',
});

testMutation(
  'ratePropertyService',
  { ...world, caller: testCaller([CITY], 'organization.write') },
  {
    input: { organizationId: body('property'), rating: 5, ratedOn: '2026-06-01', basis: '年度物业服务质量评定' },
    selection: 'organization { rating changes { item formerValue value note } }',
    done: {
      organization: {
        rating: 5,
        changes: [{ item: 'RATING', formerValue: '4', value: '5', note: '年度物业服务质量评定' }],
      },
    },
    events: ['organization.rated'],
    rowCount: 2,
    refused: [
      ['six stars', { rating: 6 }, 'RATING_INVALID', 'input.rating'],
      ['no star', { rating: 0 }, 'RATING_INVALID', 'input.rating'],
      ['a body of another kind', { organizationId: body('owners') }, 'RATING_INVALID', 'input.organizationId'],
      ['no ground', { basis: ' ' }, 'TEXT_INVALID', 'input.basis'],
      ['a day to come', { ratedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.ratedOn'],
    ],
    othersAtOnce: 'DATE_BEFORE_CURRENT',
  },
);

testMutation('dissolveOrganization', world, {
  input: { organizationId: body('society'), dissolvedOn: '2026-06-01', reason: '自行解散' },
  selection: 'organization { dissolvedOn changes { item value note } }',
  done: {
    organization: {
      dissolvedOn: '2026-06-01',
      changes: [{ item: 'DISSOLUTION', value: '2026-06-01', note: '自行解散' }],
    },
  },
  // It was an incubatee.
  events: ['organization.dissolved', 'engagement.ended'],
  rowCount: 3,
  refused: [
    ['a body with units', { organizationId: body('office') }, 'ORGANIZATION_HAS_UNITS', 'input.organizationId'],
    ['another county', { organizationId: body('elsewhere') }, 'ORGANIZATION_OUTSIDE_AREA', 'input.organizationId'],
    ['a day to come', { dissolvedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.dissolvedOn'],
    ['its first day', { dissolvedOn: '2020-01-01' }, 'DATE_BEFORE_CURRENT', 'input.dissolvedOn'],
    ['a day before a relation of it began', { dissolvedOn: '2023-06-01' }, 'DATE_BEFORE_CURRENT', 'input.dissolvedOn'],
    ['no reason', { reason: '' }, 'TEXT_INVALID', 'input.reason'],
  ],
  othersAtOnce: 'ORGANIZATION_OUTSIDE_AREA',
});

test('a body whose funds are not settled is not dissolved', async () => {
  await subgraph.pool.query('UPDATE organizations.fund SET organization_id = $1 WHERE county_code = $2', [
    organizationKeys.society,
    COUNTY_AB,
  ]);
  const answer = await sendMutation(subgraph, world.caller, 'dissolveOrganization', {
    organizationId: body('society'),
    dissolvedOn: '2026-06-01',
    reason: '自行解散',
  });
  expect(answer).toMatchObject({ code: 'ORGANIZATION_HAS_FUNDS', messageEn: expect.stringContaining('100 yuan') });
});

test('while a body is dissolved by one, 49 others engage it: none of them is left with a dead holder', async () => {
  const caller = testCaller([CITY], 'organization.write');
  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      index === 25
        ? sendMutation(subgraph, caller, 'dissolveOrganization', {
            organizationId: body('firm'),
            dissolvedOn: '2026-06-29',
            reason: '自行解散',
          })
        : subgraph.run(
            caller,
            `mutation ($input: StartEngagementInput!) { startEngagement(input: $input) { __typename } }`,
            {
              input: {
                role: 'LEGAL_ADVISER',
                subjectId: `Community:${index % 2 === 0 ? COMMUNITY_A : COMMUNITY_B}`,
                holderId: body('firm'),
                validFrom: '2026-06-01',
                endFormer: false,
                idempotencyKey: `engage-firm-${index}`,
              },
            },
          ),
    ),
  );
  const { rows } = await subgraph.pool.query(
    `SELECT o.dissolved_on::text, (SELECT count(*)::int FROM organizations.engagement e
       WHERE e.holder_key = o.id::text AND e.valid_to IS NULL) AS live FROM organizations.organization o WHERE o.id = $1`,
    [organizationKeys.firm],
  );
  expect(rows).toEqual([{ dissolved_on: '2026-06-29', live: 0 }]);
});

test('an estate shows its owners’ committee and the property service that it engaged; a second committee is refused', async () => {
  await sendMutation(subgraph, world.caller, 'changeOrganization', {
    organizationId: body('owners'),
    estateId,
    changedOn: '2026-06-01',
  });
  await insertRows(subgraph.pool, 'organizations.engagement', [
    {
      id: testUuid(6_190),
      role: 'PROPERTY_MANAGER',
      holderType: 'ORGANIZATION',
      holderKey: organizationKeys.property,
      holderName: '示例物业',
      subjectType: 'ORGANIZATION',
      subjectKey: organizationKeys.owners,
      validFrom: '2024-01-01',
      cityCode: CITY,
      provenanceId: TEST_PROVENANCE_ID,
    },
  ]);
  const { data, problems, statements } = await subgraph.run(
    testCaller([COUNTY_AB]),
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on StandardAddress {
       ownersCommittee { name } propertyServices { name rating } } } }`,
    {
      r: [estateId, 'StandardAddress:none', `StandardAddress:${testUuid(9_002)}`].map((id) => ({
        __typename: 'StandardAddress',
        id,
      })),
    },
  );
  expect(problems).toEqual([]);
  expect(data._entities).toEqual([
    { ownersCommittee: { name: '甲小区业主委员会' }, propertyServices: [{ name: '示例物业', rating: 4 }] },
    { ownersCommittee: null, propertyServices: [] },
    { ownersCommittee: null, propertyServices: [] },
  ]);
  expect([...statements].sort()).toEqual(['estate_bodies', 'estate_property_services']);

  const second = {
    kind: 'OWNERS_COMMITTEE',
    name: '阳光花园第二业主委员会',
    divisionCode: COMMUNITY_A,
    establishedOn: '2026-06-01',
    estateId,
  };
  expect(await sendMutation(subgraph, world.caller, 'registerOrganization', second)).toMatchObject({
    code: 'ESTATE_HAS_OWNERS_COMMITTEE',
    culprit: 'input.estateId',
  });
  const stairwell = informed(COUNTY_AB, { level: 'STAIRWELL' });
  expect(await sendMutation(subgraph, stairwell, 'registerOrganization', second)).toMatchObject({
    code: 'ESTATE_UNFIT',
    culprit: 'input.estateId',
  });
});

test('of 50 who register an owners’ committee of one estate at once, one does', async () => {
  const answers = await fiftyAtOnce('registerOrganization', (index) =>
    sendMutation(subgraph, world.caller, 'registerOrganization', {
      kind: 'OWNERS_COMMITTEE',
      name: `阳光花园业主委员会${index}`,
      divisionCode: COMMUNITY_A,
      establishedOn: '2026-06-01',
      estateId,
    }),
  );
  expect(answers.filter(({ __typename }) => __typename === 'RegisterOrganizationSuccess')).toHaveLength(1);
  const codes = new Set(answers.flatMap(({ code }) => code ?? []));
  codes.delete('CONCURRENT_CHANGE');
  expect([...codes].filter((code) => code !== 'ESTATE_HAS_OWNERS_COMMITTEE')).toEqual([]);
  const { rows } = await subgraph.pool.query(
    'SELECT count(*)::int AS live FROM organizations.organization WHERE estate_id = $1 AND dissolved_on IS NULL',
    [ESTATE],
  );
  expect(rows).toEqual([{ live: 1 }]);
});

test('a day before the last change of the same item is refused, a former day of another item is not', async () => {
  const change = (input: object) =>
    sendMutation(subgraph, world.caller, 'changeOrganization', { organizationId: body('owners'), ...input });
  await change({ phone: '10012345678', changedOn: '2026-06-01' });
  expect(await change({ phone: '10087654321', changedOn: '2026-05-01' })).toMatchObject({
    code: 'DATE_BEFORE_CURRENT',
  });
  expect(await change({ name: '新甲小区业主委员会', changedOn: '2026-05-01' })).toMatchObject({
    __typename: 'ChangeOrganizationSuccess',
  });
});

test('what was a relation of a dissolved body keeps its range and says why it ended', async () => {
  await sendMutation(subgraph, world.caller, 'dissolveOrganization', {
    organizationId: body('society'),
    dissolvedOn: '2026-06-01',
    reason: '自行解散',
  });
  const { rows } = await subgraph.pool.query(
    'SELECT valid_to::text, end_reason FROM organizations.engagement WHERE id = $1',
    [engagementKeys.incubatee],
  );
  expect(rows).toEqual([{ valid_to: '2026-06-01', end_reason: '机构注销' }]);
});
