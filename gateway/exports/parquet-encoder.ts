import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ExportEncoder, ExportedRow } from './export-encoder.ts';
import { valueAt } from './export-lines.ts';
import type { ColumnKind, ExportColumn } from './export-operation.ts';

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];
type Element = Schema[number];

/** Rows that a group holds; readers skip by groups, and the encoder holds one in memory. */
const GROUP_ROWS = 10_000;

const ELEMENTS: Readonly<Record<ColumnKind, Omit<Element, 'name'>>> = {
  TEXT: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  JSON: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  INTEGER: { type: 'INT32' },
  NUMBER: { type: 'DOUBLE' },
  BOOLEAN: { type: 'BOOLEAN' },
};

/** Apache Parquet, version 2, packed with Snappy: a nullable column for each value, lists as JSON texts. */
export class ParquetEncoder implements ExportEncoder {
  readonly #columns: readonly ExportColumn[];
  readonly #bytes = new ByteWriter(1024 * 1024);
  readonly #writer: ParquetWriter;
  #waiting: ExportedRow[] = [];

  constructor(columns: readonly ExportColumn[]) {
    this.#columns = columns;
    const root: Element = { name: 'root', num_children: columns.length };
    const leaves = columns.map(
      ({ path, kind }): Element => ({ name: path.join('.'), repetition_type: 'OPTIONAL', ...ELEMENTS[kind] }),
    );
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema: [root, ...leaves], createdBy: 'yiyun' });
  }

  begin(): Uint8Array {
    return this.#taken();
  }

  rows(rows: readonly ExportedRow[]): Uint8Array {
    for (const row of rows) this.#waiting.push(row);
    if (this.#waiting.length >= GROUP_ROWS) this.#writeGroup();
    return this.#taken();
  }

  end(): Uint8Array {
    if (this.#waiting.length > 0) this.#writeGroup();
    this.#writer.finish();
    return this.#taken();
  }

  #writeGroup(): void {
    const rows = this.#waiting;
    this.#waiting = [];
    this.#writer.write({
      columnData: this.#columns.map(({ path, kind }) => ({
        name: path.join('.'),
        data: rows.map((row) => stored(valueAt(row, path), kind)),
      })),
      rowGroupSize: rows.length,
    });
  }

  /** What has been encoded since this was last asked; a copy, because its memory is used again. */
  #taken(): Uint8Array {
    const taken = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return taken;
  }
}

function stored(value: unknown, kind: ColumnKind): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'INTEGER' || kind === 'NUMBER' || kind === 'BOOLEAN') return value;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
