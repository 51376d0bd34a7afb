import { afterAll, beforeAll, expect, test } from 'vitest';
import { removedCertificates } from '../../../../prisma/seed/services/certificate-list.ts';
import type { Caller } from '../../../../subgraphs/kit/caller/caller.ts';
import { type DepartmentCode, departments } from '../../../../subgraphs/kit/codes/departments.ts';
import { type DepartmentCheck, departmentChecks } from '../../../../subgraphs/people/rules/checks/department-checks.ts';
import { services } from '../../../../subgraphs/services/index.ts';
import { insertProvenance, insertRows, TEST_PROVENANCE_ID, testUuid } from '../../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../../kit/refusals.ts';
import { COMMUNITY_A, COMMUNITY_C, COUNTY_AB, COUNTY_C } from '../../../kit/services-rows.ts';
import { APPLICANT } from '../../../kit/window-rows.ts';

let subgraph: TestSubgraph;
let key = 0;
const nextKey = () => `certificate-${++key}`;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertProvenance(subgraph.pool, 'services');
  const item = (number: number, name: string, more: object) => ({
    ...{ id: testUuid(700 + number), code: `ZM-00${number}`, name, named: name !== '待补', allowed: true },
    ...{
      legalBasis: '待补',
      basisConfirmed: false,
      provenanceId: TEST_PROVENANCE_ID,
      listedOn: '2016-01-01',
      removedOn: null,
    },
    ...{ substituteCheckCode: null, substituteDepartmentCode: null, ...more },
  });
  await insertRows(subgraph.pool, 'services.certificate_item', [
    item(1, '待补', {}),
    item(2, '待补', {}),
    item(3, '亲属关系', {
      ...{ allowed: false, substituteCheckCode: 'KINSHIP', substituteDepartmentCode: 'public-security' },
    }),
    item(4, '待补', { allowed: false }),
    item(5, '疾病', { allowed: false, substituteCheckCode: 'DISEASE', substituteDepartmentCode: 'health' }),
    item(6, '待补', { allowed: false }),
  ]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const desk: Caller = {
  ...testCaller([COUNTY_AB], 'certificate.issue', 'certificate.list', 'service.applicant'),
  departmentCode: 'community',
};
const issue = (more: object = {}) => ({
  ...{ certificateCode: 'ZM-001', personId: APPLICANT, communityId: `Community:${COMMUNITY_A}` },
  ...{ purpose: '办理入学', idempotencyKey: nextKey(), ...more },
});

test('Y18: the counts say what was cut and how many names are still 待补', async () => {
  const { data, statements } = await subgraph.run(
    testCaller([]),
    `{ certificateCounts { before after pendingNames }
       kept: certificateItems(filter: { allowed: true }) { totalCount nodes { code name } }
       removed: certificateItem(code: "ZM-003") { name allowed substituteCheckCode substituteDepartment { name } } }`,
  );
  expect(data).toEqual({
    certificateCounts: { before: 6, after: 2, pendingNames: 4 },
    kept: {
      totalCount: 2,
      nodes: [
        { code: 'ZM-001', name: '待补' },
        { code: 'ZM-002', name: '待补' },
      ],
    },
    removed: {
      ...{ name: '亲属关系', allowed: false, substituteCheckCode: 'KINSHIP' },
      substituteDepartment: { name: '公安局' },
    },
  });
  expect(statements).toHaveLength(3);
});

test('Y18, scenario 3: a removed certificate is refused and names the department check that replaces it', async () => {
  const refusal = await expectRefused(
    subgraph,
    desk,
    'issueCertificate',
    issue({ certificateCode: 'ZM-003' }),
    'CERTIFICATE_REMOVED',
    'input.certificateCode',
  );
  expect(refusal.messageZh).toBe(
    '村（社区）不再出具「亲属关系」证明；请由公安局核查代替（核查代码 KINSHIP），核查只回答是或否',
  );
  expect(refusal.messageEn).toContain('Public Security Bureau (check KINSHIP)');
});

test('S26: an allowed one is issued once it is named, with its number, and is on the ledger of its area only', async () => {
  await expectRefused(subgraph, desk, 'issueCertificate', issue(), 'CERTIFICATE_NAME_PENDING', 'input.certificateCode');
  const naming = {
    ...{ certificateCode: 'ZM-001', name: '甲类证明', legalBasis: '《某条例》第一条', idempotencyKey: nextKey() },
  };
  const named = await expectDone(subgraph, desk, 'nameCertificateItem', naming, 'item { name named basisConfirmed }');
  expect(named.item).toEqual({ name: '甲类证明', named: true, basisConfirmed: true });
  const { certificate } = await expectDone(
    subgraph,
    desk,
    'issueCertificate',
    issue(),
    'certificate { id certificateNumber purpose issuedAt item { name } person { id } issuer { code } community { id } provenance { systemCode } }',
  );
  expect(certificate).toMatchObject({
    ...{ purpose: '办理入学', issuedAt: '2026-06-30T02:00:00.000Z', item: { name: '甲类证明' } },
    ...{ person: { id: APPLICANT }, issuer: { code: 'community' }, community: { id: `Community:${COMMUNITY_A}` } },
    provenance: { systemCode: 'test-client' },
  });
  expect(certificate.certificateNumber).toMatch(/^ZM20260630330402[0-9A-HJKMNP-TV-Z]{8}$/);
  const ledger = '{ issuedCertificates { totalCount nodes { id } } }';
  expect((await subgraph.run(desk, ledger)).data.issuedCertificates).toEqual({
    ...{ totalCount: 1, nodes: [{ id: certificate.id }] },
  });
  expect((await subgraph.run(testCaller([COUNTY_C]), ledger)).data.issuedCertificates).toEqual({
    ...{ totalCount: 0, nodes: [] },
  });
  const hidden = await subgraph.run(testCaller([COUNTY_AB]), '{ issuedCertificates { nodes { person { id } } } }');
  expect(hidden.problems).toEqual(['FIELD_RIGHT_MISSING issuedCertificates.nodes.0.person']);
});

test.each([
  ['not on the list', { certificateCode: 'ZM-999' }, 'CERTIFICATE_NOT_LISTED', 'input.certificateCode'],
  ['of another area', { communityId: `Community:${COMMUNITY_C}` }, 'COMMUNITY_NOT_FOUND', 'input.communityId'],
  ['with a number in its purpose', { purpose: '电话13800138000' }, 'PERSONAL_NUMBER_IN_TEXT', 'input.purpose'],
])('a certificate %s is refused', (_what, more, code, culprit) =>
  expectRefused(subgraph, desk, 'issueCertificate', issue(more), code, culprit),
);

test('a name is filled in once; a removed one needs the department that checks instead, a kept one has none', async () => {
  const naming = (more: object) => ({
    ...{ name: '乙类证明', legalBasis: '《某条例》第二条', idempotencyKey: nextKey(), ...more },
  });
  const refused = (more: object, code: string, culprit: string) =>
    expectRefused(subgraph, desk, 'nameCertificateItem', naming(more), code, culprit);
  await refused({ certificateCode: 'ZM-003' }, 'CERTIFICATE_ALREADY_NAMED', 'input.certificateCode');
  await refused({ certificateCode: 'ZM-004' }, 'DEPARTMENT_UNKNOWN', 'input.substituteDepartmentCode');
  await refused(
    { certificateCode: 'ZM-002', substituteDepartmentCode: 'health' },
    'DEPARTMENT_UNKNOWN',
    'input.substituteDepartmentCode',
  );
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      subgraph.run(
        desk,
        'mutation ($input: NameCertificateItemInput!) { nameCertificateItem(input: $input) { __typename ... on Refusal { code } } }',
        { input: naming({ certificateCode: 'ZM-004', substituteDepartmentCode: 'health', name: `第${index}种` }) },
      ),
    ),
  );
  const outcomes = answers.map(({ data }) => data.nameCertificateItem.code ?? 'done');
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(['done', 'CERTIFICATE_ALREADY_NAMED']));
});

const asker: Caller = {
  ...testCaller([COUNTY_AB], 'department-check.ask', 'service.applicant'),
  departmentCode: 'community',
};
const health: Caller = {
  ...testCaller([COUNTY_AB], 'department-check.answer', 'service.applicant'),
  departmentCode: 'health',
};
const ask = (more: object = {}) => ({
  ...{ certificateCode: 'ZM-005', personId: APPLICANT, communityId: `Community:${COMMUNITY_A}` },
  ...{ statement: '曾在本市住院治疗', idempotencyKey: nextKey(), ...more },
});
const CHECK = `check { id state confirmed statement department { code } asker { code } answeredAt
  deadline { dueOn workingDaysLeft ruleCode } availableTransitions { event } history { event } }`;

test.each([
  ['that nobody lists', { certificateCode: 'ZM-999' }, 'CERTIFICATE_NOT_LISTED', 'input.certificateCode'],
  ['that is still issued', { certificateCode: 'ZM-001' }, 'CERTIFICATE_STILL_ISSUED', 'input.certificateCode'],
  [
    'of which no department is known',
    { certificateCode: 'ZM-006' },
    'CERTIFICATE_NAME_PENDING',
    'input.certificateCode',
  ],
  ['elsewhere', { communityId: `Community:${COMMUNITY_C}` }, 'COMMUNITY_NOT_FOUND', 'input.communityId'],
  ['without a question', { statement: '?' }, 'TEXT_INVALID', 'input.statement'],
])('Y18: a check in place of a certificate %s is refused', async (_what, more, code, culprit) => {
  await expectRefused(subgraph, asker, 'askCertificateCheck', ask(more), code, culprit);
});

test('Y18: the department that is asked answers by yes or no within its term, and nobody else', async () => {
  const input = ask();
  const { check } = await expectDone(subgraph, asker, 'askCertificateCheck', input, CHECK);
  expect(check).toMatchObject({
    ...{ state: 'ASKED', confirmed: null, department: { code: 'health' }, asker: { code: 'community' } },
    ...{
      deadline: { dueOn: '2026-07-03', workingDaysLeft: 3, ruleCode: 'CERTIFICATE_CHECK' },
      availableTransitions: [],
    },
  });
  // The same key gives the same check; the same question under another key is refused.
  expect((await expectDone(subgraph, asker, 'askCertificateCheck', input, CHECK)).check.id).toBe(check.id);
  await expectRefused(subgraph, asker, 'askCertificateCheck', ask(), 'CHECK_ALREADY_ASKED', 'input.certificateCode');

  const queue =
    '{ certificateChecksToAnswer { nodes { id availableTransitions { event } } } certificateChecks { totalCount } }';
  const seen = async (caller: Caller) => (await subgraph.run(caller, queue)).data;
  expect((await seen(health)).certificateChecksToAnswer.nodes).toEqual([
    { id: check.id, availableTransitions: [{ event: 'CONFIRM' }, { event: 'DENY' }] },
  ]);
  expect(await seen(asker)).toEqual({ certificateChecksToAnswer: { nodes: [] }, certificateChecks: { totalCount: 1 } });
  const others = { ...health, departmentCode: 'housing' };
  expect(await seen(others)).toEqual({
    certificateChecksToAnswer: { nodes: [] },
    certificateChecks: { totalCount: 0 },
  });

  const answer = (event: string) => ({ checkId: check.id, event, idempotencyKey: nextKey() });
  const not = (caller: Caller, code: string, culprit: string) =>
    expectRefused(subgraph, caller, 'answerCertificateCheck', answer('CONFIRM'), code, culprit);
  await not(others, 'CERTIFICATE_CHECK_NOT_FOUND', 'input.checkId');
  await not({ ...health, jurisdiction: [COUNTY_C] }, 'CERTIFICATE_CHECK_NOT_FOUND', 'input.checkId');
  await not({ ...health, departmentCode: 'community' }, 'TRANSITION_NOT_YOURS', 'input.event');
  const { check: answered } = await expectDone(subgraph, health, 'answerCertificateCheck', answer('DENY'), CHECK);
  expect(answered).toMatchObject({
    state: 'NOT_CONFIRMED',
    confirmed: false,
    deadline: null,
    availableTransitions: [],
  });
  expect(answered.history).toEqual([{ event: 'ASK' }, { event: 'DENY' }]);
  await not(health, 'TRANSITION_NOT_ALLOWED', 'input.event');
  // Who may not know whom a check is about learns no answer either.
  const blind = { ...asker, rights: new Set(['department-check.ask'] as const) };
  const { data } = await subgraph.run(blind, '{ certificateChecks { nodes { state confirmed statement } } }');
  expect(data.certificateChecks.nodes).toEqual([{ state: null, confirmed: null, statement: null }]);
  const { rows } = await subgraph.pool.query(
    `SELECT event_type AS type, payload FROM services.outbox WHERE entity_id = $1 ORDER BY id`,
    [check.id],
  );
  expect(rows).toEqual([
    { type: 'certificate-check.asked', payload: JSON.stringify({ checkId: check.id }) },
    { type: 'certificate-check.answered', payload: JSON.stringify({ checkId: check.id }) },
  ]);
});

test('Y18: of the twenty that were removed six are answered at once by a register, and fourteen by yes or no of their department', async () => {
  const held: string[] = [];
  const answered: (readonly [code: string, confirmed: unknown])[] = [];
  for (const [index, [name, department, check]] of removedCertificates.entries()) {
    const { inputs }: DepartmentCheck = departmentChecks[check as keyof typeof departmentChecks];
    if (inputs !== null) {
      held.push(check);
      continue;
    }
    const code = `ZM-9${String(index).padStart(2, '0')}`;
    await insertRows(subgraph.pool, 'services.certificate_item', [
      {
        ...{ id: testUuid(750 + index), code, name, named: true, allowed: false, legalBasis: '民发〔2020〕20号' },
        ...{
          basisConfirmed: true,
          listedOn: '2016-01-01',
          substituteCheckCode: check,
          substituteDepartmentCode: department,
        },
        provenanceId: TEST_PROVENANCE_ID,
      },
    ]);
    const removed = issue({ certificateCode: code });
    const refusal = await expectRefused(
      subgraph,
      desk,
      'issueCertificate',
      removed,
      'CERTIFICATE_REMOVED',
      'input.certificateCode',
    );
    expect(refusal.messageZh).toContain(departments[department as DepartmentCode].zh);
    const { check: asked } = await expectDone(
      subgraph,
      asker,
      'askCertificateCheck',
      ask({ certificateCode: code }),
      CHECK,
    );
    const { check: given } = await expectDone(
      subgraph,
      { ...health, departmentCode: department },
      'answerCertificateCheck',
      { checkId: asked.id, event: index % 2 === 0 ? 'CONFIRM' : 'DENY', idempotencyKey: nextKey() },
      CHECK,
    );
    answered.push([check, given.confirmed]);
  }
  expect(held).toEqual(['KINSHIP', 'IDENTITY', 'MARRIAGE', 'BIRTH', 'DISABILITY', 'EMPLOYMENT']);
  expect(answered).toHaveLength(14);
  expect(answered.every(([, confirmed]) => typeof confirmed === 'boolean')).toBe(true);
});
