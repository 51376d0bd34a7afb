import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../subgraphs/services/index.ts';
import { insertProvenance, insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../kit/refusals.ts';
import { COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, COUNTY_AB } from '../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let key = 0;
const RIGHTS = [
  'admission.propose',
  'admission.decide',
  'task.assign',
  'task.handle',
  'task.advance',
  'burden.write',
  'report.file',
  'report.handle',
  'report.advance',
  'report.reporter',
] as const;
/** `civil-affairs`, and others with the same rights. */
const caller = testCaller([COUNTY_AB], ...RIGHTS);
const of = (departmentCode: string, own: Caller = caller): Caller => ({ ...own, departmentCode });
const JANUARY = '2026-01-15T02:00:00.000Z';
const FUNDING = `Funding:${testUuid(800)}`;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertProvenance(subgraph.pool, 'services');
  const funding = { source: 'GOVERNMENT_PURCHASE', purpose: 'COMMUNITY_GOVERNANCE', year: 2026, name: '委托' };
  await insertRows(subgraph.pool, 'services.funding', [
    {
      ...{ id: testUuid(800), ...funding, divisionCode: COUNTY_AB, departmentCode: 'civil-affairs', budgetYuan: 1000 },
      provenanceId: TEST_PROVENANCE_ID,
    },
    {
      ...{ id: testUuid(801), ...funding, divisionCode: COUNTY_AB, departmentCode: 'health', budgetYuan: 1000 },
      provenanceId: TEST_PROVENANCE_ID,
    },
  ]);
  const lists = ['问题清单', null, '办理清单', '满意度清单'].map((name, index) => ({
    ...{ id: testUuid(810 + index), family: 'CHAINED_LISTS', ordinal: index + 1, name },
    ...{ divisionCode: COMMUNITY_A.slice(0, 9), provenanceId: TEST_PROVENANCE_ID },
  }));
  await insertRows(subgraph.pool, 'services.work_list', lists);
});
beforeEach(() => subgraph.clock.set(TEST_INSTANT));
afterAll(() => subgraph[Symbol.asyncDispose]());

const nextKey = () => `burden-${++key}`;
const done = (name: string, input: object, shown: string, by = caller) =>
  expectDone(subgraph, by, name, { idempotencyKey: nextKey(), ...input }, shown);
const refused = (name: string, input: object, code: string, culprit: string, by = caller) =>
  expectRefused(subgraph, by, name, { idempotencyKey: nextKey(), ...input }, code, culprit);
const ITEM = 'item { id state change validFrom validTo availableTransitions { event } }';
const proposal = (more: object = {}) => ({
  ...{ change: 'ADD', countyCode: COUNTY_AB, title: '协助入户核查', legalBasis: '依据待补第一条', ...more },
});
const propose = async (more: object = {}, by = caller) => {
  subgraph.clock.set(JANUARY);
  return (await done('proposeAdmissionChange', proposal(more), ITEM, by)).item.id as string;
};
/** An item on the list of the caller's department. */
async function listed(title: string, by = caller): Promise<string> {
  const itemId = await propose({ title }, by);
  await done('decideAdmissionChange', { itemId, event: 'ADOPT' }, ITEM, of('society-work'));
  subgraph.clock.set(TEST_INSTANT);
  return itemId;
}
const task = (more: object = {}) => ({
  ...{ communityId: `Community:${COMMUNITY_A}`, title: '第二季度核查', dueOn: '2026-07-10', ...more },
});
const TASK = 'task { id state onList feeYuan overdue admissionItem { title } funding { remainingYuan } }';

test('Y16: the list is changed in January alone, with a legal basis, by the department whose matter it is', async () => {
  const late = await refused('proposeAdmissionChange', proposal(), 'ADMISSION_NOT_IN_SEASON', 'input.change');
  expect(late.messageZh).toContain('1 月');
  subgraph.clock.set('2026-02-01T02:00:00.000Z');
  await refused('proposeAdmissionChange', proposal(), 'ADMISSION_NOT_IN_SEASON', 'input.change');
  subgraph.clock.set(JANUARY);
  await refused('proposeAdmissionChange', proposal({ legalBasis: '无' }), 'TEXT_INVALID', 'input.legalBasis');
  await refused('proposeAdmissionChange', proposal({ countyCode: '330411' }), 'COUNTY_NOT_FOUND', 'input.countyCode');
  const gone = proposal({ change: 'EXIT', itemId: `AdmissionItem:${testUuid(1)}` });
  await refused('proposeAdmissionChange', gone, 'ADMISSION_ITEM_NOT_FOUND', 'input.itemId');
  const itemId = await listed('协助登记');
  subgraph.clock.set(JANUARY);
  const others = proposal({ change: 'ADJUST', itemId });
  await refused('proposeAdmissionChange', others, 'ADMISSION_ITEM_NOT_YOURS', 'input.itemId', of('health'));
});

test('a proposal is decided by another department, and an adopted change ends the version before it', async () => {
  const itemId = await propose({ title: '协助宣传' });
  await refused('decideAdmissionChange', { itemId, event: 'ADOPT' }, 'TRANSITION_NOT_YOURS', 'input.event');
  await refused(
    'decideAdmissionChange',
    { itemId, event: 'REJECT' },
    'TRANSITION_INCOMPLETE',
    'input.event',
    of('justice'),
  );
  const wrong = { itemId, event: 'TAKE_OFF' };
  await refused('decideAdmissionChange', wrong, 'TRANSITION_INCOMPLETE', 'input.event', of('justice'));
  const replaced = { itemId, event: 'REPLACE' };
  await refused('decideAdmissionChange', replaced, 'ADMISSION_REPLACED_BY_CHANGE_ONLY', 'input.event', of('justice'));
  const { item } = await done('decideAdmissionChange', { itemId, event: 'ADOPT' }, ITEM, of('justice'));
  expect(item).toMatchObject({ state: 'IN_FORCE', validFrom: '2026-01-15', validTo: null });

  const adjusted = await propose({ change: 'ADJUST', itemId, title: '协助宣传和走访' });
  await refused(
    'proposeAdmissionChange',
    proposal({ change: 'ADJUST', itemId, title: '又一次调整' }),
    'CONCURRENT_CHANGE',
    'input',
  );
  await done('decideAdmissionChange', { itemId: adjusted, event: 'ADOPT' }, ITEM, of('justice'));
  const exit = await propose({ change: 'EXIT', itemId: adjusted, title: '协助宣传和走访' });
  await done('decideAdmissionChange', { itemId: exit, event: 'TAKE_OFF' }, ITEM, of('justice'));
  const read = `query ($day: LocalDate) { admissionItems(countyCode: "${COUNTY_AB}", filter: { asOf: $day }) {
    nodes { title change state validTo replaces { id } } } }`;
  const after = await subgraph.run(caller, read, { day: '2026-06-30' });
  const titles = after.data.admissionItems.nodes.map(({ title }: { title: string }) => title);
  expect(titles).not.toContain('协助宣传');
  expect(titles).not.toContain('协助宣传和走访');
  const { data } = await subgraph.run(
    caller,
    `{ admissionItems(countyCode: "${COUNTY_AB}", filter: { state: ENDED }) { nodes { id history { event actorDepartment { code } } } } }`,
  );
  const ended = data.admissionItems.nodes.find(({ id }: { id: string }) => id === itemId);
  expect(ended.history.map(({ event }: { event: string }) => event)).toEqual(['PROPOSE', 'ADOPT', 'REPLACE']);
});

test('Y16, Y17, S25: an off-list task is refused with its basis, and passes for a fee (acceptance scenario 4)', async () => {
  const itemId = await listed('协助低保核查');
  const off = await refused('assignTask', task(), 'TASK_OFF_LIST', 'input.admissionItemId');
  expect(off.messageZh).toContain('城乡社区治理的意见');
  // Somebody else's item, and one that is only proposed.
  await refused(
    'assignTask',
    task({ admissionItemId: itemId }),
    'TASK_OFF_LIST',
    'input.admissionItemId',
    of('health'),
  );
  const proposed = await propose({ title: '尚未审定' });
  subgraph.clock.set(TEST_INSTANT);
  await refused('assignTask', task({ admissionItemId: proposed }), 'TASK_OFF_LIST', 'input.admissionItemId');
  const far = task({ communityId: `Community:${COMMUNITY_C}`, admissionItemId: itemId });
  await refused('assignTask', far, 'COMMUNITY_NOT_FOUND', 'input.communityId');
  const past = task({ admissionItemId: itemId, dueOn: '2026-06-29' });
  await refused('assignTask', past, 'DATE_IN_PAST', 'input.dueOn');
  const on = await done('assignTask', task({ admissionItemId: itemId }), TASK);
  expect(on.task).toMatchObject({ onList: true, feeYuan: 0, admissionItem: { title: '协助低保核查' } });

  const commission = task({ fundingId: FUNDING, feeYuan: 0 });
  const free = await refused('commissionTask', commission, 'COMMISSION_WITHOUT_FEE', 'input.feeYuan');
  expect(free.messageZh).toContain('大于 0 元');
  await refused('commissionTask', { ...commission, feeYuan: -5 }, 'COMMISSION_WITHOUT_FEE', 'input.feeYuan');
  await refused('commissionTask', { ...commission, feeYuan: 1001 }, 'FUNDING_INSUFFICIENT', 'input.feeYuan');
  const others = { ...commission, feeYuan: 5, fundingId: `Funding:${testUuid(801)}` };
  await refused('commissionTask', others, 'FUNDING_NOT_YOURS', 'input.fundingId');
  const { task: paid } = await done('commissionTask', { ...commission, feeYuan: 400 }, TASK);
  expect(paid).toMatchObject({ onList: false, feeYuan: 400, funding: { remainingYuan: 600 } });
  await refused('advanceTask', { taskId: paid.id, event: 'RETURN' }, 'TRANSITION_INCOMPLETE', 'input.event');
  const back = await done('advanceTask', { taskId: paid.id, event: 'RETURN', note: '人手不足' }, TASK);
  expect(back.task).toMatchObject({ state: 'RETURNED', funding: { remainingYuan: 1000 } });
  await refused(
    'advanceTask',
    { taskId: on.task.id, event: 'WITHDRAW', note: '撤回' },
    'TRANSITION_NOT_YOURS',
    'input.event',
    of('health'),
  );
  await done('advanceTask', { taskId: on.task.id, event: 'ACCEPT' }, TASK);
  await done('advanceTask', { taskId: on.task.id, event: 'COMPLETE', note: '已完成' }, TASK);
});

test('of fifty parallel commissions as many pass as the money pays for', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      subgraph.run(
        caller,
        'mutation ($input: CommissionTaskInput!) { commissionTask(input: $input) { __typename ... on Refusal { code } } }',
        { input: task({ fundingId: FUNDING, feeYuan: 150, idempotencyKey: nextKey() }) },
      ),
    ),
  );
  const codes = answers.map(({ data }) => data.commissionTask.code ?? 'DONE');
  expect(codes.filter((code) => code === 'DONE')).toHaveLength(6);
  expect(new Set(codes)).toEqual(new Set(['DONE', 'FUNDING_INSUFFICIENT']));
  const { rows } = await subgraph.pool.query('SELECT committed_yuan FROM services.funding WHERE id = $1', [
    testUuid(800),
  ]);
  expect(rows[0].committed_yuan).toBe(900);
});

test('S26, X20: what burdens a community is kept on a basis only, merged or cleared away, and counted', async () => {
  const community = { communityId: `Community:${COMMUNITY_B}` };
  const shown = 'item { id state mergedInto { id } reviewDeadline { dueOn ruleCode legalBasis } }';
  const kept = await done(
    'registerBurdenItem',
    { ...community, kind: 'INSPECTION', title: '消防检查', legalBasis: '《中华人民共和国消防法》' },
    shown,
  );
  expect(kept.item.reviewDeadline).toMatchObject({ dueOn: '2026-07-28', ruleCode: 'BURDEN_REVIEW' });
  const body = await done('registerBurdenItem', { ...community, kind: 'TEMPORARY_BODY', title: '迎检专班' }, shown);
  const more = await done('registerBurdenItem', { ...community, kind: 'APPRAISAL', title: '年度评比' }, shown);
  await refused('clearBurdenItem', { itemId: body.item.id, event: 'KEEP' }, 'TRANSITION_INCOMPLETE', 'input.event');
  await refused(
    'clearBurdenItem',
    { itemId: more.item.id, event: 'MERGE', mergedIntoId: kept.item.id },
    'BURDEN_ITEM_NOT_FOUND',
    'input.mergedIntoId',
  );
  await done('clearBurdenItem', { itemId: kept.item.id, event: 'KEEP' }, shown);
  const merged = await done(
    'clearBurdenItem',
    { itemId: more.item.id, event: 'MERGE', mergedIntoId: kept.item.id },
    shown,
  );
  expect(merged.item).toMatchObject({ state: 'MERGED', mergedInto: { id: kept.item.id }, reviewDeadline: null });
  await done('clearBurdenItem', { itemId: body.item.id, event: 'CLEAR', note: '无依据' }, shown);
  await refused('clearBurdenItem', { itemId: body.item.id, event: 'KEEP' }, 'TRANSITION_NOT_ALLOWED', 'input.event');
  const read = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { burden {
    registeredCount keptCount mergedCount clearedCount listTaskCount inspectionVisitCount } } } }`;
  const representations = [{ __typename: 'Community', id: `Community:${COMMUNITY_B}` }];
  const { data } = await subgraph.run(caller, read, { r: representations });
  expect(data._entities[0].burden).toEqual({
    ...{ registeredCount: 3, keptCount: 1, mergedCount: 1, clearedCount: 1, listTaskCount: 0, inspectionVisitCount: 0 },
  });
  const elsewhere = await subgraph.run(testCaller(['330411']), read, { r: representations });
  expect(elsewhere.data._entities[0].burden).toBeNull();
});

test('J10: who reported stays hidden from the reported department, whatever rights it holds', async () => {
  const report = {
    ...{ communityId: `Community:${COMMUNITY_A}`, kind: 'SHIFTED_DUTY', reportedDepartmentCode: 'health' },
    ...{ text: '要求社区代为完成部门的登记工作', reporterId: `Person:${testUuid(900)}` },
  };
  const nobody = { ...report, reportedDepartmentCode: 'nobody' };
  await refused('fileReport', nobody, 'DEPARTMENT_NOT_FOUND', 'input.reportedDepartmentCode');
  const desk = { ...report, reportedDepartmentCode: 'discipline-inspection' };
  await refused('fileReport', desk, 'REPORT_OF_DESK', 'input.reportedDepartmentCode');
  await refused('fileReport', { ...report, text: '太短' }, 'TEXT_INVALID', 'input.text');
  const { receipt } = await done('fileReport', report, 'receipt { reportId receiptCode }', of('community'));
  expect(receipt.receiptCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);

  const read = `query { formalismReports { totalCount nodes { id state text reporter { id } receiptCode
    history { event actorDepartment { code } } deadline { dueOn legalBasis } } } }`;
  const seen = (await subgraph.run(of('discipline-inspection'), read)).data.formalismReports;
  expect(seen.nodes[0]).toMatchObject({ id: receipt.reportId, reporter: { id: `Person:${testUuid(900)}` } });
  expect(seen.nodes[0].deadline).toMatchObject({ dueOn: '2026-07-15' });

  const reported = await subgraph.run(of('health'), read);
  const [row] = reported.data.formalismReports.nodes;
  expect(row).toMatchObject({ id: receipt.reportId, text: null, reporter: null, receiptCode: null });
  expect(row.history).toEqual([{ event: 'FILE', actorDepartment: { code: 'discipline-inspection' } }]);
  expect(reported.problems.map((problem) => problem.split(' ')[0])).toEqual(Array(3).fill('FIELD_RIGHT_MISSING'));
  const others = await subgraph.run(of('housing', testCaller([COUNTY_AB])), '{ formalismReports { totalCount } }');
  expect(others.data.formalismReports.totalCount).toBe(0);
  const node = await subgraph.run(
    of('housing', testCaller([COUNTY_AB])),
    'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
    { r: [{ __typename: 'FormalismReport', id: receipt.reportId }] },
  );
  expect(node.data._entities).toEqual([null]);
  const { rows } = await subgraph.pool.query("SELECT string_agg(payload, '') AS text FROM services.outbox");
  expect(rows[0].text).not.toContain(testUuid(900));
});

test('J10: a report is followed by its receipt through the talk and the rectification', async () => {
  const report = {
    ...{ communityId: `Community:${COMMUNITY_A}`, kind: 'FORMS_AND_LEDGERS', reportedDepartmentCode: 'culture' },
    text: '同一数据每周填报三张内容相近的表格',
  };
  const { receipt } = await done('fileReport', report, 'receipt { reportId receiptCode }');
  const { reportId } = receipt;
  const progress = async () => {
    const { data } = await subgraph.run(
      testCaller([]),
      'query ($code: String!) { reportProgress(receiptCode: $code) { state stateNameZh deadline { dueOn ruleCode } } }',
      { code: receipt.receiptCode.toLowerCase() },
    );
    return data.reportProgress;
  };
  const step = (event: string, by: string, note?: string) =>
    done(
      'advanceReport',
      { reportId, event, ...(note === undefined ? {} : { note }) },
      'report { state talkOn }',
      of(by),
    );
  const not = (event: string, code: string, by: string) =>
    refused('advanceReport', { reportId, event, note: '说明' }, code, 'input.event', of(by));
  expect(await progress()).toMatchObject({ state: 'FILED', deadline: { ruleCode: 'REPORT_ACCEPT' } });
  await not('TALK', 'TRANSITION_NOT_ALLOWED', 'discipline-inspection');
  await not('ACCEPT', 'TRANSITION_NOT_YOURS', 'culture');
  await step('ACCEPT', 'discipline-inspection');
  await step('TALK', 'discipline-inspection', '已约谈分管负责人');
  await not('RECTIFY', 'TRANSITION_NOT_YOURS', 'discipline-inspection');
  await not('CLOSE', 'TRANSITION_NOT_ALLOWED', 'discipline-inspection');
  expect(await progress()).toMatchObject({
    state: 'TALKED',
    deadline: { dueOn: '2026-07-21', ruleCode: 'REPORT_RECTIFY' },
  });
  await step('RECTIFY', 'culture', '三张表合并为一张');
  await step('RETURN', 'discipline-inspection', '仍须每周填报');
  await step('RECTIFY', 'culture', '改为系统共享，不再填报');
  await step('CLOSE', 'discipline-inspection', '核验属实');
  expect(await progress()).toEqual({ state: 'CLOSED', stateNameZh: '已办结', deadline: null });
  const wrong = await subgraph.run(
    testCaller([]),
    '{ reportProgress(receiptCode: "0000000000000000000000000A") { state } }',
  );
  expect(wrong.data.reportProgress).toBeNull();
});

test('H44, J08: lists are a chain without orphans, and a name that no source gives is 待补 until it is configured', async () => {
  const list = (ordinal: number) => `WorkList:${testUuid(809 + ordinal)}`;
  const communityId = `Community:${COMMUNITY_A}`;
  const enter = (ordinal: number, previousId?: string) => ({
    ...{ listId: list(ordinal), communityId, title: '楼道堆物', ...(previousId === undefined ? {} : { previousId }) },
  });
  const shown = 'entry { id title continues { id } list { name } }';
  await refused('addWorkListEntry', enter(2), 'LIST_ENTRY_BREAKS_CHAIN', 'input.previousId');
  const { entry: problem } = await done('addWorkListEntry', enter(1), shown);
  await refused('addWorkListEntry', enter(3, problem.id), 'LIST_ENTRY_BREAKS_CHAIN', 'input.previousId');
  const { entry: second } = await done('addWorkListEntry', enter(2, problem.id), shown);
  expect(second).toMatchObject({ continues: { id: problem.id }, list: { name: '待补' } });
  await refused('addWorkListEntry', enter(2, problem.id), 'LIST_ENTRY_CONTINUED', 'input.previousId');
  const elsewhere = { ...enter(1), communityId: `Community:${COMMUNITY_C}` };
  await refused('addWorkListEntry', elsewhere, 'COMMUNITY_NOT_FOUND', 'input.communityId');
  const parallel = await Promise.all(
    Array.from({ length: 20 }, () =>
      subgraph.run(
        caller,
        'mutation ($input: AddWorkListEntryInput!) { addWorkListEntry(input: $input) { __typename } }',
        { input: { ...enter(3, second.id), idempotencyKey: nextKey() } },
      ),
    ),
  );
  const succeeded = parallel.filter(({ data }) => data.addWorkListEntry.__typename === 'AddWorkListEntrySuccess');
  expect(succeeded).toHaveLength(1);
  const named = await done('nameWorkList', { listId: list(2), name: '任务清单' }, 'list { name named }');
  expect(named.list).toEqual({ name: '任务清单', named: true });
  await refused('nameWorkList', { listId: list(2), name: '' }, 'TEXT_INVALID', 'input.name');
  await refused(
    'nameWorkList',
    { listId: list(2), name: '任务清单' },
    'WORK_LIST_NOT_FOUND',
    'input.listId',
    testCaller(['330411'], 'burden.write'),
  );
  const { data } = await subgraph.run(
    caller,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { workLists(family: CHAINED_LISTS) {
      list { ordinal name } entryCount orphanCount openCount } } } }`,
    { r: [{ __typename: 'Community', id: communityId }] },
  );
  expect(data._entities[0].workLists).toEqual([
    { list: { ordinal: 1, name: '问题清单' }, entryCount: 1, orphanCount: 0, openCount: 0 },
    { list: { ordinal: 2, name: '任务清单' }, entryCount: 1, orphanCount: 0, openCount: 0 },
    { list: { ordinal: 3, name: '办理清单' }, entryCount: 1, orphanCount: 0, openCount: 1 },
    { list: { ordinal: 4, name: '满意度清单' }, entryCount: 0, orphanCount: 0, openCount: 0 },
  ]);
});

test('a replayed key gives the same answer, one event and one row', async () => {
  const input = {
    ...{ communityId: `Community:${COMMUNITY_A}`, kind: 'PLAQUE', title: '挂牌', idempotencyKey: 'burden-replayed' },
  };
  const first = await done('registerBurdenItem', input, 'item { id provenance { systemCode } }');
  expect(first.item.provenance.systemCode).toBe('test-client');
  const before = await subgraph.rowCounts();
  const again = await done('registerBurdenItem', input, 'item { id }');
  expect(again.item.id).toBe(first.item.id);
  expect(await subgraph.rowCounts()).toEqual(before);
  const { rows } = await subgraph.pool.query('SELECT event_type FROM services.outbox WHERE entity_id = $1', [
    first.item.id,
  ]);
  expect(rows).toEqual([{ event_type: 'burdenItem.registered' }]);
});
