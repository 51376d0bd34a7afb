import { createHash } from 'node:crypto';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { exportLines } from '../../gateway/exports/export-lines.ts';
import { openExportWork } from '../../subgraphs/catalog/store/exports/export-work.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { type CityHub, type HubRole, openCityHub } from '../kit/city-hub.ts';
import { insertEvent } from '../kit/outbox-rows.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());
// What another test has left open counts against the client.
beforeEach(async () => {
  await hub.pool.query("UPDATE catalog.export_job SET state = 'FAILED' WHERE state IN ('WAITING', 'RUNNING')");
});
vi.setConfig({ testTimeout: 240_000 });

const START = `mutation ($input: StartExportInput!) { startExport(input: $input) {
  ... on StartExportSuccess { export { exportId state path } } ... on Refusal { code culprit } } }`;
const SHOW = `query ($id: String!) { export(exportId: $id) {
  state stateReason rowCount byteCount sha256 gaps path changesAfter legalBasis scenario } }`;
const PEOPLE = `query { persons(first: 7) { totalCount nodes { ...who grid { name } provenance { systemCode } } } }
  fragment who on Person { id name citizenId sexCode { code } }`;

interface Shown {
  readonly state: string;
  readonly stateReason: string | null;
  readonly rowCount: number;
  readonly byteCount: number;
  readonly sha256: string;
  readonly gaps: readonly string[];
  readonly path: string | null;
  readonly changesAfter: string;
}

let keys = 0;
async function start(role: HubRole, document: string, format: string, headers: Record<string, string> = {}) {
  const input = { document, format, idempotencyKey: `export-test-${++keys}` };
  const { data, errors } = await hub.ask(role, START, { input }, headers);
  expect(errors).toEqual([]);
  return (data as { startExport: { export?: { exportId: string }; code?: string; culprit?: string } }).startExport;
}

const MASKED = { 'x-yiyun-unmask': 'false' };

async function finish(role: HubRole, id: string): Promise<Shown> {
  let shown: Shown | undefined;
  await expect
    .poll(
      async () => {
        shown = ((await hub.ask(role, SHOW, { id })).data as { export: Shown }).export;
        return shown.state;
      },
      { timeout: 100_000 },
    )
    .toMatch(/READY|FAILED/);
  return shown as Shown; // set by the poll
}

const fetchFile = async (role: HubRole, path: string) =>
  hub.app.inject({ method: 'GET', url: path, headers: { authorization: `Bearer ${await hub.tokenOf(role)}` } });

test('a list becomes a file with the client’s masks, a checksum and a cursor for what changes behind it', async () => {
  const started = await start('system', PEOPLE, 'NDJSON', MASKED);
  const shown = await finish('system', started.export?.exportId ?? '');
  expect(shown).toMatchObject({ state: 'READY', stateReason: null, gaps: [], legalBasis: expect.any(String) });

  const { rows } = await hub.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM people.person WHERE city_code = '3304' OR registered_city_code = '3304'`,
  );
  const file = await fetchFile('system', shown.path ?? '');
  expect(file.statusCode).toBe(200);
  expect(createHash('sha256').update(file.rawPayload).digest('hex')).toBe(shown.sha256);
  expect(file.rawPayload.length).toBe(shown.byteCount);
  const people = file.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; name: string; citizenId: string });
  expect([people.length, shown.rowCount]).toEqual([rows[0]?.count, rows[0]?.count]);
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
  // As any query shows it without the wish to unmask.
  const asked = await hub.ask(
    'system',
    'query ($id: ID!) { node(id: $id) { ... on Person { name citizenId } } }',
    { id: people[0]?.id },
    MASKED,
  );
  expect(asked.data).toEqual({ node: { name: people[0]?.name, citizenId: people[0]?.citizenId } });
  expect(people[0]?.citizenId).toContain('*');

  const changed = await hub.ask('system', 'query ($after: String) { changes(after: $after) { nodes { eventType } } }', {
    after: shown.changesAfter,
  });
  expect(changed.errors).toEqual([]);
  // Each page that showed persons, and the file's being fetched, under the client that asked.
  const ledger = await hub.pool.query<{ decision: string; scope: string }>(
    `SELECT a.line->>'decision' AS decision, s.operation_name AS scope FROM catalog.access_line a
       JOIN catalog.access_scope s ON s.digest = a.line->>'scope' WHERE a.client_id = 'demo-system'`,
  );
  expect(ledger.rows.map(({ scope }) => scope)).toContain(`export ${started.export?.exportId}`);
  expect(ledger.rows.filter(({ decision }) => decision === 'READ').length).toBeGreaterThan(people.length / 100);
});

test('a file is given to the client that asked for it alone, and to nobody once it has expired', async () => {
  const started = await start('system', '{ persons { nodes { id } } }', 'NDJSON');
  const id = started.export?.exportId ?? '';
  const { path } = await finish('system', id);
  expect((await fetchFile('frontend', path ?? '')).statusCode).toBe(404);
  expect((await hub.ask('frontend', SHOW, { id })).data).toEqual({ export: null });
  expect((await hub.app.inject({ method: 'GET', url: path ?? '' })).statusCode).toBe(401);
  await hub.pool.query("UPDATE catalog.export_job SET expires_at = now() - interval '1 second' WHERE id = $1", [id]);
  expect((await fetchFile('system', path ?? '')).statusCode).toBe(404);
  await expect
    .poll(async () => ((await hub.ask('system', SHOW, { id })).data as { export: Shown }).export.state)
    .toBe('EXPIRED');
});

test('CSV has a column for each value, and a text that begins like a formula is none', async () => {
  const started = await start('system', PEOPLE, 'CSV');
  const { path, rowCount } = await finish('system', started.export?.exportId ?? '');
  const [head, ...lines] = (await fetchFile('system', path ?? '')).body.trimEnd().split('\r\n');
  expect(head).toBe('\ufeffid,name,citizenId,sexCode.code,grid.name,provenance.systemCode');
  expect(lines.length).toBe(rowCount);
  const { line } = exportLines('CSV', [['a'], ['b', 'c'], ['d']]);
  expect(line({ a: '=1+1', b: { c: 'x,"y"\n' }, d: [1, 'z'] })).toBe(`'=1+1,"x,""y""\n","[1,""z""]"\r\n`);
  expect(line({ a: -5, b: null, d: true })).toBe('-5,,true\r\n');
});

test('what is closed to the client stays closed in the file, which says so', async () => {
  const started = await start('frontend', '{ persons { nodes { id citizenId careTags { kind } } } }', 'NDJSON');
  const { state, gaps, path } = await finish('frontend', started.export?.exportId ?? '');
  expect([state, gaps]).toEqual(['READY', ['FIELD_RIGHT_MISSING']]);
  const first = JSON.parse((await fetchFile('frontend', path ?? '')).body.split('\n')[0] ?? '') as object;
  // Unmasking was asked for, which this client has no right to.
  expect(first).toMatchObject({ citizenId: expect.stringContaining('****'), careTags: null });
});

test.each([
  ['two lists', '{ persons { nodes { id } } people: persons { nodes { id } } }', 'NOT_ONE_LIST'],
  ['no list', '{ loadedCity { city } }', 'NOT_ONE_LIST'],
  ['a list without its rows', '{ persons { totalCount } }', 'NO_NODES'],
  [
    'a mutation',
    'mutation { startExport(input: { document: "", format: CSV, idempotencyKey: "12345678" }) { __typename } }',
    'NOT_ONE_LIST',
  ],
  ['an invalid query', '{ persons { nodes { shoeSize } } }', 'DOCUMENT_INVALID'],
])('%s is not exported, and leaves no file', async (_name, document, reason) => {
  const started = await start('system', document, 'NDJSON');
  expect(started.code).toBeUndefined();
  const id = started.export?.exportId ?? '';
  const { state, stateReason, path } = await finish('system', id);
  expect([state, stateReason, path]).toEqual(['FAILED', reason, null]);
  expect((await fetchFile('system', `/exports/${id}`)).statusCode).toBe(404);
});

test('an export that a hub has left is begun again', async () => {
  const started = await start('system', '{ persons { nodes { id } } }', 'NDJSON');
  const id = started.export?.exportId ?? '';
  const whole = await finish('system', id);
  await hub.pool.query(
    `UPDATE catalog.export_job SET state = 'RUNNING', row_count = 3, leased_until = now() - interval '1 second' WHERE id = $1`,
    [id],
  );
  await expect
    .poll(async () => ((await hub.ask('system', SHOW, { id })).data as { export: Shown }).export)
    .toMatchObject({ state: 'READY', rowCount: whole.rowCount, sha256: whole.sha256 });
});

test('an empty query and a fourth export at a time are refused, and nothing is written', async () => {
  const jobs = async () =>
    (await hub.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM catalog.export_job')).rows[0]?.count;
  const before = await jobs();
  expect(await start('system', ' ', 'CSV')).toEqual({ code: 'EXPORT_DOCUMENT', culprit: 'input.document' });
  await hub.pool.query(
    `INSERT INTO catalog.export_job (id, client_id, format, document, variables, unmask, state, requested_at, provenance_id, leased_until, gaps)
     SELECT gen_random_uuid(), 'demo-system', 'CSV', '{ x }', '{}', false, 'RUNNING', now(), gen_random_uuid(), now() + interval '1 hour', '{}'
       FROM generate_series(1, 3)`,
  );
  expect(await start('system', '{ persons { nodes { id } } }', 'CSV')).toEqual({
    code: 'EXPORTS_TOO_MANY',
    culprit: 'input',
  });
  expect(await jobs()).toBe((before ?? 0) + 3);
});

/** Lists of several subgraphs, as they are asked for. */
const LISTS: readonly (readonly [string, string])[] = [
  ['organizations', 'organizations(divisionCode: "3304", kind: GOVERNMENT_DEPARTMENT) { nodes { id name } }'],
  ['incidents', 'incidents { nodes { id incidentNumber state overdue grid { name } } }'],
];

test.each(LISTS)('%s are one file with the rows that pages give, in every format', async (name, list) => {
  const made = [];
  for (const format of ['NDJSON', 'CSV', 'PARQUET']) {
    const started = await start('system', `{ ${list} }`, format, MASKED);
    made.push(await finish('system', started.export?.exportId ?? ''));
  }
  const [lines, table, columns] = await Promise.all(made.map(({ path }) => fetchFile('system', path ?? '')));
  const rows = (lines?.body ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const total = (await hub.ask('system', `{ ${list.replace('{', '{ totalCount')} }`)).data as Record<
    string,
    { totalCount: number }
  >;
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBe(total[name]?.totalCount);
  expect(made.map(({ rowCount }) => rowCount)).toEqual([rows.length, rows.length, rows.length]);
  expect(table?.body.trimEnd().split('\r\n').length).toBe(rows.length + 1);

  const bytes = columns?.rawPayload ?? Buffer.alloc(0);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(made[2]?.sha256);
  const file = Uint8Array.from(bytes).buffer;
  const found = await parquetReadObjects({ file });
  expect(found).toEqual(rows.map((row) => flat(row)));
  const { schema } = await parquetMetadataAsync(file);
  expect(schema.find(({ name: column }) => column === 'overdue')?.type).toBe(
    name === 'incidents' ? 'BOOLEAN' : undefined,
  );
});

function flat(row: Record<string, unknown>, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(flat(value as Record<string, unknown>, `${prefix}${key}.`))
        : [[`${prefix}${key}`, value]],
    ),
  );
}

test('an export and the changes behind its cursor give what is there, whatever changed while it was written', async () => {
  const LIST = '{ incidents { nodes { id state title } } }';
  const { rows: grids } = await hub.pool.query<{ id: string }>(
    `SELECT 'Grid:' || grid_code AS id FROM services.incident WHERE city_code = '3304' LIMIT 1`,
  );
  const report = async (title: string) => {
    const input = {
      ...{ category: 'HAZARD', severity: 'GENERAL', channel: 'GRID_WORKER', gridId: grids[0]?.id },
      ...{ title, idempotencyKey: `export delta ${title}`.replaceAll(' ', '-') },
    };
    const { errors } = await hub.ask(
      'system',
      'mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { ... on ReportIncidentSuccess { incident { id } } } }',
      { input },
    );
    expect(errors).toEqual([]);
  };
  const listOf = async (shown: Shown) => {
    const { body } = await fetchFile('system', shown.path ?? '');
    const rows = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string });
    return new Map(rows.map((row) => [row.id, row]));
  };
  const started = await start('system', LIST, 'NDJSON');
  await Promise.all(Array.from({ length: 6 }, (_, index) => report(`meanwhile ${index}`)));
  const shown = await finish('system', started.export?.exportId ?? '');
  await report('afterwards');
  // Gone, as the feed tells it: nothing that the graph does removes an incident.
  const kept = await listOf(shown);
  const goneId = [...kept.keys()].at(-1) ?? '';
  await hub.pool.query('DELETE FROM services.incident WHERE id = $1', [goneId.split(':')[1]]);
  await insertEvent(hub.pool, 'services', { eventType: 'incident.deleted', entityId: goneId, division: '330402' });

  const fresh = await listOf(await finish('system', (await start('system', LIST, 'NDJSON')).export?.exportId ?? ''));
  expect(fresh.size).toBeGreaterThanOrEqual(kept.size);
  const DELTA = `query ($after: String) { changes(after: $after, types: ["Incident"], first: 100) {
    nodes { entityId deleted entity { ... on Incident { id state title } } } pageInfo { endCursor } } }`;
  let after = shown.changesAfter;
  const caughtUp = async () => {
    const { data, errors } = await hub.ask('system', DELTA, { after });
    expect(errors).toEqual([]);
    const { nodes, pageInfo } = (data as { changes: Delta }).changes;
    for (const { entityId, deleted, entity } of nodes) {
      if (deleted) kept.delete(entityId);
      else if (entity !== null) kept.set(entityId, entity);
    }
    after = pageInfo.endCursor;
    return [...kept.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  // Transactions of others in the same cluster may hold the feed back.
  await expect.poll(caughtUp).toEqual([...fresh.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
});

interface Delta {
  readonly nodes: readonly { entityId: string; deleted: boolean; entity: { id: string } | null }[];
  readonly pageInfo: { readonly endCursor: string };
}

test('of two hubs the one that has taken an export over is the only one that says anything of it', async () => {
  const [first, second] = [openExportWork(hub.pool, uuidSource), openExportWork(hub.pool, uuidSource)];
  const id = uuidSource.next();
  await hub.pool.query(
    `INSERT INTO catalog.export_job (id, client_id, format, document, variables, unmask, state, requested_at, provenance_id, lease, leased_until, gaps)
     VALUES ($1, 'demo-system', 'CSV', '{ x }', '{}', false, 'RUNNING', now(), $1, $1, now() + interval '1 hour', '{}')`,
    [id],
  );
  const left = { id, lease: id };
  expect(await first.advance(left, 5)).toBe(true);
  // Silent for longer than its lease; the hub of this test leaves it alone, because it is held by the statement's own.
  const { rows } = await hub.pool.query<{ lease: string }>(
    `UPDATE catalog.export_job SET lease = gen_random_uuid() WHERE id = $1 RETURNING lease`,
    [id],
  );
  const taken = { id, lease: rows[0]?.lease ?? '' };
  expect(await first.advance(left, 6)).toBe(false);
  expect(await first.finish(left, { rows: 6, bytes: 1, sha256: 'x', gaps: [] })).toBe(false);
  await first.fail(left, 'UNEXPECTED');
  expect(await second.finish(taken, { rows: 7, bytes: 1, sha256: 'y', gaps: [] })).toBe(true);
  expect(await second.findReady(id)).toMatchObject({ ...taken, sha256: 'y' });
});
