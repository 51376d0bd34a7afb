import { FileFault } from '../../codes/import-faults.ts';
import { pickFields } from '../mapping/json-fields.ts';
import type { RawRow } from './raw-row.ts';

const GROUP = 500;
const HALF_CHARACTER = /\p{Surrogate}/gu;

/** One JSON object per line. */
export interface JsonRow {
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Objects of newline-delimited JSON.
 *
 * @throws FileFault for a line that is not one object, or is too long.
 */
export async function* jsonRows(text: AsyncIterable<string>, maxLineBytes: number): AsyncGenerator<readonly JsonRow[]> {
  let rest = '';
  let line = 0;
  let group: JsonRow[] = [];
  const take = (given: string) => {
    line++;
    const trimmed = given.trim();
    if (trimmed !== '') group.push({ line, values: objectOf(trimmed, line) });
  };
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const complete of lines) {
      if (complete.length > maxLineBytes) throw new FileFault('LINE_TOO_LONG', { line: line + 1, max: maxLineBytes });
      take(complete);
    }
    if (rest.length > maxLineBytes) throw new FileFault('LINE_TOO_LONG', { line: line + 1, max: maxLineBytes });
    if (group.length >= GROUP) {
      yield group;
      group = [];
    }
  }
  if (rest !== '') take(rest);
  if (group.length > 0) yield group;
}

function objectOf(text: string, line: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FileFault('JSON_INVALID', { line }, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FileFault('JSON_INVALID', { line });
  const found = value as Readonly<Record<string, unknown>>; // an object, as was just seen
  if (isFlat(found)) {
    const key = repeatedKey(text, Object.keys(found).length);
    if (key !== undefined) throw new FileFault('JSON_KEY_REPEATED', { line, key: key.slice(0, 40) });
  }
  return found;
}

function isFlat(row: Readonly<Record<string, unknown>>): boolean {
  for (const key in row) if (typeof row[key] === 'object' && row[key] !== null) return false;
  return true;
}

/** The parser takes the last of two values of one key without a word. */
function repeatedKey(text: string, distinct: number): string | undefined {
  const keys = text.match(/"(?:[^"\\]|\\.)*"(?=\s*:)/g) ?? [];
  if (keys.length === distinct) return undefined;
  const read = keys.map((key) => String(JSON.parse(key)));
  return read.find((key, index) => read.indexOf(key) !== index);
}

/**
 * The same as rows of cells. The first object's keys are the header; one that only comes later, because what is empty is
 * left out, joins it at the end.
 *
 * @param fields what a mapping reads of each object, by path; everything without it.
 */
export async function* ndjsonRows(
  text: AsyncIterable<string>,
  maxLineBytes: number,
  fields?: readonly string[],
): AsyncGenerator<readonly RawRow[]> {
  let header: readonly string[] | undefined;
  for await (const group of jsonRows(text, maxLineBytes)) {
    const rows: RawRow[] = [];
    for (const { line, values: whole } of group) {
      const values = fields === undefined ? whole : pickFields(whole, fields);
      if (header === undefined) {
        header = Object.keys(values);
        rows.push({ line, cells: header });
      }
      const known = header;
      const more = Object.keys(values).filter((key) => !known.includes(key));
      if (more.length > 0) header = [...known, ...more];
      const cells = header.map((key) => cellOf(values[key], line));
      rows.push(more.length === 0 ? { line, cells } : { line, cells, header });
    }
    yield rows;
  }
}

/** Numbers beyond 2^53 have lost digits by now: they are shown as what a spreadsheet does to them, and refused as such. */
export function cellOf(value: unknown, line = 0): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : value.toExponential();
  // Half a character, which JSON can spell and no encoding can hold, counts as a damaged one.
  if (typeof value === 'string') return value.replace(HALF_CHARACTER, '\ufffd');
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Nested so deep that it cannot even be shown.
    throw new FileFault('JSON_INVALID', { line }, { cause: error });
  }
}
