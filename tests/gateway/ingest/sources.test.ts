import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type SamplePerson, samplePeople } from '../../../prisma/seed/people/people-sample.ts';
import type { Receipt } from '../../../subgraphs/kit/ingest/receipt.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { countsOf, NO_ROWS, sendDataset } from '../../kit/dataset-files.ts';
import { freshDatabase, type TestDatabase } from '../../kit/test-database.ts';

let hub: CityHub;
let department: TestDatabase;
let http: Server;
let origin: string;
let token: string;
let page: (
  request: IncomingMessage,
  body: string,
) => { status?: number; headers?: Record<string, string>; json: unknown };

beforeAll(async () => {
  department = await freshDatabase('template1');
  http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const { status = 200, headers = {}, json } = page(request, body);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  hub = await openCityHub(
    'in-process',
    'jiaxing',
    new Map([
      ['POLICE', { url: department.url, token: undefined }],
      ['PORTAL', { url: `http://127.0.0.1:${port}/gateway`, token: 'portal-token' }],
      ['NOWHERE', { url: 'postgres://nobody:secret@127.0.0.1:1/none', token: undefined }],
    ]),
  );
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  token = await hub.tokenOf('system');
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  http.close();
  await department[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await department.pool.query('DROP TABLE IF EXISTS rk_info');
  await department.pool.query(
    `CREATE TABLE rk_info (sfzh text, xm text, xb char(1), csrq text, mz text, whcd text, hyzk text, cyzk text, dh text,
       hjd text, wwg text, gxsj timestamp, bz text)`,
  );
});

const people = (count: number, seed: string) => [...samplePeople({ city: 'jiaxing', scale: 0.001, count, seed })];

async function keep(persons: readonly SamplePerson[], changedAt: string): Promise<void> {
  for (const person of persons) {
    await department.pool.query('INSERT INTO rk_info VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)', [
      person.citizenId,
      person.name,
      person.sex === '1' ? 'M' : 'F',
      person.birthDate.replaceAll('-', ''),
      person.ethnicGroup,
      person.education,
      person.maritalStatus,
      person.employmentStatus,
      person.phone === '' ? null : `${person.phone},010-1`,
      person.registeredDivision,
      person.microGridCode,
      changedAt,
      'not for the hub',
    ]);
  }
}

const COLUMNS = {
  citizenId: { from: 'sfzh' },
  name: { from: 'xm' },
  sex: { from: 'xb', codes: { M: '1', F: '2' } },
  birthDate: { from: 'csrq', date: 'yyyyMMdd' },
  ethnicGroup: { from: 'mz' },
  education: { from: 'whcd' },
  maritalStatus: { from: 'hyzk' },
  employmentStatus: { from: 'cyzk' },
  phone: { from: 'dh', list: { separator: ',', take: 'FIRST' } },
  registeredDivision: { from: 'hjd' },
  microGridCode: { from: 'wwg' },
};
const TABLE = {
  kind: 'POSTGRES',
  connection: 'POLICE',
  table: 'public.rk_info',
  cursor: 'gxsj',
  rowsPerSecond: 100_000,
};

const STORE = `mutation ($input: StoreSourceMappingInput!) { storeSourceMapping(input: $input) {
  ... on StoreSourceMappingSuccess { version system { mappings { dataset version note } } }
  ... on Refusal { code culprit messageZh } } }`;
let keys = 0;
async function store(document: object, more: Record<string, unknown> = {}): Promise<number> {
  const { data } = await hub.ask('system', STORE, {
    input: {
      systemCode: 'population-register',
      dataset: 'people',
      document: JSON.stringify(document),
      idempotencyKey: `store-mapping-${++keys}`,
      ...more,
    },
  });
  const { storeSourceMapping } = data as { storeSourceMapping: { version?: number } };
  expect(storeSourceMapping, JSON.stringify(storeSourceMapping)).toHaveProperty('version');
  return storeSourceMapping.version ?? 0;
}

async function pull(from = 'population-register', as = token) {
  const response = await fetch(`${origin}/ingest/people/pull?from=${from}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as}` },
  });
  const body = (await response.json()) as Receipt & { errors?: { message: string; extensions: { code: string } }[] };
  return { status: response.status, receipt: body, code: body.errors?.[0]?.extensions.code };
}

test('a table is fetched by its mapping, under the system’s name; the next pull begins where this one ended', async () => {
  await store({ columns: COLUMNS, source: TABLE }, { note: '第一版' });
  await keep(people(1_200, 'table'), '2026-01-01 08:00:00');
  const first = await pull();
  expect(first.receipt.reason).toBeNull();
  expect([first.status, countsOf(first.receipt)]).toEqual([200, { ...NO_ROWS, rows: 1_200, inserted: 1_200 }]);
  const { rows } = await hub.pool.query(
    'SELECT system_code, client_id, department, row_count FROM people.provenance WHERE id = $1',
    [first.receipt.batchId],
  );
  expect(rows).toEqual([
    { system_code: 'population-register', client_id: 'demo-system', department: 'public-security', row_count: 1_200 },
  ]);

  // Of the later ones three are new; the very last of before are read once more and change nothing.
  await department.pool.query('DELETE FROM rk_info WHERE ctid NOT IN (SELECT ctid FROM rk_info LIMIT 10)');
  await keep(people(3, 'later'), '2026-01-02 08:00:00');
  const second = await pull();
  expect(countsOf(second.receipt)).toEqual({ ...NO_ROWS, rows: 13, inserted: 3, unchanged: 10 });
  const third = await pull();
  expect(countsOf(third.receipt)).toEqual({ ...NO_ROWS, rows: 3, unchanged: 3 });
  const { data } = await hub.ask(
    'system',
    '{ departmentSystem(code: "population-register") { mappings(dataset: "people") { version note document } pulls { dataset lastState lastBatchId failureCount nextAt } } dataField(coordinate: "Person.ethnicGroup") { sources { system { code } dataset column columnZh systemColumn mappingVersion } } }',
  );
  expect(data).toMatchObject({
    departmentSystem: {
      mappings: [{ version: 1, note: '第一版', document: expect.stringContaining('"connection": "POLICE"') }],
      pulls: [
        { dataset: 'people', lastState: 'MERGED', lastBatchId: third.receipt.batchId, failureCount: 0, nextAt: null },
      ],
    },
    // From the system's own column to the field.
    dataField: {
      sources: [
        {
          system: { code: 'population-register' },
          ...{ dataset: 'people', column: 'ethnicGroup', columnZh: '民族', systemColumn: 'mz', mappingVersion: 1 },
        },
      ],
    },
  });
  expect(JSON.stringify(data)).not.toContain('postgres://');
});

test('a view is fetched like a table, and its rows are those of the view alone', async () => {
  await keep(people(6, 'view'), '2026-03-01 08:00:00');
  const [hidden] = people(6, 'view');
  await department.pool.query(
    `CREATE VIEW rk_view AS SELECT * FROM rk_info WHERE sfzh <> '${hidden?.citizenId}' ORDER BY sfzh`,
  );
  try {
    await store({ columns: COLUMNS, source: { ...TABLE, table: 'public.rk_view' } });
    expect(countsOf((await pull()).receipt)).toEqual({ ...NO_ROWS, rows: 5, inserted: 5 });
  } finally {
    await department.pool.query('DROP VIEW rk_view');
  }
});

test('a faulty row of a table is told like one of a file; a table that is not there leaves nothing', async () => {
  await store({ columns: COLUMNS, source: { ...TABLE, cursor: undefined } });
  await keep(people(20, 'faulty'), '2026-02-01 08:00:00');
  await department.pool.query("UPDATE rk_info SET xb = 'X' WHERE sfzh = $1", [people(20, 'faulty')[4]?.citizenId]);
  const { receipt } = await pull();
  expect(countsOf(receipt)).toEqual({ ...NO_ROWS, rows: 20, inserted: 19, rejected: 1 });
  expect(receipt.results[0]).toMatchObject({ column: 'sex', code: 'CODE_UNKNOWN' });

  await department.pool.query('DROP TABLE rk_info');
  const failed = await pull();
  expect([failed.status, failed.receipt.state, failed.receipt.reason?.code]).toEqual([422, 'REFUSED', 'SOURCE_FAILED']);
  expect(failed.receipt.reason?.messageEn).toContain('42P01');
  await store({ columns: COLUMNS, source: { ...TABLE, connection: 'NOWHERE' } });
  const unreachable = await pull();
  expect(unreachable.receipt.reason?.messageEn).toContain('ECONNREFUSED');
  expect(JSON.stringify(unreachable.receipt) + hub.log.join('')).not.toContain('secret');
});

test('what cannot be fetched is refused before anything is asked: no mapping, another department, no source, no connection', async () => {
  expect(await pull('no-such-system')).toMatchObject({ status: 400, code: 'MAPPING_UNKNOWN' });
  await hub.ask('steward', STORE, {
    input: {
      systemCode: 'civil-affairs-bodies',
      dataset: 'people',
      document: JSON.stringify({ columns: COLUMNS, source: TABLE }),
      idempotencyKey: 'store-mapping-of-another',
    },
  });
  expect(await pull('civil-affairs-bodies')).toMatchObject({ status: 400, code: 'MAPPING_UNKNOWN' });
  await store({ columns: COLUMNS });
  expect(await pull()).toMatchObject({ status: 400, code: 'SOURCE_MISSING' });
  await store({ columns: COLUMNS, source: { ...TABLE, connection: 'MISSING' } });
  const missing = await pull();
  expect(missing).toMatchObject({ status: 400, code: 'CONNECTION_UNKNOWN' });
  expect(missing.receipt.errors?.[0]?.message).toContain('SOURCE_MISSING_URL');
  expect((await pull('population-register', await hub.tokenOf('frontend'))).status).toBe(403);
});

test('a JSON interface is asked page after page with its token, left alone when it says so, and its envelope is read', async () => {
  const persons = people(25, 'portal');
  const asked: { url: string | undefined; authorization: string | undefined; body: string }[] = [];
  let busy = 1;
  page = (request, body) => {
    asked.push({ url: request.url, authorization: request.headers.authorization, body });
    if (busy-- > 0) return { status: 429, headers: { 'retry-after': '0' }, json: {} };
    const { pageNo, pageSize } = JSON.parse(body) as { pageNo: number; pageSize: number };
    const list = persons.slice((pageNo - 1) * pageSize, pageNo * pageSize).map((person) => ({
      ...person,
      person: { idNo: person.citizenId },
      extra: 'not for the hub',
    }));
    return { json: { code: 0, msg: 'success', data: { list, total: persons.length } } };
  };
  const { citizenId: _number, sex: _sex, birthDate: _birth, phone: _phone, ...same } = COLUMNS;
  await store({
    columns: {
      ...Object.fromEntries(Object.keys(same).map((key) => [key, { from: key }])),
      citizenId: { from: 'person.idNo' },
    },
    envelope: { ok: { path: 'code', values: [0] }, message: 'msg', rows: 'data.list' },
    source: {
      kind: 'HTTP',
      connection: 'PORTAL',
      path: '/api/person/list',
      method: 'POST',
      parameters: { scope: 'all' },
      paging: { kind: 'PAGE', page: 'pageNo', size: 'pageSize', rows: 10 },
      rowsPerSecond: 50,
    },
  });
  const begun = performance.now();
  const { receipt } = await pull();
  expect(receipt.reason).toBeNull();
  expect(countsOf(receipt)).toEqual({ ...NO_ROWS, rows: 25, inserted: 25 });
  expect(performance.now() - begun).toBeGreaterThan(400);
  expect(asked.map(({ url, authorization, body }) => [url, authorization, body])).toEqual([
    ['/gateway/api/person/list', 'Bearer portal-token', '{"scope":"all","pageNo":1,"pageSize":10}'],
    ['/gateway/api/person/list', 'Bearer portal-token', '{"scope":"all","pageNo":1,"pageSize":10}'],
    ['/gateway/api/person/list', 'Bearer portal-token', '{"scope":"all","pageNo":2,"pageSize":10}'],
    ['/gateway/api/person/list', 'Bearer portal-token', '{"scope":"all","pageNo":3,"pageSize":10}'],
  ]);

  page = () => ({ json: { code: 500, msg: '系统维护中', data: null } });
  const refused = await pull();
  expect(refused.receipt.reason).toMatchObject({
    code: 'ENVELOPE_REFUSED',
    messageZh: expect.stringContaining('系统维护中'),
  });
  page = () => ({ status: 404, json: {} });
  expect((await pull()).receipt.reason?.messageEn).toContain('HTTP_404');
});

test('what is scheduled is fetched as its client, and the wait after a failure grows', async () => {
  await keep(people(5, 'scheduled'), '2026-03-01 08:00:00');
  await store(
    { columns: COLUMNS, source: { ...TABLE, cursor: undefined, everyMinutes: 60 } },
    { clientId: 'demo-system' },
  );
  const state = async () =>
    (
      await hub.pool.query<{ last_state: string; last_reason: string | null; failures: number; minutes: number }>(
        `SELECT last_state, last_reason, failures, round(extract(epoch FROM next_at - now()) / 60)::int AS minutes
           FROM catalog.source_pull p JOIN catalog.department_system s ON s.id = p.system_id WHERE s.code = 'population-register'`,
      )
    ).rows[0];
  await expect.poll(state).toEqual({ last_state: 'MERGED', last_reason: null, failures: 0, minutes: 60 });
  const { rows } = await hub.pool.query('SELECT count(*)::int AS count FROM people.person WHERE name = ANY($1)', [
    people(5, 'scheduled').map(({ name }) => name),
  ]);
  expect((rows[0] as { count: number }).count).toBeGreaterThanOrEqual(5);

  await department.pool.query('DROP TABLE rk_info');
  const again = () => hub.pool.query('UPDATE catalog.source_pull SET next_at = now() WHERE next_at IS NOT NULL');
  await again();
  await expect.poll(state).toMatchObject({ last_reason: 'SOURCE_FAILED', failures: 1, minutes: 1 });
  await again();
  await expect.poll(state).toMatchObject({ failures: 2, minutes: 2 });
  await store({ columns: COLUMNS, source: { ...TABLE, cursor: undefined } });
});

test('two pulls of one system at once: one of them runs', async () => {
  await keep(people(1_500, 'busy'), '2026-04-01 08:00:00');
  await store({ columns: COLUMNS, source: { ...TABLE, cursor: undefined, rowsPerSecond: 1_000 } });
  const both = await Promise.all([pull(), pull()]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.code).toBe('SOURCE_BUSY');
});

test('an uploaded file is read by the mapping of its system: CSV, and JSON in its envelope', async () => {
  await store({
    columns: { ...COLUMNS, ethnicGroup: { constant: '01' } },
    ignoreOthers: true,
    envelope: { ok: { path: 'status', values: [1, '1'] }, message: 'msg', rows: 'data' },
  });
  const rows = people(6, 'upload').map((person) => ({
    sfzh: person.citizenId,
    xm: person.name,
    xb: person.sex === '1' ? 'M' : 'F',
    csrq: person.birthDate.replaceAll('-', ''),
    whcd: person.education,
    hyzk: person.maritalStatus,
    cyzk: person.employmentStatus,
    dh: person.phone,
    hjd: person.registeredDivision,
    wwg: person.microGridCode,
    bz: '',
  }));
  const fields = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[];
  const csv = [fields.join(','), ...rows.map((row) => fields.map((field) => row[field]).join(','))].join('\n');
  const sent = await sendDataset(origin, token, 'people', csv, '?mapping=population-register');
  expect(sent.receipt.reason).toBeNull();
  expect(countsOf(sent.receipt)).toEqual({ ...NO_ROWS, rows: 6, inserted: 6 });
  const json = JSON.stringify({ status: 1, msg: 'ok', data: rows });
  const again = await sendDataset(origin, token, 'people', json, '?mapping=population-register', 'application/json');
  expect(countsOf(again.receipt)).toEqual({ ...NO_ROWS, rows: 6, unchanged: 6 });
  const failed = await sendDataset(
    origin,
    token,
    'people',
    JSON.stringify({ status: 0, msg: '没有权限' }),
    '?mapping=population-register',
    'application/json',
  );
  expect([failed.status, failed.receipt.reason?.code]).toEqual([422, 'ENVELOPE_REFUSED']);
  const unknown = await sendDataset(origin, token, 'people', csv, '?mapping=grid-platform');
  expect(unknown.status).toBe(400);
});

test('a mapping is refused that does not hold, of another department’s system, or without a client for its schedule', async () => {
  const refused = async (input: Record<string, unknown>) => {
    const before = (await hub.pool.query('SELECT count(*)::int AS count FROM catalog.source_mapping')).rows[0];
    const { data } = await hub.ask('system', STORE, {
      input: {
        systemCode: 'population-register',
        dataset: 'people',
        document: JSON.stringify({ columns: COLUMNS }),
        idempotencyKey: `refused-mapping-${++keys}`,
        ...input,
      },
    });
    expect((await hub.pool.query('SELECT count(*)::int AS count FROM catalog.source_mapping')).rows[0]).toEqual(before);
    const { storeSourceMapping } = data as { storeSourceMapping: { code: string; culprit: string } };
    return [storeSourceMapping.code, storeSourceMapping.culprit];
  };
  const scheduled = JSON.stringify({ columns: COLUMNS, source: { ...TABLE, everyMinutes: 60 } });
  expect(await refused({ document: '{}' })).toEqual(['MAPPING_INVALID', 'input.document']);
  expect(await refused({ dataset: 'unicorns' })).toEqual(['DATASET_UNKNOWN', 'input.dataset']);
  expect(await refused({ systemCode: 'no-such' })).toEqual(['SYSTEM_NOT_FOUND', 'input.systemCode']);
  expect(await refused({ systemCode: 'grid-platform' })).toEqual(['SYSTEM_NOT_YOURS', 'input.systemCode']);
  expect(await refused({ document: scheduled })).toEqual(['SOURCE_CLIENT_REQUIRED', 'input.clientId']);
  expect(await refused({ document: scheduled, clientId: 'demo-steward' })).toEqual([
    'CLIENT_NOT_FOUND',
    'input.clientId',
  ]);
  expect(await refused({ note: '\u0000' })).toEqual(['TEXT_INVALID', 'input.note']);
});

test('twenty who store at once get twenty versions that follow each other, each with one event', async () => {
  const before = await store({ columns: COLUMNS });
  const versions = await Promise.all(Array.from({ length: 20 }, () => store({ columns: COLUMNS })));
  expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => before + 1 + index));
  const { rows } = await hub.pool.query(
    'SELECT count(*)::int AS events FROM catalog.outbox WHERE event_type = \'system.mapping-stored\' AND payload LIKE \'%"dataset":"people"%\'',
  );
  expect((rows[0] as { events: number }).events).toBeGreaterThanOrEqual(before + 20);
});
