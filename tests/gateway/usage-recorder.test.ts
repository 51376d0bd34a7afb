import { expect, test } from 'vitest';
import { createOperationCache, type ServedOperation } from '../../gateway/operations/prepare.ts';
import { UsageRecorder } from '../../gateway/operations/usage-recorder.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import { InMemoryCatalogPort } from '../kit/in-memory-catalog-port.ts';
import { defaultLimits, smallSchema } from './small-graph.ts';
import { openSmallHub } from './small-hub.ts';

const cache = createOperationCache({
  apiSchema: smallSchema,
  limits: defaultLimits,
  introspection: true,
  suggestions: true,
});
const hello = cache.prepare('query Hello { greeting(name: "x") }', undefined) as ServedOperation;
const other = cache.prepare('query Other { greeting }', undefined) as ServedOperation;

function open(capacity?: number) {
  const catalog = new InMemoryCatalogPort();
  const clock = fixedClock('2026-06-30T02:00:00Z');
  const troubles: string[] = [];
  const recorder = new UsageRecorder({
    catalog,
    clock,
    flushMilliseconds: 3_600_000,
    ...(capacity === undefined ? {} : { capacity }),
    onTrouble: (event) => troubles.push(event),
  });
  return { catalog, clock, troubles, recorder };
}

test('uses are added up per operation and client, without a value', async () => {
  const { catalog, clock, recorder } = open();
  recorder.record(hello, 'a', false);
  clock.set('2026-06-30T02:00:05Z');
  recorder.record(hello, 'a', true);
  recorder.record(hello, 'b', false);

  await recorder.close();

  expect(catalog.usages).toEqual([
    {
      hash: hello.hash,
      name: 'Hello',
      operationType: 'query',
      document: 'query Hello {\n  greeting(name: "")\n}',
      coordinates: ['Query.greeting'],
      elements: ['Query', 'Query.greeting(name:)'],
      clientId: 'a',
      requestCount: 2,
      errorCount: 1,
      lastSeenAt: new Date('2026-06-30T02:00:05Z'),
    },
    expect.objectContaining({ clientId: 'b', requestCount: 1, errorCount: 0 }),
  ]);
});

test('nothing is sent when nothing was counted', async () => {
  const { catalog, recorder } = open();

  await recorder.close();

  expect(catalog.asked.recordUsage).toBe(0);
});

test('a report that fails is kept and told once; the next one brings everything', async () => {
  const { catalog, recorder, troubles } = open();
  catalog.failure = new Error('connection refused');
  recorder.record(hello, 'a', false);
  await recorder.flush();
  recorder.record(hello, 'a', false);
  await recorder.flush();
  expect(troubles).toEqual(['failed']);
  expect(catalog.usages).toEqual([]);

  catalog.failure = undefined;
  await recorder.close();

  expect(troubles).toEqual(['failed', 'recovered']);
  expect(catalog.usages.map(({ requestCount }) => requestCount)).toEqual([2]);
});

test('counters are bounded; what does not fit is itself counted', async () => {
  const { catalog, recorder } = open(1);
  recorder.record(hello, 'a', false);
  recorder.record(other, 'a', false);
  recorder.record(hello, 'a', false);

  await recorder.close();

  expect(recorder.dropped).toBe(1);
  expect(catalog.usages.map(({ name, requestCount }) => [name, requestCount])).toEqual([['Hello', 2]]);
});

test('the hub records what it answered and what it refused, but no document that is not valid', async () => {
  const small = openSmallHub({ limits: { ...defaultLimits, cost: 30 } });
  await small.post({ query: 'query Fine { greeting }' });
  await small.post({ query: 'query Fails { broken }' });
  await small.post({ query: 'query Dear { people(first: 1000) { nodes { id } } }' });
  await small.post({ query: 'query Invalid { nope }' });

  await small.hub.close();

  expect(small.catalog.usages.map(({ name, requestCount, errorCount }) => [name, requestCount, errorCount])).toEqual([
    ['Fine', 1, 0],
    ['Fails', 1, 1],
    ['Dear', 1, 1],
  ]);
});

test('a client that invents an alias for each request fills a bounded part of the record, and is counted all the same', async () => {
  const { catalog, recorder } = open();
  for (let index = 0; index < 600; index += 1) {
    recorder.record(cache.prepare(`{ invented${index}: greeting }`, undefined) as ServedOperation, 'flooder', false);
  }
  recorder.record(hello, 'other', false);
  await recorder.close();

  const flooded = catalog.usages.filter(({ clientId }) => clientId === 'flooder');
  expect(flooded).toHaveLength(501);
  expect(flooded.reduce((sum, { requestCount }) => sum + requestCount, 0)).toBe(600);
  expect(flooded.find(({ hash }) => hash === 'further-operations')).toMatchObject({
    requestCount: 100,
    coordinates: [],
  });
  expect(catalog.usages.filter(({ clientId }) => clientId === 'other')).toHaveLength(1);
});
