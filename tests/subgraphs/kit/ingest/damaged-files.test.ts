import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { samplePeople } from '../../../../prisma/seed/people/people-sample.ts';
import {
  FileFault,
  fileFaultText,
  isRowFaultCode,
  rowFaultText,
} from '../../../../subgraphs/kit/codes/import-faults.ts';
import { bindColumns } from '../../../../subgraphs/kit/ingest/bind-columns.ts';
import { DEFAULT_INGEST_LIMITS } from '../../../../subgraphs/kit/ingest/read/bounded-bytes.ts';
import { type FileDescription, openTable } from '../../../../subgraphs/kit/ingest/read/open-table.ts';
import { RowStager } from '../../../../subgraphs/kit/ingest/stage-row.ts';
import { people } from '../../../../subgraphs/people/index.ts';
import { testCaller, testKeys } from '../../../kit/open-test-subgraph.ts';
import { sheet, workbook, zip } from './workbook.ts';

const dataset = people.datasets?.find(({ name }) => name === 'people');
if (dataset === undefined) throw new Error('there is no people dataset');
const caller = testCaller(['3304'], 'person.import');
const services = { keys: testKeys, today: '2026-06-30' };
const ID = '01900000-0000-7000-8000-000000000001';

type Row = Record<string, string>;
const [sample = {}] = samplePeople({ city: 'jiaxing', scale: 0.001, count: 1, seed: 'damaged' });
const good: Row = { ...sample };
const header = dataset.columns.map(({ zh }) => zh);
const lineOf = (row: Row) => dataset.columns.map(({ key }) => row[key] ?? '').join(',');
/** A header, a good row, and one changed as wanted. */
const csv = (change: Partial<Row> = {}) =>
  `${header.join(',')}\n${lineOf(good)}\n${lineOf({ ...good, ...change } as Row)}\n`;

interface Verdict {
  /** Code of what is wrong with the file as a whole. */
  readonly file?: string;
  /** `line code column` of each rejected row. */
  readonly rows: readonly string[];
  readonly taken: number;
}

/** What becomes of a file: the very reader, binder and stager that a batch goes through, up to the database. */
async function judge(bytes: Iterable<Buffer> | Buffer, description: Partial<FileDescription> = {}): Promise<Verdict> {
  const file = { format: 'CSV', encoding: undefined, gzip: false, ...description } as const;
  const source = Readable.from(Buffer.isBuffer(bytes) ? [bytes] : bytes) as AsyncIterable<Buffer>;
  const rejected: string[] = [];
  let taken = 0;
  try {
    let stager: RowStager | undefined;
    for await (const group of openTable(source, file, DEFAULT_INGEST_LIMITS).rows) {
      let first = 0;
      if (stager === undefined) {
        if (dataset === undefined) throw new Error('no dataset');
        stager = new RowStager(dataset, bindColumns(group[0]?.cells ?? [], dataset), services, caller);
        first = 1;
      }
      for (const row of group.slice(first)) {
        const [line, , outcome, code = '', column, masked = ''] = stager.line(row, ID).split('\t');
        if (outcome === 'REJECTED') {
          expect(isRowFaultCode(code) && rowFaultText(code, {}).zh).toMatch(/\p{Script=Han}/u);
          // A person's whole number never stands in a receipt.
          expect(masked).not.toMatch(/\d{15,}/);
          rejected.push([line, code, column === '\\N' ? '' : column].join(' ').trim());
        } else taken++;
      }
    }
    return { rows: rejected, taken };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const { zh, en } = fileFaultText(error.code, error.values);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(`${zh} ${en}`).not.toMatch(/\{\w+\}/);
    return { file: error.code, rows: rejected, taken };
  }
}

const text = (content: string) => Buffer.from(content, 'utf8');
const utf16 = (content: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(content, 'utf16le')]);

test('the files that the cases below damage are good themselves', async () => {
  expect(await judge(text(csv()))).toEqual({ rows: [], taken: 2 });
});

/** Files of which nothing is taken. */
type Whole = [string, Buffer | Iterable<Buffer>, string, Partial<FileDescription>?];
const wholes: Whole[] = [
  ['nothing at all', Buffer.alloc(0), 'FILE_EMPTY'],
  ['UTF-16 with its mark', utf16(csv()), 'ENCODING_REFUSED'],
  ['UTF-16 without a mark', Buffer.from(`name,sex\n${'a,1\n'.repeat(30)}`, 'utf16le'), 'ENCODING_REFUSED'],
  ['UTF-32', Buffer.concat([Buffer.from([0, 0, 0xfe, 0xff]), Buffer.alloc(40)]), 'ENCODING_REFUSED'],
  ['bytes of no encoding', Buffer.concat([text(csv()), Buffer.from([0xff, 0xff, 0x0a])]), 'ENCODING_UNKNOWN'],
  ['a character cut in two at the end', text(csv()).subarray(0, 40), 'ENCODING_UNKNOWN'],
  [
    'UTF-8 that is said to be GB18030 by its mark',
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text(csv())]),
    'ENCODING_MISMATCH',
    { encoding: 'gb18030' },
  ],
  [
    'GB18030 that is said to be UTF-8',
    Buffer.concat([Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]), text('\n')]),
    'ENCODING_MISMATCH',
    { encoding: 'utf-8' },
  ],
  ['no header', text(`${lineOf(good)}\n`), 'HEADER_MISSING'],
  ['a header in another language', text('nombre,apellido\nx,y\n'), 'HEADER_MISSING'],
  ['a page of HTML', text('<!doctype html><html><body>404</body></html>\n'), 'HEADER_MISSING'],
  ['a column nobody knows', text(csv().replace('姓名', '曾用名')), 'COLUMN_UNKNOWN'],
  ['a column twice', text(csv().replace('性别', '姓名')), 'COLUMN_REPEATED'],
  ['a column and its alias', text(csv().replace('性别', '身份证号')), 'COLUMN_REPEATED'],
  [
    'no column of numbers',
    text(csv().replace('公民身份号码,', '').replaceAll(`${good.citizenId},`, '')),
    'COLUMN_MISSING',
  ],
  ['a quote that is never closed', text(csv({ name: '"沈' })), 'QUOTE_OPEN'],
  ['a quote in the middle of a word', text(csv({ name: '沈"一"云' })), 'QUOTE_INVALID'],
  ['a line that never ends', endless(text(`${header.join(',')}\n`), text('9'.repeat(65_536)), 40), 'LINE_TOO_LONG'],
  [
    'an open quote that swallows the rest',
    endless(text(`${header.join(',')}\n"`), text(`${lineOf(good)}\n`), 4_000),
    'LINE_TOO_LONG',
  ],
  ['gzip that is none', text(csv()), 'COMPRESSION_DAMAGED', { gzip: true }],
  ['gzip that is cut off', gzipSync(text(csv())).subarray(0, -12), 'COMPRESSION_DAMAGED', { gzip: true }],
  ['gzip with a flipped bit', flipped(gzipSync(text(csv()))), 'COMPRESSION_DAMAGED', { gzip: true }],
  [
    'a gzip bomb',
    gzipSync(Buffer.concat([text(`${header.join(',')}\n`), text(`${lineOf(good)}\n`.repeat(60_000))])),
    'COMPRESSION_BOMB',
    { gzip: true },
  ],
  ['JSON that is an array', text('[{"citizenId":"x"}]\n'), 'JSON_INVALID', { format: 'NDJSON' }],
  ['JSON that breaks off', text('{"citizenId":"x"}\n{"citizenId":'), 'JSON_INVALID', { format: 'NDJSON' }],
  [
    'a JSON line that never ends',
    endless(text('{"name":"'), text('a'.repeat(65_536)), 3),
    'LINE_TOO_LONG',
    { format: 'NDJSON' },
  ],
  ['JSON with a key nobody knows', text('{"citizenId":"x","colour":"red"}\n'), 'COLUMN_UNKNOWN', { format: 'NDJSON' }],
  ['a workbook that is text', text(csv()), 'XLSX_DAMAGED', { format: 'XLSX' }],
  ['a workbook that is cut off', workbook(sheet([header])).subarray(0, -30), 'XLSX_DAMAGED', { format: 'XLSX' }],
  ['a ZIP without a sheet', zip([{ name: 'readme.txt', data: text('x') }]), 'XLSX_DAMAGED', { format: 'XLSX' }],
  ['a sheet of broken XML', workbook('<worksheet><row><c></row>'), 'XLSX_DAMAGED', { format: 'XLSX' }],
  [
    'a workbook with a macro',
    workbook(sheet([header]), [{ name: 'xl/vbaProject.bin', data: text('x') }]),
    'XLSX_REFUSED',
    { format: 'XLSX' },
  ],
  [
    'a sheet with an entity',
    workbook(`<!DOCTYPE x [<!ENTITY a "aaaa">]>${sheet([header]).replace(/^.*?\?>/, '')}`),
    'XLSX_REFUSED',
    { format: 'XLSX' },
  ],
  [
    'an encrypted part',
    zip([{ name: 'xl/worksheets/sheet1.xml', data: text('x'), flags: 1 }]),
    'XLSX_REFUSED',
    { format: 'XLSX' },
  ],
  [
    'a sheet that unpacks to far too much',
    workbook(`<worksheet><sheetData><row r="1">${' '.repeat(24 * 1024 * 1024)}`),
    'COMPRESSION_BOMB',
    { format: 'XLSX' },
  ],
  [
    'a sheet with a thousand columns',
    workbook('<worksheet><sheetData><row r="1"><c r="ALM1"><v>1</v></c></row></sheetData></worksheet>'),
    'LINE_TOO_LONG',
    { format: 'XLSX' },
  ],
];

test.each<Whole>(wholes)('%s is refused as a whole', async (_name, bytes, code, description) => {
  expect(await judge(bytes, description)).toMatchObject({ file: code });
});

/** Rows that are rejected, while the good one beside each is taken. */
const singles: readonly (readonly [string, Partial<Row>, string])[] = [
  ['a number of 17 characters', { citizenId: '33049919900101001' }, 'CITIZEN_ID_INVALID citizenId'],
  ['a wrong check character', { citizenId: `${good.citizenId?.slice(0, 17)}?` }, 'CITIZEN_ID_INVALID citizenId'],
  ['a number in floating point', { citizenId: '3.30499E+17' }, 'NUMBER_DAMAGED citizenId'],
  ['a number with decimals', { citizenId: '330499199001010000.00' }, 'NUMBER_DAMAGED citizenId'],
  ['no number', { citizenId: '' }, 'VALUE_MISSING citizenId'],
  ['blanks for a number', { citizenId: '　 ' }, 'VALUE_MISSING citizenId'],
  ['a province that does not exist', { citizenId: '990499199001010011' }, 'CITIZEN_ID_INVALID citizenId'],
  [
    'a number of somebody to be born',
    { citizenId: '330499202701010010', birthDate: '' },
    'CITIZEN_ID_INVALID citizenId',
  ],
  ['a number born on 30 February', { citizenId: '330499199002300011', birthDate: '' }, 'CITIZEN_ID_INVALID citizenId'],
  ['a NUL', { name: '沈\u0000云' }, 'CONTROL_CHARACTER name'],
  ['a control character', { name: '沈\u0007云' }, 'CONTROL_CHARACTER name'],
  ['text that turns its direction', { name: '沈\u202e云' }, 'CONTROL_CHARACTER name'],
  ['a replacement character of an earlier loss', { name: '沈\ufffd云' }, 'TEXT_DAMAGED name'],
  ['a formula', { name: '=HYPERLINK(A1)' }, 'FORMULA_REFUSED name'],
  [
    'a formula that calls a program',
    { householdNumber: "=cmd|'/c calc'!A0", relationToHead: '02' },
    'FORMULA_REFUSED householdNumber',
  ],
  [
    'a formula that begins with a plus',
    { householdNumber: '+1+1', relationToHead: '02' },
    'FORMULA_REFUSED householdNumber',
  ],
  [
    'a formula that begins with an at sign',
    { householdNumber: '@SUM(A1)', relationToHead: '02' },
    'FORMULA_REFUSED householdNumber',
  ],
  ['markup for a name', { name: '<script>' }, 'NAME_INVALID name'],
  ['digits for a name', { name: '沈123' }, 'NAME_INVALID name'],
  ['a name without end', { name: '沈'.repeat(51) }, 'VALUE_TOO_LONG name'],
  ['a sex of the old public code', { sex: '3' }, 'CODE_UNKNOWN sex'],
  ['a sex that the number contradicts', { sex: good.sex === '1' ? '2' : '1' }, 'SEX_CONTRADICTS sex'],
  ['a birth that the number contradicts', { birthDate: '1950-05-05' }, 'BIRTH_DATE_CONTRADICTS birthDate'],
  ['a birth in the future', { birthDate: '2030-01-01' }, 'DATE_IN_FUTURE birthDate'],
  ['29 February of a common year', { birthDate: '2023-02-29' }, 'DATE_INVALID birthDate'],
  ['a month 13', { birthDate: '19901301' }, 'DATE_INVALID birthDate'],
  ['a date with the month first', { birthDate: '01/02/1990' }, 'DATE_AMBIGUOUS birthDate'],
  ['a year of two digits', { birthDate: '90-01-02' }, 'DATE_AMBIGUOUS birthDate'],
  ['a date of Excel as a bare number', { birthDate: '32874' }, 'DATE_INVALID birthDate'],
  ['a date of the Qing', { birthDate: '1820-01-01' }, 'DATE_INVALID birthDate'],
  ['an ethnic group nobody has', { ethnicGroup: '77' }, 'CODE_UNKNOWN ethnicGroup'],
  ['an education in free words', { education: '上过学' }, 'CODE_UNKNOWN education'],
  ['a marital status of another list', { maritalStatus: 'M' }, 'CODE_UNKNOWN maritalStatus'],
  ['a telephone that is a word', { phone: '无' }, 'PHONE_INVALID phone'],
  ['a telephone in floating point', { phone: '1.38E+10' }, 'NUMBER_DAMAGED phone'],
  ['two telephones in one cell', { phone: '10012345678/10012345679' }, 'PHONE_INVALID phone'],
  ['a household without the relation', { householdNumber: 'H1' }, 'VALUES_TOGETHER relationToHead'],
  ['a relation without the household', { relationToHead: '02' }, 'VALUES_TOGETHER householdNumber'],
  ['a relation nobody has', { householdNumber: 'H1', relationToHead: 'ZZ' }, 'CODE_UNKNOWN relationToHead'],
  ['a grid for a micro-grid', { microGridCode: '330402007024001' }, 'PLACE_CODE_INVALID microGridCode'],
  ['a place in words', { registeredDivision: '南湖区' }, 'PLACE_CODE_INVALID registeredDivision'],
  [
    'a place in another city',
    { microGridCode: '330106001001001001', registeredDivision: '330106' },
    'OUTSIDE_AREA microGridCode',
  ],
];

test.each(singles)('a row with %s is rejected alone', async (_name, change, verdict) => {
  expect(await judge(text(csv(change)))).toEqual({ rows: [`3 ${verdict}`], taken: 1 });
});

test.each([
  ['a cell too few', lineOf(good).slice(0, lineOf(good).lastIndexOf(','))],
  ['a cell too many', `${lineOf(good)},x`],
  ['an unquoted comma in a name', lineOf({ ...good, name: '沈,云' })],
])('a row with %s is rejected alone, and so is no other', async (_name, line) => {
  expect(await judge(text(`${header.join(',')}\n${line}\n${lineOf(good)}\n`))).toEqual({
    rows: ['2 RAGGED_ROW'],
    taken: 1,
  });
});

/** What looks damaged and says clearly what it means. */
type Tolerated = [string, Buffer, Partial<FileDescription>?];
const tolerated: Tolerated[] = [
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text(csv())])],
  ['lines that end in CR LF', text(csv().replaceAll('\n', '\r\n'))],
  ['no line end at the end', text(csv().trimEnd())],
  ['empty lines', text(csv().replaceAll('\n', '\n\n'))],
  ['semicolons', text(csv().replaceAll(',', ';'))],
  ['tabs', text(csv().replaceAll(',', '\t'))],
  ['empty cells beyond the header', text(csv().replaceAll('\n', ',,\n').replace(',,\n', '\n'))],
  ['quotes around everything', text(csv().replace(/[^,\n]+/g, '"$&"'))],
  ['full-width digits', text(csv({ sex: good.sex === '1' ? '１' : '２' }))],
  ['a small x in the number', text(csv({ citizenId: good.citizenId?.toLowerCase() ?? '' }))],
  ['Excel’s ="…" around the number', text(csv({ citizenId: `"=""${good.citizenId}"""` }))],
  ['the date with slashes', text(csv({ birthDate: good.birthDate?.replaceAll('-', '/') ?? '' }))],
  ['the date in one piece', text(csv({ birthDate: good.birthDate?.replaceAll('-', '') ?? '' }))],
  ['the date with a time', text(csv({ birthDate: `${good.birthDate} 00:00:00` }))],
  ['a code that lost its zero', text(csv({ ethnicGroup: '1' }))],
  ['a code by its name', text(csv({ ethnicGroup: '汉族' }))],
  ['a telephone with +86 and blanks', text(csv({ phone: '+86 100 1234 5678' }))],
  [
    'English keys in another order',
    text(`microGridCode,citizenId\n${good.microGridCode},${good.citizenId}\n${good.microGridCode},${good.citizenId}\n`),
  ],
];

test.each<Tolerated>(tolerated)('%s hurts nobody', async (_name, bytes, description) => {
  expect(await judge(bytes, description)).toEqual({ rows: [], taken: 2 });
});

test('a workbook is read by its first sheet, days as days and texts as texts', async () => {
  const day = Math.round(Date.parse(`${good.birthDate}T00:00:00Z`) / 86_400_000) + 25_569;
  const cells = (row: Row) => dataset.columns.map(({ key }) => (key === 'birthDate' ? { day } : (row[key] ?? '')));
  const bytes = workbook(sheet([header, cells(good), cells({ ...good, citizenId: '3.30499E+17' })]));
  expect(await judge(bytes, { format: 'XLSX' })).toEqual({ rows: ['3 NUMBER_DAMAGED citizenId'], taken: 1 });
});

test('a number of JSON that has lost its last digits is not taken for one', async () => {
  const rows = [JSON.stringify(good), JSON.stringify(good).replace(`"${good.citizenId}"`, '330499199001010011')];
  expect(await judge(text(rows.join('\n')), { format: 'NDJSON' })).toEqual({
    rows: ['2 NUMBER_DAMAGED citizenId'],
    taken: 1,
  });
});

function* endless(head: Buffer, piece: Buffer, times: number): Generator<Buffer> {
  yield head;
  for (let time = 0; time < times; time++) yield piece;
}

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const at = Math.floor(changed.length / 2);
  changed[at] = (changed[at] ?? 0) ^ 0x10;
  return changed;
}
