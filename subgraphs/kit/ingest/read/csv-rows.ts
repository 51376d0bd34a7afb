import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { FileFault } from '../../codes/import-faults.ts';
import type { RawRow } from './raw-row.ts';

const GROUP = 500;
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
  const csv = parse({ delimiter: separatorOf(head), relax_column_count: true, max_record_size: maxLineBytes });
  async function* whole(): AsyncGenerator<string> {
    yield head;
    if (!ended) yield* { [Symbol.asyncIterator]: () => source };
  }
  // A failure of the source becomes the parser's, and ends the loop below.
  pipeline(Readable.from(whole()), csv, () => {});
  let group: RawRow[] = [];
  let line = 1;
  try {
    for await (const cells of csv as AsyncIterable<string[]>) {
      const at = line;
      line += 1 + lineEndsWithin(cells);
      if (cells.length === 1 && cells[0]?.trim() === '') continue;
      group.push({ line: at, cells });
      if (group.length === GROUP) {
        yield group;
        group = [];
      }
    }
  } catch (error) {
    throw error instanceof CsvError ? faultOf(error, line, maxLineBytes) : error;
  }
  if (group.length > 0) yield group;
}

/** What a record takes beyond its own line: the parser tells no line without halving its speed. */
function lineEndsWithin(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count++;
  }
  return count;
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
