import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FileFault } from '../../../../subgraphs/kit/codes/import-faults.ts';
import { checkMapping } from '../../../../subgraphs/kit/ingest/mapping/check-mapping.ts';
import { dateReader } from '../../../../subgraphs/kit/ingest/mapping/date-format.ts';
import { unwrap, valueAt } from '../../../../subgraphs/kit/ingest/mapping/json-fields.ts';
import { mapRows } from '../../../../subgraphs/kit/ingest/mapping/map-rows.ts';
import { type SourceMapping, sourceMappingSchema } from '../../../../subgraphs/kit/ingest/mapping/source-mapping.ts';
import type { RawRow } from '../../../../subgraphs/kit/ingest/read/raw-row.ts';
import { peopleDataset } from '../../../../subgraphs/people/datasets/people-dataset.ts';

const TODAY = '2026-06-30';
const check = (document: object | string) =>
  checkMapping(peopleDataset, typeof document === 'string' ? document : JSON.stringify(document), TODAY);
const mapping = (document: object): SourceMapping => sourceMappingSchema.parse(document);
const ID = { from: 'sfzh' };

test('the mapping that README.md shows fits the people dataset', () => {
  const [, shown = ''] = /```json\n([^`]*"envelope"[^`]*)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
  expect(check(shown)).toMatchObject({
    mapping: { envelope: { rows: 'data.rows' }, source: { kind: 'HTTP', connection: 'PORTAL' } },
  });
});

test.each<[string, object | string, string]>([
  ['that is no JSON', '{"columns":', ''],
  ['with an unknown key', { columns: { citizenId: ID }, colums: {} }, ''],
  ['of a column that the dataset lacks', { columns: { citizenId: ID, shoeSize: { from: 'x' } } }, 'columns.shoeSize'],
  ['without a required column', { columns: { name: { from: 'xm' } } }, 'columns'],
  ['with neither source nor constant', { columns: { citizenId: ID, name: {} } }, 'columns.name'],
  ['with both', { columns: { citizenId: ID, name: { from: 'a', constant: 'b' } } }, 'columns.name'],
  [
    'whose constant the column does not take',
    { columns: { citizenId: ID, education: { constant: '999' } } },
    'columns.education',
  ],
  ['whose code leads nowhere', { columns: { citizenId: ID, sex: { from: 'xb', codes: { M: '7' } } } }, 'columns.sex'],
  [
    'whose date format has no year',
    { columns: { citizenId: ID, birthDate: { from: 'd', date: 'dd/MM' } } },
    'columns.birthDate.date',
  ],
  ['that translates a constant', { columns: { citizenId: ID, sex: { constant: '1', codes: {} } } }, 'columns.sex'],
  [
    'whose table is more than a name',
    { columns: { citizenId: ID }, source: { kind: 'POSTGRES', connection: 'HR', table: 'a; drop table b' } },
    'source.table',
  ],
  [
    'that carries an address',
    { columns: { citizenId: ID }, source: { kind: 'POSTGRES', connection: 'postgres://u:p@host/db', table: 'a' } },
    'source.connection',
  ],
  [
    'whose HTTP source has no envelope',
    { columns: { citizenId: ID }, source: { kind: 'HTTP', connection: 'HR', path: '/people' } },
    'envelope',
  ],
  [
    'whose column of a table is a path',
    { columns: { citizenId: { from: 'a.b' } }, source: { kind: 'MYSQL', connection: 'HR', table: 'a' } },
    'columns.citizenId.from',
  ],
])('a mapping %s is refused with the place', (_name, document, path) => {
  const checked = check(document);
  expect(checked).toMatchObject({ flaw: { path, reasonZh: expect.stringMatching(/\p{Script=Han}/u) } });
});

test('a mapping that holds is returned with its defaults', () => {
  expect(
    check({
      columns: { citizenId: ID, sex: { from: 'xb', codes: { M: '1', F: '2' } }, education: { constant: '20' } },
      source: { kind: 'POSTGRES', connection: 'HR', table: 'hr.person_v', cursor: 'updated_at' },
    }),
  ).toMatchObject({ mapping: { ignoreOthers: false, source: { rowsPerSecond: 2_000 } } });
});

test.each<[string, 'Asia/Shanghai' | 'UTC' | undefined, string, string | undefined]>([
  ['yyyyMMdd', undefined, '20180405', '2018-04-05'],
  ['dd/MM/yyyy', undefined, '5/4/2018', '2018-04-05'],
  ['yyyy-MM-dd HH:mm:ss', undefined, '2018-08-08 23:30:00', '2018-08-08'],
  ['yyyy-MM-dd HH:mm:ss', 'UTC', '2018-08-08 23:30:00', '2018-08-09'],
  ['yyyy年MM月dd日', undefined, '2018年8月8日', '2018-08-08'],
  ['EPOCH_MILLISECONDS', undefined, '1533686400000', '2018-08-08'],
  ['EPOCH_SECONDS', undefined, '1533686400', '2018-08-08'],
  ['yyyyMMdd', undefined, '20180431', undefined],
  ['yyyyMMdd', undefined, '2018-04-05', undefined],
  ['dd/MM/yyyy', undefined, '2018/4/5', undefined],
])('a date written as %s (zone %s) is read from %s as %s', (format, zone, text, day) => {
  expect(dateReader(format, zone)?.(text)).toBe(day);
});

async function mapped(document: object, ...rows: string[][]): Promise<RawRow[]> {
  async function* groups() {
    yield rows.map((cells, index) => ({ line: index + 1, cells }));
  }
  const found: RawRow[] = [];
  for await (const group of mapRows(groups(), mapping(document))) found.push(...group);
  return found;
}

test('columns are renamed, filled, translated, dated and taken out of lists; what cannot be is a fault of its row', async () => {
  const document = {
    columns: {
      citizenId: ID,
      ethnicGroup: { constant: '01' },
      sex: { from: 'xb', codes: { M: '1', F: '2' } },
      birthDate: { from: 'csrq', date: 'dd/MM/yyyy' },
      phone: { from: 'dh', list: { separator: ',', take: 'LAST' } },
    },
  };
  expect(
    await mapped(
      document,
      ['xb', 'sfzh', 'csrq', 'dh'],
      ['M', '1', '05/04/2018', '111, 222,'],
      ['', '2', '', ''],
      ['X', '3', '', ''],
      ['F', '4', '2018-04-05', ''],
      ['F', '5'],
    ),
  ).toEqual([
    { line: 1, cells: ['citizenId', 'ethnicGroup', 'sex', 'birthDate', 'phone'] },
    { line: 2, cells: ['1', '01', '1', '2018-04-05', '222'] },
    { line: 3, cells: ['2', '01', '', '', ''] },
    expect.objectContaining({
      line: 4,
      fault: expect.objectContaining({ code: 'CODE_UNKNOWN', key: 'sex', value: 'X' }),
    }),
    expect.objectContaining({ line: 5, fault: expect.objectContaining({ code: 'DATE_INVALID', key: 'birthDate' }) }),
    expect.objectContaining({ line: 6, fault: expect.objectContaining({ code: 'RAGGED_ROW' }) }),
  ]);
});

test('a source that lacks a column, or has one that nobody named, is refused before its first row', async () => {
  const fault = async (document: object, header: string[]) =>
    mapped(
      document,
      header,
      header.map(() => '1'),
    ).then(
      () => undefined,
      (error: unknown) => (error instanceof FileFault ? error.code : error),
    );
  expect(await fault({ columns: { citizenId: ID } }, ['idno'])).toBe('MAPPING_COLUMN_MISSING');
  expect(await fault({ columns: { citizenId: ID } }, ['sfzh', 'bz'])).toBe('MAPPING_COLUMN_UNKNOWN');
  expect(await fault({ columns: { citizenId: ID } }, ['sfzh', 'sfzh'])).toBe('COLUMN_REPEATED');
  expect(await fault({ columns: { citizenId: ID }, ignoreOthers: true }, ['sfzh', 'bz'])).toBeUndefined();
});

test.each<[string, object, object, string]>([
  [
    'status that is not the good one',
    { status: 0, msg: '库维护中 13800138000', data: [] },
    { ok: { path: 'status', values: [1] }, message: 'msg', rows: 'data' },
    'ENVELOPE_REFUSED',
  ],
  [
    'rows that are no list',
    { code: 0, data: { list: {} } },
    { ok: { path: 'code', values: [0] }, rows: 'data.list' },
    'ENVELOPE_ROWS_MISSING',
  ],
])('an answer with a %s is refused, and repeats no number', (_name, answer, envelope, code) => {
  expect(() => unwrap(answer, envelope as never)).toThrow(expect.objectContaining({ code }));
  try {
    unwrap(answer, envelope as never);
  } catch (error) {
    expect(JSON.stringify((error as FileFault).values)).not.toMatch(/\d{6}/);
  }
});

test('rows of both usual envelopes are found, and fields by path', () => {
  expect(
    unwrap({ status: 1, msg: 'ok', data: [1] }, { ok: { path: 'status', values: [1, '1'] }, rows: 'data' }),
  ).toEqual([1]);
  expect(unwrap({ code: 0, data: { list: [2] } }, { ok: { path: 'code', values: [0] }, rows: 'data.list' })).toEqual([
    2,
  ]);
  expect(valueAt({ person: { id: { no: 7 } }, 'a.b': 8 }, 'person.id.no')).toBe(7);
  expect(valueAt({ 'a.b': 8 }, 'a.b')).toBe(8);
  expect(valueAt({ a: null }, 'a.b')).toBeUndefined();
});
