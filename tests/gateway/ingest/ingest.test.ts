import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoParties, issueToken } from '../../../gateway/identity/tokens.ts';
import { samplePeople } from '../../../prisma/seed/people/people-sample.ts';
import { datasets } from '../../../subgraphs/datasets.ts';
import type { Receipt } from '../../../subgraphs/kit/ingest/receipt.ts';
import { people } from '../../../subgraphs/people/index.ts';
import { subgraphs } from '../../../subgraphs/registry.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';

let hub: CityHub;
let origin: string;
let token: string;

beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  token = await hub.tokenOf('system');
});
afterAll(() => hub[Symbol.asyncDispose]());

const columns = people.datasets?.[0]?.columns ?? [];
type Row = Record<string, string>;

/** CSV of some sample people, each changed as wanted. */
function csv(count: number, seed: string, change: (row: Row, index: number) => Row = (row) => row): string {
  const rows = [...samplePeople({ city: 'jiaxing', scale: 0.001, count, seed })].map((row, index) =>
    change({ ...row }, index),
  );
  const lines = rows.map((row) => columns.map(({ key }) => row[key] ?? '').join(','));
  return `${[columns.map(({ zh }) => zh).join(','), ...lines].join('\n')}\n`;
}

interface Sent {
  readonly status: number;
  readonly receipt: Receipt;
}

async function send(
  body: string | Buffer,
  { query = '', headers = {}, as = token }: { query?: string; headers?: Record<string, string>; as?: string } = {},
): Promise<Sent> {
  const response = await fetch(`${origin}/ingest/people${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as}`, 'content-type': 'text/csv', ...headers },
    body,
  });
  return { status: response.status, receipt: (await response.json()) as Receipt };
}

const rows = async <Found>(text: string, values: unknown[] = []) =>
  (await hub.pool.query(text, values)).rows as Found[];
const counts = ({ rows, inserted, updated, unchanged, held, rejected, conflicts }: Receipt) => ({
  ...{ rows, inserted, updated, unchanged, held, rejected, conflicts },
});
/** Processes that read files for this one. */
const readers = () =>
  spawnSync('pgrep', ['-P', String(process.pid), '-f', 'file-reader'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line !== '')
    .map(Number);
const ALL_ZERO = { inserted: 0, updated: 0, unchanged: 0, held: 0, rejected: 0, conflicts: 0 };
const tableCounts = async () =>
  (
    await rows<Record<string, number>>(`SELECT (SELECT count(*)::int FROM people.person) AS persons,
      (SELECT count(*)::int FROM people.outbox) AS events, (SELECT count(*)::int FROM people.provenance) AS batches,
      (SELECT sum(resident_count)::int FROM people.community_population) AS residents,
      (SELECT count(*)::int FROM people.item_conflict) AS conflicts,
      (SELECT count(*)::int FROM pg_tables WHERE tablename LIKE 'ingest%') AS stages`)
  )[0];

test('a file of new people is merged with provenance, events and counts, and the same file again changes nothing', async () => {
  const file = csv(300, 'first');
  const before = await tableCounts();
  const first = await send(file);

  expect(first.receipt.reason).toBeNull();
  expect([first.status, counts(first.receipt)]).toEqual([200, { ...ALL_ZERO, rows: 300, inserted: 300 }]);
  const after = await tableCounts();
  expect(after).toEqual({
    persons: (before?.persons ?? 0) + 300,
    events: (before?.events ?? 0) + 300,
    batches: (before?.batches ?? 0) + 1,
    residents: (before?.residents ?? 0) + 300,
    conflicts: 0,
    stages: 0,
  });
  const [batch] = await rows('SELECT kind, system_code, department, row_count FROM people.provenance WHERE id = $1', [
    first.receipt.batchId,
  ]);
  expect(batch).toEqual({
    kind: 'IMPORT',
    system_code: 'demo-system',
    department: 'public-security',
    row_count: 300,
  });
  const events = await rows<{ ordinal: number }>(
    "SELECT ordinal FROM people.outbox WHERE event_type = 'person.registered' ORDER BY xid, ordinal",
  );
  expect(events.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 300 }, (_, index) => index));

  const again = await send(file);
  expect(counts(again.receipt)).toEqual({ ...ALL_ZERO, rows: 300, unchanged: 300 });
  expect(await tableCounts()).toEqual({ ...after, batches: (after?.batches ?? 0) + 1 });
});

test('an imported person is found by number, and the receipt stays on the graph for its department alone', async () => {
  const [person] = samplePeople({ city: 'jiaxing', scale: 0.001, count: 1, seed: 'first' });
  const { data } = await hub.ask(
    'system',
    `query ($id: String!) { personByCitizenId(citizenId: $id) { name microGrid { id } provenance { kind systemCode } }
      peopleImports(first: 1) { totalCount nodes { batchId state rowCount insertedCount departmentName lines { totalCount } } } }`,
    { id: person?.citizenId },
    { 'x-yiyun-unmask': 'true' },
  );
  expect(data).toMatchObject({
    personByCitizenId: {
      name: person?.name,
      microGrid: { id: `MicroGrid:${person?.microGridCode}` },
      provenance: { kind: 'IMPORT', systemCode: 'demo-system' },
    },
    peopleImports: { totalCount: 2, nodes: [{ state: 'MERGED', rowCount: 300, departmentName: '公安局' }] },
  });
  const foreign = await hub.ask('frontend', '{ peopleImports(first: 1) { totalCount } }');
  expect(foreign.data).toEqual({ peopleImports: { totalCount: 0 } });
});

test('changed items are updated, each with its own provenance; an empty cell clears nothing', async () => {
  const sample = [...samplePeople({ city: 'jiaxing', scale: 0.001, count: 20, seed: 'first' })];
  const [one = 0, other = 0] = sample.flatMap(({ phone }, index) => (phone === '' ? [] : [index]));
  const { status, receipt } = await send(
    csv(20, 'first', (row, index) => ({
      ...row,
      ...(index === one ? { education: '11', phone: '' } : {}),
      ...(index === other ? { phone: '10099999999' } : {}),
    })),
  );
  expect([status, counts(receipt)]).toEqual([200, { ...ALL_ZERO, rows: 20, updated: 2, unchanged: 18 }]);
  const changed = await rows<{ item_provenance: Record<string, string>; kept: boolean }>(
    `SELECT item_provenance, phone_sealed IS NOT NULL AS kept FROM people.person WHERE item_provenance IS NOT NULL
      ORDER BY item_provenance ? 'phone'`,
  );
  expect(changed).toEqual([
    { item_provenance: { education: receipt.batchId }, kept: true },
    { item_provenance: { phone: receipt.batchId }, kept: true },
  ]);
  const [event] = await rows<{ payload: string }>(
    "SELECT payload FROM people.outbox WHERE event_type = 'person.updated' ORDER BY ordinal LIMIT 1",
  );
  expect(JSON.parse(event?.payload ?? '')).toMatchObject({ importId: receipt.batchId, items: ['education'] });
});

test('a department changes what it is the source of; what another one says stands, and both are on record', async () => {
  await hub.catalog.ensureClients([
    {
      clientId: 'test-civil-affairs',
      name: '民政 Civil affairs',
      kind: 'SYSTEM',
      departmentCode: 'civil-affairs',
      jurisdictionCodes: ['3304'],
      jurisdictionRule: 'DIVISIONS',
      rights: ['person.import'],
      costBudgetPerMinute: 1_000,
      active: true,
    },
  ]);
  const civilAffairs = await issueToken(hub.key, demoParties, { clientId: 'test-civil-affairs' }, 600);
  const base = csv(4, 'conflict');
  await send(base);
  const stated = csv(4, 'conflict', (row, index) => ({
    ...row,
    ...(index === 0 ? { maritalStatus: '90' } : {}),
    ...(index === 1 ? { maritalStatus: '90', education: '11' } : {}),
    ...(index === 2 ? { education: '11' } : {}),
    ...(index === 3 ? { microGridCode: '330402007024001002' } : {}),
  }));
  const { receipt } = await send(stated, { as: civilAffairs });
  expect(counts(receipt)).toEqual({ ...ALL_ZERO, rows: 4, updated: 2, held: 2, conflicts: 3 });
  expect(receipt.results.map(({ line, outcome, column, code }) => [line, outcome, column, code])).toEqual([
    [4, 'held', 'education', 'SOURCE_DIFFERS'],
    [5, 'held', 'microGridCode', 'RECORDED_ELSEWHERE'],
  ]);
  const again = await send(stated, { as: civilAffairs });
  expect(counts(again.receipt)).toEqual({ ...ALL_ZERO, rows: 4, unchanged: 1, held: 3, conflicts: 3 });
  expect(await rows('SELECT count(*)::int AS count FROM people.item_conflict')).toEqual([{ count: 3 }]);

  const CONFLICTS = `{ personItemConflicts(filter: { state: OPEN }) { totalCount nodes { item departmentName sourceDepartmentName
    standingDepartmentName statedValue rule standing { kind } person { itemSources { item provenance { departmentName } } } } } }`;
  const { data } = await hub.ask('system', CONFLICTS, {}, { 'x-yiyun-unmask': 'true' });
  const { nodes } = (data as { personItemConflicts: { nodes: Record<string, unknown>[] } }).personItemConflicts;
  expect(nodes.map(({ person: _person, ...conflict }) => conflict)).toEqual(
    expect.arrayContaining([
      {
        item: 'education',
        departmentName: '民政局',
        sourceDepartmentName: '教育局',
        standingDepartmentName: '公安局',
        statedValue: '11',
        rule: 'SOURCE_STANDS',
        standing: { kind: 'IMPORT' },
      },
      expect.objectContaining({ item: 'lives', statedValue: '330402007024001002', rule: 'RECORDED_ELSEWHERE' }),
    ]),
  );
  const [of] = nodes.filter(({ item, person }) => item === 'education' && JSON.stringify(person).includes('民政局'));
  expect((of as { person: { itemSources: object[] } }).person.itemSources).toContainEqual({
    item: 'maritalStatus',
    provenance: { departmentName: '民政局' },
  });
  const masked = await hub.ask('system', CONFLICTS, {}, { 'x-yiyun-unmask': 'false' });
  expect(masked.text).not.toContain('330402007024001002');
  expect((await hub.ask('frontend', CONFLICTS)).text).not.toContain('330402007024001002');

  // What stands is the public security's own word: it may take the other's over, and the conflict is settled.
  const [header, , , third] = csv(4, 'conflict', (row) => ({ ...row, education: '11' })).split('\n');
  expect((await send(`${header}\n${third}\n`)).receipt.updated).toBe(1);
  expect(await rows('SELECT state, count(*)::int AS count FROM people.item_conflict GROUP BY 1 ORDER BY 1')).toEqual([
    { state: 'AGREED', count: 1 },
    { state: 'OPEN', count: 2 },
  ]);
});

test('a wrong row is rejected with line, column, masked value and both reasons, and the others are taken', async () => {
  const { status, receipt } = await send(
    csv(40, 'mixed', (row, index) => (index === 6 ? { ...row, citizenId: `${row.citizenId?.slice(0, 17)}?` } : row)),
  );
  expect([status, counts(receipt)]).toEqual([200, { ...ALL_ZERO, rows: 40, inserted: 39, rejected: 1 }]);
  expect(receipt.results).toEqual([
    {
      line: 8,
      outcome: 'rejected',
      column: 'citizenId',
      columnZh: '公民身份号码',
      value: expect.stringMatching(/^330499\*{8}\d{3}\?$/),
      code: 'CITIZEN_ID_INVALID',
      messageZh: '公民身份号码不合法（第 18 位）：校验码不符',
      messageEn: 'not a valid citizen number (at character 18): the check character does not fit',
    },
  ]);
});

test.each([
  ['all or nothing', '?policy=all-or-nothing', 1, 'ROW_REJECTED'],
  ['the error-rate brake', '?maxErrorRate=0.2', 9, 'ERROR_RATE_EXCEEDED'],
])('%s refuses the whole batch and leaves nothing but the receipt', async (_name, query, wrong, code) => {
  const before = await tableCounts();
  const { status, receipt } = await send(
    csv(40, `policy ${code}`, (row, index) => (index < wrong ? { ...row, education: '999' } : row)),
    { query },
  );
  expect([status, receipt.state, receipt.reason?.code]).toEqual([422, 'REFUSED', code]);
  expect(counts(receipt)).toEqual({ ...ALL_ZERO, rows: 40, rejected: 40 });
  expect(receipt.results.map((row) => row.code)).toEqual(Array.from({ length: wrong }, () => 'CODE_UNKNOWN'));
  expect(await tableCounts()).toEqual(before);
});

test('what the file itself says twice, refers to nothing, lies elsewhere or is incomplete is told apart', async () => {
  const { receipt } = await send(
    csv(8, 'apart', (row, index) => {
      switch (index) {
        case 0:
          return { ...row, householdNumber: 'NO-SUCH-HOUSEHOLD', relationToHead: '02' };
        case 1:
          return { ...row, microGridCode: '330402007024999001' };
        case 2:
          return { ...row, microGridCode: '330106001001001001', registeredDivision: '330106' };
        case 3:
          return { ...row, education: '' };
        default:
          return row;
      }
    }) +
      csv(8, 'apart')
        .split('\n')
        .slice(5, 7)
        .map((line, index) => (index === 0 ? line : line.replace(/,01,\d\d,/, ',01,90,')))
        .join('\n'),
    { query: '?maxErrorRate=1' },
  );
  expect(receipt.results.map(({ line, outcome, code }) => [line, outcome, code])).toEqual([
    [2, 'rejected', 'REFERENCE_UNKNOWN'],
    [3, 'rejected', 'PLACE_UNKNOWN'],
    [4, 'rejected', 'OUTSIDE_AREA'],
    [5, 'rejected', 'NEW_INCOMPLETE'],
    [7, 'held', 'REPEATED_DIFFERENTLY'],
    [10, 'unchanged', 'REPEATED_EQUALLY'],
    [11, 'held', 'REPEATED_DIFFERENTLY'],
  ]);
  expect(counts(receipt)).toEqual({ ...ALL_ZERO, rows: 10, inserted: 3, unchanged: 1, held: 2, rejected: 4 });
});

test('GB18030, gzip and NDJSON are taken, and each says what it was', async () => {
  const decoder = new TextDecoder('gb18030');
  const bytes: Record<string, number[]> = {};
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      bytes[decoder.decode(Uint8Array.of(lead, trail))] ??= [lead, trail];
    }
  }
  const encode = (text: string) =>
    Buffer.from([...text].flatMap((c) => (c < '\u0080' ? [c.charCodeAt(0)] : (bytes[c] ?? []))));
  const chinese = await send(encode(csv(30, 'gb')));
  expect([chinese.receipt.inserted, chinese.receipt.encoding]).toEqual([30, 'gb18030']);
  const packed = await send(gzipSync(csv(30, 'gb')), { headers: { 'content-encoding': 'gzip' } });
  expect([packed.receipt.unchanged, packed.receipt.encoding]).toEqual([30, 'utf-8']);
  const json = [...samplePeople({ city: 'jiaxing', scale: 0.001, count: 30, seed: 'gb' })].map((row) =>
    JSON.stringify(row),
  );
  const lines = await send(json.join('\n'), { headers: { 'content-type': 'application/x-ndjson' } });
  expect(counts(lines.receipt)).toEqual({ ...ALL_ZERO, rows: 30, unchanged: 30 });
});

test.each<[string, Buffer, Record<string, string>, string]>([
  [
    'in no encoding',
    Buffer.concat([Buffer.from(csv(200, 'damaged')), Buffer.of(0xff, 0xff, 0x0a)]),
    {},
    'ENCODING_UNKNOWN',
  ],
  ['with a quote that stays open', Buffer.from(`${csv(200, 'damaged')}"沈,`), {}, 'QUOTE_OPEN'],
  [
    'packed and cut off',
    gzipSync(csv(200, 'damaged')).subarray(0, -20),
    { 'content-encoding': 'gzip' },
    'COMPRESSION_DAMAGED',
  ],
  ['with a header alone', Buffer.from(csv(0, 'damaged')), {}, 'NO_ROWS'],
])('a file %s is refused to its last row, whatever had been read by then', async (_name, bytes, headers, code) => {
  const before = await tableCounts();
  const { status, receipt } = await send(bytes, { headers });
  expect([status, receipt.state, receipt.reason?.code, receipt.inserted]).toEqual([422, 'REFUSED', code, 0]);
  expect(receipt.rejected).toBe(receipt.rows);
  expect(await tableCounts()).toEqual(before);
});

test('a large file is read in a process of its own, with the same verdicts, which ends with it', async () => {
  const large = csv(14_000, 'large', (row, index) => (index === 12_345 ? { ...row, education: '999' } : row));
  expect(Buffer.byteLength(large)).toBeGreaterThan(1024 * 1024);
  const before = await tableCounts();
  const damaged = await send(`${large}"沈,`);
  expect([damaged.status, damaged.receipt.reason?.code]).toEqual([422, 'QUOTE_OPEN']);
  const strict = await send(large, { query: '?policy=all-or-nothing' });
  expect([strict.receipt.reason?.code, strict.receipt.rejected]).toEqual(['ROW_REJECTED', strict.receipt.rows]);
  expect(await tableCounts()).toEqual(before);

  const { status, receipt } = await send(large);
  expect([status, counts(receipt)]).toEqual([200, { ...ALL_ZERO, rows: 14_000, inserted: 13_999, rejected: 1 }]);
  expect(receipt.results.map(({ line, code }) => [line, code])).toEqual([[12_347, 'CODE_UNKNOWN']]);
  expect(receipt).toMatchObject({
    bytes: Buffer.byteLength(large),
    sha256: createHash('sha256').update(large).digest('hex'),
    encoding: 'utf-8',
  });
  expect(readers()).toEqual([]);
});

test('a reading process that dies takes its batch with it, and nothing else', async () => {
  const before = await tableCounts();
  const file = Buffer.from(csv(14_000, 'dying'));
  const response = await new Promise<{ status: number; receipt: Receipt }>((resolve, reject) => {
    const sending = request(
      `${origin}/ingest/people`,
      { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' } },
      async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        resolve({ status: answer.statusCode ?? 0, receipt: JSON.parse(Buffer.concat(chunks).toString()) });
      },
    );
    sending.once('error', reject);
    sending.write(file.subarray(0, file.length - 10));
    const looking = setInterval(() => {
      const [reader] = readers();
      if (reader === undefined) return;
      clearInterval(looking);
      process.kill(reader, 'SIGKILL');
      sending.end(file.subarray(file.length - 10));
    }, 20);
  });
  expect(response).toMatchObject({
    status: 500,
    receipt: { state: 'ABANDONED', inserted: 0, reason: { code: 'UNEXPECTED' } },
  });
  expect(await tableCounts()).toEqual(before);
  expect((await send(csv(3, 'after a death'))).receipt.inserted).toBe(3);
});

test('a stage that a killed hub left behind is swept', async () => {
  await hub.pool.query('CREATE UNLOGGED TABLE people.ingest_01900000000070008000000000000001 (line int)');
  await send(csv(3, 'sweeping'));
  expect((await tableCounts())?.stages).toBe(0);
});

test('the processes that read files know every dataset', () => {
  expect(datasets).toEqual(subgraphs.flatMap((definition) => definition.datasets ?? []));
});

test('an upload that breaks off is gone, and its receipt says so', async () => {
  const before = await tableCounts();
  const cut = request(`${origin}/ingest/people`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
  });
  cut.on('error', () => {});
  cut.write(csv(500, 'cut'));
  const newest = async () =>
    (
      await rows<{ state: string; fault_code: string | null }>(
        'SELECT state, fault_code FROM people.import_batch ORDER BY touched_at DESC LIMIT 1',
      )
    )[0];
  await expect.poll(newest).toEqual({ state: 'RECEIVING', fault_code: null });
  cut.destroy();
  await expect.poll(newest).toEqual({ state: 'ABANDONED', fault_code: 'UPLOAD_CUT_OFF' });
  await expect.poll(tableCounts).toEqual(before);
});

test('an idempotency key answers the same file with the same receipt, and refuses another file', async () => {
  const headers = { 'idempotency-key': 'nightly-2026-06-30' };
  const first = await send(csv(5, 'key'), { headers });
  const second = await send(csv(5, 'key'), { headers });
  expect(second.receipt).toEqual({ ...first.receipt, replayed: true });
  const other = await send(csv(6, 'key'), { headers });
  expect([other.status, other.receipt.reason?.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
});

interface Entry {
  readonly as?: 'frontend';
  readonly type?: string;
}

test.each<[string, Entry, string, number, string]>([
  ['without a token', {}, '', 401, 'UNAUTHENTICATED'],
  ['without the right', { as: 'frontend' }, '', 403, 'FIELD_RIGHT_MISSING'],
  ['of an unknown dataset', {}, '-of-mars', 404, 'DATASET_UNKNOWN'],
  ['in an unknown format', { type: 'application/pdf' }, '', 415, 'FORMAT_UNKNOWN'],
  ['with an unknown option', {}, '?polcy=x', 400, 'OPTION_INVALID'],
])('a file %s is refused before it is read', async (name, { as, type = 'text/csv' }, path, status, code) => {
  const before = await tableCounts();
  const bearer = name === 'without a token' ? {} : { authorization: `Bearer ${await hub.tokenOf(as ?? 'system')}` };
  const response = await fetch(`${origin}/ingest/people${path}`, {
    method: 'POST',
    headers: { 'content-type': type, ...bearer },
    body: csv(3, 'refused'),
  });
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  expect([response.status, errors[0]?.extensions.code]).toEqual([status, code]);
  expect(await tableCounts()).toEqual(before);
});
