import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { exampleId } from '../../prisma/seed/services/example-ids.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { EventStream } from '../kit/event-stream.ts';
import { operationDocument, operationVariables } from '../kit/operation-document.ts';

vi.setConfig({ testTimeout: 60_000 });

const CHANGED = `subscription ($types: [String!]!) { serviceRequestChanged(types: $types, divisions: ["330402"]) {
  change { eventType } request { id stateZh handlerDepartment { code } } } }`;

let hub: CityHub;
let origin: string;
beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => hub[Symbol.asyncDispose]());

async function follow(types: string[]): Promise<EventStream> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${await hub.tokenOf('frontend')}`,
    },
    body: JSON.stringify({ query: CHANGED, variables: { types } }),
  });
  const stream = new EventStream(response);
  await stream.block(); // it is open: what happens from now on is told
  return stream;
}

test('H38: a desk is told live of an order, with the order as it is now', async () => {
  const stream = await follow(['service-request.ordered']);
  const told = stream.next();
  const { errors } = await hub.ask('system', operationDocument('order-service'), operationVariables('order-service'));
  expect(errors).toEqual([]);
  expect((await told)?.data.data.serviceRequestChanged).toMatchObject({
    ...{ change: { eventType: 'service-request.ordered' }, request: { stateZh: '已提交' } },
  });
  await stream.cancel();
});

test('H34: whoever is assigned a request is told live, and of the steps before nothing', async () => {
  const stream = await follow(['service-request.assigned']);
  const told = stream.next();
  const { errors } = await hub.ask(
    'system',
    operationDocument('advance-request'),
    operationVariables('advance-request'),
  );
  expect(errors).toEqual([]);
  expect((await told)?.data.data.serviceRequestChanged).toEqual({
    change: { eventType: 'service-request.assigned' },
    request: {
      ...{ id: `ServiceRequest:${exampleId('request/submitted')}`, stateZh: '受理' },
      handlerDepartment: { code: 'civil-affairs' },
    },
  });
  await stream.cancel();
});
