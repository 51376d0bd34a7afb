import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { EventStream } from '../kit/event-stream.ts';
import { operationDocument } from '../kit/operation-document.ts';

const COMMUNITY = 'Community:330402007024';
const PUBLISH = `mutation ($input: PublishListEntryInput!) {
  publishListEntry(input: $input) { ... on ListEntrySuccess { entry { id state } } ... on Refusal { code } }
}`;
const CHANGED = `subscription ($types: [String!]!, $divisions: [String!]) {
  listEntryChanged(types: $types, divisions: $divisions) {
    change { eventType } entry { id kind mode state claimedBy community { name } }
  }
}`;

let hub: CityHub;
let origin: string;
beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => hub[Symbol.asyncDispose]());

async function follow(role: 'system' | 'frontend', types: string[]): Promise<EventStream> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${await hub.tokenOf(role)}`,
    },
    body: JSON.stringify({ query: CHANGED, variables: { types, divisions: ['330402007024'] } }),
  });
  const stream = new EventStream(response);
  await stream.block(); // it is open: what happens from now on is told
  return stream;
}

async function publish(input: object): Promise<string> {
  const answer = await hub.ask('system', PUBLISH, { input: { communityId: COMMUNITY, ...input } });
  expect(answer.errors).toEqual([]);
  return (answer.data as { publishListEntry: { entry: { id: string } } }).publishListEntry.entry.id;
}

test('scenario 5: of 200 claims at once exactly one wins, and both sides are told live who', async () => {
  const entryId = await publish({
    kind: 'DEMAND',
    title: '小学生托管看护',
    ownerName: '百福弄社区',
    idempotencyKey: 'scenario-5-publish',
  });
  const [community, unit] = await Promise.all([
    follow('system', ['list_entry.claimed']),
    follow('frontend', ['list_entry.claimed']),
  ]);
  const told = Promise.all([community.next(), unit.next()]);
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      hub.ask('system', operationDocument('claim-list-entry'), {
        input: { entryId, claimedBy: `认领单位${index}`, idempotencyKey: `scenario-5-claim-${index}` },
      }),
    ),
  );
  interface Claimed {
    claimListEntry: { __typename: string; code?: string; entry?: { claimedBy: string } };
  }
  const results = answers.map(({ data }) => (data as Claimed).claimListEntry);
  const winners = results.filter(({ __typename }) => __typename === 'ListEntrySuccess');
  expect(winners).toHaveLength(1);
  expect(new Set(results.filter((result) => !winners.includes(result)).map(({ code }) => code))).toEqual(
    new Set(['LIST_ENTRY_CLAIMED']),
  );
  const { rows } = await hub.pool.query<{ claimed: string }>(
    'SELECT claimed_by AS claimed FROM party.list_entry WHERE id = $1',
    [entryId.slice('ListEntry:'.length)],
  );
  const expected = {
    change: { eventType: 'list_entry.claimed' },
    entry: {
      id: entryId,
      kind: 'DEMAND',
      mode: null,
      state: 'CLAIMED',
      claimedBy: rows[0]?.claimed,
      community: { name: '百福弄社区' },
    },
  };
  expect((await told).map((block) => block?.data.data.listEntryChanged)).toEqual([expected, expected]);
  const { rows: events } = await hub.pool.query(
    "SELECT count(*)::int AS count FROM party.outbox WHERE event_type = 'list_entry.claimed' AND entity_id = $1",
    [entryId],
  );
  expect(events[0].count).toBe(1);
  await Promise.all([community.cancel(), unit.cancel()]);
});

test('Y22: a call-out reaches the units that listen, with its mode', async () => {
  const unit = await follow('frontend', ['call_out.raised']);
  const told = unit.next();
  await publish({
    kind: 'DEMAND',
    title: '不会被推送的需求',
    ownerName: '百福弄社区',
    idempotencyKey: 'scenario-y22-1',
  });
  const entryId = await publish({
    kind: 'CALL_OUT',
    title: '台风转移安置',
    mode: 'GROUP',
    ownerName: '百福弄社区',
    idempotencyKey: 'scenario-y22-2',
  });
  expect((await told)?.data.data.listEntryChanged).toMatchObject({
    change: { eventType: 'call_out.raised' },
    entry: { id: entryId, kind: 'CALL_OUT', mode: 'GROUP', state: 'OPEN' },
  });
  await unit.cancel();
});
