import type { CityRows, CityTable } from '../rows.ts';
import { type CopyColumn, copyColumns, copyStatement, type Sealer } from './copy-columns.ts';

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One value in COPY's text format (PostgreSQL manual, COPY, "Text Format"): `\N` for null, `\x` hex for bytes. */
export function copyValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return SPECIAL.test(value) ? value.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] as string) : value;
    case 'number':
      return String(value);
    case 'boolean':
      return value ? 't' : 'f';
    default:
      if (value === null) return '\\N';
      if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
      if (Array.isArray(value)) return copyValue(`{${value.map(arrayElement).join(',')}}`);
      throw new TypeError(`No COPY text for a value of type ${typeof value}`);
  }
}

function arrayElement(value: unknown): string {
  return `"${String(value).replace(/["\\]/g, '\\$&')}"`;
}

/** Turns the rows of one table into COPY text, and knows the statement that takes it. */
export class CopyText<T extends CityTable> {
  readonly statement: string;
  /** One line, with its newline. */
  readonly line: (row: CityRows[T]) => string;

  constructor(table: T, sealer: Sealer) {
    const columns = copyColumns(table, sealer);
    this.statement = copyStatement(table, columns);
    this.line = compileLine(columns);
  }
}

/** Ids, codes, days and instants hold no character that COPY's text format escapes. */
const NEVER_ESCAPED = /^id$|(?:Id|Code|Date|At|On|From)$/;

function unescaped(value: unknown): string {
  return typeof value === 'string' ? value : copyValue(value);
}

/** A program that names each property reads it three times as fast as a loop over their names. */
function compileLine<Row>(columns: readonly CopyColumn[]): (row: Row) => string {
  const values = columns.map(({ property, convert }, index) => {
    const value = `row[${JSON.stringify(property)}]`;
    if (NEVER_ESCAPED.test(property)) return `unescaped(${value})`;
    return convert === null ? `text(${value})` : `(${value} === null ? '\\\\N' : text(convert[${index}](${value})))`;
  });
  const program = `return (row) => ${values.join(" + '\\t' + ")} + '\\n';`;
  return new Function('text', 'unescaped', 'convert', program)(
    copyValue,
    unescaped,
    columns.map(({ convert }) => convert),
  ) as (row: Row) => string;
}
