import { gzipSync } from 'node:zlib';
import { samplePeople } from '../../../../prisma/seed/people/people-sample.ts';
import type { FileDescription } from '../../../../subgraphs/kit/ingest/read/open-table.ts';
import { people } from '../../../../subgraphs/people/index.ts';
import { sheet, workbook, zip } from './workbook.ts';

const found = people.datasets?.find(({ name }) => name === 'people');
if (found === undefined) throw new Error('there is no people dataset');
/** What the damaged files are files of. */
export const dataset = found;

export type Row = Record<string, string>;
const [sample = {}] = samplePeople({ city: 'jiaxing', scale: 0.001, count: 1, seed: 'damaged' });
export const good: Row = { ...sample };
export const header = dataset.columns.map(({ zh }) => zh);
export const lineOf = (row: Row) => dataset.columns.map(({ key }) => row[key] ?? '').join(',');
/** A header, a good row, and one changed as wanted. */
export const csv = (change: Partial<Row> = {}) =>
  `${header.join(',')}\n${lineOf(good)}\n${lineOf({ ...good, ...change } as Row)}\n`;

export const text = (content: string) => Buffer.from(content, 'utf8');
const utf16 = (content: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(content, 'utf16le')]);

/** Files of which nothing is taken. */
export type Whole = [string, Buffer | Iterable<Buffer>, string, Partial<FileDescription>?];
export const wholes: readonly Whole[] = [
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
  [
    'JSON with a key nobody knows in a later line',
    text(`${JSON.stringify(good)}\n${JSON.stringify({ ...good, colour: 'red' })}\n`),
    'COLUMN_UNKNOWN',
    { format: 'NDJSON' },
  ],
  [
    'JSON that names a column otherwise in a later line',
    text(`${JSON.stringify({ citizenId: good.citizenId })}\n${JSON.stringify({ 公民身份号码: good.citizenId })}\n`),
    'COLUMN_REPEATED',
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

/** Rows that are rejected, while the good one beside each is taken. */
export const singles: readonly (readonly [string, Partial<Row>, string])[] = [
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

/** A file of any size that is never held; it may be read more than once. */
export function endless(head: Buffer, piece: Buffer, times: number): Iterable<Buffer> {
  return {
    *[Symbol.iterator]() {
      yield head;
      for (let time = 0; time < times; time++) yield piece;
    },
  };
}

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const at = Math.floor(changed.length / 2);
  changed[at] = (changed[at] ?? 0) ^ 0x10;
  return changed;
}
