import { FileFault } from '../../codes/import-faults.ts';
import type { RawRow } from '../read/raw-row.ts';
import { dateReader } from './date-format.ts';
import type { ColumnMapping, SourceMapping } from './source-mapping.ts';

type Converted = string | { readonly code: 'CODE_UNKNOWN' | 'DATE_INVALID' };

interface Target {
  readonly key: string;
  /** Position in the source's row; undefined for a constant. */
  readonly at: number | undefined;
  readonly convert: (text: string) => Converted;
}

/**
 * The rows of a source as rows of its dataset: the header becomes the dataset's keys, cells are translated. What a
 * mapping cannot translate is a fault of its row.
 *
 * @throws FileFault when the source lacks a column that the mapping reads, or has one that it does not know.
 */
export async function* mapRows(
  groups: AsyncIterable<readonly RawRow[]>,
  mapping: SourceMapping,
): AsyncGenerator<readonly RawRow[]> {
  let targets: readonly Target[] | undefined;
  let width = 0;
  for await (const group of groups) {
    const mapped: RawRow[] = [];
    for (const row of group) {
      if (targets === undefined) {
        targets = bind(row.cells, mapping);
        width = row.cells.length;
        mapped.push({ line: row.line, cells: targets.map(({ key }) => key) });
      } else mapped.push(mapRow(row, targets, width));
    }
    yield mapped;
  }
}

function bind(header: readonly string[], { columns, ignoreOthers }: SourceMapping): readonly Target[] {
  const names = header.map((name) => name.trim());
  const used = new Set<string>();
  const targets = Object.entries(columns).map(([key, column]): Target => {
    const { from } = column;
    if (from === undefined) return { key, at: undefined, convert: () => column.constant ?? '' };
    const at = names.indexOf(from);
    if (at === -1) throw new FileFault('MAPPING_COLUMN_MISSING', { column: from.slice(0, 60) });
    if (names.indexOf(from, at + 1) !== -1) throw new FileFault('COLUMN_REPEATED', { column: from.slice(0, 60) });
    used.add(from);
    return { key, at, convert: converter(column) };
  });
  const unknown = names.filter((name) => name !== '' && !used.has(name));
  if (!ignoreOthers && unknown.length > 0) {
    const shown = unknown.slice(0, 8).map((name) => name.replace(/[^\p{L}\p{N}_ -]/gu, '?').slice(0, 20));
    throw new FileFault('MAPPING_COLUMN_UNKNOWN', { columns: shown.join('、') });
  }
  return targets;
}

function mapRow({ line, cells }: RawRow, targets: readonly Target[], width: number): RawRow {
  const ragged = cells.length < width || cells.slice(width).some((cell) => cell.trim() !== '');
  if (ragged) {
    return { line, cells: [], fault: { code: 'RAGGED_ROW', values: { found: cells.length, expected: width } } };
  }
  const mapped: string[] = [];
  for (const { key, at, convert } of targets) {
    const text = at === undefined ? '' : (cells[at] ?? '');
    const value = convert(text);
    if (typeof value === 'string') mapped.push(value);
    else {
      const values = value.code === 'CODE_UNKNOWN' ? { list: '映射 mapping' } : {};
      const rest = targets
        .slice(mapped.length)
        .map((target) => (target.at === undefined ? '' : (cells[target.at] ?? '')));
      return { line, cells: [...mapped, ...rest], fault: { code: value.code, key, value: text, values } };
    }
  }
  return { line, cells: mapped };
}

function converter({ codes, date, zone, list }: ColumnMapping): (text: string) => Converted {
  const readDate = date === undefined ? undefined : dateReader(date, zone, 'SECOND');
  return (text) => {
    let value = text.trim();
    if (list !== undefined) {
      const parts = value.split(list.separator).filter((part) => part.trim() !== '');
      value = (list.take === 'FIRST' ? parts[0] : parts.at(-1))?.trim() ?? '';
    }
    // An empty cell states nothing, unless the mapping says what it means.
    if (codes !== undefined && (value !== '' || Object.hasOwn(codes, ''))) {
      const translated = Object.hasOwn(codes, value) ? codes[value] : undefined;
      return translated ?? { code: 'CODE_UNKNOWN' };
    }
    if (readDate === undefined || value === '') return value;
    return readDate(value) ?? { code: 'DATE_INVALID' };
  };
}
