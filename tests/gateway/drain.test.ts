import { type Agent, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { demoHeaders, openSmallHub } from './small-hub.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
}

function ask(url: string, body?: unknown, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      url,
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...demoHeaders },
        ...(agent === undefined ? {} : { agent }),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** An executor's answer that waits until it is told. */
function held() {
  let release: () => void = () => {};
  let begun: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    started,
    release,
    answer: async () => {
      begun();
      await released;
      return { data: { slow: 'done' } };
    },
  };
}

describe('a hub that is told to end', () => {
  test('turns unready, refuses new operations, finishes the running one, then is gone', async () => {
    const small = openSmallHub();
    const url = await small.hub.listen();
    const ready = url.replace('/graphql', '/health/ready');
    const agent = new HttpAgent({ keepAlive: true, maxSockets: 2 });
    const work = held();
    small.executor.answer = work.answer;
    expect(await ask(ready, undefined, agent)).toEqual({ status: 200, text: '{"status":"ready"}' });

    const running = ask(url, { query: '{ slow }' });
    await work.started;
    const closing = small.hub.close();
    const unready = await ask(ready).catch(String);
    // Longer than what had arrived is waited for.
    await delay(400);
    const late = await small.hub.app.inject({ method: 'POST', url: '/graphql', payload: '{}' }).catch(String);
    const probe = await small.hub.app.inject({ url: '/health/ready' }).catch(String);
    const refused = await ask(ready).catch((error: NodeJS.ErrnoException) => error.code);
    work.release();

    expect(await running).toEqual({ status: 200, text: '{"data":{"slow":"done"}}' });
    await closing;
    expect(unready).toEqual({ status: 503, text: '{"status":"draining"}' });
    expect(refused).toBe('ECONNREFUSED');
    expect(typeof late === 'string' ? 503 : late.statusCode).toBe(503);
    expect(typeof probe === 'string' ? 503 : probe.statusCode).toBe(503);
    // The use that was counted last has been recorded too.
    expect(small.catalog.usages.map(({ requestCount }) => requestCount)).toEqual([1]);
    agent.destroy();
  });

  test('answers every request of a burst that is on its way when it is told', async () => {
    const small = openSmallHub();
    const url = await small.hub.listen();
    const burst = Array.from({ length: 100 }, () => ask(url, { query: '{ greeting }' }));
    const closing = small.hub.close();

    const answers = await Promise.all(burst);
    await closing;

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('closes twice as if once', async () => {
    const small = openSmallHub();
    await small.hub.listen();

    await Promise.all([small.hub.close(), small.hub.close()]);
    await small.hub.close();
  });
});

describe('health', () => {
  test('a hub whose database does not answer lives but is not ready', async () => {
    await using small = openSmallHub(
      {},
      {
        checkDatabase: async () => {
          throw new Error('connection refused');
        },
      },
    );

    const live = await small.hub.app.inject({ url: '/health/live' });
    const ready = await small.hub.app.inject({ url: '/health/ready' });

    expect([live.statusCode, live.json()]).toEqual([200, { status: 'live' }]);
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: 'database unreachable' }]);
  });

  test('a database that hangs is not waited for', async () => {
    await using small = openSmallHub({}, { checkDatabase: () => new Promise(() => {}) });
    const started = performance.now();

    const { statusCode } = await small.hub.app.inject({ url: '/health/ready' });

    expect(statusCode).toBe(503);
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe('metrics', () => {
  test('count requests, errors, cost and what the process keeps; other machines find nothing', async () => {
    await using small = openSmallHub();
    await small.post({ query: '{ greeting broken }' });
    await small.post({ query: 'mutation { rename(input: { id: "1", name: "x" }) { id } }' });
    await small.post({ query: '{ greeting }' }, { authorization: '' });

    const local = await small.hub.app.inject({ url: '/metrics' });
    const remote = await small.hub.app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' });

    expect(local.statusCode).toBe(200);
    expect(local.body).toContain('yiyun_requests_total{operation="query",status="200",client_kind="SYSTEM"} 1');
    expect(local.body).toContain('yiyun_requests_total{operation="mutation",status="200",client_kind="SYSTEM"} 1');
    expect(local.body).toContain('yiyun_requests_total{operation="none",status="401",client_kind="none"} 1');
    expect(local.body).toContain('yiyun_errors_total{code="INTERNAL_ERROR"} 1');
    expect(local.body).toContain('yiyun_cost_points_total{client_kind="SYSTEM"} 12');
    expect(local.body).toContain('yiyun_cached_operations 2');
    expect(remote.statusCode).toBe(404);
  });

  test('can be made public', async () => {
    await using small = openSmallHub({ metricsPublic: true });

    expect((await small.hub.app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' })).statusCode).toBe(200);
  });
});
