import { setImmediate } from 'node:timers/promises';
import type { CsvError } from 'csv-parse';
import { FileFault } from '../../codes/import-faults.ts';
import type { RawRow } from './raw-row.ts';
import { RecordParser } from './record-parser.ts';

const GROUP = 500;
const SLICE = 8 * 1024;
const SEPARATORS = [',', '\t', ';', '|'];

/**
 * Rows of CSV text (RFC 4180: quotes may hold separators, quotes and line ends; lines end as they like). Separated by
 * comma, tab, semicolon or bar, whichever the header has most of. Empty lines are no rows.
 *
 * @throws FileFault for a quote that is never closed or stands where none may be, and for a line that is too long.
 */
export async function* csvRows(text: AsyncIterable<string>, maxLineBytes: number): AsyncGenerator<readonly RawRow[]> {
  const source = text[Symbol.asyncIterator]();
  let head = '';
  let ended = false;
  while (!ended && !/[\r\n]/.test(head) && head.length <= maxLineBytes) {
    const { value, done } = await source.next();
    if (done === true) ended = true;
    else head += value;
  }
  const csv = new RecordParser({
    delimiter: separatorOf(head),
    record_delimiter: lineEndsOf(head),
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxLineBytes,
  });
  async function* whole(): AsyncGenerator<string | undefined> {
    yield* slices(head);
    if (!ended) for await (const piece of { [Symbol.asyncIterator]: () => source }) yield* slices(piece);
    yield undefined;
  }
  let group: RawRow[] = [];
  for await (const piece of whole()) {
    for (const row of await csv.parse(piece)) {
      if (row.cells.length === 1 && row.cells[0]?.trim() === '') continue;
      group.push(row);
      if (group.length === GROUP) {
        yield group;
        group = [];
      }
    }
    if (csv.fault !== undefined) throw faultOf(csv.fault, csv.line, maxLineBytes);
    // What makes no group for long (a megabyte of blank lines) must not keep everybody else waiting.
    await setImmediate();
  }
  if (group.length > 0) yield group;
}

/** A row that is longer or shorter than the first costs the parser thirty times as much: 40 µs instead of 1 or 2. */
function* slices(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += SLICE) yield text.slice(at, at + SLICE);
}

/** Lines of one file may end in both ways when it was put together; a lone CR ends lines only where it ends the header. */
function lineEndsOf(head: string): string[] {
  const first = head.search(/[\r\n]/);
  const isLoneReturn = head[first] === '\r' && head[first + 1] !== '\n';
  return isLoneReturn ? ['\r\n', '\n', '\r'] : ['\r\n', '\n'];
}

function separatorOf(head: string): string {
  const end = head.search(/[\r\n]/);
  const first = end === -1 ? head : head.slice(0, end);
  const counts = SEPARATORS.map((separator) => first.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function faultOf(error: CsvError, line: number, maxLineBytes: number): FileFault {
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return new FileFault('LINE_TOO_LONG', { line, max: maxLineBytes }, { cause: error });
    case 'CSV_QUOTE_NOT_CLOSED':
      return new FileFault('QUOTE_OPEN', { line }, { cause: error });
    default:
      return new FileFault('QUOTE_INVALID', { line }, { cause: error });
  }
}
