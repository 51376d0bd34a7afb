import type { DepartmentCode } from '../codes/departments.ts';
import type { FaultValues, RowFaultCode } from '../codes/import-faults.ts';
import type { RightCode } from '../codes/rights.ts';
import type { PlaceScope } from '../store/place-scope.ts';
import type { SealingKeys } from '../store/sealing.ts';

/** Why one value or row is not taken. `column` is the key of a declared column. */
export interface RowFault {
  readonly code: RowFaultCode;
  readonly column: string | null;
  readonly values?: FaultValues;
}

/** How the text of a cell becomes a value: one canonical text per meaning, so that equal is equal. */
export interface ColumnKind {
  /** What the column holds, for `--describe` and for faults. */
  readonly zh: string;
  readonly en: string;
  /** The code list, where there is one. */
  readonly codes?: {
    readonly standard: string;
    readonly codes: readonly { readonly code: string; readonly name: string }[];
  };
  readonly maxLength: number;
  /** Numbers and names begin with signs in no department's register; addresses and notes may not either. */
  parse(text: string, today: string): string | { readonly code: RowFaultCode; readonly values?: FaultValues };
}

/** One column of a dataset's files. */
export interface DatasetColumn {
  /** English name, accepted in headers and as a key of JSON objects. */
  readonly key: string;
  /** Chinese name, accepted in headers. */
  readonly zh: string;
  readonly aliases?: readonly string[];
  readonly kind: ColumnKind;
  /** ALWAYS: each row states it. NEW: a row that registers something new states it. */
  readonly required: 'ALWAYS' | 'NEW' | 'NEVER';
  /** The item of the catalogue that it fills; its card names the source department. */
  readonly coordinate: string;
  readonly mask: (text: string) => string;
  readonly example: string;
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  /** Where the stage has the stated value, for the file of rejected rows; its sealed text where it is sealed. */
  readonly staged?: string;
}

/** A column of the stage and, unless it is only staged, of the target table. */
export interface StagedColumn {
  readonly name: string;
  readonly type: 'text' | 'uuid' | 'bytea' | 'date' | 'timestamptz' | 'boolean' | 'int' | 'numeric';
  /** Only in the stage: what a reference is looked up by. */
  readonly stageOnly?: boolean;
}

/**
 * What is compared, written and attributed as one: an item of the catalogue with the columns that store it.
 */
export interface DatasetItem {
  /** Short key in the row's provenance column. */
  readonly key: string;
  readonly coordinate: string;
  /** Key of the file's column that states it. */
  readonly column: string;
  readonly stores: readonly string[];
  /** The columns whose difference counts; a sealed text differs every time. */
  readonly compares: readonly string[];
  /** Staged column that a conflict record shows; the first compared one otherwise. */
  readonly states?: string;
  /**
   * Where a difference may only be looked at: another procedure, with more facts, changes it. A condition over the
   * standing row `p` where that holds for some rows only.
   */
  readonly changesElsewhere?: boolean | string;
  /** Sealed values stay sealed in a conflict record, too. */
  readonly sealed?: string;
}

export type StagedValue = string | Buffer | boolean | null;
/** Canonical values of a row by column key; a key that is not there was not stated. */
export type RowValues = ReadonlyMap<string, string>;

/** What a dataset may look at while it stages a row. */
export interface StageServices {
  readonly keys: Pick<SealingKeys, 'field' | 'lookup'>;
  readonly today: string;
  /** The system that the rows come from: the one whose mapping reads them, or the client itself. */
  readonly systemCode: string;
}

/** A reference to be looked up once for all rows: rows whose staged code is unknown are rejected. */
export interface PlaceReference {
  readonly column: string;
  readonly staged: string;
}

/** A reference inside the subgraph: the staged natural key becomes the id that the row stores. */
export interface RowReference {
  readonly column: string;
  readonly staged: string;
  readonly table: string;
  readonly tableKey: string;
  /** Further columns that must agree: of the table, and of the stage. */
  readonly also?: readonly { readonly tableColumn: string; readonly staged: string }[];
  /** Only rows in the caller's area (alias `r`) are found; without it, all are. */
  readonly scope?: PlaceScope;
  /** The key may stand for several rows: a row that cannot be told from another is held. */
  readonly mayRepeat?: boolean;
  readonly stores: string;
  readonly whatZh: string;
  readonly whatEn: string;
}

/**
 * A person, who is the people subgraph's: the sealed citizen number becomes the person's id and the grid that he lives
 * in. Whoever lives outside of the caller's area is not found.
 */
export interface PersonReference {
  readonly column: string;
  readonly sealed: string;
  /** Staged columns that are filled: `id` of type uuid, and the places by the number of digits of their codes. */
  readonly id: string;
  readonly places: Readonly<Record<number, string>>;
}

/** What only the rows of the table and of the stage together can tell; after references and places. */
export interface StageCheck {
  readonly outcome: 'HELD' | 'REJECTED';
  readonly code: RowFaultCode;
  readonly column: string;
  /** Condition over the staged row `s` that finds the wrong ones; `{stage}` is the stage. */
  readonly when: string;
}

/**
 * Statements that write what belongs to a row besides the row itself. `{batch}`, `{department}` and `{at}` are values,
 * `{stage}` is the stage, in which a new row has its id.
 */
export interface FollowingRows {
  /** For the rows of `{new}`: `id`. */
  readonly ofNew?: string;
  /** For the rows of `{changed}`: `row_id`, `line` of the stage, and the keys of the changed `items`. */
  readonly ofChanged?: string;
  /** What the rows of `{new}` bring about elsewhere, with its events in the outbox from `{ordinal}` on; needs `ofNew`. */
  readonly brought?: string;
}

/** Counts that are kept in the writing transaction. `{new}` is a table of new rows: `countedBy` and `rows`, how many. */
export interface KeptCount {
  readonly name: string;
  readonly sql: string;
}

/**
 * 数据集 — everything that importing one kind of thing needs to know, declared once beside the subgraph that owns it.
 */
export interface DatasetDeclaration {
  readonly name: string;
  readonly version: number;
  readonly zh: string;
  readonly en: string;
  readonly right: RightCode;
  /** GraphQL type of the rows; also the event's entity. */
  readonly typeName: string;
  /** `<event>.registered`, `<event>.updated`. */
  readonly event: string;
  readonly table: string;
  readonly columns: readonly DatasetColumn[];
  readonly staged: readonly StagedColumn[];
  /** Staged columns that tell whether a row is known; a unique index of the table serves them. */
  readonly identity: readonly string[];
  /** Table of records that were merged into others, by the same identity: rows of theirs are held. */
  readonly mergedTable?: string;
  readonly items: readonly DatasetItem[];
  /** Staged columns that only a new row writes. */
  readonly onlyNew: readonly string[];
  /** Staged columns without which nothing new can be registered, with the file's column to blame. */
  readonly neededForNew: Readonly<Record<string, string>>;
  /** Keys of columns with the places of a row: one of those that it states must lie in the caller's area. */
  readonly area: readonly string[];
  /** Whose rows of the table (alias `p`) a caller may change. */
  readonly scope: PlaceScope;
  readonly places: readonly PlaceReference[];
  readonly references: readonly RowReference[];
  readonly counts: readonly KeptCount[];
  /** Staged columns by which new rows are counted. */
  readonly countedBy: readonly string[];
  /** The person that a row is about, when it is one. */
  readonly person?: PersonReference;
  readonly checks?: readonly StageCheck[];
  readonly following?: FollowingRows;
  /**
   * Checks between values and makes the staged row, in the order of `staged`; the identity is null only as long as a
   * person is not found. `id` is the row's, should it be new.
   */
  stage(values: RowValues, services: StageServices, id: string): readonly StagedValue[] | RowFault;
}

/** Which department the catalogue names as the source of each item, by coordinate. */
export type ItemSources = ReadonlyMap<string, DepartmentCode>;
