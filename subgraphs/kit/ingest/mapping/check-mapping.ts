import type { DatasetDeclaration } from '../dataset.ts';
import { readCell } from '../read-cell.ts';
import { dateReader } from './date-format.ts';
import { type ColumnMapping, type SourceMapping, sourceMappingSchema } from './source-mapping.ts';

/** The first thing that is wrong with a mapping, and where. */
export interface MappingFlaw {
  readonly path: string;
  readonly reasonZh: string;
  readonly reasonEn: string;
}

const LONGEST = 64 * 1024;

/**
 * Reads a mapping and proves that it fits its dataset, before the first row: known columns, constants and translated
 * codes that the columns take, date formats that tell a day, every required column.
 *
 * @param today `YYYY-MM-DD`; a constant date may lie in the future.
 */
export function checkMapping(
  dataset: DatasetDeclaration,
  document: string,
  today: string,
): { readonly mapping: SourceMapping } | { readonly flaw: MappingFlaw } {
  if (document.length > LONGEST) return flaw('', '超过 64 KB', 'it is longer than 64 KB');
  let given: unknown;
  try {
    given = JSON.parse(document);
  } catch {
    return flaw('', '不是合法的 JSON', 'it is not JSON');
  }
  const read = sourceMappingSchema.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    return flaw(path, '内容或类型不符合映射的写法', issue?.message ?? 'it is not written as a mapping is');
  }
  const mapping = read.data;
  for (const [key, column] of Object.entries(mapping.columns)) {
    const wrong = columnFlaw(dataset, key, column, today);
    if (wrong !== undefined) return { flaw: wrong };
  }
  const missing = dataset.columns.find(({ key, required }) => required === 'ALWAYS' && !(key in mapping.columns));
  if (missing !== undefined) {
    return flaw(
      'columns',
      `缺少必需的列“${missing.zh}”（${missing.key}）`,
      `the required column ${missing.key} is missing`,
    );
  }
  const { source, envelope } = mapping;
  if (source?.kind === 'HTTP' && envelope === undefined) {
    return flaw(
      'envelope',
      'HTTP 来源须说明数据行在报文中的位置',
      'an HTTP source says where the rows stand in its answer',
    );
  }
  if (source !== undefined && source.kind !== 'HTTP') {
    const name = /^[\p{L}_][\p{L}\p{N}_$]{0,62}$/u;
    const odd = Object.entries(mapping.columns).find(([, { from }]) => from !== undefined && !name.test(from));
    if (odd !== undefined) return flaw(`columns.${odd[0]}.from`, '不是合法的列名', 'it is not the name of a column');
  }
  return { mapping };
}

function columnFlaw(
  dataset: DatasetDeclaration,
  key: string,
  { from, constant, codes, date, list }: ColumnMapping,
  today: string,
): MappingFlaw | undefined {
  const path = `columns.${key}`;
  const column = dataset.columns.find((candidate) => candidate.key === key);
  if (column === undefined) {
    const known = dataset.columns.map((candidate) => candidate.key).join(', ');
    return flaw(path, `数据集没有这一列；有：${known}`, `the dataset has no such column; it has ${known}`).flaw;
  }
  if ((from === undefined) === (constant === undefined)) {
    return flaw(path, '“from”与“constant”须且只须有一个', 'it needs either "from" or "constant"').flaw;
  }
  if (constant !== undefined && (codes ?? date ?? list) !== undefined) {
    return flaw(path, '常量不再转换', 'a constant is not translated').flaw;
  }
  if (date !== undefined && dateReader(date) === undefined) {
    return flaw(`${path}.date`, '日期格式须含 yyyy、MM、dd', 'a date format has yyyy, MM and dd').flaw;
  }
  const stated = [...(constant === undefined ? [] : [constant]), ...Object.values(codes ?? {})];
  const wrong = stated.find((text) => text !== '' && typeof readCell(text, column, today) !== 'string');
  if (wrong !== undefined) {
    return flaw(path, `“${wrong}”不是这一列的合法取值`, `"${wrong}" is no value of this column`).flaw;
  }
  return undefined;
}

function flaw(path: string, reasonZh: string, reasonEn: string): { readonly flaw: MappingFlaw } {
  return { flaw: { path, reasonZh, reasonEn } };
}
