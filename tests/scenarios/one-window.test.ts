import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleId } from '../../prisma/seed/services/example-ids.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { operationDocument, operationVariables } from '../kit/operation-document.ts';

/** What a test reads of an answer; a path that is not there fails it. */
// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects
type Answer = any;

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

async function run(name: string, role: Parameters<CityHub['ask']>[0] = 'system'): Promise<Answer> {
  const { data, errors } = await hub.ask(role, operationDocument(name), operationVariables(name));
  expect(errors, JSON.stringify(errors)).toEqual([]);
  return data;
}

describe('one number, one window, one net', () => {
  test('H37, X07: pre-accept fills what the registers hold and names all that is missing, in one answer', async () => {
    const { preAccept } = await run('pre-accept');
    expect(preAccept).toMatchObject({
      __typename: 'PreAcceptSuccess',
      request: { state: 'PRE_ACCEPTED', channel: 'WINDOW', toldAt: expect.any(String) },
    });
    const filled = preAccept.request.materials.filter(({ state }: { state: string }) => state === 'FILLED');
    expect(filled.map(({ code, filledBy }: Answer) => [code, filledBy.name])).toEqual([
      ['ID_CARD', '公安局'],
      ['HOUSEHOLD_REGISTER', '公安局'],
    ]);
    expect(preAccept.request.missingMaterials.map(({ code }: { code: string }) => code)).toEqual([
      ...['APPLICATION_FORM', 'BANK_ACCOUNT'],
    ]);
  });

  test('H37: what the registers are asked for leaves a line that the person himself can read', async () => {
    const person = (operationVariables('pre-accept') as Answer).input.applicantId;
    const { data } = await hub.ask({ person }, '{ myAccessLog(first: 5) { nodes { departmentCode scenarioCode } } }');
    expect((data as Answer).myAccessLog.nodes).toContainEqual({
      ...{ departmentCode: 'public-security', scenarioCode: 'service-handling' },
    });
  });

  test('X07, Y24, Y28: submit-request at a kiosk by the citizen number alone is complete; the notice clock runs', async () => {
    const { submitRequest } = await run('submit-request');
    expect(submitRequest).toMatchObject({
      request: {
        ...{ state: 'SUBMITTED', channel: 'KIOSK', missingMaterials: [], toldAt: null },
        noticeTerm: { ruleCode: 'ONE_TIME_NOTICE', workingDaysLeft: 5 },
      },
    });
    const states = Object.fromEntries(
      submitRequest.request.materials.map(({ code, state }: { code: string; state: string }) => [code, state]),
    );
    expect(states).toEqual({
      ...{ ID_CARD: 'FILLED', HOUSEHOLD_REGISTER: 'FILLED', APPLICATION_FORM: 'GIVEN', BANK_ACCOUNT: 'GIVEN' },
    });
  });

  test('X07: nobody is found by number without the right to identities, and nothing is written', async () => {
    const count = async () =>
      (await hub.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM services.service_request')).rows[0];
    const before = await count();
    const { input } = operationVariables('submit-request') as Answer;
    const { data, errors } = await hub.ask('frontend', operationDocument('submit-request'), {
      input: { ...input, idempotencyKey: 'frontend-by-number' },
    });
    expect((data as Answer)?.submitRequest ?? null).toBeNull();
    expect(errors.map(({ extensions }) => extensions?.code)).toContain('FIELD_RIGHT_MISSING');
    expect(await count()).toEqual(before);
  });

  test('X15, X17: advance-request accepts with both terms, transfers under the first contact, refuses a skipped step', async () => {
    const { accept, transfer, complete, refusedSkip } = await run('advance-request');
    expect(accept.request).toMatchObject({
      ...{ state: 'ACCEPTED', promise: { workingDaysLeft: 5, ruleCode: 'SERVICE_PROMISE', certainty: 'FINAL' } },
      legalTerm: { workingDaysLeft: 15, ruleCode: 'SERVICE_LEGAL_TERM' },
    });
    expect(transfer.request).toMatchObject({
      ...{ firstContactDepartment: { name: '社区(村)' }, handlerDepartment: { name: '民政局' } },
    });
    expect(complete.request.state).toBe('COMPLETED');
    expect(refusedSkip).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED', culprit: 'input.event' });
  });

  test('X16: start-agency needs the recorded consent', async () => {
    const { refusedWithoutConsent, startAgency } = await run('start-agency');
    expect(refusedWithoutConsent).toMatchObject({ code: 'AGENCY_NEEDS_CONSENT', culprit: 'input.consent' });
    expect(startAgency.request.agencies).toMatchObject([{ consentedOn: '2026-06-29', endedAt: null }]);
  });

  test('H38, H40: order-service takes an hour of a provider once', async () => {
    const { orderService, refusedSameHour } = await run('order-service');
    expect(orderService.request).toMatchObject({ state: 'SUBMITTED', channel: 'TV_BOX', item: { name: '助餐配送' } });
    expect(refusedSameHour).toMatchObject({ code: 'SLOT_TAKEN', culprit: 'input.slotStartsAt' });
  });

  test('Y27b: rate-request takes one of five grades, and a bad one starts the clock of putting it right', async () => {
    const { rateRequest } = await run('rate-request');
    expect(rateRequest.request).toMatchObject({
      ...{ state: 'RECTIFYING', rating: 'DISSATISFIED' },
      rectificationTerm: { ruleCode: 'BAD_RATING_RECTIFICATION', workingDaysLeft: 15 },
    });
  });

  test('service-requests lists by channel, and the overdue with their promise', async () => {
    const { byTelevision, overdue } = await run('service-requests');
    expect(byTelevision.totalCount).toBeGreaterThan(0);
    expect(overdue.totalCount).toBeGreaterThan(0);
    for (const { promise } of overdue.nodes) expect(promise.workingDaysLeft).toBeLessThan(0);
  });
});

describe('the window and the workbench', () => {
  test('H34, X24: workbench has requests and incidents together, the earliest deadline first, each with rule and basis', async () => {
    const { workbench } = await run('workbench');
    const due = workbench.nodes.map(({ dueAt }: { dueAt: string }) => dueAt);
    expect(due).toEqual([...due].sort());
    const kinds = new Set(workbench.nodes.map(({ kind }: { kind: string }) => kind));
    expect(kinds).toEqual(new Set(['SERVICE_REQUEST', 'INCIDENT']));
    const terms = workbench.nodes.map(({ request, incident }: Answer) => request?.promise ?? incident?.deadline);
    // An order has its hour instead of a rule.
    for (const term of terms.filter((known: Answer) => known != null)) {
      expect(term).toEqual({
        ...{ workingDaysLeft: expect.any(Number), ruleCode: expect.any(String), legalBasis: expect.any(String) },
      });
    }
    expect(terms.filter((known: Answer) => known != null).length).toBeGreaterThan(0);
  });

  test('H35, X06, Y24: service-windows shows one-door facilities with integrated windows, hours and generalists', async () => {
    const { serviceWindows } = await run('service-windows');
    expect(serviceWindows.totalCount).toBeGreaterThan(0);
    for (const { kind, openingHours, facility } of serviceWindows.nodes) {
      expect(kind).toBe(facility.oneDoor ? 'INTEGRATED' : 'SPECIALISED');
      expect(openingHours).toContain('8:30');
    }
    const modes = serviceWindows.nodes.map(({ dutyWorker }: Answer) => dutyWorker?.mode);
    expect(modes).toContain('GENERALIST');
  });

  test('S21: legal-aid tells how to apply and where the stations are', async () => {
    const { serviceItem, community } = await run('legal-aid');
    expect(serviceItem).toMatchObject({ name: '法律援助申请', reach: 'COMMUNITY', guide: { version: 1 } });
    expect(community.facilities.totalCount).toBeGreaterThanOrEqual(0);
  });
});

describe('the resident’s own view', () => {
  const MINE = `query ($first: Int!) { myServiceRequests(first: $first) { nodes { requestNumber stateZh item { name } promise { dueOn } } } }`;

  test('a resident sees his own requests and what he may do with them, without an area and without a right', async () => {
    const id = exampleId('request/pre-accepted');
    const { rows } = await hub.pool.query<{ person: string }>(
      'SELECT applicant_person_id AS person FROM services.service_request WHERE id = $1',
      [id],
    );
    const resident = { person: `Person:${rows[0]?.person}` };
    const { data, errors } = (await hub.ask(
      resident,
      '{ myServiceRequests { totalCount nodes { id state missingMaterials { code } availableTransitions { event } } } }',
    )) as { data: Answer; errors: unknown };
    expect(errors).toEqual([]);
    expect(data.myServiceRequests).toEqual({
      totalCount: 1,
      nodes: [
        {
          ...{ id: `ServiceRequest:${id}`, state: 'PRE_ACCEPTED', missingMaterials: [{ code: 'PHOTO' }] },
          availableTransitions: [{ event: 'CHECK_MATERIALS' }, { event: 'SUBMIT' }, { event: 'WITHDRAW' }],
        },
      ],
    });
    const supply = `mutation ($input: SupplyMaterialsInput!) { supplyMaterials(input: $input) { __typename
      ... on SupplyMaterialsSuccess { request { state } } ... on Refusal { code culprit } } }`;
    const input = {
      requestId: `ServiceRequest:${id}`,
      given: [{ code: 'PHOTO' }],
      idempotencyKey: 'resident-supply-1',
    };
    const stranger = { person: 'Person:019f1641-3500-7000-a001-e6b79e9ed5ee' };
    expect((await hub.ask(stranger, supply, { input })).data).toEqual({
      supplyMaterials: { __typename: 'NotFoundRefusal', code: 'SERVICE_REQUEST_NOT_FOUND', culprit: 'input.requestId' },
    });
    expect((await hub.ask(resident, supply, { input })).data).toEqual({
      supplyMaterials: { __typename: 'SupplyMaterialsSuccess', request: { state: 'SUBMITTED' } },
    });
  });

  test('Y28: a set-top box gets what it shows in less than a kilobyte', async () => {
    const { rows } = await hub.pool.query<{ person: string }>(
      "SELECT applicant_person_id AS person FROM services.service_request WHERE channel = 'TV_BOX' ORDER BY id LIMIT 1",
    );
    const { text, errors } = await hub.ask({ person: `Person:${rows[0]?.person}` }, MINE, { first: 5 });
    expect(errors).toEqual([]);
    expect(Buffer.byteLength(text)).toBeLessThan(1024);
  });

  test('without a token that names a person there is no own view', async () => {
    const { errors } = await hub.ask('system', MINE, { first: 5 });
    expect(errors[0]?.extensions?.code).toBe('PERSON_TOKEN_REQUIRED');
  });
});

describe('certificates (Y18, S26)', () => {
  test('certificate-list: 118 became 15, and every name that is lost stands as 待补', async () => {
    const { certificateCounts, kept, removed } = await run('certificate-list');
    expect(certificateCounts).toEqual({ before: 118, after: 15, pendingNames: 98 });
    expect(kept.totalCount).toBe(15);
    expect(new Set(kept.nodes.map(({ name }: { name: string }) => name))).toEqual(new Set(['待补']));
    expect(removed.totalCount).toBe(20);
    for (const { substituteDepartment } of removed.nodes) expect(substituteDepartment.name).toBeTruthy();
  });

  test('亲属关系证明 is refused by issue-certificate, and department-check answers in its place, yes or no', async () => {
    const { refusedRemoved, refusedPending, issueCertificate } = await run('issue-certificate');
    expect(refusedRemoved).toMatchObject({ code: 'CERTIFICATE_REMOVED' });
    expect(refusedRemoved.messageZh).toContain('公安局');
    expect(refusedPending).toMatchObject({ code: 'CERTIFICATE_NAME_PENDING' });
    expect(issueCertificate.certificate.certificateNumber).toMatch(/^ZM/);
    const { parentAndChild, spouses } = await run('department-check');
    expect([parentAndChild.confirmed, spouses.confirmed]).toEqual([true, false]);
  });

  test('a check is on record: the person can see that his data were asked for, and by whom', async () => {
    const person = 'Person:019f1641-3500-7000-a000-0acbc518a266';
    const lines = async () => {
      const { data } = await hub.ask({ person }, '{ myAccessLog(first: 1) { totalCount nodes { departmentCode } } }');
      return (data as Answer).myAccessLog;
    };
    const before = await lines();
    await run('department-check');
    const after = await lines();
    expect(after.totalCount).toBeGreaterThan(before.totalCount);
    expect(after.nodes).toEqual([{ departmentCode: 'public-security' }]);
  });
});
