import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openAuditPort } from '../../subgraphs/catalog/audit-port.ts';
import { SubjectHasher } from '../../subgraphs/catalog/store/ledger/subject-hash.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { findReceipts } from '../../subgraphs/kit/store/write-receipt.ts';
import { openCatalogPort } from '../../subgraphs/registry.ts';
import { accessLinesOf } from '../kit/access-lines.ts';
import { TEST_KEYS } from '../kit/city-database.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const hashOf = (subject: string) => new SubjectHasher(TEST_KEYS.subject).of('2026-06', subject);
const REPORT = `mutation Report($key: String!, $grid: ID = "Grid:330402007024001") { reportIncident(input: {
  category: HAZARD, title: "楼道堆物", severity: GENERAL, channel: GRID_WORKER, gridId: $grid, idempotencyKey: $key
}) { __typename } }`;

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

/** Until all that has been committed has its line; the hub itself is at it, too. */
async function settled(): Promise<void> {
  await vi.waitFor(
    async () => {
      await hub.catalog.recordWrites((id) => id.startsWith('Person:'));
      const waiting = await findReceipts(hub.pool, ['people', 'services'], 1);
      expect(waiting).toEqual([]);
    },
    { timeout: 60_000 },
  );
}
const verify = async () =>
  (await openAuditPort({ pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS }).verify([])).findings;

const linesOf = async (request: string) =>
  (await accessLinesOf(hub.pool, request)).sort((one, other) => one.decision.localeCompare(other.decision));
const codeOf = ({ extensions, message }: { extensions?: Record<string, unknown>; message: string }) =>
  extensions?.code ?? message;
async function write(request: string, variables: Record<string, unknown> = {}, document = REPORT) {
  const answer = await hub.ask(
    'system',
    document,
    { key: `${request}-key`, ...variables },
    { 'x-request-id': request },
  );
  return { ...(answer.data as Record<string, unknown> | null), errors: answer.errors.map(codeOf) };
}

test('a committed write has one line more, on what was written, by whom, why, of whom; asked again it has none more', async () => {
  const tag = `mutation Tag($person: ID!, $key: String!) { recordCareTag(input: {
    personId: $person, kind: DISABILITY, validFrom: "2026-06-01", idempotencyKey: $key }) { __typename } }`;
  const answer = await write('written-tag', { person: PERSON }, tag);
  expect(answer).toEqual({ recordCareTag: { __typename: 'RecordCareTagSuccess' }, errors: [] });
  await settled();
  await settled();
  const [announced, written, ...others] = await linesOf('written-tag');
  expect(others).toEqual([]);
  const who = {
    client: 'demo-system',
    department: 'public-security',
    basis: 'PIPL-13-3',
    scenario: 'service-handling',
  };
  expect(announced).toMatchObject({ decision: 'WRITE', given: ['Mutation.recordCareTag'], ...who });
  expect(written).toMatchObject({
    ...{
      decision: 'WRITTEN',
      given: ['Mutation.recordCareTag'],
      operationName: 'Tag',
      subjects: expect.arrayContaining([hashOf(PERSON)]),
    },
    ...who,
  });
  expect(written?.rows).toBeGreaterThan(0);
  await write('written-tag-again', { person: PERSON, key: 'written-tag-key' }, tag);
  await settled();
  expect((await linesOf('written-tag-again')).map(({ decision }) => decision)).toEqual(['WRITE']);
});

test('a write that is refused, or rolled back, is not shown as done', async () => {
  expect(await write('refused-write', { grid: 'Grid:330402007024999' })).toMatchObject({
    reportIncident: { __typename: 'NotFoundRefusal' },
  });
  await hub.pool.query(`CREATE FUNCTION services.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON services.outbox DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION services.fail()`);
  const failed = await write('rolled-back-write');
  await hub.pool.query('DROP TRIGGER fail ON services.outbox');
  expect(failed).toEqual({ reportIncident: null, errors: ['INTERNAL_ERROR'] });
  await settled();
  for (const request of ['refused-write', 'rolled-back-write']) {
    expect((await linesOf(request)).map(({ decision }) => decision)).toEqual(['WRITE']);
  }
});

test('two writes of one operation have a line each', async () => {
  const both = `mutation Both($key: String!) {
    a: reportIncident(input: { category: HAZARD, title: "楼道堆物甲", severity: GENERAL, channel: GRID_WORKER, gridId: "Grid:330402007024001", idempotencyKey: "two-writes-a" }) { __typename }
    b: reportIncident(input: { category: HAZARD, title: "楼道堆物乙", severity: GENERAL, channel: GRID_WORKER, gridId: "Grid:330402007024001", idempotencyKey: $key }) { __typename }
  }`;
  await write('two-writes', {}, both);
  await settled();
  const decisions = (await linesOf('two-writes')).map(({ decision }) => decision);
  expect(decisions).toEqual(['WRITE', 'WRITTEN', 'WRITTEN']);
});

test('a line that was cut off between being written and its receipt’s end is written once, and the log stays whole', async () => {
  await settled();
  await hub.pool.query(`CREATE FUNCTION services.cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'cut'; END $$;
    CREATE TRIGGER cut BEFORE UPDATE ON services.provenance FOR EACH ROW EXECUTE FUNCTION services.cut()`);
  await write('cut-off-write');
  await vi.waitFor(() => expect(hub.catalog.recordWrites((id) => id.startsWith('Person:'))).rejects.toThrow('cut'), {
    timeout: 60_000,
  });
  expect((await linesOf('cut-off-write')).map(({ decision }) => decision)).toEqual(['WRITE']);
  await hub.pool.query('DROP TRIGGER cut ON services.provenance');
  // The next process, which knows nothing of the first.
  const next = openCatalogPort({
    pool: hub.pool,
    clock: fixedClock(hub.clock.now()),
    ids: uuidSource,
    keys: TEST_KEYS,
  });
  await vi.waitFor(
    async () => {
      await next.recordWrites(() => true);
      expect(await findReceipts(hub.pool, ['services'], 1)).toEqual([]);
    },
    { timeout: 60_000 },
  );
  await next.close();
  expect((await linesOf('cut-off-write')).map(({ decision }) => decision)).toEqual(['WRITE', 'WRITTEN']);
  expect(await verify()).toEqual([]);
});

test('fifty writes, and hubs that race for their lines: one line each, no receipt left, no id of a person kept', async () => {
  const names = Array.from({ length: 50 }, (_, index) => `race-of-writes-${index}`);
  const ports = Array.from({ length: 3 }, () =>
    openCatalogPort({ pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS }),
  );
  const racing = names.map((name) => write(name));
  for (let round = 0; round < 20; round++) await Promise.all(ports.map((port) => port.recordWrites(() => true)));
  await Promise.all(racing);
  await settled();
  for (const name of names) {
    expect((await linesOf(name)).map(({ decision }) => decision)).toEqual(['WRITE', 'WRITTEN']);
  }
  const { rows } = await hub.pool.query(
    'SELECT count(*)::int AS left FROM services.provenance WHERE receipt IS NOT NULL',
  );
  expect(rows).toEqual([{ left: 0 }]);
  expect(await verify()).toEqual([]);
  await Promise.all(ports.map((port) => port.close()));
});
