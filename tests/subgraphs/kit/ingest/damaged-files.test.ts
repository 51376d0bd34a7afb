import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
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
import { testCaller, testKeys } from '../../../kit/open-test-subgraph.ts';
import { csv, dataset, good, header, lineOf, type Row, singles, text, type Whole, wholes } from './damaged-cases.ts';
import { sheet, workbook } from './workbook.ts';

const caller = testCaller(['3304'], 'person.import');
const services = { keys: testKeys, today: '2026-06-30', systemCode: 'test-system' };
const ID = '01900000-0000-7000-8000-000000000001';

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

test('the files that the cases below damage are good themselves', async () => {
  expect(await judge(text(csv()))).toEqual({ rows: [], taken: 2 });
});

test.each<Whole>(wholes)('%s is refused as a whole', async (_name, bytes, code, description) => {
  expect(await judge(bytes, description)).toMatchObject({ file: code });
});

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
    'JSON whose later lines have keys that the first one left out, and lack others',
    text(
      `${JSON.stringify({ citizenId: good.citizenId, microGridCode: good.microGridCode })}\n${JSON.stringify({ phone: '10012345678', citizenId: good.citizenId })}\n`,
    ),
    { format: 'NDJSON' },
  ],
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
