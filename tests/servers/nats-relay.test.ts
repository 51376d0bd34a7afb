import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { relayChanges } from '../../gateway/relay/relay-changes.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { insertEvent } from '../kit/outbox-rows.ts';
import { hasNatsServer, NatsServer } from './nats-server.ts';

describe.skipIf(!hasNatsServer)('the relay to JetStream', () => {
  let hub: CityHub;
  let url: URL;
  let token: string;
  let nats: NatsServer;
  const running = new Set<{ readonly stop: AbortController; readonly done: Promise<unknown> }>();

  beforeAll(async () => {
    hub = await openCityHub();
    url = new URL(await hub.app.listen({ port: 0, host: '127.0.0.1' }));
    token = await hub.tokenOf('system');
  });
  afterAll(() => hub[Symbol.asyncDispose]());
  beforeEach(async () => {
    await hub.pool.query('TRUNCATE people.outbox, services.outbox, catalog.outbox, organizations.outbox, party.outbox');
    nats = await NatsServer.start();
  });
  afterEach(async () => {
    await Promise.all([...running].map(halt));
    await nats[Symbol.asyncDispose]();
  });

  const PLACE = '330402001001001';
  const TARGET = { stream: 'CHANGES', subject: 'city.changes' };

  function relay(more: { from?: string; anew?: boolean; types?: string; token?: string } = {}) {
    const stop = new AbortController();
    const done = relayChanges({
      source: { url, token: () => more.token ?? token, types: more.types },
      target: { servers: [nats.url], ...TARGET },
      ...{ from: more.from ?? 'oldest', anew: more.anew ?? false, signal: stop.signal, onTrouble: () => {} },
    });
    // Failures are looked at where they are expected.
    done.catch(() => {});
    const started = { stop, done };
    running.add(started);
    return started;
  }
  async function halt(started: { readonly stop: AbortController; readonly done: Promise<unknown> }): Promise<void> {
    started.stop.abort();
    await started.done.catch(() => {});
    running.delete(started);
  }

  interface Stored {
    readonly subject: string;
    readonly msgId: string;
    readonly event: { id: string; type: string; subject: string; data: { deleted: boolean; divisionCode: string } };
  }
  /** All that the stream holds, in its order. */
  async function stored(): Promise<Stored[]> {
    const connection = await connect({ servers: nats.url });
    try {
      const manager = await jetstreamManager(connection);
      const { state } = await manager.streams.info(TARGET.stream);
      const found: Stored[] = [];
      if (state.messages === 0) return found;
      const consumer = await jetstream(connection).consumers.get(TARGET.stream);
      for await (const message of await consumer.fetch({ max_messages: state.messages, expires: 10_000 })) {
        found.push({
          subject: message.subject,
          msgId: message.headers?.get('Nats-Msg-Id') ?? '',
          event: message.json(),
        });
      }
      return found;
    } finally {
      await connection.close();
    }
  }
  const ids = async () => (await stored().catch(() => [])).map(({ msgId }) => msgId);
  const report = (more: object = {}) => insertEvent(hub.pool, 'services', { division: PLACE, ...more });

  test('changes of the client’s area are stored in commit order with their ids, and deletions as tombstones', async () => {
    const made = [];
    for (let index = 0; index < 20; index++) made.push(await report());
    await report({ division: '330800001001001' });
    const gone = await report({ eventType: 'incident.deleted' });
    relay();
    await expect.poll(ids, { timeout: 60_000 }).toEqual([...made, gone]);

    const found = await stored();
    expect(found[0]).toMatchObject({
      subject: 'city.changes.services.Incident.reported',
      event: {
        id: made[0],
        type: 'yiyun.incident.reported',
        subject: `Incident:${made[0]}`,
        data: { deleted: false, divisionCode: PLACE },
      },
    });
    expect(found.at(-1)).toMatchObject({
      subject: 'city.changes.services.Incident.deleted',
      event: { data: { deleted: true } },
    });
  });

  test('a relay that was stopped goes on from the stream’s last message, which is all that it knows', async () => {
    const first = await report();
    const one = relay();
    await expect.poll(ids, { timeout: 60_000 }).toEqual([first]);
    await halt(one);
    const meanwhile = [await report(), await report()];
    relay();
    await expect.poll(ids, { timeout: 60_000 }).toEqual([first, ...meanwhile]);
  });

  test('killed and started again, the server holds each change once and none is missing', async () => {
    const made = [await report()];
    relay();
    await expect.poll(ids, { timeout: 60_000 }).toEqual(made);
    for (let outage = 0; outage < 3; outage++) {
      for (let index = 0; index < 30; index++) made.push(await report());
      await nats.kill();
      for (let index = 0; index < 10; index++) made.push(await report());
      await nats.start();
    }
    await expect.poll(async () => (await ids()).length).toBe(made.length);
    expect(await ids()).toEqual(made);
  });

  test('two relays at once and one that begins anew store nothing twice', async () => {
    const made = [];
    relay();
    relay();
    for (let index = 0; index < 50; index++) made.push(await report());
    await expect.poll(ids, { timeout: 60_000 }).toEqual(made);
    await Promise.all([...running].map(halt));
    relay({ anew: true });
    made.push(await report());
    await expect.poll(ids, { timeout: 60_000 }).toEqual(made);
  });

  test('what will not become right by trying again ends it, in both languages', async () => {
    await expect(relay({ token: 'nonsense' }).done).rejects.toThrow(StartupProblem);
    const made = await report();
    const one = relay();
    await expect.poll(ids, { timeout: 60_000 }).toEqual([made]);
    await halt(one);
    // Retention has passed what the stream holds.
    await hub.pool.query(`UPDATE services.outbox_state SET floor_xid = '9000000000'::xid8`);
    try {
      await expect(relay().done).rejects.toThrow(/--from oldest.*begin anew with --from oldest/);
    } finally {
      await hub.pool.query('UPDATE services.outbox_state SET floor_xid = DEFAULT');
    }
  });
});
