import { CsvError, type Options, Parser } from 'csv-parse';
import type { RawRow } from './raw-row.ts';

/**
 * csv-parse without the queue of a readable stream: rows are taken in one go with the text that they stand in, each with
 * its line, and those before a fault are not lost.
 */
export class RecordParser extends Parser {
  #rows: RawRow[] = [];
  /** That the rows so far took. */
  #lines = 0;
  /** Met while parsing; the records before it are whole. */
  fault: CsvError | undefined;

  constructor(options: Options) {
    super(options);
    // Each failure is told to whoever wrote, and stands in `fault`.
    this.on('error', () => {});
  }

  /** Where the next row begins, if it begins at once. */
  get line(): number {
    return 1 + this.#lines + this.info.empty_lines;
  }

  override push(record: string[] | null): boolean {
    if (record !== null) {
      this.#rows.push({ line: this.line, cells: record });
      this.#lines += 1 + lineEndsWithin(record);
    }
    return true;
  }

  /** Rows that end in this text; undefined at the end of all texts. */
  async parse(text: string | undefined): Promise<readonly RawRow[]> {
    this.#rows = [];
    const failure = await new Promise<unknown>((resolve) => {
      if (text === undefined) this.end(resolve);
      else this.write(text, resolve);
    });
    if (failure instanceof CsvError) this.fault = failure;
    else if (failure !== undefined && failure !== null) throw failure;
    return this.#rows;
  }
}

/** Line ends within quotes: what a row takes beyond its own line. */
function lineEndsWithin(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count++;
  }
  return count;
}
