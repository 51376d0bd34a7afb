import type { CityRows, CityTable } from '../rows.ts';
import { seedTables } from './seed-tables.ts';

/** How numbers that identify somebody are stored: encrypted, and hashed with a key so that they can be found. */
export interface Sealer {
  readonly seal: (plain: string) => Buffer;
  readonly keyedHash: (plain: string) => Buffer;
}

interface CopyColumn {
  readonly column: string;
  readonly property: string;
  readonly convert: ((plain: string) => Buffer) | null;
}

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

const snakeCase = (property: string): string => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Turns the rows of one table into COPY text, and knows the statement that takes it. */
export class CopyText<T extends CityTable> {
  readonly statement: string;
  private readonly columns: readonly CopyColumn[];

  constructor(table: T, sealer: Sealer) {
    this.columns = seedTables[table].flatMap((property): CopyColumn[] => {
      if (table === 'people.person' && property === 'idNumber') return sealed('citizen_id', property, sealer);
      if (table === 'people.person' && property === 'phone') return sealed('phone', property, sealer);
      return [{ column: snakeCase(property), property, convert: null }];
    });
    const [schema, name] = table.split('.');
    const names = this.columns.map(({ column }) => `"${column}"`).join(', ');
    this.statement = `COPY "${schema}"."${name}" (${names}) FROM STDIN`;
  }

  /** One line, with its newline. */
  line(row: CityRows[T]): string {
    const values = row as unknown as Readonly<Record<string, unknown>>;
    let text = '';
    for (let i = 0; i < this.columns.length; i++) {
      const { property, convert } = this.columns[i] as CopyColumn;
      const value = values[property];
      const stored = convert === null || value === null ? value : convert(String(value));
      text += i === 0 ? copyValue(stored) : `\t${copyValue(stored)}`;
    }
    return `${text}\n`;
  }
}

function sealed(prefix: string, property: string, sealer: Sealer): CopyColumn[] {
  return [
    { column: `${prefix}_sealed`, property, convert: sealer.seal },
    { column: `${prefix}_hash`, property, convert: sealer.keyedHash },
  ];
}
