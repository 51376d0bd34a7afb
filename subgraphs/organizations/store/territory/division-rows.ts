import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { requireDivisionCode, statCodeOf, tierOrRangeFilter } from '../../../kit/store/division-filter.ts';
import type { FilterDeclaration, ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';

export interface DivisionRow {
  readonly statCode: string;
  readonly code: string;
  readonly name: string;
  readonly level: 'PROVINCE' | 'PREFECTURE' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE';
  readonly kind:
    | 'PROVINCE'
    | 'PREFECTURE_CITY'
    | 'DISTRICT'
    | 'COUNTY'
    | 'COUNTY_LEVEL_CITY'
    | 'FUNCTIONAL_ZONE'
    | 'SUBDISTRICT'
    | 'TOWN'
    | 'RURAL_TOWNSHIP'
    | 'TOWNSHIP_LIKE'
    | 'PSEUDO_TOWNSHIP'
    | 'RESIDENTIAL_COMMUNITY'
    | 'ADMINISTRATIVE_VILLAGE';
  readonly parentStatCode: string | null;
  readonly urbanRuralClassCode: string | null;
  readonly pseudo: boolean;
  readonly functionalZone: boolean;
  readonly listEdition: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

const COLUMNS = `t.stat_code AS "statCode", t.code, t.name, t.level, t.kind, t.parent_stat_code AS "parentStatCode",
  t.urban_rural_class_code AS "urbanRuralClassCode", t.pseudo, t.functional_zone AS "functionalZone",
  t.list_edition AS "listEdition",
  t.valid_from::text AS "validFrom", t.valid_to::text AS "validTo", t.provenance_id AS "provenanceId"`;

export async function findDivisions(
  store: OrganizationsStore,
  statCodes: readonly string[],
  trace: OperationTrace,
): Promise<(DivisionRow | null)[]> {
  const rows = await store.database.rows<DivisionRow>(
    'division_by_stat_code',
    statementText`SELECT ${COLUMNS} FROM organizations.division t WHERE t.stat_code = ANY($1::text[])`,
    [statCodes],
    trace,
    { key: 'statCode' },
  );
  return inKeyOrder(statCodes, rows, (row) => row.statCode);
}

/**
 * 时点 — what was on record on a day (`YYYY-MM-DD`), or is `NOW`. Few rows of the territory ever end, so they are passed
 * over on the way through the index that serves the list.
 */
export const onRecord: FilterDeclaration = (value, values) => {
  if (value === 'NOW') return 't.valid_to IS NULL';
  const day = `$${values.push(value)}::date`;
  return `(t.valid_from IS NULL OR t.valid_from <= ${day}) AND (t.valid_to IS NULL OR t.valid_to > ${day})`;
};

/** Divisions in the order of their codes, which puts each one before those below it. Pseudo townships are left out. */
export const divisionList: ListDeclaration<DivisionRow> = {
  name: 'organizations.divisions',
  from: 'organizations.division t',
  columns: COLUMNS,
  always: 'NOT t.pseudo',
  sorts: {
    STAT_CODE: {
      columns: [{ expression: 't.stat_code', property: 'statCode', cast: 'text' }],
      direction: 'ASC',
      filters: ['level', 'parentCode', 'divisionCode', 'asOf'],
    },
  },
  filters: {
    level: (value, values) => `t.level = $${values.push(value)}`,
    parentCode: (value, values) =>
      `t.parent_stat_code = $${values.push(statCodeOf(requireDivisionCode('parentCode', value, [2, 4, 6, 9])))}`,
    divisionCode: tierOrRangeFilter('t', 'stat_code', 12),
    asOf: onRecord,
  },
};

/** 级联 — the divisions on the way down to one, and all beside them: the options of every tier of a cascader. */
export async function findDivisionsAlong(
  store: OrganizationsStore,
  statCodes: readonly string[],
  trace: OperationTrace,
): Promise<DivisionRow[]> {
  return store.database.rows<DivisionRow>(
    'divisions_along_path',
    statementText`SELECT ${COLUMNS} FROM organizations.division t
      WHERE (t.parent_stat_code = ANY($1::text[]) OR t.parent_stat_code IS NULL) AND NOT t.pseudo AND t.valid_to IS NULL
      ORDER BY t.stat_code`,
    [statCodes],
    trace,
  );
}
