import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { builtInYears, WorkingCalendar } from '../../../../subgraphs/kit/calendar/working-calendar.ts';
import type { Caller } from '../../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../../kit/refusals.ts';
import { COMMUNITY_A, COMMUNITY_C, COUNTY_AB, COUNTY_C, insertServices } from '../../../kit/services-rows.ts';
import { APPLICANT, insertGuides, OTHER_APPLICANT, WORKER } from '../../../kit/window-rows.ts';

let subgraph: TestSubgraph;
let calendar = new WorkingCalendar(builtInYears);
let key = 0;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services, { calendar: { current: () => calendar } });
  await insertServices(subgraph.pool);
  await insertGuides(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const ALL_HELD = ['ID_CARD', 'HOUSEHOLD_REGISTER', 'RESIDENCE_RECORD', 'MARITAL_STATUS'];
/** What the gateway would have read of the applicant in the other subgraphs. */
const knowing = (caller: Caller, heldMaterials: readonly string[], heldPartyMaterials?: readonly string[]): Caller => {
  const facts = { 'input.applicantId': { id: APPLICANT, heldMaterials, heldPartyMaterials } };
  return { ...caller, referenceFacts: { preAccept: facts, submitRequest: facts } };
};
const desk: Caller = {
  ...testCaller(
    [COUNTY_AB],
    'service-request.intake',
    'service-request.handle',
    'service-request.step',
    'service.applicant',
  ),
  departmentCode: 'community',
};
const civilAffairs: Caller = {
  ...testCaller([COUNTY_AB], 'service-request.handle', 'service-request.step'),
  departmentCode: 'civil-affairs',
};
const resident: Caller = { ...testCaller([], 'service-request.step'), kind: 'APPLICATION', personId: APPLICANT };

const input = (more: object = {}) => ({
  ...{ itemCode: '330499-0001', applicantId: APPLICANT, communityId: `Community:${COMMUNITY_A}`, channel: 'WINDOW' },
  ...{ firstContactId: WORKER, idempotencyKey: `request-${++key}` },
  ...more,
});
const BOTH = [{ code: 'APPLICATION_FORM' }, { code: 'PHOTO' }];
const STATE = `request { id state stateZh toldAt submittedAt closedAt rating
  materials { code state filledBy { code } } missingMaterials { code }
  firstContact { id } firstContactDepartment { code } handlerDepartment { code }
  availableTransitions { event ready missing requiredInputs } }`;
const TERMS = `request { state overdue promise { dueOn dueAt workingDaysLeft certainty calendarVersion ruleCode legalBasis termAmount overdue }
  legalTerm { dueOn certainty ruleCode legalBasis } }`;

const step = (by: Caller, requestId: string, event: string, more: object = {}, success = STATE) =>
  expectDone(
    subgraph,
    by,
    'advanceRequest',
    { requestId, event, idempotencyKey: `request-${++key}`, ...more },
    success,
  );
const refusedStep = (
  by: Caller,
  requestId: string,
  event: string,
  code: string,
  more: object = {},
  culprit = 'input.event',
) =>
  expectRefused(
    subgraph,
    by,
    'advanceRequest',
    { requestId, event, idempotencyKey: `request-${++key}`, ...more },
    code,
    culprit,
  );
const submitted = async (more: object = {}) =>
  (await expectDone(subgraph, knowing(desk, ALL_HELD), 'submitRequest', input({ given: BOTH, ...more }), STATE))
    .request;
const accepted = async () => {
  const { id } = await submitted();
  return (await step(civilAffairs, id, 'ACCEPT', {}, `request { id }`)).request.id as string;
};

beforeEach(async () => {
  subgraph.clock.set('2026-06-30T02:00:00.000Z');
  calendar = new WorkingCalendar(builtInYears);
  await subgraph.pool.query('DELETE FROM services.service_request; DELETE FROM services.request_material');
});

describe('pre-acceptance (H37)', () => {
  test('fills what other subgraphs hold, takes what is given, and tells once all that is missing', async () => {
    const before = await subgraph.rowCounts();
    const { request } = await expectDone(
      subgraph,
      knowing(desk, ['ID_CARD'], ['PARTY_MEMBERSHIP']),
      'preAccept',
      input({ given: [{ code: 'PHOTO' }] }),
      STATE,
    );

    expect(request).toMatchObject({ state: 'PRE_ACCEPTED', stateZh: '预受理', toldAt: '2026-06-30T02:00:00.000Z' });
    expect(request.materials).toEqual([
      { code: 'ID_CARD', state: 'FILLED', filledBy: { code: 'public-security' } },
      { code: 'HOUSEHOLD_REGISTER', state: 'MISSING', filledBy: null },
      { code: 'PARTY_MEMBERSHIP', state: 'FILLED', filledBy: { code: 'party-organization' } },
      { code: 'APPLICATION_FORM', state: 'MISSING', filledBy: null },
      { code: 'PHOTO', state: 'GIVEN', filledBy: null },
    ]);
    expect(request.missingMaterials).toEqual([{ code: 'HOUSEHOLD_REGISTER' }, { code: 'APPLICATION_FORM' }]);
    const after = await subgraph.rowCounts();
    expect({
      requests: (after.service_request ?? 0) - (before.service_request ?? 0),
      materials: (after.request_material ?? 0) - (before.request_material ?? 0),
      events: (after.outbox ?? 0) - (before.outbox ?? 0),
      provenance: (after.provenance ?? 0) - (before.provenance ?? 0),
    }).toEqual({ requests: 1, materials: 5, events: 1, provenance: 1 });
    // Told once: nothing else may be asked for later.
    await refusedStep(desk, request.id, 'ASK_SUPPLEMENT', 'TRANSITION_INCOMPLETE', { materialCodes: ['PHOTO'] });
  });

  test('nobody is asked for what a register holds when a subgraph does not answer: it is simply missing', async () => {
    const { request } = await expectDone(subgraph, desk, 'preAccept', input({ given: BOTH }), STATE);
    expect(request.missingMaterials).toEqual([{ code: 'ID_CARD' }, { code: 'HOUSEHOLD_REGISTER' }]);
  });

  test('X07: what was given with an earlier request is used again where the guide says so', async () => {
    await submitted();
    const { request } = await expectDone(
      subgraph,
      knowing(desk, ALL_HELD),
      'preAccept',
      input({ itemCode: '330499-0002' }),
      STATE,
    );
    expect(request.materials).toEqual([
      { code: 'ID_CARD', state: 'FILLED', filledBy: { code: 'public-security' } },
      { code: 'PHOTO', state: 'REUSED', filledBy: null },
    ]);
    expect(request.missingMaterials).toEqual([]);
  });

  test('materials that come later submit the request as soon as nothing necessary is missing', async () => {
    const { request } = await expectDone(subgraph, knowing(desk, ALL_HELD), 'preAccept', input(), STATE);
    const supply = (given: object[]) =>
      expectDone(
        subgraph,
        desk,
        'supplyMaterials',
        { requestId: request.id, given, idempotencyKey: `request-${++key}` },
        STATE,
      );
    expect((await supply([{ code: 'PHOTO' }])).request).toMatchObject({ state: 'PRE_ACCEPTED', submittedAt: null });
    const complete = await supply([
      {
        code: 'APPLICATION_FORM',
        attachments: [
          { reference: 'forms/1.pdf', sha256: 'a'.repeat(64), sizeBytes: 2048, mediaType: 'application/pdf' },
        ],
      },
    ]);
    expect(complete.request).toMatchObject({ state: 'SUBMITTED', submittedAt: '2026-06-30T02:00:00.000Z' });
    const { data } = await subgraph.run(
      desk,
      `{ serviceRequest(id: "${request.id}") { attachments { reference sizeBytes } history { event eventZh toState } } }`,
    );
    expect(data.serviceRequest.attachments).toEqual([{ reference: 'forms/1.pdf', sizeBytes: 2048 }]);
    expect(data.serviceRequest.history).toEqual([
      { event: 'CHECK_MATERIALS', eventZh: '核对材料', toState: 'PRE_ACCEPTED' },
      { event: 'CHECK_MATERIALS', eventZh: '核对材料', toState: 'PRE_ACCEPTED' },
      { event: 'CHECK_MATERIALS', eventZh: '核对材料', toState: 'PRE_ACCEPTED' },
      { event: 'SUBMIT', eventZh: '提交', toState: 'SUBMITTED' },
    ]);
  });
});

describe('telling once (行政许可法 32)', () => {
  test('the window names all that is missing, once; what it forgot it cannot ask for later', async () => {
    const { id } = await submitted();
    await refusedStep(
      desk,
      id,
      'ASK_SUPPLEMENT',
      'MATERIAL_NOT_ASKED',
      { materialCodes: ['PHOTO', 'DIPLOMA'] },
      'input.materialCodes.1',
    );
    await refusedStep(desk, id, 'ASK_SUPPLEMENT', 'TRANSITION_INCOMPLETE');
    await refusedStep(civilAffairs, id, 'ASK_SUPPLEMENT', 'TRANSITION_NOT_YOURS', { materialCodes: ['PHOTO'] });
    const { request } = await step(desk, id, 'ASK_SUPPLEMENT', { materialCodes: ['PHOTO'] });
    expect(request).toMatchObject({
      ...{ state: 'SUPPLEMENT_REQUIRED', toldAt: '2026-06-30T02:00:00.000Z', submittedAt: null },
      missingMaterials: [{ code: 'PHOTO' }],
    });
    const supplied = await expectDone(
      subgraph,
      resident,
      'supplyMaterials',
      { requestId: id, given: [{ code: 'PHOTO' }], idempotencyKey: `request-${++key}` },
      STATE,
    );
    expect(supplied.request).toMatchObject({ state: 'SUBMITTED', missingMaterials: [] });
    await refusedStep(desk, id, 'ASK_SUPPLEMENT', 'TRANSITION_INCOMPLETE', { materialCodes: ['APPLICATION_FORM'] });
  });
});

describe('submission', () => {
  test('an incomplete one waits for what is missing, told at once; it cannot be accepted', async () => {
    const { request } = await expectDone(subgraph, knowing(desk, ALL_HELD), 'submitRequest', input(), STATE);
    expect(request).toMatchObject({ state: 'SUPPLEMENT_REQUIRED', toldAt: '2026-06-30T02:00:00.000Z' });
    await refusedStep(civilAffairs, request.id, 'ACCEPT', 'TRANSITION_NOT_ALLOWED');
  });

  test.each([
    ['an unknown item', { itemCode: 'x' }, 'SERVICE_ITEM_NOT_FOUND', 'input.itemCode'],
    ['an item without a guide', { itemCode: '330499-0003' }, 'GUIDE_NOT_PUBLISHED', 'input.itemCode'],
    ['a service of daily life', { itemCode: '330499-0099' }, 'SERVICE_ITEM_ORDERED', 'input.itemCode'],
    ['no applicant', { applicantId: null }, 'APPLICANT_NOT_ONE', 'input.applicantId'],
    ['another area', { communityId: `Community:${COMMUNITY_C}` }, 'COMMUNITY_NOT_FOUND', 'input.communityId'],
    ['a material nobody asked for', { given: [{ code: 'DIPLOMA' }] }, 'MATERIAL_NOT_ASKED', 'input.given.0.code'],
    ['a material twice', { given: [BOTH[1], BOTH[1]] }, 'MATERIAL_NOT_ASKED', 'input.given.1.code'],
    [
      'an address instead of a reference',
      {
        given: [
          {
            code: 'PHOTO',
            attachments: [
              { reference: 'http://x/y.png', sha256: 'a'.repeat(64), sizeBytes: 1, mediaType: 'image/png' },
            ],
          },
        ],
      },
      ...(['ATTACHMENT_INVALID', 'input.given.0.attachments.0'] as const),
    ],
  ])('with %s is refused', (_what, more, code, culprit) =>
    expectRefused(subgraph, knowing(desk, ALL_HELD), 'submitRequest', input(more), code, culprit),
  );

  test('without the right it is refused before anything is read', async () => {
    const { data, problems } = await subgraph.run(
      civilAffairs,
      'mutation ($input: SubmitRequestInput!) { submitRequest(input: $input) { __typename } }',
      { input: input() },
    );
    expect(data.submitRequest).toBeNull();
    expect(problems).toEqual(['FIELD_RIGHT_MISSING submitRequest']);
  });

  test('of fifty parallel submissions of one applicant for one item exactly one is written', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        subgraph.run(
          knowing(desk, ALL_HELD),
          'mutation ($input: SubmitRequestInput!) { submitRequest(input: $input) { __typename ... on Refusal { code } } }',
          { input: input({ given: BOTH }) },
        ),
      ),
    );
    const outcomes = answers.map(({ data }) => data.submitRequest.code ?? data.submitRequest.__typename);
    expect(outcomes.filter((outcome) => outcome === 'SubmitRequestSuccess')).toHaveLength(1);
    const refused = outcomes.filter((outcome) => outcome !== 'SubmitRequestSuccess');
    expect(refused.filter((code) => code !== 'REQUEST_ALREADY_OPEN' && code !== 'CONCURRENT_CHANGE')).toEqual([]);
    const { rows } = await subgraph.pool.query('SELECT count(*)::int AS count FROM services.service_request');
    expect(rows).toEqual([{ count: 1 }]);
  });

  test('the same key answers again and writes nothing; after a withdrawal one may apply anew', async () => {
    const again = input({ given: BOTH });
    const first = await expectDone(subgraph, knowing(desk, ALL_HELD), 'submitRequest', again, STATE);
    const before = await subgraph.rowCounts();
    const second = await expectDone(subgraph, knowing(desk, ALL_HELD), 'submitRequest', again, STATE);
    expect(second.request.id).toBe(first.request.id);
    expect(await subgraph.rowCounts()).toEqual(before);
    await step(desk, first.request.id, 'WITHDRAW');
    expect((await submitted()).id).not.toBe(first.request.id);
  });
});

describe('first contact (X15)', () => {
  test('a transfer changes who handles it and never who was asked first', async () => {
    const id = await accepted();
    const { rows } = await subgraph.pool.query('SELECT handler_department_code AS h FROM services.service_request');
    // Whoever accepts it handles it.
    expect(rows).toEqual([{ h: 'civil-affairs' }]);
    const { request } = await step(desk, id, 'TRANSFER', {
      handlerDepartmentCode: 'civil-affairs',
      note: '转民政办理',
    });
    expect(request).toMatchObject({
      ...{ firstContact: { id: WORKER }, firstContactDepartment: { code: 'community' } },
      handlerDepartment: { code: 'civil-affairs' },
    });
    const back = await step(civilAffairs, id, 'TRANSFER', { handlerDepartmentCode: 'health', note: '转卫健' });
    expect(back.request).toMatchObject({ firstContact: { id: WORKER }, handlerDepartment: { code: 'health' } });
    await refusedStep(civilAffairs, id, 'TRANSFER', 'TRANSITION_NOT_YOURS', {
      ...{ handlerDepartmentCode: 'civil-affairs', note: '转回' },
    });
    await refusedStep(
      desk,
      id,
      'TRANSFER',
      'DEPARTMENT_UNKNOWN',
      { handlerDepartmentCode: 'nobody', note: '转办' },
      'input.handlerDepartmentCode',
    );
  });
});

describe('promised and legal days (X17)', () => {
  test('acceptance starts both terms; each shows its last day, what is left, its rule and basis', async () => {
    const { id } = await submitted();
    const { request } = await step(civilAffairs, id, 'ACCEPT', {}, TERMS);
    expect(request.promise).toEqual({
      // Fifteen working days after 30 June 2026.
      ...{ dueOn: '2026-07-21', dueAt: '2026-07-21T16:00:00.000Z', workingDaysLeft: 15, certainty: 'FINAL' },
      ...{ calendarVersion: '2026.1', ruleCode: 'SERVICE_PROMISE', termAmount: 15, overdue: false },
      legalBasis: '实施部门公开承诺（办事指南第 2 版）；《社会救助暂行办法》第十一条',
    });
    expect(request.legalTerm).toEqual({
      ...{ dueOn: '2026-08-11', certainty: 'FINAL', ruleCode: 'SERVICE_LEGAL_TERM' },
      legalBasis: '《社会救助暂行办法》第十一条',
    });
    subgraph.clock.set('2026-07-21T16:00:00.000Z');
    const { data } = await subgraph.run(
      desk,
      `{ serviceRequest(id: "${id}") { overdue promise { workingDaysLeft } } }`,
    );
    expect(data.serviceRequest).toEqual({ overdue: true, promise: { workingDaysLeft: -1 } });
    const { data: late } = await subgraph.run(
      desk,
      '{ serviceRequests(filter: { overdue: true, divisionCode: "330402" }) { totalCount nodes { id } } }',
    );
    expect(late.serviceRequests).toEqual({ totalCount: 1, nodes: [{ id }] });
  });

  test('Spring Festival 2026: the holidays are skipped and the make-up Saturdays are worked', async () => {
    subgraph.clock.set('2026-02-10T02:00:00.000Z');
    const { id } = await submitted();
    const { request } = await step(civilAffairs, id, 'ACCEPT', {}, TERMS);
    // 11–13 (3), Saturday 14 (4), off 15–23, 24–27 (8), Saturday 28 (9), 2–6 March (14), 9 March (15).
    expect(request.promise).toMatchObject({ dueOn: '2026-03-09', workingDaysLeft: 15, certainty: 'FINAL' });
  });

  test('told too late, a request counts as accepted on the day its materials came (行政许可法 32)', async () => {
    subgraph.clock.set('2026-06-01T02:00:00.000Z');
    const { id } = await submitted();
    const { data } = await subgraph.run(
      desk,
      `{ serviceRequest(id: "${id}") { noticeTerm { dueOn ruleCode legalBasis basisConfirmed } } }`,
    );
    expect(data.serviceRequest.noticeTerm).toMatchObject({
      ...{ dueOn: '2026-06-08', ruleCode: 'ONE_TIME_NOTICE', basisConfirmed: true },
    });
    subgraph.clock.set('2026-06-15T02:00:00.000Z');
    const { request } = await step(civilAffairs, id, 'ACCEPT', {}, TERMS);
    // Fifteen working days after 1 June, not after 15 June; the Dragon Boat Friday is off.
    expect(request.promise.dueOn).toBe('2026-06-23');
  });

  test('into a year without a published calendar a term is PROVISIONAL; publishing it moves the term and says so', async () => {
    subgraph.clock.set('2026-12-23T02:00:00.000Z');
    const { id } = await submitted();
    const { request } = await step(civilAffairs, id, 'ACCEPT', {}, TERMS);
    expect(request.promise).toMatchObject({
      dueOn: '2027-01-14',
      certainty: 'PROVISIONAL',
      calendarVersion: '2026.1+2027.0',
    });

    calendar = new WorkingCalendar([
      ...builtInYears,
      {
        ...{ year: 2027, status: 'PUBLISHED', version: 1, source: '《国务院办公厅关于2027年部分节假日安排的通知》' },
        holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-05' }],
        makeUpDays: [],
      },
    ]);
    const { data } = await subgraph.run(
      desk,
      `{ serviceRequest(id: "${id}") { promise { dueOn certainty calendarVersion } } }`,
    );
    expect(data.serviceRequest.promise).toEqual({
      ...{ dueOn: '2027-01-18', certainty: 'FINAL', calendarVersion: '2026.1+2027.1' },
    });
  });
});

describe('completion and rating', () => {
  const rate = (by: Caller, requestId: string, rating: string) =>
    expectDone(
      subgraph,
      by,
      'rateRequest',
      { requestId, rating, idempotencyKey: `request-${++key}` },
      'request { state rating ratedOn rectificationTerm { dueOn ruleCode termAmount } }',
    );
  const completed = async () => {
    const id = await accepted();
    await step(desk, id, 'TRANSFER', { handlerDepartmentCode: 'civil-affairs', note: '转民政办理' });
    await step(civilAffairs, id, 'COMPLETE', { note: '已发放' });
    return id;
  };

  test('the applicant himself rates in five grades, once', async () => {
    const id = await completed();
    expect((await rate(resident, id, 'VERY_SATISFIED')).request).toMatchObject({
      state: 'RATED',
      rating: 'VERY_SATISFIED',
    });
    await expectRefused(
      subgraph,
      resident,
      'rateRequest',
      { requestId: id, rating: 'SATISFIED', idempotencyKey: `request-${++key}` },
      'TRANSITION_NOT_ALLOWED',
      'input.requestId',
    );
  });

  test('a bad rating is put right within fifteen working days, by whoever handles it', async () => {
    const id = await completed();
    expect((await rate(desk, id, 'DISSATISFIED')).request).toEqual({
      ...{ state: 'RECTIFYING', rating: 'DISSATISFIED', ratedOn: '2026-06-30' },
      rectificationTerm: { dueOn: '2026-07-21', ruleCode: 'BAD_RATING_RECTIFICATION', termAmount: 15 },
    });
    await refusedStep(civilAffairs, id, 'RECTIFY', 'TRANSITION_INCOMPLETE');
    expect((await step(civilAffairs, id, 'RECTIFY', { note: '已回访' })).request.state).toBe('RECTIFIED');
  });

  test('somebody else’s request is not found by another resident, and a step that is not his is refused', async () => {
    const id = await completed();
    const stranger: Caller = { ...resident, personId: OTHER_APPLICANT };
    const rating = { requestId: id, rating: 'SATISFIED', idempotencyKey: `request-${++key}` };
    await expectRefused(subgraph, stranger, 'rateRequest', rating, 'SERVICE_REQUEST_NOT_FOUND', 'input.requestId');
    await refusedStep(resident, id, 'WITHDRAW', 'TRANSITION_NOT_ALLOWED');
    await refusedStep(desk, id, 'RATE', 'STEP_HAS_OWN_MUTATION');
  });

  test('of fifty parallel ratings exactly one counts', async () => {
    const id = await completed();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        subgraph.run(
          resident,
          'mutation ($input: RateRequestInput!) { rateRequest(input: $input) { __typename ... on Refusal { code } } }',
          {
            input: {
              requestId: id,
              rating: index % 2 === 0 ? 'SATISFIED' : 'DISSATISFIED',
              idempotencyKey: `parallel-rating-${++key}`,
            },
          },
        ),
      ),
    );
    const done = answers.filter(({ data }) => data.rateRequest.__typename === 'RateRequestSuccess');
    expect(done).toHaveLength(1);
    const { rows } = await subgraph.pool.query(
      "SELECT count(*)::int AS count FROM services.transition_step WHERE event IN ('RATE', 'RATE_BADLY') AND subject_id = $1",
      [id.slice('ServiceRequest:'.length)],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });
});

describe('who sees a request', () => {
  test('another county does not; the applicant sees his own without any area, and no one else’s', async () => {
    const { id } = await submitted();
    const elsewhere = testCaller([COUNTY_C], 'service-request.handle', 'service-request.step', 'service.applicant');
    const { data } = await subgraph.run(
      elsewhere,
      `{ serviceRequest(id: "${id}") { id } serviceRequests { totalCount } }`,
    );
    expect(data).toEqual({ serviceRequest: null, serviceRequests: { totalCount: 0 } });
    await refusedStep(elsewhere, id, 'ACCEPT', 'SERVICE_REQUEST_NOT_FOUND', {}, 'input.requestId');
    const mine = '{ myServiceRequests { totalCount nodes { id stateZh item { name } } } }';
    expect((await subgraph.run(resident, mine)).data.myServiceRequests).toEqual({
      ...{ totalCount: 1, nodes: [{ id, stateZh: '已提交', item: { name: '最低生活保障申请' } }] },
    });
    const other: Caller = { ...resident, personId: OTHER_APPLICANT };
    expect((await subgraph.run(other, mine)).data.myServiceRequests).toEqual({ totalCount: 0, nodes: [] });
    expect((await subgraph.run(desk, mine)).problems).toEqual(['PERSON_TOKEN_REQUIRED myServiceRequests']);
  });

  test('who applied is hidden without the right', async () => {
    const { id } = await submitted();
    const { data, problems } = await subgraph.run(
      civilAffairs,
      `{ serviceRequest(id: "${id}") { state applicant { id } } }`,
    );
    expect(data.serviceRequest).toEqual({ state: 'SUBMITTED', applicant: null });
    expect(problems).toEqual(['FIELD_RIGHT_MISSING serviceRequest.applicant']);
  });
});
