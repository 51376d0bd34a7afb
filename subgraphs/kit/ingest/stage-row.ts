import type { Caller } from '../caller/caller.ts';
import type { FaultValues, RowFaultCode } from '../codes/import-faults.ts';
import { isUuid } from '../ids.ts';
import { copyField } from '../store/ingest/copy-line.ts';
import { coversCode } from '../store/place-scope.ts';
import { seal } from '../store/sealing.ts';
import { BATCH_COLUMN, type BoundColumns, bindColumns, correctionColumns, LINE_COLUMN } from './bind-columns.ts';
import type { DatasetColumn, DatasetDeclaration, StageServices } from './dataset.ts';
import type { RawRow } from './read/raw-row.ts';
import { readCell } from './read-cell.ts';

/** What a masked value may be told by, at most. */
const MASKED_LENGTH = 40;
/** Of one damaged cell that is kept for correction; a good one is far shorter. */
const STATED_LENGTH = 500;

/** Makes the stage's line of each row of a file: the staged values, or the first thing that is wrong with it. */
export class RowStager {
  rejected = 0;
  readonly #dataset: DatasetDeclaration;
  #bound: BoundColumns;
  readonly #services: StageServices;
  readonly #caller: Caller;
  readonly #nulls: string;
  readonly #required: readonly DatasetColumn[];

  constructor(dataset: DatasetDeclaration, bound: BoundColumns, services: StageServices, caller: Caller) {
    this.#dataset = dataset;
    this.#bound = bound;
    this.#services = services;
    this.#caller = caller;
    this.#nulls = dataset.staged.map(() => '\t\\N').join('');
    this.#required = dataset.columns.filter(({ required }) => required === 'ALWAYS');
  }

  /**
   * One line of COPY text with its newline.
   *
   * @throws FileFault when the row brings a column that the dataset does not have.
   */
  line(row: RawRow, id: string): string {
    const { cells, fault, header } = row;
    if (header !== undefined) this.#bound = bindColumns(header, this.#dataset);
    const bound = this.#bound;
    if (fault !== undefined) {
      return this.#fault(row, id, fault.code, this.#columnOf(fault.key), fault.value ?? null, fault.values);
    }
    if (cells.length !== bound.length && !onlyEmptyBeyond(cells, bound.length)) {
      return this.#fault(row, id, 'RAGGED_ROW', null, null, { found: cells.length, expected: bound.length });
    }
    const { today } = this.#services;
    const values = new Map<string, string>();
    let batch = '\\N';
    let line = '\\N';
    for (let index = 0; index < bound.length; index++) {
      const column = bound[index];
      if (column === undefined) continue;
      const cell = cells[index] as string; // as many as columns, as was just seen
      if (correctionColumns.includes(column)) {
        if (column === LINE_COLUMN && /^[1-9]\d{0,8}$/.test(cell.trim())) line = cell.trim();
        if (column === BATCH_COLUMN && isUuid(cell.trim())) batch = cell.trim();
        continue;
      }
      const value = readCell(cell, column, today);
      if (value === undefined) continue;
      if (typeof value !== 'string') return this.#fault(row, id, value.code, column, cell, value.values, column.kind);
      values.set(column.key, value);
    }
    for (const column of this.#required) {
      if (!values.has(column.key)) return this.#fault(row, id, 'VALUE_MISSING', column, null);
    }
    const stated = this.#dataset.area.filter((key) => values.has(key));
    if (stated.length > 0 && !stated.some((key) => coversCode(this.#caller, values.get(key) as string))) {
      const column = this.#columnOf(stated[0]);
      return this.#fault(row, id, 'OUTSIDE_AREA', column, values.get(column?.key ?? '') ?? null);
    }
    const staged = this.#dataset.stage(values, this.#services, id);
    if ('code' in staged) {
      const column = this.#columnOf(staged.column);
      return this.#fault(row, id, staged.code, column, values.get(staged.column ?? '') ?? null, staged.values);
    }
    let text = `${row.line}\t${id}\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t${batch}\t${line}`;
    for (const value of staged) text += `\t${copyField(value)}`;
    return `${text}\n`;
  }

  #columnOf(key: string | null | undefined): DatasetColumn | undefined {
    return this.#dataset.columns.find((column) => column.key === key);
  }

  #fault(
    row: RawRow,
    id: string,
    code: RowFaultCode,
    column: DatasetColumn | null | undefined,
    value: string | null,
    values: FaultValues = {},
    kind?: { readonly zh: string; readonly en: string },
  ): string {
    this.rejected++;
    const masked = value === null || column == null ? null : maskedValue(value, column);
    const told = { ...values, ...(kind === undefined ? {} : { expected: kind.zh }) };
    return `${row.line}\t${id}\tREJECTED\t${code}\t${copyField(column?.key ?? null)}\t${copyField(masked)}\t${copyField(JSON.stringify(told))}\t${copyField(this.#sealed(row))}\t\\N\t\\N${this.#nulls}\n`;
  }

  /** The row as it was stated, for whoever corrects it; nobody reads it in the database. */
  #sealed({ cells }: RawRow): Buffer {
    const stated: Record<string, string> = {};
    for (const [index, column] of this.#bound.entries()) {
      const cell = cells[index]?.trim() ?? '';
      if (column !== undefined && !correctionColumns.includes(column) && cell !== '') {
        stated[column.key] = cell.slice(0, STATED_LENGTH);
      }
    }
    return seal(this.#services.keys.field, JSON.stringify(stated));
  }
}

function onlyEmptyBeyond(cells: readonly string[], length: number): boolean {
  return cells.length > length && cells.slice(length).every((cell) => cell.trim() === '');
}

/** A damaged value may be anything, somebody else's number included: what cannot be stored is left out, the rest masked. */
function maskedValue(value: string, column: DatasetColumn): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is what it is for
  const printable = value.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd').slice(0, MASKED_LENGTH);
  // Columns have shifted before: a number of a person or a telephone is masked wherever it stands.
  return column.mask(printable).replace(/\d{11,}[Xx]?/g, (digits) => `${digits.slice(0, 3)}***${digits.slice(-2)}`);
}
