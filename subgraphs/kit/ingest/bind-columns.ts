import { FileFault } from '../codes/import-faults.ts';
import type { DatasetColumn, DatasetDeclaration } from './dataset.ts';

/** For each cell of a row, the column that it states; undefined for a cell below an empty header at the end. */
export type BoundColumns = readonly (DatasetColumn | undefined)[];

const MOST_NAMED = 8;

const ownColumn = (key: string, zh: string, descriptionZh: string, descriptionEn: string): DatasetColumn => ({
  key,
  zh,
  kind: { zh, en: key, maxLength: 500, parse: (text) => text },
  required: 'NEVER',
  coordinate: '',
  mask: () => '***',
  example: '',
  descriptionZh,
  descriptionEn,
});

/** Columns of a file of rejected rows that are no part of the dataset: which row this one corrects, and why it must. */
export const BATCH_COLUMN = ownColumn(
  'rejectedBatch',
  '原批次',
  '更正的是哪一批',
  'the batch whose row this one corrects',
);
export const LINE_COLUMN = ownColumn(
  'rejectedLine',
  '原行号',
  '更正的是哪一行',
  'which rejected row this one corrects',
);
export const REASON_COLUMN = ownColumn(
  'rejectedReason',
  '拒收原因',
  '为何被拒收，不读入',
  'why it was rejected; not read',
);

export const correctionColumns: readonly DatasetColumn[] = [BATCH_COLUMN, LINE_COLUMN, REASON_COLUMN];

/**
 * Binds a header to the dataset's columns: Chinese names, English keys or aliases, in any order.
 *
 * @throws FileFault for a row that is no header, for unknown, repeated and missing columns.
 */
export function bindColumns(header: readonly string[], dataset: DatasetDeclaration): BoundColumns {
  const known = new Map<string, DatasetColumn>();
  for (const column of [...dataset.columns, ...correctionColumns]) {
    for (const name of [column.key, column.zh, ...(column.aliases ?? [])]) known.set(normalise(name), column);
  }
  const names = header.map((name) => name.trim());
  while (names.at(-1) === '') names.pop();
  const bound = names.map((name) => known.get(normalise(name)));
  if (bound.every((column) => column === undefined)) throw new FileFault('HEADER_MISSING');
  const unknown = names.filter((_name, index) => bound[index] === undefined);
  if (unknown.length > 0) throw new FileFault('COLUMN_UNKNOWN', { columns: listed(unknown.map(printable)) });
  const seen = new Set<DatasetColumn>();
  for (const column of bound) {
    if (column === undefined) continue;
    if (seen.has(column)) throw new FileFault('COLUMN_REPEATED', { column: column.zh });
    seen.add(column);
  }
  const missing = dataset.columns.filter((column) => column.required === 'ALWAYS' && !seen.has(column));
  if (missing.length > 0) throw new FileFault('COLUMN_MISSING', { columns: listed(missing.map(({ zh }) => zh)) });
  return bound;
}

function normalise(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_*＊-]/g, '');
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join('、');
  return names.length > MOST_NAMED ? `${shown}…` : shown;
}

/** A header may turn out to be a row of somebody's data: no more of it is repeated than names it. */
function printable(name: string): string {
  const text = name.replace(/[^\p{L}\p{N}_ -]/gu, '?');
  if (text === '') return '（空 empty）';
  if (/\d{4,}/.test(text)) return `${text.slice(0, 2)}…`;
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}
