import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../../kit/refusals.ts';
import { COMMUNITY_A, COUNTY_AB, insertServices } from '../../../kit/services-rows.ts';
import { AGENT, APPLICANT, insertGuides, MEAL_ITEM, PROVIDER, WORKER } from '../../../kit/window-rows.ts';

let subgraph: TestSubgraph;
let key = 0;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
  await insertGuides(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  await subgraph.pool.query('DELETE FROM services.service_request; DELETE FROM services.agency_service');
});

const desk: Caller = {
  ...testCaller([COUNTY_AB], 'service-request.intake', 'service-request.handle', 'service-request.step'),
  departmentCode: 'community',
};
const resident: Caller = { ...testCaller([], 'service-request.step'), kind: 'APPLICATION', personId: APPLICANT };
const evidence = { reference: 'consents/1.pdf', sha256: 'b'.repeat(64), sizeBytes: 4096, mediaType: 'application/pdf' };
const nextKey = () => `agency-or-order-${++key}`;

describe('全程代办 (X16)', () => {
  let requestId: string;
  beforeEach(async () => {
    const input = {
      ...{ itemCode: '330499-0002', applicantId: APPLICANT, communityId: `Community:${COMMUNITY_A}` },
      ...{ channel: 'GRID_WORKER', firstContactId: WORKER, idempotencyKey: nextKey() },
    };
    requestId = (await expectDone(subgraph, desk, 'preAccept', input, 'request { id }')).request.id;
  });
  const agency = (more: object = {}) => ({
    ...{ requestId, agentId: AGENT, scope: '代为提交、领取居住证', consent: { givenOn: '2026-06-29', evidence } },
    ...{ idempotencyKey: nextKey(), ...more },
  });
  const AGENCY = `request { handler { id } firstContact { id }
    agencies { agent { id } scope consentedOn startedAt endedAt consent { reference sha256 sizeBytes } } }`;

  test('an agent takes over the run with the recorded consent; the first contact stays', async () => {
    const { request } = await expectDone(subgraph, desk, 'startAgency', agency(), AGENCY);
    expect(request).toEqual({
      ...{ handler: { id: AGENT }, firstContact: { id: WORKER } },
      agencies: [
        {
          ...{ agent: { id: AGENT }, scope: '代为提交、领取居住证', consentedOn: '2026-06-29' },
          ...{ startedAt: '2026-06-30T02:00:00.000Z', endedAt: null },
          consent: [{ reference: 'consents/1.pdf', sha256: 'b'.repeat(64), sizeBytes: 4096 }],
        },
      ],
    });
  });

  test.each([
    ['without consent', { consent: null }, 'AGENCY_NEEDS_CONSENT', 'input.consent'],
    [
      'with a consent of tomorrow',
      { consent: { givenOn: '2026-07-01', evidence } },
      ...(['DATE_IN_FUTURE', 'input.consent.givenOn'] as const),
    ],
    [
      'with a consent that is an address',
      { consent: { givenOn: '2026-06-29', evidence: { ...evidence, reference: 'https://x/1.pdf' } } },
      ...(['ATTACHMENT_INVALID', 'input.consent.evidence'] as const),
    ],
  ])('%s it is refused', (_what, more, code, culprit) =>
    expectRefused(subgraph, desk, 'startAgency', agency(more), code, culprit),
  );

  test('of fifty parallel agents one is it, and a second needs the first to end', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        subgraph.run(
          desk,
          'mutation ($input: StartAgencyInput!) { startAgency(input: $input) { __typename ... on Refusal { code } } }',
          { input: agency() },
        ),
      ),
    );
    const outcomes = answers.map(({ data }) => data.startAgency.code ?? 'done');
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome !== 'done' && outcome !== 'AGENCY_LIVE')).toEqual([]);
    // The applicant withdraws his consent himself; the request goes back to the first contact.
    const ended = await expectDone(subgraph, resident, 'endAgency', { requestId, idempotencyKey: nextKey() }, AGENCY);
    expect(ended.request).toMatchObject({
      handler: { id: WORKER },
      agencies: [{ endedAt: '2026-06-30T02:00:00.000Z' }],
    });
    await expectRefused(
      subgraph,
      desk,
      'endAgency',
      { requestId, idempotencyKey: nextKey() },
      'AGENCY_NOT_LIVE',
      'input.requestId',
    );
  });

  test('whoever only reads cannot end an agency', async () => {
    await expectDone(subgraph, desk, 'startAgency', agency(), AGENCY);
    const reader = testCaller([COUNTY_AB], 'service-request.step');
    const input = { requestId, idempotencyKey: nextKey() };
    await expectRefused(subgraph, reader, 'endAgency', input, 'SERVICE_REQUEST_NOT_FOUND', 'input.requestId');
  });

  test('a request that is closed ends its agency and takes no other', async () => {
    await expectDone(subgraph, desk, 'startAgency', agency(), AGENCY);
    const { request } = await expectDone(
      subgraph,
      desk,
      'advanceRequest',
      { requestId, event: 'WITHDRAW', idempotencyKey: nextKey() },
      AGENCY,
    );
    expect(request.agencies).toMatchObject([{ endedAt: '2026-06-30T02:00:00.000Z' }]);
    await expectRefused(subgraph, desk, 'startAgency', agency(), 'SERVICE_REQUEST_CLOSED', 'input.requestId');
  });
});

describe('服务到家 (H38, H40)', () => {
  const order = (more: object = {}) => ({
    ...{ itemCode: MEAL_ITEM, applicantId: APPLICANT, communityId: `Community:${COMMUNITY_A}`, providerId: PROVIDER },
    ...{ slotStartsAt: '2026-07-01T02:00:00.000Z', channel: 'TV_BOX', idempotencyKey: nextKey(), ...more },
  });

  test('an order has its provider and its hour, and goes from ordered to rated', async () => {
    const { request } = await expectDone(
      subgraph,
      desk,
      'orderService',
      order(),
      'request { id state channel provider { id } slotStartsAt slotEndsAt overdue promise { dueOn } availableTransitions { event } }',
    );
    expect(request).toMatchObject({
      ...{
        state: 'SUBMITTED',
        channel: 'TV_BOX',
        provider: { id: PROVIDER },
        overdue: false,
        promise: { dueOn: '2026-07-01' },
      },
      ...{ slotStartsAt: '2026-07-01T02:00:00.000Z', slotEndsAt: '2026-07-01T03:00:00.000Z' },
    });
    const step = (event: string, more: object = {}) =>
      expectDone(
        subgraph,
        desk,
        'advanceRequest',
        { requestId: request.id, event, idempotencyKey: nextKey(), ...more },
        'request { state overdue }',
      );
    expect((await step('ACCEPT')).request.state).toBe('ACCEPTED');
    subgraph.clock.set('2026-07-01T03:00:00.000Z');
    const { data } = await subgraph.run(desk, `{ serviceRequest(id: "${request.id}") { overdue } }`);
    expect(data.serviceRequest.overdue).toBe(true);
    expect((await step('COMPLETE', { note: '已送达' })).request).toEqual({ state: 'COMPLETED', overdue: false });
    subgraph.clock.set('2026-06-30T02:00:00.000Z');
    const { rows } = await subgraph.pool.query(
      "SELECT payload FROM services.outbox WHERE entity_id = $1 AND event_type = 'service-request.ordered'",
      [request.id],
    );
    expect(rows.map(({ payload }) => JSON.parse(payload))).toEqual([
      { requestId: request.id, itemCode: MEAL_ITEM, state: 'SUBMITTED', channel: 'TV_BOX' },
    ]);
  });

  test('of fifty parallel orders for one hour of one provider one is taken', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        subgraph.run(
          desk,
          'mutation ($input: OrderServiceInput!) { orderService(input: $input) { __typename ... on Refusal { code } } }',
          { input: order() },
        ),
      ),
    );
    const outcomes = answers.map(({ data }) => data.orderService.code ?? 'done');
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    const others = outcomes.filter((outcome) => outcome !== 'done');
    expect(others.filter((code) => code !== 'SLOT_TAKEN' && code !== 'CONCURRENT_CHANGE')).toEqual([]);
    await expectDone(subgraph, desk, 'orderService', order({ slotStartsAt: '2026-07-01T03:00:00.000Z' }), '__typename');
  });

  test.each([
    ['off the hour', { slotStartsAt: '2026-07-01T02:30:00.000Z' }, 'SLOT_INVALID', 'input.slotStartsAt'],
    ['in the past', { slotStartsAt: '2026-06-30T01:00:00.000Z' }, 'SLOT_INVALID', 'input.slotStartsAt'],
    ['too far ahead', { slotStartsAt: '2026-09-30T02:00:00.000Z' }, 'SLOT_INVALID', 'input.slotStartsAt'],
    ['for an administrative item', { itemCode: '330499-0001' }, 'SERVICE_ITEM_APPLIED_FOR', 'input.itemCode'],
    ['for nothing that is known', { itemCode: 'x' }, 'SERVICE_ITEM_NOT_FOUND', 'input.itemCode'],
  ])('an order %s is refused', (_what, more, code, culprit) =>
    expectRefused(subgraph, desk, 'orderService', order(more), code, culprit),
  );
});
