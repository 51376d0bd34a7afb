import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { exampleId } from '../../prisma/seed/services/example-ids.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { EventStream } from '../kit/event-stream.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects
type Answer = any;

let hub: CityHub;
let origin: string;
let key = 0;
beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => hub[Symbol.asyncDispose]());

async function follow(query: string, variables: object): Promise<EventStream> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${await hub.tokenOf('system')}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const stream = new EventStream(response);
  await stream.block(); // it is open: what happens from now on is told
  return stream;
}
const mutate = async (name: string, input: object) => {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const { data, errors } = await hub.ask(
    'system',
    `mutation ($input: ${title}Input!) { ${name}(input: $input) { __typename ... on Refusal { code } } }`,
    { input: { idempotencyKey: `deliberation-live-${++key}`, ...input } },
  );
  expect(errors).toEqual([]);
  expect((data as Answer)[name].__typename).toBe(`${title}Success`);
};
const next = async (stream: EventStream): Promise<Answer> => {
  const block = await stream.next();
  if (block === undefined) throw new Error('the stream has ended');
  return block.data.data;
};
const CHANGED = `subscription ($after: String, $types: [String!]!, $ids: [ID!]) {
  deliberationChanged(after: $after, types: $types, ids: $ids) {
    change { cursor eventType } deliberation { title step tally { ballotsCast yes passed } posts { text } } } }`;
const discussing = `Deliberation:${exampleId('deliberation/discussing')}`;
const deciding = `Deliberation:${exampleId('deliberation/deciding')}`;

test('J33, J34, H43: posts, ballots and steps are told as they come, and a stream resumes behind the last one seen', async () => {
  const types = ['Deliberation'];
  const stream = await follow(CHANGED, { types, ids: [discussing, deciding] });
  await mutate('addDeliberationPost', { deliberationId: discussing, side: 'RESIDENT', text: '建议放在东侧' });
  const posted = (await next(stream)).deliberationChanged;
  expect(posted).toMatchObject({ change: { eventType: 'deliberation.posted' }, deliberation: { step: 'DISCUSSING' } });
  expect(posted.deliberation.posts.at(-1)).toEqual({ text: '建议放在东侧' });

  const { rows } = await hub.pool.query('SELECT id FROM people.person ORDER BY id DESC LIMIT 1');
  await mutate('castVote', { deliberationId: deciding, voterId: `Person:${rows[0].id}`, choice: 'NO' });
  const voted = (await next(stream)).deliberationChanged;
  expect(voted).toMatchObject({
    change: { eventType: 'deliberation.ballotCast' },
    // Nobody learns from the stream what was voted.
    deliberation: { tally: { yes: null, passed: null } },
  });

  const resumed = await follow(CHANGED, {
    types: ['deliberation.ballotCast'],
    ids: [deciding],
    after: posted.change.cursor,
  });
  expect((await next(resumed)).deliberationChanged.change.cursor).toBe(voted.change.cursor);
});

test('J23: a severe incident raises an alert that its area is told of, and no other', async () => {
  const { rows } = await hub.pool.query('SELECT grid_code AS grid FROM organizations.grid ORDER BY grid_code LIMIT 1');
  const ALERTS = `subscription ($divisions: [String!]) { alertChanged(types: ["alert.raised", "alert.grown"], divisions: $divisions) {
    change { eventType } alert { level state } } }`;
  const grid = rows[0].grid as string;
  const [here, elsewhere] = [
    await follow(ALERTS, { divisions: [grid.slice(0, 6)] }),
    await follow(ALERTS, { divisions: ['330499'] }),
  ];
  const severe = {
    category: 'HAZARD',
    title: '燃气泄漏',
    severity: 'SEVERE',
    gridId: `Grid:${grid}`,
    channel: 'GRID_WORKER',
  };
  await mutate('reportIncident', severe);
  const told = (await next(here)).alertChanged;
  expect(told.alert).toMatchObject({ level: 'RED' });
  expect(await Promise.race([elsewhere.next(), delay(1_500, 'silent')])).toBe('silent');
});
