/**
 * 数据范围 — whose rows a type has. Every entity type declares it once, where it says how its rows are found
 * (`entityLoader`). It is printed as `@rows` on the type, so that the gateway lets no reference show a row that its
 * owner would not, and the row crawler (`tests/attacks/`) holds every path of the graph to it.
 */
export type RowScope =
  /** The same for every area: divisions, code lists, what is published. What else restricts it is its rules' affair. */
  | { readonly scope: 'REFERENCE' }
  /** Rows lie at one place (`PLACE`), or at several of which each makes them visible (`MULTI_PLACE`). */
  | {
      readonly scope: 'PLACE' | 'MULTI_PLACE';
      /** Table with the place columns, schema included. */
      readonly table: string;
      /** Column that the global id is made of. */
      readonly key: string;
      /** What stands before the names of the place columns, for each place: `''`, `registered_`. */
      readonly prefixes: readonly string[];
    };

/** The same rows for every area. */
export const REFERENCE_ROWS: RowScope = { scope: 'REFERENCE' };

/** Rows of a table with one set of place columns. */
export function placeRows(table: string, key = 'id'): RowScope {
  return { scope: 'PLACE', table, key, prefixes: [''] };
}

/** Rows of a table with several sets of place columns; either side shows the row. */
export function multiPlaceRows(table: string, prefixes: readonly string[], key = 'id'): RowScope {
  return { scope: 'MULTI_PLACE', table, key, prefixes };
}

/** `owner` is the subgraph that decides who may see a row. */
export const ROWS_DIRECTIVE_SDL = 'directive @rows(owner: String!, scope: String!) on OBJECT';
