import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printReceipt } from '../../../gateway/import/print-receipt.ts';
import { sendFile } from '../../../gateway/import/send-file.ts';
import { samplePeople } from '../../../prisma/seed/people/people-sample.ts';
import type { FileDescription } from '../../../subgraphs/kit/ingest/read/open-table.ts';
import type { Receipt } from '../../../subgraphs/kit/ingest/receipt.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { builtProgram } from '../../kit/built-programs.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import {
  csv,
  dataset,
  endless,
  good,
  header,
  lineOf,
  type Row,
  singles,
  text,
  type Whole,
  wholes,
} from '../../subgraphs/kit/ingest/damaged-cases.ts';
import { sheet, workbook, zip } from '../../subgraphs/kit/ingest/workbook.ts';

let hub: CityHub;
let origin: string;
let token: string;
const folder = mkdtempSync(join(tmpdir(), 'yiyun-damaged-'));

beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  token = await hub.tokenOf('system');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await hub[Symbol.asyncDispose]();
});

const TYPES = {
  CSV: 'text/csv',
  NDJSON: 'application/x-ndjson',
  JSON: 'application/json',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
interface Answer {
  readonly status: number;
  readonly receipt: Receipt;
  readonly body: string;
}

/** Streams a body of any size, as it is made. */
function send(bytes: Iterable<Buffer> | Buffer, file: Partial<FileDescription> = {}, query = ''): Promise<Answer> {
  const charset = file.encoding === undefined ? '' : `; charset=${file.encoding}`;
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': `${TYPES[file.format ?? 'CSV']}${charset}`,
    ...(file.gzip === true ? { 'content-encoding': 'gzip' } : {}),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${origin}/ingest/people${query}`, { method: 'POST', headers }, (response) => {
      response.setEncoding('utf8');
      let body = '';
      response.on('data', (piece: string) => {
        body += piece;
      });
      response.once('end', () => {
        outgoing.destroy();
        resolve({ status: response.statusCode ?? 0, receipt: JSON.parse(body) as Receipt, body });
      });
    });
    outgoing.once('error', reject);
    Readable.from(Buffer.isBuffer(bytes) ? [bytes] : bytes).pipe(outgoing);
  });
}

/** Everything that an import may write, but for the receipt itself. */
async function written(): Promise<unknown> {
  const { rows } = await hub.pool.query(
    `SELECT (SELECT count(*)::int FROM people.person) AS persons, (SELECT count(*)::int FROM people.outbox) AS events,
       (SELECT count(*)::int FROM people.provenance) AS batches, (SELECT count(*)::int FROM people.item_conflict) AS conflicts,
       (SELECT sum(resident_count)::int FROM people.community_population) AS residents,
       (SELECT count(*)::int FROM people.idempotency) AS keys,
       (SELECT count(*)::int FROM pg_tables WHERE tablename LIKE 'ingest%') AS stages`,
  );
  return rows[0];
}

async function expectNothingButTheReceipt(
  { status, receipt, body }: Answer,
  before: unknown,
  code: string,
): Promise<void> {
  expect([status, receipt.state, receipt.reason?.code]).toEqual([422, 'REFUSED', code]);
  const told = [receipt.reason, ...receipt.results];
  for (const reason of told) {
    expect(reason?.messageZh).toMatch(/\p{Script=Han}/u);
    expect(reason?.messageEn).toMatch(/^[a-z]/i);
    expect(`${reason?.messageZh}${reason?.messageEn}`).not.toMatch(/\{\w+\}/);
  }
  const { inserted, updated, unchanged, held, rejected, conflicts, rows } = receipt;
  expect({ inserted, updated, unchanged, held, conflicts }).toEqual({
    ...{ inserted: 0, updated: 0, unchanged: 0, held: 0, conflicts: 0 },
  });
  expect(rejected).toBe(rows);
  expect(body).not.toContain(good.citizenId);
  expect(await written()).toEqual(before);
  const { rows: batches } = await hub.pool.query('SELECT state, fault_code FROM people.import_batch WHERE id = $1', [
    receipt.batchId,
  ]);
  expect(batches).toEqual([{ state: 'REFUSED', fault_code: code }]);
  expect((await fetch(`${origin}/health/live`)).status).toBe(200);
}

test.each<Whole>(wholes)(
  'an upload of %s leaves its receipt and nothing else',
  async (_name, bytes, code, file = {}) => {
    const before = await written();
    await expectNothingButTheReceipt(await send(bytes, file), before, code);
  },
);

test.each(singles)(
  'where all or nothing is asked for, a row with %s leaves the receipt, which names it',
  async (_name, change, verdict) => {
    const before = await written();
    const answer = await send(text(csv(change)), {}, '?policy=all-or-nothing');
    await expectNothingButTheReceipt(answer, before, 'ROW_REJECTED');
    expect(answer.receipt.results).toMatchObject([{ line: 3, outcome: 'rejected' }]);
    const [row] = answer.receipt.results;
    expect(`${row?.code} ${row?.column}`).toBe(verdict);
  },
);

const NUL = Buffer.alloc(1);
const big5 = Buffer.from([0xa9, 0x6d, 0xa6, 0x57, 0x2c, 0xa9, 0xca, 0xa7, 0x4f, 0x0a]);
const GZIP = { gzip: true } as const;
const JSON_LINES = { format: 'NDJSON' } as const;
const XLSX = { format: 'XLSX' } as const;
const json = (change: string) => `${JSON.stringify(good)}\n${JSON.stringify(good).replace('{', `{${change},`)}\n`;
const LAUGHS = '<!DOCTYPE x [<!ENTITY a "&b;&b;&b;&b;"><!ENTITY b "&a;&a;&a;&a;">]>';
/** What only the whole way shows: what pretends to be something else, and what other programs leave behind. */
const pretended: readonly Whole[] = [
  ['a PDF under the name of CSV', text('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n'), 'HEADER_MISSING'],
  ['a picture under the name of CSV', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'HEADER_MISSING'],
  ['a workbook under the name of CSV', workbook(sheet([header])), 'ENCODING_UNKNOWN'],
  [
    'an old workbook (.xls)',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)]),
    'XLSX_DAMAGED',
    XLSX,
  ],
  ['a workbook’s first half', workbook(sheet([header, ['x']])).subarray(0, 300), 'XLSX_DAMAGED', XLSX],
  [
    'a ZIP of three thousand parts',
    zip(Array.from({ length: 3_000 }, (_, index) => ({ name: `p${index}`, data: NUL }))),
    'XLSX_DAMAGED',
    XLSX,
  ],
  [
    'a workbook whose entities name each other in a circle',
    workbook(`${LAUGHS}<worksheet>&a;</worksheet>`),
    'XLSX_REFUSED',
    XLSX,
  ],
  [
    'shared texts that unpack to far too much',
    workbook(sheet([header]), [
      { name: 'xl/sharedStrings.xml', data: text(`<sst><si><t>${'沈'.repeat(9 * 1024 * 1024)}</t></si></sst>`) },
    ]),
    'COMPRESSION_BOMB',
    XLSX,
  ],
  [
    'a cell of a shared text that is not there',
    workbook('<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>'),
    'XLSX_DAMAGED',
    XLSX,
  ],
  ['a sheet without a row', workbook(sheet([])), 'FILE_EMPTY', XLSX],
  ['a sheet with a header alone', workbook(sheet([header])), 'NO_ROWS', XLSX],
  [
    'a part that says less of its size than it has',
    zip([{ name: 'xl/worksheets/sheet1.xml', data: text(sheet([header, header])), statedSize: 20 }]),
    'XLSX_DAMAGED',
    XLSX,
  ],
  ['gzip in gzip', gzipSync(gzipSync(text(csv()))), 'ENCODING_UNKNOWN', GZIP],
  ['gzip that is not said to be one', gzipSync(text(csv())), 'ENCODING_UNKNOWN'],
  [
    'gzip with something behind it',
    Buffer.concat([gzipSync(text(csv())), text('and more')]),
    'COMPRESSION_DAMAGED',
    GZIP,
  ],
  ['gzip of nothing', gzipSync(Buffer.alloc(0)), 'FILE_EMPTY', GZIP],
  ['a page of NULs', Buffer.alloc(4_096), 'ENCODING_REFUSED'],
  ['Big5', Buffer.concat([big5, big5]), 'HEADER_MISSING'],
  ['a mark of UTF-16 before UTF-8', Buffer.concat([Buffer.from('fffe', 'hex'), text(csv())]), 'ENCODING_REFUSED'],
  ['UTF-8 under the name of GB18030', text(csv()), 'ENCODING_MISMATCH', { encoding: 'gb18030' }],
  ['surrogates in UTF-8', Buffer.concat([text(csv()), Buffer.from('eda080', 'hex'), text('\n')]), 'ENCODING_UNKNOWN'],
  ['an overlong slash', Buffer.concat([text(csv()), Buffer.from('c0af', 'hex'), text('\n')]), 'ENCODING_UNKNOWN'],
  ['blank lines alone', text('\n\n\n\n'), 'FILE_EMPTY'],
  ['a header of ten thousand columns', text(`${header.join(',')}${',x'.repeat(10_000)}\n`), 'COLUMN_UNKNOWN'],
  ['a formula for a header', text(csv().replace('姓名', "=cmd|'/c calc'!A0")), 'COLUMN_UNKNOWN'],
  ['somebody’s row for a header', text(`${lineOf(good)}\n${lineOf(good)}\n`), 'HEADER_MISSING'],
  ['CSV under the name of JSON lines', text(csv()), 'JSON_INVALID', JSON_LINES],
  ['one JSON array over many lines', text(JSON.stringify([good, good], null, 2)), 'JSON_INVALID', JSON_LINES],
  ['JSON with comments', text(`// people\n${json('"a":1')}`), 'JSON_INVALID', JSON_LINES],
  [
    'JSON that reaches for a prototype',
    text('{"__proto__":{"admin":true},"constructor":"x"}\n'),
    'HEADER_MISSING',
    JSON_LINES,
  ],
  ['a JSON key twice', text(json(`"citizenId":"x"`)), 'JSON_KEY_REPEATED', JSON_LINES],
  ['a JSON key twice, once in disguise', text(json('"\\u0063itizenId":"x"')), 'JSON_KEY_REPEATED', JSON_LINES],
  [
    'a JSON value that is nested thirty thousand deep',
    text(`{"citizenId":${'['.repeat(30_000)}${']'.repeat(30_000)}}\n`),
    'JSON_INVALID',
    JSON_LINES,
  ],
];

test.each<Whole>(pretended)(
  'an upload of %s leaves its receipt and nothing else',
  async (_name, bytes, code, file = {}) => {
    const before = await written();
    await expectNothingButTheReceipt(await send(bytes, file), before, code);
  },
);

const one = `${header.join(',')}\n${lineOf(good)}\n`;
/** Files whose rows are told one by one, under all or nothing: `line code column`. */
type Told = [string, Buffer, readonly string[], Partial<FileDescription>?];
const told: readonly Told[] = [
  [
    'dates of every kind in one column',
    text(
      `${header.join(',')}\n${['01/02/1990', '1990-13-01', '2030-01-01', '90.1.2', '1990年2月30日'].map((birthDate) => lineOf({ ...good, birthDate })).join('\n')}\n`,
    ),
    [
      '2 DATE_AMBIGUOUS birthDate',
      '3 DATE_INVALID birthDate',
      '4 DATE_IN_FUTURE birthDate',
      '5 DATE_INVALID birthDate',
      '6 DATE_INVALID birthDate',
    ],
  ],
  ['two files behind each other', text(`${one}\ufeff${one}`), ['3 CITIZEN_ID_INVALID citizenId']],
  ['a last row that was cut off', text(csv().slice(0, -20)), ['3 RAGGED_ROW null']],
  [
    'lines that end in both ways',
    text(
      csv()
        .replace('\n', '\r\n')
        .replace(/\n$/, `\n${lineOf({ ...good, sex: '7' })}\n`),
    ),
    ['3 REPEATED_EQUALLY null', '4 CODE_UNKNOWN sex'],
  ],
  [
    'half a character of JSON',
    text(JSON.stringify({ ...good, householdNumber: 'H?', relationToHead: '02' }).replace('H?', '\\ud800')),
    ['1 TEXT_DAMAGED householdNumber'],
    JSON_LINES,
  ],
  ['a NUL in JSON', text(JSON.stringify({ ...good, name: '沈\u0000' })), ['1 CONTROL_CHARACTER name'], JSON_LINES],
  [
    'a cell of a sheet that failed to be computed',
    workbook(
      sheet([header, header.map((_, index) => (index === 0 ? '' : 'x'))]).replace(
        '<c r="B2" t="inlineStr"><is><t>x</t></is></c>',
        '<c r="B2" t="e"><v>#REF!</v></c>',
      ),
    ),
    ['2 TEXT_DAMAGED name'],
    XLSX,
  ],
];

test.each<Told>(told)('of %s each wrong row is told, and nothing is taken', async (_name, bytes, rows, file = {}) => {
  const before = await written();
  const answer = await send(bytes, file, '?policy=all-or-nothing');
  await expectNothingButTheReceipt(answer, before, 'ROW_REJECTED');
  const found = answer.receipt.results.map(({ line, code, column }) => `${line} ${code} ${column}`);
  expect(found.slice(0, rows.length)).toEqual(rows);
});

const MIB = 1024 ** 2;
/** Good rows of different people: what is damaged beside them is read by a process of its own. */
const many = [...samplePeople({ city: 'jiaxing', scale: 0.001, count: 11_500, seed: 'damaged-large' })].map(
  (person) => ({
    ...person,
  }),
) as Row[];
const manyLines = `${many.map(lineOf).join('\n')}\n`;
const large = text(`${header.join(',')}\n${manyLines}`);
const largeJson = text(`${many.map((row) => JSON.stringify(row)).join('\n')}\n`);
const cells = (row: Row) => dataset.columns.map(({ key }) => row[key] ?? '');
const largeSheet = sheet([header, ...many.slice(0, 4_000).map(cells)]);
const largeWorkbook = workbook(largeSheet);
const packed = gzipSync(large);
const damagedLarge: readonly Whole[] = [
  ['bytes of no encoding at its end', Buffer.concat([large, Buffer.from('ffff0a', 'hex')]), 'ENCODING_UNKNOWN'],
  ['a line of GB18030 in UTF-8', Buffer.concat([large, Buffer.from('d0d5c3fb0a', 'hex')]), 'ENCODING_UNKNOWN'],
  ['UTF-16', Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(large.toString(), 'utf16le')]), 'ENCODING_REFUSED'],
  [
    'a mark of UTF-8 under the name of GB18030',
    Buffer.concat([Buffer.from('efbbbf', 'hex'), large]),
    'ENCODING_MISMATCH',
    { encoding: 'gb18030' },
  ],
  ['a quote that is never closed', Buffer.concat([large, text('"沈')]), 'QUOTE_OPEN'],
  ['a last line that never ends', Buffer.concat([large, Buffer.alloc(MIB, '9')]), 'LINE_TOO_LONG'],
  ['a page of NULs at its end', Buffer.concat([large, Buffer.alloc(MIB)]), 'LINE_TOO_LONG'],
  ['a column nobody knows', text(large.toString().replace('姓名', '曾用名')), 'COLUMN_UNKNOWN'],
  ['JSON that breaks off', largeJson.subarray(0, -40), 'JSON_INVALID', JSON_LINES],
  [
    'JSON whose last line has a key nobody knows',
    Buffer.concat([largeJson, text('{"colour":"red"}')]),
    'COLUMN_UNKNOWN',
    JSON_LINES,
  ],
  ['gzip that is cut off', packed.subarray(0, -12), 'COMPRESSION_DAMAGED', GZIP],
  ['gzip with something behind it', Buffer.concat([packed, text('and more')]), 'COMPRESSION_DAMAGED', GZIP],
  [
    'gzip that turns into a bomb',
    Buffer.concat([packed, gzipSync(Buffer.alloc(64 * MIB, '\n'))]),
    'COMPRESSION_BOMB',
    GZIP,
  ],
  ['a workbook that is cut off', largeWorkbook.subarray(0, -30), 'XLSX_DAMAGED', XLSX],
  [
    'a workbook with a macro',
    workbook(largeSheet, [{ name: 'xl/vbaProject.bin', data: text('x') }]),
    'XLSX_REFUSED',
    XLSX,
  ],
];

test.each<Whole>(damagedLarge)(
  'a large upload of %s leaves its receipt and nothing else',
  async (_name, bytes, code, file = {}) => {
    expect((bytes as Buffer).length).toBeGreaterThan(file.gzip === true || file.format === 'XLSX' ? MIB / 16 : MIB);
    const before = await written();
    await expectNothingButTheReceipt(await send(bytes, file), before, code);
  },
  60_000,
);

test('of a large upload with every kind of damaged row each is told, under all or nothing, and nothing is taken', async () => {
  const before = await written();
  const damaged = singles.map(([, change]) => lineOf({ ...good, ...change } as Row)).join('\n');
  const bytes = text(`${header.join(',')}\n${damaged}\n${manyLines}`);
  const answer = await send(bytes, {}, '?policy=all-or-nothing');
  await expectNothingButTheReceipt(answer, before, 'ROW_REJECTED');
  const found = answer.receipt.results.map(({ line, code, column }) => `${line} ${code} ${column}`);
  expect(found).toEqual(singles.map(([, , verdict], index) => `${index + 2} ${verdict}`));
});

const GIB = 1024 ** 3;
const piece = Buffer.alloc(256 * 1024, '9');
const packedPiece = gzipSync(Buffer.alloc(64 * 1024 * 1024, '\n'));
const huge: readonly Whole[] = [
  ['a line of one gigabyte', endless(text(`${header.join(',')}\n`), piece, GIB / piece.length), 'LINE_TOO_LONG'],
  ['a gigabyte without a line end', endless(piece, piece, GIB / piece.length), 'LINE_TOO_LONG'],
  ['a JSON line of one gigabyte', endless(text('{"name":"'), piece, GIB / piece.length), 'LINE_TOO_LONG', JSON_LINES],
  [
    'a gigabyte of blank lines, packed to one megabyte',
    endless(Buffer.alloc(0), packedPiece, 16),
    'COMPRESSION_BOMB',
    GZIP,
  ],
  [
    'an open quote before a gigabyte of rows',
    endless(text(`${header.join(',')}\n"`), Buffer.from(`${lineOf(good)}\n`.repeat(2_000)), 5_000),
    'LINE_TOO_LONG',
  ],
  [
    'a workbook of more than 200 megabytes',
    endless(Buffer.from('PK\u0003\u0004'), piece, GIB / piece.length),
    'FILE_TOO_LARGE',
    XLSX,
  ],
];

test.each<Whole>(huge)(
  'an upload of %s is refused in bounded memory, while others are answered',
  async (_name, bytes, code, file = {}) => {
    const before = await written();
    const atFirst = process.memoryUsage().rss;
    let greatest = atFirst;
    const watch = setInterval(() => {
      greatest = Math.max(greatest, process.memoryUsage().rss);
    }, 10);
    const sending = send(bytes, file);
    const meanwhile = await fetch(`${origin}/health/live`);
    const answer = await sending;
    clearInterval(watch);
    expect(meanwhile.status).toBe(200);
    // The client of this test holds what its socket has not taken yet.
    expect((greatest - atFirst) / 1024 ** 2).toBeLessThan(192);
    await expectNothingButTheReceipt(answer, before, code);
  },
  120_000,
);

function keep(bytes: Iterable<Buffer> | Buffer, { format = 'CSV', gzip = false }: Partial<FileDescription>): string {
  const path = join(folder, `damaged.${format.toLowerCase()}${gzip ? '.gz' : ''}`);
  writeFileSync(path, Buffer.concat([...(Buffer.isBuffer(bytes) ? [bytes] : bytes)]));
  return path;
}

test.each<Whole>(wholes)(
  'the command sends %s and prints why nothing was taken',
  async (_name, bytes, code, file = {}) => {
    const before = await written();
    const receipt = await sendFile(dataset, keep(bytes, file), {
      ...{ url: `${origin}/graphql`, token, dataDirectory: folder, policy: 'good-rows', maxErrorRate: '0.05' },
      ...{ encoding: file.encoding, key: undefined, mapping: undefined },
    });
    const [state, , reason] = printReceipt(receipt).split('\n');
    expect(state).toMatch(/整批拒收，未写入 refused, nothing was written$/);
    expect(reason).toMatch(new RegExp(`^原因 reason ${code}: .*\\p{Script=Han}.* [a-z]`, 'u'));
    expect(await written()).toEqual(before);
  },
);

test('the command itself prints the row, its column and both reasons, and ends with 1', async () => {
  const path = keep(text(csv({ sex: '7' })), {});
  const args = [...builtProgram('import-command'), dataset.name, path, '--policy', 'all-or-nothing'];
  const child = spawn(process.execPath, [...args, '--url', `${origin}/graphql`, '--token', token], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    output += piece;
  });
  const status = await new Promise((resolve) => child.once('exit', resolve));
  expect(status).toBe(1);
  expect(output).toContain('原因 reason ROW_REJECTED');
  expect(output).toMatch(/第 3 行 line 3 rejected 性别「7」 CODE_UNKNOWN: \p{Script=Han}.* not in the code list/u);
});
