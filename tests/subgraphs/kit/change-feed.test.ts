import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ChangeFeed } from '../../../subgraphs/kit/feed/change-feed.ts';
import { compileFilter, mayLearnOf } from '../../../subgraphs/kit/feed/change-filter.ts';
import type { FeedVector } from '../../../subgraphs/kit/feed/feed-cursor.ts';
import type { FeedEvent } from '../../../subgraphs/kit/feed/feed-event.ts';
import type { PlacedEvent } from '../../../subgraphs/kit/feed/feed-log.ts';
import { SqlOutbox } from '../../../subgraphs/kit/feed/sql-outbox.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { testCaller, testKeys } from '../../kit/open-test-subgraph.ts';
import { insertEvent } from '../../kit/outbox-rows.ts';
import { freshDatabase, type TestDatabase } from '../../kit/test-database.ts';

// A city that another file loads into the same server holds the feed back while its transactions last.
vi.setConfig({ testTimeout: 1100_000 });

const SUBGRAPHS = ['people', 'services'];
let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.pool.query('TRUNCATE people.outbox, services.outbox, people.outbox_state, services.outbox_state');
});

const openFeed = () =>
  new ChangeFeed({
    outboxes: [new SqlOutbox(database.pool, SUBGRAPHS, uuidSource)],
    keys: testKeys,
    onTrouble: (error) => {
      throw error;
    },
  });

/** Reads to the end; other tests' transactions in the same cluster may hold it back for a while. */
async function drain(feed: ChangeFeed, from: FeedVector, count: number, limit = 100): Promise<PlacedEvent[]> {
  const found: PlacedEvent[] = [];
  let vector = from;
  for (const end = performance.now() + 100_000; performance.now() < end; ) {
    const batch = await feed.read(vector, limit);
    found.push(...batch.events);
    vector = batch.vector;
    if (batch.atEnd && found.length >= count) break;
    if (batch.atEnd) await delay(20);
  }
  return found;
}
const idsOf = (events: readonly PlacedEvent[]) => events.map(({ event }) => event.position.id);
const codeOf = (error: unknown) => (error as { extensions?: { code?: string } }).extensions?.code;

test('an event whose transaction commits late is delivered after all, before those that began after it', async () => {
  const feed = openFeed();
  const start = await feed.oldest();
  const [early, late] = await Promise.all([database.pool.connect(), database.pool.connect()]);
  await late.query('BEGIN');
  const first = await insertEvent(late, 'services');
  await early.query('BEGIN');
  const second = await insertEvent(early, 'services');
  await early.query('COMMIT');

  const before = await feed.read(start, 100);
  expect(before.events).toEqual([]);

  await late.query('COMMIT');
  early.release();
  late.release();
  expect(idsOf(await drain(feed, before.vector, 2))).toEqual([first, second]);
});

test('what was rolled back leaves no event and holds nobody up', async () => {
  const feed = openFeed();
  const start = await feed.oldest();
  const client = await database.pool.connect();
  await client.query('BEGIN');
  await insertEvent(client, 'services');
  await client.query('ROLLBACK');
  client.release();
  const kept = await insertEvent(database.pool, 'services');

  expect(idsOf(await drain(feed, start, 1))).toEqual([kept]);
});

test('a cursor inside of a transaction goes on with the next of its events, in every subgraph', async () => {
  const feed = openFeed();
  const start = await feed.oldest();
  const client = await database.pool.connect();
  await client.query('BEGIN');
  const written: string[] = [];
  for (let ordinal = 0; ordinal < 3; ordinal++) written.push(await insertEvent(client, 'services', { ordinal }));
  // The same ordinal twice in one transaction: the id decides.
  written.push(await insertEvent(client, 'services', { ordinal: 2 }));
  for (let ordinal = 0; ordinal < 2; ordinal++) written.push(await insertEvent(client, 'people', { ordinal }));
  await client.query('COMMIT');
  client.release();

  const all = await drain(feed, start, 6);
  expect([...idsOf(all)].sort()).toEqual([...written].sort());
  for (const [index, placed] of all.entries()) {
    const { vector } = feed.open(feed.seal(placed));
    expect(idsOf(await drain(feed, vector, 5 - index, 2))).toEqual(idsOf(all.slice(index + 1)));
    expect((await feed.eventOf(feed.open(feed.seal(placed))))?.event).toEqual(placed.event);
  }
});

test('transactions are ordered as numbers: 98 before 102, for readers and for retention', async () => {
  const feed = openFeed();
  const start = await feed.oldest();
  const [second, first] = [await insertEvent(database.pool, 'services'), await insertEvent(database.pool, 'services')];
  // Numbers that this cluster has long passed.
  for (const [id, xid] of [
    [first, '98'],
    [second, '102'],
  ]) {
    await database.pool.query('UPDATE services.outbox SET xid = $2::xid8 WHERE id = $1', [id, xid]);
  }
  await database.pool.query(`UPDATE services.outbox SET occurred_at = '2026-06-01' WHERE id = $1`, [first]);
  expect(idsOf(await drain(feed, start, 2, 1))).toEqual([first, second]);

  expect(await feed.trim(new Date('2026-06-02'))).toBe(1);
  expect(idsOf(await drain(feed, await feed.oldest(), 1))).toEqual([second]);
});

test('twenty writers and one reader: every event once, in the order of its transaction', async () => {
  const feed = openFeed();
  let vector = await feed.oldest();
  const written: string[] = [];
  const stop = new AbortController();
  const reading = (async () => {
    const found: PlacedEvent[] = [];
    for (;;) {
      const batch = await feed.read(vector, 7);
      found.push(...batch.events);
      vector = batch.vector;
      if (stop.signal.aborted && batch.atEnd && found.length >= written.length) return found;
      if (batch.atEnd) await feed.changed(vector, AbortSignal.timeout(100));
    }
  })();
  const write = async (writer: number) => {
    for (let round = 0; round < 6; round++) {
      const client = await database.pool.connect();
      try {
        await client.query('BEGIN');
        const mine = [];
        for (let ordinal = 0; ordinal <= (writer + round) % 3; ordinal++) {
          mine.push(await insertEvent(client, SUBGRAPHS[(writer + round) % 2] ?? '', { ordinal }));
        }
        await delay((writer * 7 + round * 13) % 20);
        if ((writer + round) % 5 === 0) await client.query('ROLLBACK');
        else {
          await client.query('COMMIT');
          written.push(...mine);
        }
      } finally {
        client.release();
      }
    }
  };
  await Promise.all(Array.from({ length: 20 }, (_, writer) => write(writer)));
  stop.abort();
  const found = await reading;
  await feed.close();

  expect([...idsOf(found)].sort()).toEqual([...written].sort());
  for (const subgraph of SUBGRAPHS) {
    const places = found.flatMap(({ event }) => (event.subgraph === subgraph ? [event.position.xid] : []));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  }
});

test('a reader that waits is woken by what is committed, from memory', async () => {
  const feed = openFeed();
  const from = await feed.latest();
  const waiting = feed.changed(from, AbortSignal.timeout(100_000));
  const id = await insertEvent(database.pool, 'people');
  await waiting;

  expect(idsOf(await drain(feed, from, 1))).toEqual([id]);
  await feed.close();
});

test('of a transaction with very many events a reader that waits gets the first before the last have been read', async () => {
  const EVENTS = 30_000;
  let read = 0;
  class CountedOutbox extends SqlOutbox {
    override async read(...args: Parameters<SqlOutbox['read']>) {
      const page = await super.read(...args);
      read += page.events.length;
      return page;
    }
  }
  const feed = new ChangeFeed({
    outboxes: [new CountedOutbox(database.pool, SUBGRAPHS, uuidSource)],
    keys: testKeys,
    onTrouble: (error) => {
      throw error;
    },
  });
  const from = await feed.latest();
  const waiting = feed.changed(from, AbortSignal.timeout(100_000));
  // Whoever waits is told of one event before, so that the feed follows when the many come.
  await insertEvent(database.pool, 'services');
  await waiting;
  const first = await feed.read(from, 10);
  const many = feed.changed(first.vector, AbortSignal.timeout(100_000));
  await database.pool.query(
    `INSERT INTO people.outbox (id, ordinal, event_type, entity_type, entity_id, payload, occurred_at, provenance_id)
     SELECT gen_random_uuid(), n, 'person.registered', 'Person', 'Person:' || n, '{}', now(), gen_random_uuid()
       FROM generate_series(1, $1::int) AS n`,
    [EVENTS],
  );
  await many;
  expect(read).toBeLessThan(EVENTS / 2);

  let vector = first.vector;
  const seen: string[] = [];
  while (seen.length < EVENTS) {
    const batch = await feed.read(vector, 1_000);
    // Where nothing is handed on, nothing more has been committed.
    if (batch.events.length === 0) expect(batch.atEnd).toBe(true);
    seen.push(...batch.events.map(({ event }) => event.entityId));
    vector = batch.vector;
    if (batch.atEnd) await feed.changed(vector, AbortSignal.timeout(1_000));
  }
  expect(seen).toEqual(Array.from({ length: EVENTS }, (_, index) => `Person:${index + 1}`));
  await feed.close();
});

test('retention removes a prefix; cursors before it are refused, the one at its edge goes on', async () => {
  const feed = openFeed();
  const start = await feed.oldest();
  for (const day of [1, 2, 3]) await insertEvent(database.pool, 'services', { at: `2026-06-0${day}T00:00:00Z` });
  const all = await drain(feed, start, 3);

  expect(await feed.trim(new Date('2026-06-02T12:00:00Z'))).toBe(2);

  const [first, second] = all;
  await expect(feed.read(first?.vector ?? new Map(), 10).catch(codeOf)).resolves.toBe('CHANGE_CURSOR_EXPIRED');
  await expect(feed.read(start, 10).catch(codeOf)).resolves.toBe('CHANGE_CURSOR_EXPIRED');
  await expect(feed.assertKept(first?.vector ?? new Map()).catch(codeOf)).resolves.toBe('CHANGE_CURSOR_EXPIRED');
  await expect(feed.assertKept(second?.vector ?? new Map())).resolves.toBeUndefined();
  expect(idsOf(await drain(feed, second?.vector ?? new Map(), 1))).toEqual(idsOf(all.slice(2)));
  expect(idsOf(await drain(feed, await feed.oldest(), 1))).toEqual(idsOf(all.slice(2)));
});

test('after a restore into another cluster old cursors are refused, and no event is lost, not even one from its future', async () => {
  const former = openFeed();
  const start = await former.oldest();
  const past = await insertEvent(database.pool, 'services');
  const future = await insertEvent(database.pool, 'services');
  await database.pool.query(`UPDATE services.outbox SET xid = '9000000000'::xid8 WHERE id = $1`, [future]);
  await database.pool.query(`UPDATE services.outbox_state SET cluster = 'another:1'`);

  const feed = openFeed();
  await expect(feed.read(start, 10).catch(codeOf)).resolves.toBe('CHANGE_CURSOR_EXPIRED');
  expect(idsOf(await drain(feed, await feed.oldest(), 2))).toEqual([past, future]);
});

test.each([
  ['garbage', 'AAAA'],
  ['nothing', ''],
  ['a longer text', 'x'.repeat(5_000)],
])('a cursor that is %s is refused', (_name, cursor) => {
  expect(() => openFeed().open(cursor)).toThrow(/CHANGE_CURSOR_INVALID|变更游标无效/);
});

const event = (entityType: string, division: string | null, eventType = 'x.changed'): FeedEvent => ({
  ...{
    subgraph: 'services',
    position: { xid: 1, ordinal: 0, id: 'a' },
    eventType,
    entityType,
    entityId: `${entityType}:1`,
  },
  divisionCode: division,
  occurredAt: new Date(0),
});

test.each([
  ['in the area', testCaller(['330402']), event('Incident', '330402001001001'), true],
  ['in another area', testCaller(['330402']), event('Incident', '330411001001001'), false],
  [
    'of the whole community, to the holder of a grid',
    testCaller(['330402001001001']),
    event('Alert', '330402001001'),
    true,
  ],
  ['of another grid', testCaller(['330402001001001']), event('Incident', '330402001001002'), false],
  ['of the whole city, to a county', testCaller(['330402']), event('Incident', '3304'), false],
  ['without a place, of a type with places', testCaller(['3304']), event('Incident', null), false],
  ['of the catalogue', testCaller([]), event('DepartmentSystem', null), true],
  ['about a client, to anybody', testCaller(['3304']), event('Client', null), false],
  ['about a client, to a steward', testCaller(['3304'], 'catalog.steward'), event('Client', null), true],
  ['about a membership, without the right', testCaller(['3304']), event('PartyMember', '330402001001'), false],
  ['about a membership, with it', testCaller(['3304'], 'party.membership'), event('PartyMember', '330402001001'), true],
  ['about a finding, to anybody', testCaller(['3304']), event('SupervisionFinding', null), false],
  ['without an area', testCaller([]), event('Incident', '330402001001001'), false],
])('an event %s is told accordingly', (_name, caller, told, expected) => {
  expect(mayLearnOf(caller, told)).toBe(expected);
});

test('a filter narrows by type of object or of change, by area and by id, and one that is malformed is refused', () => {
  const wanted = compileFilter({ types: ['Incident', 'alert.raised'], divisions: ['330402'] });
  expect(wanted(event('Incident', '330402001001001'))).toBe(true);
  expect(wanted(event('Alert', '330402001001001', 'alert.raised'))).toBe(true);
  expect(wanted(event('Alert', '330402001001001', 'alert.grown'))).toBe(false);
  expect(wanted(event('Incident', '330411001001001'))).toBe(false);
  expect(compileFilter({ ids: ['Incident:1'] })(event('Incident', '3304'))).toBe(true);
  for (const filter of [{ types: ['a b'] }, { divisions: ['33040'] }, { divisions: ['x'] }, { ids: ['1'] }]) {
    expect(() => compileFilter(filter)).toThrow(/格式不对/);
  }
});
