import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { sendMutation, testMutation } from '../../kit/mutation-cases.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations } from '../../kit/organizations-rows.ts';
import { CITY, COMMUNITY_A, COMMUNITY_C, COUNTY_AB } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
const caller = testCaller([CITY], 'organization.write');
const provenanceId = TEST_PROVENANCE_ID;
const PARENT = `PolicyDocument:${testUuid(8_001)}`;
const LEAF = `PolicyDocument:${testUuid(8_002)}`;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  const { rows } = await subgraph.pool.query<{ names: string }>(
    "SELECT string_agg('organizations.' || tablename, ', ') AS names FROM pg_tables WHERE schemaname = 'organizations' AND tablename <> '_prisma_migrations'",
  );
  await subgraph.pool.query(`TRUNCATE ${rows[0]?.names}`);
  await insertOrganizations(subgraph.pool);
  const paper = {
    kind: 'OPINION',
    theme: 'GOVERNANCE',
    issuer: '民政局',
    state: 'IN_FORCE',
    cityCode: CITY,
    provenanceId,
  };
  await insertRows(subgraph.pool, 'organizations.policy_document', [
    { id: testUuid(8_001), title: '城乡社区治理意见', issuedOn: '2025-01-01', ordinal: 1, ...paper },
    { id: testUuid(8_002), title: '配套办法', issuedOn: '2025-06-01', ordinal: 2, parentId: testUuid(8_001), ...paper },
  ]);
  await insertRows(subgraph.pool, 'organizations.programme', [
    { id: testUuid(8_101), code: 'SAFE', name: '平安社区', kind: 'CAMPAIGN', cityCode: CITY, provenanceId },
  ]);
  await insertRows(subgraph.pool, 'organizations.indicator', [
    indicator(8_201, 'T.CERT', '持证上岗率', '%'),
    indicator(8_202, 'T.INTERNATIONAL.1', '国际化社区评价指标 1（名称待补）', '分'),
  ]);
  await insertRows(subgraph.pool, 'organizations.indicator_target', [
    { id: testUuid(8_301), indicatorId: testUuid(8_201), operator: 'AT_LEAST', value: 60, year: 2026, provenanceId },
    { id: testUuid(8_302), indicatorId: testUuid(8_201), operator: 'AT_LEAST', value: 50, year: null, provenanceId },
  ]);
});

function indicator(key: number, code: string, name: string, unit: string) {
  return {
    id: testUuid(key),
    code,
    setCode: 'TEST',
    ordinal: key,
    name,
    unit,
    flagged: false,
    cityCode: CITY,
    provenanceId,
  };
}

const world = {
  subgraph: () => subgraph,
  caller,
  state: 'SELECT id, title, repealed_on FROM organizations.policy_document ORDER BY id',
};

testMutation('issuePolicyDocument', world, {
  input: {
    cityCode: CITY,
    title: '社区工作者职业体系建设办法（试行）',
    kind: 'MEASURES',
    theme: 'WORKFORCE',
    issuer: '组织部、民政局',
    issuedOn: '2026-06-01',
    inForce: true,
    parentId: PARENT,
    provisions: [
      { kind: 'ASPECT', name: '岗位设置' },
      { kind: 'WORK_LINE', name: '一体化' },
      { kind: 'ASPECT', name: null },
    ],
  },
  selection:
    'document { title inForce issuer issuedOn parent { title } provisions { kind ordinal name namePending } repealedOn }',
  done: {
    document: {
      title: '社区工作者职业体系建设办法（试行）',
      inForce: true,
      issuer: '组织部、民政局',
      issuedOn: '2026-06-01',
      parent: { title: '城乡社区治理意见' },
      provisions: [
        { kind: 'ASPECT', ordinal: 1, name: '岗位设置', namePending: false },
        { kind: 'ASPECT', ordinal: 2, name: null, namePending: true },
        { kind: 'WORK_LINE', ordinal: 1, name: '一体化', namePending: false },
      ],
      repealedOn: null,
    },
  },
  events: ['policy.issued'],
  rowCount: 4,
  refused: [
    ['another city', { cityCode: '4602' }, 'DIVISION_NOT_FOUND', 'input.cityCode'],
    ['a county', { cityCode: COUNTY_AB }, 'DIVISION_NOT_FOUND', 'input.cityCode'],
    ['a title that stands', { title: '城乡社区治理意见' }, 'POLICY_EXISTS', 'input.title'],
    ['an unknown paper above', { parentId: `PolicyDocument:${testUuid(1)}` }, 'POLICY_NOT_FOUND', 'input.parentId'],
    ['a day to come, in force', { issuedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.issuedOn'],
    ['no issuer', { issuer: '' }, 'TEXT_INVALID', 'input.issuer'],
    [
      'an item without letters',
      { provisions: [{ kind: 'ASPECT', name: '' }] },
      'TEXT_INVALID',
      'input.provisions.0.name',
    ],
  ],
  othersAtOnce: 'POLICY_EXISTS',
});

testMutation('repealPolicyDocument', world, {
  input: { documentId: LEAF, repealedOn: '2026-06-01' },
  selection: 'document { title inForce repealedOn }',
  done: { document: { title: '配套办法', inForce: false, repealedOn: '2026-06-01' } },
  events: ['policy.repealed'],
  rowCount: 1,
  refused: [
    ['a paper that others carry out', { documentId: PARENT }, 'POLICY_HAS_CHILDREN', 'input.documentId'],
    ['an unknown one', { documentId: `PolicyDocument:${testUuid(1)}` }, 'POLICY_NOT_FOUND', 'input.documentId'],
    ['a day to come', { repealedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.repealedOn'],
    ['the day of its issue', { repealedOn: '2025-06-01' }, 'DATE_BEFORE_CURRENT', 'input.repealedOn'],
  ],
  othersAtOnce: 'POLICY_REPEALED',
});

test('under a repealed paper none is issued, and one of its title may be issued anew', async () => {
  await sendMutation(subgraph, caller, 'repealPolicyDocument', { documentId: LEAF, repealedOn: '2026-06-01' });
  const paper = {
    cityCode: CITY,
    kind: 'MEASURES',
    theme: 'RURAL',
    issuer: '民政局',
    issuedOn: '2026-06-02',
    inForce: true,
  };
  expect(
    await sendMutation(subgraph, caller, 'issuePolicyDocument', { ...paper, title: '细则', parentId: LEAF }),
  ).toMatchObject({ code: 'POLICY_REPEALED', culprit: 'input.parentId' });
  expect(await sendMutation(subgraph, caller, 'issuePolicyDocument', { ...paper, title: '配套办法' })).toMatchObject({
    __typename: 'IssuePolicyDocumentSuccess',
  });
});

testMutation('openProgramme', world, {
  input: { cityCode: CITY, code: 'HARMONIOUS', name: '和谐社区', kind: 'CAMPAIGN', level: 'MUNICIPAL' },
  selection: 'programme { code name kind level designations { totalCount } }',
  done: {
    programme: {
      code: 'HARMONIOUS',
      name: '和谐社区',
      kind: 'CAMPAIGN',
      level: 'MUNICIPAL',
      designations: { totalCount: 0 },
    },
  },
  events: ['programme.opened'],
  rowCount: 1,
  refused: [
    ['a code that is taken', { code: 'SAFE' }, 'PROGRAMME_EXISTS', 'input.code'],
    ['a code in small letters', { code: 'safe' }, 'CODE_INVALID', 'input.code'],
    ['another city', { cityCode: '4602' }, 'DIVISION_NOT_FOUND', 'input.cityCode'],
    ['no name', { name: '' }, 'TEXT_INVALID', 'input.name'],
  ],
  othersAtOnce: 'PROGRAMME_EXISTS',
});

testMutation(
  'recordEvaluationScore',
  { ...world, caller: testCaller([COUNTY_AB], 'organization.write') },
  {
    input: {
      communityId: `Community:${COMMUNITY_A}`,
      indicatorCode: 'T.INTERNATIONAL.1',
      evaluatedOn: '2026-06-01',
      score: 88.5,
    },
    selection: 'score { score evaluatedOn indicatorName setCode }',
    done: {
      score: {
        score: 88.5,
        evaluatedOn: '2026-06-01',
        indicatorName: '国际化社区评价指标 1（名称待补）',
        setCode: 'TEST',
      },
    },
    events: ['community.evaluated'],
    rowCount: 1,
    refused: [
      ['another county', { communityId: `Community:${COMMUNITY_C}` }, 'COMMUNITY_NOT_FOUND', 'input.communityId'],
      ['more than a hundred', { score: 100.5 }, 'SCORE_INVALID', 'input.score'],
      ['an unknown indicator', { indicatorCode: 'NONE' }, 'INDICATOR_NOT_FOUND', 'input.indicatorCode'],
      ['a day to come', { evaluatedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.evaluatedOn'],
    ],
    othersAtOnce: 'EVALUATION_EXISTS',
  },
);

testMutation('setIndicatorTarget', world, {
  input: { cityCode: CITY, code: 'T.CERT', operator: 'AT_LEAST', value: 70, year: 2027 },
  selection: 'indicator { code targets { operator value year met } }',
  done: {
    indicator: {
      code: 'T.CERT',
      targets: [
        { operator: 'AT_LEAST', value: 60, year: 2026, met: null },
        { operator: 'AT_LEAST', value: 70, year: 2027, met: null },
        { operator: 'AT_LEAST', value: 50, year: null, met: null },
      ],
    },
  },
  events: ['indicator.targetSet'],
  rowCount: 1,
  refused: [
    ['a year that has one', { year: 2026 }, 'TARGET_EXISTS', 'input.year'],
    ['no year and a value that is there', { year: null, value: 50 }, 'TARGET_EXISTS', 'input.year'],
    ['a year out of range', { year: 1999 }, 'TARGET_YEAR_INVALID', 'input.year'],
    ['more than all', { value: 101 }, 'INDICATOR_VALUE_INVALID', 'input.value'],
    ['an unknown indicator', { code: 'NONE' }, 'INDICATOR_NOT_FOUND', 'input.code'],
    ['another city', { cityCode: '4602' }, 'DIVISION_NOT_FOUND', 'input.cityCode'],
  ],
  othersAtOnce: 'TARGET_EXISTS',
});
