import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { divisionFilter } from '../../kit/store/division-filter.ts';
import { columnList, type EntityTable, findRowsById } from '../../kit/store/entity-table.ts';
import type { FilterDeclaration, ListDeclaration, SortDeclaration } from '../../kit/store/keyset-list.ts';
import type { PlaceScope } from '../../kit/store/place-scope.ts';
import type { ServicesStore } from './services-store.ts';

/** What a column comes back as, where the driver's own form would not do. */
type Form = 'date' | 'float';

/** A table with UUID keys as the graph reads it. */
export interface TableReader<Row extends { readonly id: string }> {
  /** Rows by id in the ids' order; null for what is not there or lies outside the caller's area. */
  find(store: ServicesStore, ids: readonly string[], caller: Caller, trace: OperationTrace): Promise<(Row | null)[]>;
  /** A list of the table with one order, which an index serves together with its filters. */
  list(
    name: string,
    sort: Readonly<Record<string, SortDeclaration<Row>>>,
    filters?: Readonly<Record<string, FilterDeclaration>>,
    always?: string,
  ): ListDeclaration<Row>;
}

/**
 * Reads a table of this schema: `columns` are the properties of its rows, stored in snake_case, optionally with the form
 * in which they come back (`heldOn: 'date'`). Rows with place columns are kept to the caller's area.
 */
export function tableReader<Row extends { readonly id: string }>(
  table: string,
  columns: { readonly [Property in keyof Row]: Form | true },
  place?: Pick<PlaceScope, 'hasGridCode'>,
): TableReader<Row> {
  const forms = Object.entries<Form | true>(columns);
  const of = (form: Form) => forms.filter(([, own]) => own === form).map(([property]) => property);
  const scope: PlaceScope | undefined = place === undefined ? undefined : { alias: 't', ...place };
  // The keys of `columns` are those of a row.
  const entity = {
    table,
    ...{ columns: Object.keys(columns), dates: of('date'), floats: of('float') },
    ...(scope === undefined ? {} : { place: scope }),
  } as EntityTable<Row>;
  const selected = columnList(entity);
  return {
    find: (store, ids, caller, trace) => findRowsById(store, entity, ids, caller, trace),
    list: (name, sorts, filters = {}, always) => ({
      ...{ name: `services.${name}`, from: `services.${table} t`, columns: selected, sorts },
      ...(scope === undefined ? {} : { place: scope }),
      ...(always === undefined ? {} : { always }),
      filters: scope === undefined ? filters : { ...filters, divisionCode: divisionFilter('t', scope.hasGridCode) },
    }),
  };
}

/** A sort by a date or an instant, the newest first, then by id; `filters` join it. */
export function newestFirst<Row extends { readonly id: string }>(
  column: string,
  property: keyof Row & string,
  cast: 'date' | 'timestamptz',
  filters: readonly string[],
): SortDeclaration<Row> {
  return {
    columns: [
      { expression: `t.${column}`, property, cast },
      { expression: 't.id', property: 'id', cast: 'uuid' },
    ],
    direction: 'DESC',
    filters,
  };
}

/** A filter by equality. */
export function equals(column: string, cast = 'text'): FilterDeclaration {
  return (value, values) => `t.${column} = $${values.push(value)}::${cast}`;
}
