import type { CityTable } from '../rows.ts';
import { seedTables } from './seed-tables.ts';

/** How numbers that identify somebody are stored: encrypted, and hashed with a key so that they can be found. */
export interface Sealer {
  readonly seal: (plain: string) => Buffer;
  readonly keyedHash: (plain: string) => Buffer;
}

/** One column that is copied: the property it comes from, and what becomes of that before it is stored. */
export interface CopyColumn {
  readonly column: string;
  readonly property: string;
  readonly convert: ((plain: string) => Buffer) | null;
}

const snakeCase = (property: string): string => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of a table in the order in which they are copied. */
export function copyColumns(table: CityTable, sealer: Sealer): CopyColumn[] {
  return seedTables[table].flatMap((property): CopyColumn[] => {
    if (table === 'people.person' && property === 'idNumber') return sealed('citizen_id', property, sealer);
    if (table === 'people.person' && property === 'phone') return sealed('phone', property, sealer);
    return [{ column: snakeCase(property), property, convert: null }];
  });
}

/** COPY of a table's columns from the client, without options. */
export function copyStatement(table: CityTable, columns: readonly CopyColumn[]): string {
  const [schema, name] = table.split('.');
  return `COPY "${schema}"."${name}" (${columns.map(({ column }) => `"${column}"`).join(', ')}) FROM STDIN`;
}

function sealed(prefix: string, property: string, sealer: Sealer): CopyColumn[] {
  return [
    { column: `${prefix}_sealed`, property, convert: (plain) => sealer.seal(plain) },
    { column: `${prefix}_hash`, property, convert: (plain) => sealer.keyedHash(plain) },
  ];
}
