import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startClockwork } from '../../../gateway/startup/clockwork.ts';
import { FollowedCalendar } from '../../../gateway/startup/followed-calendar.ts';
import { openAuditPort } from '../../../subgraphs/catalog/audit-port.ts';
import { openCatalogPort } from '../../../subgraphs/catalog/catalog-port.ts';
import type { AuditPort } from '../../../subgraphs/kit/audit-port.ts';
import type { AccessRecord, AccessScope, CatalogPort } from '../../../subgraphs/kit/catalog-port.ts';
import { fixedClock } from '../../../subgraphs/kit/clock.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { deriveSealingKeys } from '../../../subgraphs/kit/store/sealing.ts';
import { testKeys } from '../../kit/open-test-subgraph.ts';
import { freshDatabase, type TestDatabase } from '../../kit/test-database.ts';

const clock = fixedClock('2026-06-30T10:00:00+08:00');
const scope: AccessScope = {
  operationHash: 'a'.repeat(64),
  operationName: 'Dossier',
  given: ['Person.birthDate'],
  masked: [],
  unmasked: [],
  refused: [],
};

let database: TestDatabase;
let audit: AuditPort;
beforeAll(async () => {
  database = await freshDatabase();
  audit = openAuditPort({ pool: database.pool, clock, ids: uuidSource, keys: testKeys });
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.pool.query(
    'TRUNCATE catalog.access_log, catalog.access_scope, catalog.ledger_writer, catalog.ledger_checkpoint, catalog.ledger_hold',
  );
  clock.set('2026-06-30T10:00:00+08:00');
});

const openPort = () => openCatalogPort({ pool: database.pool, clock, ids: uuidSource, keys: testKeys });
const record = (index: number): AccessRecord => ({
  at: clock.now(),
  requestId: `request-${index}`,
  clientId: 'client',
  departmentCode: 'civil-affairs',
  decision: 'READ',
  scope,
  subjects: [`Person:01900000-0000-7000-8000-${String(index).padStart(12, '0')}`],
  rowCount: 1,
});
const write = async (port: CatalogPort, count: number, from = 1) => {
  for (let index = from; index < from + count; index++) await port.recordAccess([record(index)]);
};
const findings = async (published: Parameters<AuditPort['verify']>[0] = []) =>
  (await audit.verify(published)).findings.map(({ code, from, to, subject }) =>
    [code, from, to, subject].filter((part) => part !== undefined).join(' '),
  );

test('an untouched log is intact, over batches, chains and checkpoints', async () => {
  const first = openPort();
  await first.recordAccess([record(1), record(2), record(3)]);
  await first.recordAccess([record(4)]);
  await first.signCheckpoint();
  const second = openPort();
  await Promise.all([1, 2, 3, 4, 5].map((index) => second.recordAccess([record(index)])));
  await first.signCheckpoint();
  expect(await audit.verify([])).toEqual({ lines: 9, chains: 2, checkpoints: 2, findings: [] });
});

/** SQL: the hash that would fit a line which somebody without the key has written himself. */
const hashAfter = (previous: number, text: string) =>
  `sha256((SELECT hash FROM catalog.access_log WHERE sequence = ${previous})
     || convert_to(format('["%s",%s,"%s","%s","%s","%s"]', writer, sequence,
          to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), client_id, department,
          array_to_string(subjects, ',')) || E'\\n' || ${text}, 'UTF8'))`;

const TAMPER: readonly (readonly [string, string, string])[] = [
  [
    'an edited line',
    `UPDATE catalog.access_log SET text = replace(text, 'request-3', 'request-9') WHERE sequence = 3`,
    'LINE_EDITED 3 3',
  ],
  [
    'a line whose text is no longer JSON',
    `UPDATE catalog.access_log SET text = 'gone' WHERE sequence = 2`,
    'LINE_EDITED 2 2',
  ],
  [
    'an edited column under an honest text',
    `UPDATE catalog.access_log SET client_id = 'somebody-else' WHERE sequence = 2`,
    'LINE_EDITED 2 2',
  ],
  [
    'subjects taken out of the search',
    `UPDATE catalog.access_log SET subjects = '{}' WHERE sequence = 4`,
    'LINE_EDITED 4 4',
  ],
  [
    'a line moved to another time',
    `UPDATE catalog.access_log SET at = at + interval '1 hour' WHERE sequence = 4`,
    'LINE_EDITED 4 4',
  ],
  ['deleted lines', 'DELETE FROM catalog.access_log WHERE sequence IN (2, 3)', 'LINES_DELETED 2 3'],
  ['the first line deleted', 'DELETE FROM catalog.access_log WHERE sequence = 1', 'LINES_DELETED 1 1'],
  ['the tail cut off', 'DELETE FROM catalog.access_log WHERE sequence > 3', 'TAIL_CUT 4 5'],
  ['everything deleted', 'DELETE FROM catalog.access_log', 'TAIL_CUT 1 5'],
  [
    'two lines exchanged',
    `UPDATE catalog.access_log a SET text = b.text, hash = b.hash FROM catalog.access_log b
      WHERE (a.sequence, b.sequence) IN ((2, 3), (3, 2))`,
    'LINE_MOVED 2 2|LINE_MOVED 3 3',
  ],
  [
    'a line copied beyond the end',
    `INSERT INTO catalog.access_log (writer, sequence, at, client_id, department, subjects, text, hash)
     SELECT writer, 6, at, client_id, department, subjects, text, hash FROM catalog.access_log WHERE sequence = 5`,
    'TAIL_ADDED 6 6',
  ],
  [
    'the tail cut off and the head put back by hand',
    `WITH cut AS (DELETE FROM catalog.access_log WHERE sequence > 3)
     UPDATE catalog.ledger_writer SET last_sequence = 3,
            last_hash = (SELECT hash FROM catalog.access_log WHERE sequence = 3)`,
    'HEAD_ALTERED',
  ],
  [
    'the last line rewritten with a hash that fits',
    `UPDATE catalog.access_log SET text = replace(text, 'request-5', 'request-9'),
            hash = ${hashAfter(4, "replace(text, 'request-5', 'request-9')")} WHERE sequence = 5`,
    'TAIL_REWRITTEN 5 5',
  ],
  ['a chain removed, its lines kept', 'DELETE FROM catalog.ledger_writer', 'CHAIN_REMOVED 1 5'],
  ['a description edited', `UPDATE catalog.access_scope SET text = replace(text, 'birthDate', 'name')`, 'SCOPE_EDITED'],
  ['a description hidden from the search', `UPDATE catalog.access_scope SET coordinates = '{}'`, 'SCOPE_EDITED'],
  ['a description removed', 'DELETE FROM catalog.access_scope', 'SCOPE_REMOVED'],
];

test('lines of one client that are committed together are one row, each names its own subjects, and none can be changed', async () => {
  const port = openPort();
  const other = { ...record(2), clientId: 'other' };
  // Of an answer that holds somebody several times.
  const [subject = ''] = record(7).subjects;
  const often = { ...record(7), subjects: [subject, ...record(1).subjects, subject] };
  await port.recordAccess([record(1), other, often, { ...often, decision: 'UNMASKED', workerId: 'Worker:1' }]);
  const { rows } = await database.pool.query(
    `SELECT sequence::int, client_id AS client, line->>'request' AS request, line->>'decision' AS decision,
            line->>'worker' AS worker, line->'subjects' AS subjects, cardinality(subjects) AS together
       FROM catalog.access_line ORDER BY sequence`,
  );
  expect(rows).toEqual([
    { ...rows[0], sequence: 1, client: 'client', request: 'request-1', decision: 'READ', subjects: [0], together: 2 },
    { ...rows[1], sequence: 2, client: 'client', request: 'request-7', worker: null, subjects: [1, 0], together: 2 },
    { ...rows[2], sequence: 3, decision: 'UNMASKED', worker: 'Worker:1', subjects: [1, 0], together: 2 },
    { ...rows[3], sequence: 4, client: 'other', request: 'request-2', decision: 'READ', subjects: [0], together: 1 },
  ]);
  expect(await audit.verify([])).toMatchObject({ lines: 4, findings: [] });
  for (const change of [
    "text = replace(text, 'request-7', 'request-1')",
    'subjects = subjects[2:2] || subjects[1:1]',
  ]) {
    await database.pool.query('CREATE TABLE public.honest AS SELECT * FROM catalog.access_log');
    await database.pool.query(`UPDATE catalog.access_log SET ${change} WHERE client_id = 'client'`);
    expect(await findings()).toEqual(['LINE_EDITED 1 3']);
    await database.pool.query(
      'UPDATE catalog.access_log l SET text = h.text, subjects = h.subjects FROM public.honest h WHERE h.sequence = l.sequence',
    );
    await database.pool.query('DROP TABLE public.honest');
  }
});

test('a run ends with its minute: how late its lines may be is known', async () => {
  const port = openPort();
  const late = { ...record(2), at: new Date(clock.now().getTime() + 60_000) };
  await port.recordAccess([record(1), late, { ...late, requestId: 'request-3' }]);
  const { rows } = await database.pool.query('SELECT sequence::int, at FROM catalog.access_log ORDER BY sequence');
  expect(rows).toEqual([
    { sequence: 1, at: clock.now() },
    { sequence: 2, at: late.at },
  ]);
  expect(await audit.verify([])).toMatchObject({ lines: 3, findings: [] });
});

test.each(TAMPER)('%s is found, and it is said which', async (_what, statement, expected) => {
  await write(openPort(), 5);
  expect(await findings()).toEqual([]);
  await database.pool.query(statement);
  const found = (await findings()).map((finding) => finding.replace(/ [0-9a-f]{64}$/, ''));
  expect(found).toEqual(expected.split('|'));
});

test('a chain that is removed without a trace is missed by the next one', async () => {
  const gone = openPort();
  await write(gone, 2);
  const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM catalog.ledger_writer');
  await write(openPort(), 2);
  await database.pool.query('DELETE FROM catalog.access_log WHERE writer = $1', [rows[0]?.id]);
  await database.pool.query('DELETE FROM catalog.ledger_writer WHERE id = $1', [rows[0]?.id]);
  const { findings } = await audit.verify([]);
  expect(findings).toMatchObject([{ code: 'CHAIN_REMOVED', writer: rows[0]?.id }]);
});

test('lines rewritten from some point on, hashes and all, contradict what a checkpoint signed', async () => {
  const port = openPort();
  await write(port, 3);
  await port.signCheckpoint();
  await write(port, 1, 4);
  await database.pool.query(
    `UPDATE catalog.access_log SET text = replace(text, 'request-3', 'request-9'),
            hash = ${hashAfter(2, "replace(text, 'request-3', 'request-9')")} WHERE sequence = 3`,
  );
  expect(await findings()).toEqual(['CHECKPOINT_CONTRADICTED 3 3', 'LINE_EDITED 4 4']);
});

test('a database put back to an earlier state is found by the checkpoint that was published elsewhere', async () => {
  const port = openPort();
  await write(port, 2);
  const { rows: before } = await database.pool.query(
    'SELECT last_sequence, last_hash, seal FROM catalog.ledger_writer',
  );
  await write(port, 2, 3);
  const published = await port.signCheckpoint();
  if (published === undefined) throw new Error('nothing was signed');
  await database.pool.query('DELETE FROM catalog.access_log WHERE sequence > 2');
  await database.pool.query('DELETE FROM catalog.ledger_checkpoint');
  const { last_sequence, last_hash, seal } = before[0];
  await database.pool.query('UPDATE catalog.ledger_writer SET last_sequence = $1, last_hash = $2, seal = $3', [
    last_sequence,
    last_hash,
    seal,
  ]);
  expect(await findings()).toEqual([]);
  expect(await findings([published])).toEqual(['CHECKPOINT_REMOVED 1', 'TAIL_CUT 3 4']);
});

test('a checkpoint that somebody else signed, or that was changed, is no checkpoint of ours', async () => {
  const port = openPort();
  await write(port, 1);
  await port.signCheckpoint();
  await database.pool.query(`UPDATE catalog.ledger_checkpoint SET text = replace(text, '"number":1', '"number": 1')`);
  expect(await findings()).toEqual(['CHECKPOINT_FORGED 1']);
  await database.pool.query('DELETE FROM catalog.ledger_checkpoint');
  const stranger = { pool: database.pool, clock, ids: uuidSource, keys: deriveSealingKeys(Buffer.alloc(32, 9)) };
  await openCatalogPort(stranger).signCheckpoint();
  expect(await findings()).toEqual(['CHECKPOINT_FORGED 1']);
});

test('when a write fails the writer begins a new chain, and nothing is lost or doubled', async () => {
  const port = openPort();
  await write(port, 2);
  await database.pool.query('ALTER TABLE catalog.access_log RENAME TO gone');
  await expect(port.recordAccess([record(3)])).rejects.toThrow();
  await database.pool.query('ALTER TABLE catalog.gone RENAME TO access_log');
  await port.recordAccess([record(3)]);
  expect(await audit.verify([])).toMatchObject({ lines: 3, chains: 2, findings: [] });
});

test('months go after three years, unless a legal hold keeps them, and the rest stays verifiable', async () => {
  const port = openPort();
  await write(port, 2);
  clock.set('2026-07-05T10:00:00+08:00');
  await write(port, 2, 3);
  await port.signCheckpoint();
  clock.set('2029-07-01T10:00:00+08:00');
  expect(await audit.dropExpired()).toEqual({ dropped: ['2026-06'], held: [] });
  expect(await audit.verify([])).toMatchObject({ lines: 2, findings: [] });
  clock.set('2029-08-01T10:00:00+08:00');
  const hold = await audit.hold({ fromMonth: '2026-07', toMonth: '2026-07', reason: '行政复议' });
  expect(await audit.dropExpired()).toMatchObject({ dropped: [], held: expect.arrayContaining(['2026-07']) });
  expect(await audit.release(hold)).toBe(true);
  expect(await audit.release(hold)).toBe(false);
  expect((await audit.dropExpired()).dropped).toContain('2026-07');
  expect(await audit.verify([])).toMatchObject({ lines: 0, findings: [] });
});

test('the hub drops such months by itself, and never one that a hold keeps', async () => {
  const port = openPort();
  clock.set('2026-06-10T10:00:00+08:00');
  await write(port, 2);
  clock.set('2026-07-05T10:00:00+08:00');
  await write(port, 2, 3);
  clock.set('2029-08-01T10:00:00+08:00');
  const hold = await audit.hold({ fromMonth: '2026-07', toMonth: '2026-07', reason: '行政复议' });
  const dropped: string[] = [];
  const troubles: unknown[] = [];
  const run = async (until: () => boolean) => {
    const clockwork = startClockwork({
      catalog: port,
      calendar: new FollowedCalendar(),
      onDropped: (months) => dropped.push(...months),
      onTrouble: (error) => troubles.push(error),
      timedWork: [],
      intervalMilliseconds: 20,
    });
    await vi.waitFor(() => expect(until()).toBe(true), { timeout: 60_000 });
    await clockwork.close();
  };
  await run(() => dropped.includes('2026-06'));
  expect([dropped.includes('2026-07'), troubles]).toEqual([false, []]);
  expect(await audit.verify([])).toMatchObject({ lines: 2, findings: [] });
  await audit.release(hold);
  await run(() => dropped.includes('2026-07'));
  expect(await audit.verify([])).toMatchObject({ lines: 0, findings: [] });
});
